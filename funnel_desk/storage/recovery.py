"""After a crash in the middle of a commit a rollback journal lies beside the file: it is played back before a look.

SQLite does that by itself for whoever may write, and our readers may not.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.file import FileClosed, sentences
from funnel_desk.storage.lock import FileInUse, FolderClosed, take_lock


class LeftInTheMiddle(Trouble):
    """There is something to play back, and no right to do it."""

    message = N_(
        "{file} was left in the middle of a change by a crash, and must be opened once where it can be written. "
        "Copy it together with the file {journal}, or ask for the right to write."
    )


def recover(path: Path) -> None:
    """Put a file that a crash left in the middle of a commit back to the commit before. Raises LeftInTheMiddle.

    While somebody holds the file for writing the journal is theirs, and nothing is done.
    """
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists() or not journal.stat().st_size:
        return
    try:
        unlock = take_lock(path)
    except FileInUse:
        return
    except FolderClosed as error:
        raise LeftInTheMiddle(file=path, journal=journal.name) from error
    try:
        with sentences(path), closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except FileClosed as error:
        raise LeftInTheMiddle(file=path, journal=journal.name) from error
    finally:
        unlock()
