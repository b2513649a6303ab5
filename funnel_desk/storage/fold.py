"""The fold: what the changes of one root say, as plain values. Pure: no connection, no clock.

Rules 2 to 7 of the journal: a cell shows the live change that no other live change replaced; a row lives if its
creation is live or if live edits or children stand on it; a delete holds only against what it saw. Two things follow
for rows that other roots refer to: such a row stays while somebody needs it, and a pipeline that stays only for that
stays whole, as it was made.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from funnel_desk.storage.entities import BY_NAME, whole


class Change(NamedTuple):
    """One change of the journal; ``value`` is JSON text, ``lamport``, ``batch`` and ``seq`` rank it among others."""

    key: int
    lamport: int
    batch: str
    seq: int
    kind: str
    root: str
    tbl: str
    row: str
    field: str | None
    value: str | None

    @property
    def rank(self) -> tuple[int, str, int]:
        """The greatest rank is shown where changes disagree."""
        return self.lamport, self.batch, self.seq


Links = Mapping[int, Sequence[int]]
"""Which changes each change replaced, by key."""

Facts = dict[tuple[str, str], dict[str, object]]
"""The fields of each row that lives, as plain values, by table and id."""


@dataclass(slots=True)
class _Row:
    tbl: str
    create: Change | None = None
    sets: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    deletes: list[Change] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


def ancestors(start: Iterable[int], links: Links) -> set[int]:
    """All that these changes replaced, directly or through any chain; they themselves included."""
    found: set[int] = set()
    waiting = list(start)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(links.get(key, ()))
    return found


def hidden_by(live: Iterable[int], links: Links) -> set[int]:
    """All that these changes replaced, directly or through any chain."""
    return ancestors([target for key in live for target in links.get(key, ())], links)


def visible_heads(cell: Collection[int], links: Links, dead: Collection[int]) -> set[int]:
    """The live changes of a cell that no other live change of it replaced (rule 3)."""
    live = {key for key in cell if key not in dead}
    return live if len(live) <= 1 else live - hidden_by(live, links)


def shown(cell: Sequence[Change], links: Links, dead: Collection[int]) -> Change | None:
    """The change that a cell shows; several visible heads disagree, and the greatest is shown."""
    heads = visible_heads([change.key for change in cell], links, dead)
    return max((change for change in cell if change.key in heads), key=lambda change: change.rank, default=None)


class History:
    """All changes of one root, put together to be folded: as they are, or as they would be with other ones dead."""

    def __init__(self, root: str, changes: Iterable[Change], links: Links) -> None:
        """``links`` says which changes each change replaced."""
        self.root, self.links = root, links
        self.changes = {change.key: change for change in changes if change.tbl in BY_NAME}  # newer tables: passed on
        self.rows = _gather(self.changes.values())
        self._order = _parents_first(self.rows)

    @property
    def table(self) -> str:
        """The table of the root's own row."""
        return self.rows[self.root].tbl if self.root in self.rows else ""

    def created(self, row: str) -> Change | None:
        """The change that created a row."""
        return self.rows[row].create if row in self.rows else None

    def fold(self, dead: Collection[int], referred: Collection[str]) -> Facts:
        """The rows that live, where ``dead`` changes do not count and living rows of other roots refer to some."""
        alive = self._alive(dead, referred)
        facts: Facts = {}
        present: set[str] = set()
        for row_id in self._order:
            row = self.rows[row_id]
            if row_id in alive and present.issuperset(row.parents):
                present.add(row_id)
                facts[row.tbl, row_id] = self._values(row, row_id, dead)
        return facts

    def unseen(self, row_id: str, dead: Collection[int]) -> tuple[Change, Change] | None:
        """The newest delete of a row, and the newest change on which it stands that this delete did not see (rule 7).

        None where the row is not deleted, or nothing but a reference keeps it.
        """
        deletes = [change for change in self.rows[row_id].deletes if change.key not in dead]
        standing = self._alive(dead, ()).get(row_id)
        if not deletes or standing is None:
            return None
        deleted = max(deletes, key=lambda one: one.rank)
        left = standing - hidden_by([deleted.key], self.links)
        return (deleted, max((self.changes[key] for key in left), key=lambda one: one.rank)) if left else None

    def _alive(self, dead: Collection[int], referred: Collection[str]) -> dict[str, set[int]]:
        """The rows that live by themselves or are needed, each with the live changes on which it stands."""
        held = self._held(referred)
        alive: dict[str, set[int]] = {}
        for row_id in reversed(self._order):
            standing = self._standing(row_id, dead, alive, referred, held)
            if standing is not None:
                alive[row_id] = standing
        return alive

    def _held(self, referred: Collection[str]) -> Collection[str]:
        """The rows made together with a pipeline that somebody needs: half a pipeline would help nobody."""
        made = self.created(self.root)
        if made is None or made.tbl != "pipeline" or not any(row in referred for row in self.rows):
            return ()
        return {row_id for row_id, row in self.rows.items() if row.create and row.create.batch == made.batch}

    def _standing(
        self,
        row_id: str,
        dead: Collection[int],
        alive: Mapping[str, set[int]],
        referred: Collection[str],
        held: Collection[str],
    ) -> set[int] | None:
        """The live changes on which a row and all below it stand; None where it does not live (rules 6 and 7)."""
        row = self.rows[row_id]
        live = {change.key for cell in row.sets.values() for change in cell if change.key not in dead}
        if row.create is not None and row.create.key not in dead:
            live.add(row.create.key)
        for child in row.children:
            live |= alive.get(child, set())
        if row_id in referred:
            return live
        if not live and row_id not in held:
            return None
        for delete in row.deletes:
            if delete.key not in dead and live <= hidden_by([delete.key], self.links):
                return None
        return live

    def _values(self, row: _Row, row_id: str, dead: Collection[int]) -> dict[str, object]:
        values = whole(BY_NAME[row.tbl], row_id, row.values)
        for name, cell in row.sets.items():
            if name in values and (change := shown(cell, self.links, dead)) is not None:
                values[name] = json.loads(change.value or "null")
        return values


