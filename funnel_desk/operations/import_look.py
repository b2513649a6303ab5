"""How an import looks at what is there: inside a batch when it writes, through a reader when it only tries."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.situation import Rulebook, Situation
from funnel_desk.operations.desk import fresh_id
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.entities import Row
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load, load_rulebook, load_situations

R = TypeVar("R", bound=Row)


class Look(Protocol):
    """The part of a batch that reads; `Batch` has it, and so has `ReaderLook`."""

    now: Moment
    zone: str
    new_id: Callable[[], str]

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All rows of a plain SQL question."""
        ...

    def find(self, kind: type[R], /) -> list[R]:
        """All rows of a kind."""
        ...

    def find_among(self, kind: type[R], field: str, values: Iterable[str]) -> list[R]:
        """All rows of a kind whose field is one of these values."""
        ...

    def situations(self, ids: Iterable[str]) -> Iterator[Situation]:
        """Where these deals stand."""
        ...

    def rulebook(self) -> Rulebook:
        """Stages and steps as they are now."""
        ...


class ReaderLook:
    """Looks through a reader: takes no lock, changes nothing, works on read-only files."""

    def __init__(self, read: Reader, now: Moment) -> None:
        self._read = read
        self.now = now
        self.zone = read.zone
        self.new_id: Callable[[], str] = fresh_id

    def rows(self, statement: str, *values: object) -> list[Any]:
        """All rows of a plain SQL question."""
        return list(self._read.sql(statement, *values))

    def find(self, kind: type[R], /) -> list[R]:
        """All rows of a kind."""
        return load(self._read.connection, kind)

    def find_among(self, kind: type[R], field: str, values: Iterable[str]) -> list[R]:
        """All rows of a kind whose field is one of these values."""
        return [row for _, part in chunks(values) for row in load(self._read.connection, kind, field, part)]

    def situations(self, ids: Iterable[str]) -> Iterator[Situation]:
        """Where these deals stand."""
        rulebook = self.rulebook()
        for _, part in chunks(ids):
            yield from load_situations(self._read.connection, part, rulebook)

    def rulebook(self) -> Rulebook:
        """Stages and steps as they are now."""
        return load_rulebook(self._read.connection, self.zone)
