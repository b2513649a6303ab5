"""What an import would make of each row, for a person to look at: line by line, with what changes from what to what."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple, Protocol

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, StageEvent, TouchedStep
from funnel_desk.domain.people import Company, Contact
from funnel_desk.operations.import_values import Fate

MOST = 1_000
"""Rows that are kept of each fate."""


class Change(NamedTuple):
    """A field that a row changes. ``field`` is one of the thing itself, or "path" with the kind of event and stage."""

    field: str
    before: object
    after: object


class RowOutcome(NamedTuple):
    """What becomes of a row that is not left out."""

    line: int
    name: str
    changes: tuple[Change, ...] = ()


class Decided(Protocol):
    """What was decided of a row."""

    @property
    def fate(self) -> Fate: ...

    @property
    def adds(self) -> Sequence[object]: ...

    @property
    def saves(self) -> Sequence[tuple[object, object]]: ...


class RowOutcomes:
    """Collects the first rows of each fate while an import is tried."""

    def __init__(self) -> None:
        self.rows: dict[Fate, list[RowOutcome]] = {"created": [], "updated": [], "unchanged": []}

    def __call__(self, line: int, decision: Decided) -> None:
        """What becomes of a row."""
        kept = self.rows.get(decision.fate)
        if kept is None or len(kept) >= MOST:
            return
        changes = tuple(_changes(decision)) if decision.fate == "updated" else ()
        kept.append(RowOutcome(line, _name(decision), changes))


def _changes(decision: Decided) -> Iterator[Change]:
    for before, after in decision.saves:
        if isinstance(before, Deal | Company | Contact | Activity | TouchedStep):
            for one in fields(before):
                old, new = getattr(before, one.name), getattr(after, one.name)
                if old != new:
                    yield Change(one.name, old, new)
    for added in decision.adds:
        if isinstance(added, StageEvent):
            yield Change("path", added.kind, added.stage_id)


def _name(decision: Decided) -> str:
    things = [*(after for _before, after in decision.saves), *decision.adds]
    deals = [thing.title for thing in things if isinstance(thing, Deal)]
    people = [thing.name for thing in reversed(things) if isinstance(thing, Contact | Company)]
    return next(iter([*deals, *people]), "")
