"""What imports of companies, contacts, activities and steps have in common: one row, one decision, one count of fates.

A row of those tables is a mapping of what it tells. It finds what it is about, changes what differs, or makes it; an
empty cell wipes nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple, Protocol, TypeVar

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, TouchedStep
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_matching import deals_by_uid
from funnel_desk.operations.import_revisions import row_as_it_was, stale_roots
from funnel_desk.operations.import_values import Alike, Fate, IncomingRow, Rejected, Tally
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.entities import BY_NAME, revive
from funnel_desk.storage.journal import Batch

EVERY = 500

SAME_ROW = N_("Line {line} is about the same and says something else.")
SEVERAL_MEANT = N_("The workspace has {count} that this may be.")

Added = Company | Contact | Deal | Activity | TouchedStep
Saved = tuple[Company, Company] | tuple[Contact, Contact] | tuple[Activity, Activity] | tuple[TouchedStep, TouchedStep]
R = TypeVar("R", Company, Contact, Activity, TouchedStep)


class Decision(NamedTuple):
    """What has to be written for one row."""

    fate: Fate
    adds: Sequence[Added] = ()
    saves: Sequence[Saved] = ()
    rejected: Rejected | None = None
    since: int | None = None
    """The key of the newest batch that the row knows of, where others changed the thing after it."""


UNCHANGED = Decision("unchanged")
Watch = Callable[[int, Decision], None]
"""Is told the line of a row, and what becomes of it."""


class Import(Protocol):
    """An import of one kind of table while it is being worked out."""

    rows: Sequence[IncomingRow]
    alike: list[Alike]

    def decide(self, row: IncomingRow) -> Decision:
        """What becomes of a row. The rows come in the order of the file."""
        ...


class Seen:
    """The rows of a table that were there already: a second one about the same is the same, or contradicts."""

    def __init__(self) -> None:
        self._first: dict[object, IncomingRow] = {}

    def again(self, key: object, row: IncomingRow) -> Decision | None:
        """What becomes of a row whose key came before; None for the first of its key, and for one without a key."""
        if key is None:
            return None
        earlier = self._first.setdefault(key, row)
        if earlier is row:
            return None
        return UNCHANGED if earlier.cells == row.cells else rejected(row, SAME_ROW, line=earlier.line)


class Edits:
    """What rows of an exact export say anew: what they say as it was when they were exported is no edit."""

    def __init__(
        self, look: Look, rows: Sequence[IncomingRow], table: str, roots: Mapping[str, str] | None = None
    ) -> None:
        """``roots`` names the root of each row that is none itself."""
        self._look, self._table, self._roots = look, table, roots or {}
        self._stale = stale_roots(look, {self._root(row): row.rev for row in rows if row.uid and row.rev})

    def _root(self, row: IncomingRow) -> str:
        return self._roots.get(row.uid, row.uid)

    def since(self, row: IncomingRow) -> int | None:
        """The key of the newest batch that the row knows of, where the thing was changed after it."""
        return self._stale.get(self._root(row)) if row.uid else None

    def of(self, row: IncomingRow, present: R, told: Mapping[str, object]) -> R:
        """The present row with what the table tells of it anew."""
        key = self.since(row) if row.uid == present.id else None
        then = row_as_it_was(self._look, self._root(row), key, self._table, present.id) if key is not None else {}
        new = {
            name: value
            for name, value in told.items()
            if value != getattr(present, name) and (name not in then or then[name] != value)
        }
        return replace(present, **new) if new else present  # type: ignore[arg-type]  # the names of its own fields

    def gone(self, row: IncomingRow, kind: type[R], told: Mapping[str, object]) -> Decision | None:
        """What becomes of a row whose thing was deleted since: edited, it is kept; untouched, it stays deleted."""
        key = self.since(row)
        then = row_as_it_was(self._look, self._root(row), key, self._table, row.uid) if key is not None else {}
        if not then:
            return None
        before: R = revive(BY_NAME[self._table], then)
        new = {name: value for name, value in told.items() if value != getattr(before, name)}
        after: R = replace(before, **new)  # type: ignore[arg-type]  # the names of its own fields
        assert isinstance(before, kind)  # noqa: S101 - of its table
        return changed(before, after, since=key)


def changed(before: R, after: R, adds: Sequence[Added] = (), since: int | None = None) -> Decision:
    """The decision for a row that is there already."""
    if before == after and not adds:
        return UNCHANGED
    return Decision("updated", adds, [(before, after)] if before != after else [], since=since)


def rejected(row: IncomingRow, reason: str, **values: object) -> Decision:
    """The decision for a row that cannot be taken."""
    return Decision("rejected", rejected=Rejected(row.line, reason, values))


def take_in(batch: Batch, made: Import, file: str, label: str, progress: Progress = NO_PROGRESS) -> Tally:
    """Write what becomes of each row."""

    def write(decision: Decision) -> None:
        for added in decision.adds:
            batch.add(added)
        for before, after in decision.saves:
            batch.save(before, after, decision.since)

    tally = _worked_out(made, write, lambda place: progress.report(place, len(made.rows), label))
    batch.relabel(count=tally.created + tally.updated, file=file)
    return tally


def attempt(made: Import, watch: "Watch | None" = None) -> Tally:
    """What an import would come to; writes nothing. ``watch`` is told what becomes of each line."""
    lines = iter([row.line for row in made.rows])

    def tell(decision: Decision) -> None:
        if watch is not None:
            watch(next(lines), decision)

    return _worked_out(made, tell, lambda _place: None)


def _worked_out(made: Import, write: Callable[[Decision], None], tell: Callable[[int], None]) -> Tally:
    fates: dict[Fate, int] = {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
    refused: list[Rejected] = []
    for place, decision in zip(count(), _decisions(made), strict=False):
        write(decision)
        fates[decision.fate] += 1
        if decision.rejected is not None:
            refused.append(decision.rejected)
        if place % EVERY == 0:
            tell(place)
    return Tally(fates["created"], fates["updated"], fates["unchanged"], tuple(refused), alike=tuple(made.alike))


def _decisions(made: Import) -> Iterator[Decision]:
    for row in made.rows:
        yield made.decide(row)


def roots_of_gone(look: Look, table: str, rows: Sequence[IncomingRow], present: Mapping[str, str]) -> dict[str, str]:
    """The roots of things that rows of an exact export are about and that are not here any more."""
    told = json.dumps([row.uid for row in rows if row.uid and row.uid not in present])
    return dict(
        look.rows(
            "SELECT \"row\", root FROM change WHERE kind = 'create' AND tbl = ? AND batch IN (SELECT key FROM batch)"
            ' AND "row" IN (SELECT value FROM json_each(?))',
            table,
            told,
        )
        if told != "[]"
        else ()
    )


def name_key(text: str) -> str:
    """A name as it is compared: without case, ё as е, blanks as one."""
    return " ".join(folded(text).split())


class DealNames:
    """The deals that a table names by their id, external id or title."""

    def __init__(self, look: Look, names: Sequence[str]) -> None:
        self._look = look
        self._found: list[dict[str, list[str]]] = []
        told = json.dumps(sorted(set(names)))
        for column in ("id", "external_id", "title"):
            known: dict[str, list[str]] = {}
            statement = f"SELECT {column}, id FROM deal WHERE {column} IN (SELECT value FROM json_each(?))"  # noqa: S608
            for name, deal_id in look.rows(f"{statement} ORDER BY row_key", told):
                known.setdefault(name, []).append(deal_id)
            self._found.append(known)
        for uid, deal_id in deals_by_uid(look, names).items():
            self._found[0].setdefault(uid, []).append(deal_id)
            self._found[0][uid] = list(dict.fromkeys(self._found[0][uid]))

    def find(self, name: str) -> list[str]:
        """The deals of this name; by id before external id before title."""
        return next((known[name] for known in self._found if name in known), [])

    def know(self, name: str, deal_id: str) -> None:
        """A deal that is being made under this name."""
        self._found[-1][name] = [deal_id]
