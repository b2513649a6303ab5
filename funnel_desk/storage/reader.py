"""Reading a workspace: connections that cannot write, and the rows that queries ask for."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable

from funnel_desk.domain.workspace import Workspace
from funnel_desk.storage.file import reading_engine, sentences
from funnel_desk.storage.own_workspace import own_workspace
from funnel_desk.storage.recovery import recover


class Reader:
    """One look at the file: every question within it sees the same state. All rows are fetched at once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._workspace: Workspace | None = None

    def rows(self, statement: Executable, values: Mapping[str, object] | None = None) -> Sequence[Any]:
        """All rows of a statement."""
        return self.connection.execute(statement, values or {}).all()

    def sql(self, statement: str, *values: object) -> Sequence[Any]:
        """All rows of a plain SQL statement with question marks."""
        return self.connection.exec_driver_sql(statement, values).all()

    @property
    def workspace(self) -> Workspace:
        """The workspace's own row: currency and time zone; what another file said of itself does not count here."""
        if self._workspace is None:
            self._workspace = own_workspace(self.connection)
        if self._workspace is None:
            raise LookupError("a file without its workspace row")
        return self._workspace

    @property
    def zone(self) -> str:
        """The IANA time zone in which days are cut."""
        return self.workspace.time_zone

    @property
    def currency(self) -> str:
        """The workspace's main currency."""
        return self.workspace.currency


class Readers:
    """Readers of one file: a connection for each look, closed after it, so that none blocks longer than it asks."""

    def __init__(self, path: Path) -> None:
        recover(path)
        self._path = path
        self._engine = reading_engine(path)

    @contextlib.contextmanager
    def session(self) -> Iterator[Reader]:
        """A reader for one look at the file."""
        with sentences(self._path), self._engine.connect() as connection:
            yield Reader(connection)

    def close(self) -> None:
        """Let go of the engine; looks that are going on end by themselves."""
        self._engine.dispose()
