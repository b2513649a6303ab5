"""Backups: whole copies of a workspace, written aside, checked, and only then given their name.

All are kept for 2 days, then the last of 12 days, of 10 weeks and of 9 months; the newest is never deleted. A copy that
does not pass its check never takes the place of a good one. Restoring keeps the file that it replaces.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from funnel_desk.domain.moments import Moment, instant, parse_instant
from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.file import FileDamaged, FolderMissing, look_at, sentences
from funnel_desk.storage.lock import take_lock

SUFFIX = ".funnel"
STAMP = "%Y%m%dT%H%M%SZ"
ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9


class NotOfThisWorkspace(Trouble):
    """A backup of another workspace would replace this one."""

    message = N_("{backup} is a copy of another workspace, not of {file}. Open it by itself instead.")


def back_up(path: Path, folder: Path, now: Moment) -> Path:
    """Copy a workspace into a folder, check the copy, and thin out older ones. Raises the Trouble of the file."""
    name = f"{path.stem}-{parse_instant(now).strftime(STAMP)}{SUFFIX}"
    made = write_copy(path, folder / name)
    for old in superfluous(backups(folder), now):
        old.unlink()
    return made


def write_copy(path: Path, target: Path) -> Path:
    """A checked copy of a workspace under another name; an older file of that name is replaced at the very end."""
    look_at(path)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise FolderMissing(file=target) from error
    try:
        with sentences(path), closing(_looking(path)) as source, closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
        check_pages(aside)
        to_disk(aside)
        aside.replace(target)
        to_disk(target.parent)
    finally:
        aside.unlink(missing_ok=True)
        aside.with_name(f"{aside.name}-journal").unlink(missing_ok=True)
    return target


def restore(path: Path, backup: Path, now: Moment) -> Path:
    """Put a backup in the place of a workspace; gives the file beside it that keeps what was there.

    Raises FileInUse while somebody writes, NotOfThisWorkspace, and the Trouble of either file; then nothing changes.
    """
    look_at(path)
    look_at(backup)
    check_pages(backup)
    unlock = take_lock(path)
    try:
        if first_batch(path) != first_batch(backup):
            raise NotOfThisWorkspace(backup=backup, file=path)
        kept = _free_name(path, now)
        write_copy(path, kept)
        write_copy(backup, path)
    finally:
        unlock()
    return kept


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, oldest first; whatever else lies there is left alone."""
    return sorted((file for file in folder.glob(f"*{SUFFIX}") if _taken(file) is not None), key=_taken_at)


def taken_at(file: Path) -> Moment:
    """When a backup was taken, by its name."""
    return instant(_taken_at(file))


def is_stale(path: Path, folder: Path) -> bool:
    """Whether the workspace has changed since its newest backup."""
    found = backups(folder)
    return not found or last_batch(found[-1]) != last_batch(path)


def superfluous(found: Iterable[Path], now: Moment) -> list[Path]:
    """The backups that the rule lets go: pure in their names, so that it can be tried on years of them."""
    files = sorted(found, key=_taken_at)
    if not files:
        return []
    kept = {files[-1]} | {file for file in files if parse_instant(now) - _taken_at(file) <= ALL_FOR}
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        kept |= _last_of_each(files, period, count)
    return [file for file in files if file not in kept]


def check_pages(path: Path) -> None:
    """Make sure that SQLite finds nothing wrong with the pages. Raises FileDamaged."""
    with sentences(path), closing(_looking(path)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise FileDamaged(file=path, detail=said)


def first_batch(path: Path) -> str:
    """The batch that made a workspace: all its copies share it."""
    return _one(path, "SELECT id FROM batch ORDER BY key LIMIT 1")


def last_batch(path: Path) -> str:
    """The newest batch of a workspace."""
    return _one(path, "SELECT id FROM batch ORDER BY key DESC LIMIT 1")


def _looking(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _one(path: Path, question: str) -> str:
    with sentences(path), closing(_looking(path)) as connection:
        row = connection.execute(question).fetchone()
    return str(row[0]) if row else ""


def _free_name(path: Path, now: Moment) -> Path:
    return path.with_name(f"{path.stem}-before-restore-{parse_instant(now).strftime(STAMP)}{path.suffix}")


def _last_of_each(files: list[Path], period: Callable[[datetime], object], count: int) -> set[Path]:
    last = {period(_taken_at(file)): file for file in files}
    return set(list(last.values())[-count:])


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month


def _taken(file: Path) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(f"{file.stem.rpartition('-')[2]}+0000", f"{STAMP}%z")
    return None


def _taken_at(file: Path) -> datetime:
    found = _taken(file)
    if found is None:
        raise ValueError(file.name)
    return found


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk; not every system lets a folder be waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
