"""The workspace file: making one, telling it from other files, and the connections to it.

The file is the document that people copy, so it keeps a rollback journal (TRUNCATE, FULL) and never a WAL beside it.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.tables import METADATA

APPLICATION_ID = 0x464E4C44  # "FNLD"
VERSION = 2
MAGIC = b"SQLite format 3\x00"
HEADER = 100
BUSY_SECONDS = 10.0


class FileMissing(Trouble):
    """There is no file at the path."""

    message = N_("There is no file {file}. Check the name, or make a new workspace with that name.")


class FileExists(Trouble):
    """A new workspace never replaces a file."""

    message = N_("{file} exists already. Choose another name, or open it.")


class FolderMissing(Trouble):
    """The folder of a new file is not there or not ours to write."""

    message = N_("{file} cannot be made: its folder does not exist or cannot be written. Choose another folder.")


class NotAWorkspace(Trouble):
    """A file of another kind."""

    message = N_("{file} is not a Funnel Desk workspace. Nothing was changed in it; open a .funnel file.")


class NewerFile(Trouble):
    """Written by a newer program than this."""

    message = N_(
        "{file} was written by a newer Funnel Desk (file version {version}; this program knows {known}). "
        "Install the newer program to open it; the file was not touched."
    )


class FileClosed(Trouble):
    """The file may not be read or written by this user."""

    message = N_(
        "{file} is read-only for you, so it can be looked at but not changed. Copy it, or ask for the right to write."
    )


class FileUnreadable(Trouble):
    """The file may not be read by this user."""

    message = N_("You may not read {file}. Ask its owner for the right to read it.")


class FileBusy(Trouble):
    """Another connection kept the file locked for too long."""

    message = N_("{file} is busy: another program is writing to it. Try again in a moment.")


class DiskFull(Trouble):
    """No room for the change."""

    message = N_("The disk that holds {file} is full or failing. Nothing was changed; free some room and try again.")


class FileDamaged(Trouble):
    """SQLite finds the pages of the file damaged."""

    message = N_("{file} is damaged ({detail}). Nothing was written; go back to a copy of the file.")


class NoLocks(Trouble):
    """A disk on which no program can keep others out, as many network shares are."""

    message = N_(
        "{file} is on a disk that cannot keep other programs out (a network share?). "
        "Copy it to a disk of this computer and work there."
    )


def look_at(path: Path) -> int:
    """Make sure that the path holds a workspace this program can read; gives its version. Touches nothing."""
    if not path.exists():
        raise FileMissing(file=path)
    application, version = _marks_of_held(path) if lock_path(path).exists() else _marks_of(path)
    if application != APPLICATION_ID:
        raise NotAWorkspace(file=path)
    if version > VERSION:
        raise NewerFile(file=path, version=version, known=VERSION)
    return version


def _marks_of(path: Path) -> tuple[int, int]:
    """What the header says of the kind of the file and of its version, read without SQLite."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
    except OSError as error:
        raise (NotAWorkspace if path.is_dir() else FileUnreadable)(file=path) from error
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise NotAWorkspace(file=path)
    return int.from_bytes(header[68:72]), int.from_bytes(header[60:64])


def _marks_of_held(path: Path) -> tuple[int, int]:
    """The same of a file that somebody writes, maybe this very process.

    A process that closes a file loses all its locks on it, unless SQLite does the closing.
    """
    try:
        with sentences(path), contextlib.closing(_look(path)) as file:
            (application,) = file.execute("PRAGMA application_id").fetchone()
            (version,) = file.execute("PRAGMA user_version").fetchone()
            return int(application), int(version)
    except FileClosed:  # left in the middle of a change by a crash, or not ours to read
        return _marks_of(path)
    except FileDamaged as error:
        raise NotAWorkspace(file=path) from error


def lock_path(path: Path) -> Path:
    """Where the lock of a workspace lies: hidden, beside the file itself, whatever links lead to it."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """An empty workspace under a passing name, given the real one when the block ends well; else nothing is left."""
    if path.exists():
        raise FileExists(file=path)
    passing = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(passing, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise FolderMissing(file=path) from error
    try:
        with sentences(path):
            _lay_out(passing)
        yield passing
        try:
            os.link(passing, path)  # unlike a rename, never replaces a file that came in the meantime
        except FileExistsError as error:
            raise FileExists(file=path) from error
        except OSError:
            passing.rename(path)
    finally:
        passing.unlink(missing_ok=True)
        passing.with_name(f"{passing.name}-journal").unlink(missing_ok=True)


def _lay_out(path: Path) -> None:
    engine = writing_engine(path)
    with engine.connect() as connection:
        METADATA.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
        connection.commit()
    engine.dispose()


def writing_engine(path: Path) -> Engine:
    """The engine of the one writer. Every transaction takes the write lock at its start."""

    def connect() -> sqlite3.Connection:
        found = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
        found.execute("PRAGMA journal_mode = TRUNCATE")
        found.execute("PRAGMA synchronous = FULL")
        found.execute("PRAGMA temp_store = MEMORY")
        found.execute("PRAGMA trusted_schema = OFF")
        found.execute("PRAGMA cell_size_check = ON")
        return found

    return _engine(connect, "BEGIN IMMEDIATE")


def reading_engine(path: Path) -> Engine:
    """An engine whose connections cannot write, not even by mistake; it works on read-only files."""

    def connect() -> sqlite3.Connection:
        found = _look(path)
        found.execute("PRAGMA query_only = ON")
        found.execute("PRAGMA temp_store = MEMORY")
        found.execute("PRAGMA trusted_schema = OFF")
        return found

    return _engine(connect, "BEGIN")


def _look(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)


def _engine(connect: object, begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextlib.contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into the sentence a person can act on."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        trouble = trouble_of(path, getattr(error, "orig", error))
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(path: Path, error: BaseException | None) -> Trouble | None:
    """The sentence for an error of SQLite; none for what is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    if code in _NO_LOCKS:
        return NoLocks(file=path)
    kind = _SENTENCES.get(code & 0xFF)  # the rest of the code says in which call it happened
    if kind is None and str(error).startswith("no such "):  # a table or column: laid out by nobody
        kind = FileDamaged
    return None if kind is None else kind(file=path, detail=str(error))


_SENTENCES: Mapping[int, type[Trouble]] = {
    sqlite3.SQLITE_BUSY: FileBusy,
    sqlite3.SQLITE_LOCKED: FileBusy,
    sqlite3.SQLITE_READONLY: FileClosed,
    sqlite3.SQLITE_PERM: FileClosed,
    sqlite3.SQLITE_AUTH: FileClosed,
    sqlite3.SQLITE_CANTOPEN: FileClosed,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFull,
    sqlite3.SQLITE_CORRUPT: FileDamaged,
    sqlite3.SQLITE_NOTADB: FileDamaged,
    sqlite3.SQLITE_FORMAT: FileDamaged,
}
_NO_LOCKS = {
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_UNLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
}
