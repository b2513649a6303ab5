"""The fold: what the changes of one root say, as plain values. Pure: no connection, no clock.

Rules 2 to 7 of the journal: a cell shows the live change that no other live change replaced; a row lives if its
creation is live or if live edits or children stand on it; a delete holds only against what it saw.
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


@dataclass(slots=True)
class _Row:
    tbl: str
    create: Change | None = None
    sets: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    deletes: list[Change] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


Facts = dict[tuple[str, str], dict[str, object]]


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


def visible_heads(cell: Collection[int], links: Links, dead: Collection[int]) -> set[int]:
    """The live changes of a cell that no other live change of it replaced (rule 3)."""
    live = {key for key in cell if key not in dead}
    if len(live) <= 1:
        return live
    hidden: set[int] = set()
    for key in live:
        hidden |= ancestors(links.get(key, ()), links)
    return live - hidden


def fold(changes: Iterable[Change], links: Links, dead: Collection[int], referred: Collection[str]) -> Facts:
    """The rows that live in one root, each with all its fields as plain values.

    ``links`` says which changes each change replaced, ``dead`` which are undone or withdrawn, ``referred`` which rows
    living rows of other roots refer to.
    """
    rows = _gather(changes)
    order = sorted(
        (row_id for row_id, row in rows.items() if row.create), key=lambda row_id: _created(rows[row_id]).rank
    )
    for row_id in order:
        _connect(rows, row_id)
    alive: dict[str, set[int]] = {}
    for row_id in reversed(order):  # whatever stands on a row was made after it
        standing = _standing(rows, row_id, links, dead, alive, referred)
        if standing is not None:
            alive[row_id] = standing
    facts: Facts = {}
    present: set[str] = set()
    for row_id in order:
        row = rows[row_id]
        if row_id in alive and all(parent in present for parent in row.parents):
            present.add(row_id)
            facts[row.tbl, row_id] = _values(row, row_id, links, dead)
    return facts


def _gather(changes: Iterable[Change]) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    for change in changes:
        if change.tbl not in BY_NAME:  # a table of a newer program: kept in the journal, passed on, not shown
            continue
        row = rows.get(change.row) or rows.setdefault(change.row, _Row(change.tbl))
        if change.kind == "create":
            row.create = change
            row.values = json.loads(change.value or "{}")
        elif change.kind == "set":
            row.sets[change.field or ""].append(change)
        else:
            row.deletes.append(change)
    return rows


def _created(row: _Row) -> Change:
    assert row.create is not None  # noqa: S101 - only rows with a creation are ordered
    return row.create


def _connect(rows: dict[str, _Row], row_id: str) -> None:
    row = rows[row_id]
    for name in BY_NAME[row.tbl].links:
        parent = row.values.get(name)
        if isinstance(parent, str) and parent not in row.parents:
            row.parents.append(parent)
            if parent in rows:
                rows[parent].children.append(row_id)


def _standing(
    rows: dict[str, _Row],
    row_id: str,
    links: Links,
    dead: Collection[int],
    alive: dict[str, set[int]],
    referred: Collection[str],
) -> set[int] | None:
    """The live changes on which a row and all below it stand; None where it does not live (rules 6 and 7)."""
    row = rows[row_id]
    created = _created(row).key
    live = {change.key for cell in row.sets.values() for change in cell if change.key not in dead}
    if created not in dead:
        live.add(created)
    for child in row.children:
        live |= alive.get(child, set())
    if not live and row_id not in referred:
        return None
    for delete in row.deletes:
        if delete.key not in dead and live <= ancestors(links.get(delete.key, ()), links):
            return None
    return live


def _values(row: _Row, row_id: str, links: Links, dead: Collection[int]) -> dict[str, object]:
    values = whole(BY_NAME[row.tbl], row_id, row.values)
    for name, cell in row.sets.items():
        if name in values:
            heads = visible_heads([change.key for change in cell], links, dead)
            shown = max(
                (change for change in cell if change.key in heads), key=lambda change: change.rank, default=None
            )
            if shown is not None:
                values[name] = json.loads(shown.value or "null")
    return values
