"""The writer of a workspace: its one writing connection, and the lock that keeps other writers out."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from funnel_desk.storage.acts import Act, Touched
from funnel_desk.storage.file import FileClosed, look_at, sentences, writing_engine
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.lock import take_lock
from funnel_desk.storage.pause import collector_paused
from funnel_desk.storage.undo import Reversal, go_back, reverse

T = TypeVar("T")

CACHE_KIB = 262_144  # the most memory that a large batch may take before it spills


class Writer:
    """The one writing connection of a file, and its lock."""

    def __init__(self, path: Path) -> None:
        look_at(path)
        # SQLite opens what may not be written for reading, and would only say so at the first change.
        if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise FileClosed(file=path)
        self.path = path
        self._unlock = take_lock(path)
        with contextlib.ExitStack() as failing, sentences(path):
            failing.callback(self._unlock)
            self._engine = writing_engine(path)
            self._connection = self._engine.connect()
            # A batch that spills locks readers out long before its commit, so it may grow large before it does.
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._connection.commit()
            failing.pop_all()

    def run(self, act: Act, work: Callable[[Batch], T]) -> tuple[T, Touched, str | None]:
        """Do one act, all of it or nothing: its result, what it touched, and its batch's id if anything changed."""
        with self.transaction() as connection:
            batch = Batch(connection, act)
            result = work(batch)
            touched = batch.close()
            if not touched.ids:
                return result, touched, None
            return result, touched, batch.id

    def reverse(self, target: str, act: Act, only: str = "") -> Reversal:
        """Undo or redo a batch; ``only`` what it did to one root."""
        with self.transaction() as connection:
            return reverse(connection, target, act, only=only)

    def go_back(self, target: str, act: Act, *, dry: bool = False) -> Reversal:
        """Undo all of an author's acts since a batch; ``dry`` only tells what would come of it."""
        found: list[Reversal] = []
        with contextlib.suppress(_Rehearsed), self.transaction() as connection:
            found.append(go_back(connection, target, act))
            if dry:
                raise _Rehearsed
        return found[0]

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction on the writing connection: committed at the end, rolled back on any exception."""
        with sentences(self.path), collector_paused(), self._connection.begin():
            yield self._connection

    def compact(self) -> None:
        """Write the file anew, without anything of what was deleted."""
        with sentences(self.path):
            self._connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]  # it is SQLite's
            self._connection.rollback()

    def close(self) -> None:
        """Leave the file as one file, without a journal beside it, and let go of the lock."""
        try:
            with contextlib.suppress(DatabaseError):  # a reader is at it: the empty journal stays
                self._connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            self._connection.close()
            self._engine.dispose()
        finally:
            self._unlock()


class _Rehearsed(Exception):
    """What was only tried is rolled back."""
