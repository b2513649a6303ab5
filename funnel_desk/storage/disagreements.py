"""Where people disagree: cells in which several values stand, and forks of a deal's path (rules 3 and 11 to 16).

Several people who made the same move, or wrote the same value, do not disagree. What is found has an id made of what it
says, alike on every desk: once anything about it changes, it is another disagreement.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import Connection

from funnel_desk.domain.deal import StageEvent
from funnel_desk.domain.path import Choice, Fork, Node, choose
from funnel_desk.domain.situation import Situation
from funnel_desk.storage.cells import changes_of, chunks, dead_of, links_of
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.fold import Change, History, visible_heads
from funnel_desk.storage.forks import FORK
from funnel_desk.storage.situations import load, load_rulebook, load_situations

STAGE = "stage"
DELETED = "deleted"
"""The field of a row that somebody deleted and somebody else wrote meanwhile: it stays, and that is told."""
ID_BYTES = 10

# Changes that no living one replaced directly are more than the visible heads, and soon found.
_TIPS = (
    "key NOT IN (SELECT change FROM undone) AND NOT EXISTS (SELECT 1 FROM replaced JOIN change AS later"
    " ON later.key = replaced.\"by\" WHERE replaced.target = change.key AND later.kind = 'set'"
    " AND later.key NOT IN (SELECT change FROM undone))"
)
_CELLS = (
    f"SELECT DISTINCT root FROM change WHERE kind = 'set' AND {_TIPS}"
    ' GROUP BY root, "row", field HAVING count(*) > 1 ORDER BY root'
)
_DELETED = (
    "SELECT DISTINCT root FROM change WHERE kind = 'delete' AND key NOT IN (SELECT change FROM undone) ORDER BY root"
)
_FORKS = "SELECT DISTINCT deal_id FROM stage_event GROUP BY deal_id, previous HAVING count(*) > 1 ORDER BY deal_id"


class Side(NamedTuple):
    """One of two views: the plain JSON value of a field, or the move; and the batch that says so."""

    value: object
    batch: str
    node: Node | None = None


class Disagreement(NamedTuple):
    """Two values of one field, or two moves after one; ``fork`` is the key of the place, empty for a field."""

    id: str
    root: str
    table: str
    row: str
    field: str
    shown: Side
    other: Side
    fork: str = ""


def disagreements(connection: Connection, zone: str, only: str = "") -> list[Disagreement]:
    """All of the file, those of one deal together; or those of one root ``only``."""
    cells, forks, deletes = (
        [only] if only else list(connection.exec_driver_sql(statement).scalars())
        for statement in (_CELLS, _FORKS, _DELETED)
    )
    found = [*_of_cells(connection, cells), *_of_paths(connection, zone, forks), *_of_deletes(connection, deletes)]
    return sorted(found, key=lambda one: (one.root, one.row, one.field, one.id))


def choice_for(read: Situation, one: Disagreement, events: Iterable[StageEvent], *, other: bool) -> Choice | None:
    """The choice that settles a fork for one of its sides; None if the fork is not on the path any more."""
    side = one.other if other else one.shown
    for fork in read.path.forks:
        for node in (fork.shown, *fork.others):
            if fork.key == one.fork and node is not None and side.node is not None and _says(node) == _says(side.node):
                return choose(fork, node, events)
    return None


# --- cells -----------------------------------------------------------------------------------------------------------


def _of_cells(connection: Connection, roots: Sequence[str]) -> Iterator[Disagreement]:
    for _, part in chunks(roots):
        for cell in _cells(connection, part):
            yield from _in_cell(connection, cell)


def _cells(connection: Connection, roots: Sequence[str]) -> Iterator[list[Change]]:
    """The visible heads of each cell in which several stand, the greatest first; forks are no such cells."""
    links, dead = links_of(connection, roots), dead_of(connection, roots)
    for changes in changes_of(connection, roots).values():
        for (_, field), cell in _by_cell(changes).items():
            heads = visible_heads([one.key for one in cell], links, dead)
            if len(heads) > 1 and not field.startswith(FORK):
                yield sorted((one for one in cell if one.key in heads), key=lambda one: one.rank, reverse=True)


def _by_cell(changes: Iterable[Change]) -> dict[tuple[str, str], list[Change]]:
    cells: dict[tuple[str, str], list[Change]] = {}
    for one in changes:
        if one.kind == "set":
            cells.setdefault((one.row, one.field or ""), []).append(one)
    return cells


def _in_cell(connection: Connection, heads: Sequence[Change]) -> Iterator[Disagreement]:
    first = heads[0]
    entity = BY_NAME.get(first.tbl)
    if entity is None or first.field not in entity.names or not _lives(connection, first):
        return
    shown = Side(json.loads(first.value or "null"), first.batch)
    said = {first.value}
    for head in heads[1:]:
        if head.value not in said:
            said.add(head.value)
            other = Side(json.loads(head.value or "null"), head.batch)
            name = _id(first.row, first.field, first.value, head.value)
            yield Disagreement(name, first.root, first.tbl, first.row, first.field, shown, other)


def _lives(connection: Connection, change: Change) -> bool:
    return (
        connection.exec_driver_sql(f"SELECT 1 FROM {BY_NAME[change.tbl].name} WHERE id = ?", (change.row,)).first()
        is not None
    )


# --- deletions ------------------------------------------------------------------------------------------------------


def _of_deletes(connection: Connection, roots: Sequence[str]) -> Iterator[Disagreement]:
    """Rows that are deleted, and stand on what the one who deleted them did not see."""
    for _, part in chunks(roots):
        links, dead = links_of(connection, part), dead_of(connection, part)
        for root, changes in changes_of(connection, part).items():
            history = History(root, changes, links)
            for row in sorted({one.row for one in changes if one.kind == "delete" and one.row in history.rows}):
                found = history.unseen(row, dead)
                if found is not None and _lives(connection, found[0]):
                    yield _kept(*found)


def _kept(deleted: Change, written: Change) -> Disagreement:
    name = _id(deleted.row, DELETED, deleted.batch, str(deleted.seq), written.batch, str(written.seq))
    shown, other = Side(value=False, batch=written.batch), Side(value=True, batch=deleted.batch)
    return Disagreement(name, deleted.root, deleted.tbl, deleted.row, DELETED, shown, other)


# --- paths -----------------------------------------------------------------------------------------------------------


def _of_paths(connection: Connection, zone: str, deals: Sequence[str]) -> Iterator[Disagreement]:
    if not deals:
        return
    rulebook = load_rulebook(connection, zone)
    for _, part in chunks(deals):
        made = _creations(connection, part)
        events: dict[str, list[StageEvent]] = {}
        for event in load(connection, StageEvent, "deal_id", part):
            events.setdefault(event.deal_id, []).append(event)
        choices = _choices(connection, part)
        for situation in load_situations(connection, part, rulebook):
            deal = situation.deal.id
            for fork in situation.path.forks:
                yield from _at_fork(deal, fork, events[deal], choices.get((deal, fork.key), ()), made)


def _at_fork(
    deal: str,
    fork: Fork,
    events: Sequence[StageEvent],
    choices: Sequence[tuple[Choice, str]],
    made: Mapping[str, str],
) -> Iterator[Disagreement]:
    """What is still open at one fork: branches that nobody turned down, and choices that differ."""
    if fork.shown is None:
        return
    chosen = {node: name for choice, name in reversed(choices) for node in _nodes(fork) if _chose(choice, node)}
    standing = [node for node in fork.others if fork.flagged and not _turned_down(node, events, choices)]
    for node in fork.others:
        if node in standing or node in chosen:
            shown, other = (
                Side(None, chosen.get(one, made.get(one.event_ids[0], "")), one) for one in (fork.shown, node)
            )
            name = _id(deal, fork.key, *_says(fork.shown), *_says(node))
            yield Disagreement(name, deal, "deal", deal, STAGE, shown, other, fork.key)


def _nodes(fork: Fork) -> list[Node]:
    return [node for node in (fork.shown, *fork.others) if node is not None]


def _chose(choice: Choice, node: Node) -> bool:
    return not choice.chosen.isdisjoint(node.event_ids)


def _turned_down(node: Node, events: Sequence[StageEvent], choices: Sequence[tuple[Choice, str]]) -> bool:
    """Whether the choice that holds turned down every move of a branch (rules 14 and 15)."""
    if not choices:
        return False
    branch = set(node.event_ids)
    while more := {event.id for event in events if event.previous in branch} - branch:
        branch |= more
    return branch <= choices[0][0].rejected


def _choices(connection: Connection, deals: Sequence[str]) -> dict[tuple[str, str], list[tuple[Choice, str]]]:
    """The choices that stand at each fork, the one that holds first, each with the batch that says so."""
    links, dead = links_of(connection, deals), dead_of(connection, deals)
    found: dict[tuple[str, str], list[tuple[Choice, str]]] = {}
    for deal, changes in changes_of(connection, deals).items():
        for (_, field), cell in _by_cell(changes).items():
            if field.startswith(FORK):
                heads = visible_heads([one.key for one in cell], links, dead)
                ranked = sorted((one for one in cell if one.key in heads), key=lambda one: one.rank, reverse=True)
                found[deal, field.removeprefix(FORK)] = [(_choice(one), one.batch) for one in ranked]
    return found


def _choice(change: Change) -> Choice:
    value = json.loads(change.value or "{}")
    return Choice(frozenset(value["chosen"]), frozenset(value["rejected"]))


def _creations(connection: Connection, deals: Sequence[str]) -> dict[str, str]:
    """The batches that made the moves of these deals."""
    return {
        one.row: one.batch
        for changes in changes_of(connection, deals).values()
        for one in changes
        if one.kind == "create" and one.tbl == "stage_event"
    }


def _says(node: Node) -> tuple[str | None, ...]:
    return node.kind, node.pipeline_id, node.stage_id, node.reason_id, node.reason


def _id(*parts: str | None) -> str:
    return blake2b(json.dumps(parts).encode("ascii"), digest_size=ID_BYTES).hexdigest()