def fold(changes: Iterable[Change], links: Links, dead: Collection[int], referred: Collection[str]) -> Facts:
    """The rows that live in one root, each with all its fields as plain values."""
    listed = list(changes)
    return History(listed[0].root, listed, links).fold(dead, referred) if listed else {}


def _gather(changes: Iterable[Change]) -> dict[str, _Row]:
    """The rows of a root that were ever created, each with its changes."""
    rows: dict[str, _Row] = {}
    for change in changes:
        row = rows.get(change.row) or rows.setdefault(change.row, _Row(change.tbl))
        if change.kind == "create":
            if row.create is None or change.rank < row.create.rank:
                row.create, row.tbl = change, change.tbl
        elif change.kind == "set":
            row.sets[change.field or ""].append(change)
        else:
            row.deletes.append(change)
    rows = {row_id: row for row_id, row in rows.items() if row.create is not None}
    for row_id, row in rows.items():
        if row.create is not None:
            row.values = json.loads(row.create.value or "{}")
            row.parents = _parents(row_id, row, row.create.root)
    for row_id, row in rows.items():
        for parent in row.parents:
            if parent in rows:
                rows[parent].children.append(row_id)
    return rows


def _parents(row_id: str, row: _Row, root: str) -> list[str]:
    """What a row stands on: its root's own row, and the rows that its links name."""
    found = {root} if row_id != root else set()
    found.update(value for name in BY_NAME[row.tbl].links if isinstance(value := row.values.get(name), str))
    return sorted(found)


def _parents_first(rows: Mapping[str, _Row]) -> list[str]:
    """The rows so that each comes after all it stands on; those that stand on nothing known, or in a ring, are out."""
    missing = {row_id: len(row.parents) for row_id, row in rows.items()}
    order = [row_id for row_id, count in missing.items() if not count]
    for row_id in order:  # grows while it is walked
        for child in rows[row_id].children:
            missing[child] -= 1
            if not missing[child]:
                order.append(child)
    return order
