"""What a new change replaces, read from the journal."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.fold import Change, visible_heads

T = TypeVar("T")

CHUNK = 500


def chunks(values: Iterable[T]) -> Iterator[tuple[str, list[T]]]:
    """The values in portions small enough for one statement, each with its question marks."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        yield ", ".join("?" * len(part)), part


def changes_of(connection: Connection, roots: Iterable[str]) -> dict[str, list[Change]]:
    """All changes of these roots, by root."""
    found: dict[str, list[Change]] = defaultdict(list)
    for marks, part in chunks(roots):
        for row in connection.exec_driver_sql(
            "SELECT change.key, batch.lamport, batch.id, seq, change.kind, root, tbl, row, field, value"
            " FROM change JOIN batch ON batch.key = change.batch"
            f" WHERE root IN ({marks})",
            tuple(part),
        ).all():
            found[row[5]].append(Change(*row))
    return found


def links_of(connection: Connection, roots: Iterable[str]) -> dict[int, list[int]]:
    """Which changes each change of these roots replaced."""
    found: dict[int, list[int]] = defaultdict(list)
    for marks, part in chunks(roots):
        for by, target in connection.exec_driver_sql(
            f'SELECT "by", target FROM replaced JOIN change ON change.key = "by" WHERE root IN ({marks})',
            tuple(part),
        ).all():
            found[by].append(target)
    return found


def dead_of(connection: Connection, roots: Iterable[str]) -> set[int]:
    """The changes of these roots that do not count: undone by marks, or withdrawn here."""
    found: set[int] = set()
    for marks, part in chunks(roots):
        found.update(
            connection.exec_driver_sql(
                f"SELECT key FROM change JOIN undone ON undone.change = key WHERE root IN ({marks})",
                tuple(part),
            ).scalars()
        )
    return found


class Cell(NamedTuple):
    """One field of one row."""

    root: str
    row: str
    field: str


def heads_of(
    connection: Connection, cells: Collection[Cell], since: Mapping[Cell, int] | None = None
) -> dict[Cell, list[int]]:
    """What a new change of each cell replaces: its visible heads, undone ones included (rule 4); not withdrawn ones.

    A cell in ``since`` was looked at when this was the newest batch (its key): what came later was not seen.
    """
    seen = since or {}
    batches: dict[int, int] = {}
    roots = {cell.root for cell in cells}
    creations: dict[str, int] = {}
    sets: dict[tuple[str, str], set[int]] = defaultdict(set)
    for marks, part in chunks(roots):
        for key, kind, row, field, batch in connection.exec_driver_sql(
            f"SELECT key, kind, \"row\", field, batch FROM change WHERE root IN ({marks}) AND kind != 'delete'"
            " AND batch NOT IN (SELECT batch FROM withdrawn)",
            tuple(part),
        ).all():
            batches[key] = batch
            if kind == "create":
                creations[row] = key
            else:
                sets[row, field].add(key)
    set_before = {cell.root for cell in cells if sets.get((cell.row, cell.field))}
    links, dead = links_of(connection, set_before), dead_of(connection, set_before)
    found: dict[Cell, list[int]] = {}
    for cell in cells:
        known = sets.get((cell.row, cell.field), set()) | {key for key in [creations.get(cell.row)] if key is not None}
        if cell in seen:
            known = {key for key in known if batches[key] <= seen[cell]}
        tips = known - {target for key in known for target in links.get(key, ())}
        found[cell] = sorted(tips | visible_heads(known, links, dead))
    return found


def heads_below(connection: Connection, root: str, row: str) -> list[int]:
    """All heads of a row and of everything below it, which a delete lists as seen (rule 7)."""
    return heads_below_each(connection, root, [row])[row]


def heads_below_each(connection: Connection, root: str, rows: Iterable[str]) -> dict[str, list[int]]:
    """The same of several rows of one root, by row: the root's history is read once."""
    changes = changes_of(connection, [root])[root]
    children, of_row = _children(changes), defaultdict(set)
    for change in changes:
        if change.kind != "delete":
            of_row[change.row].add(change.key)
    links, dead = links_of(connection, [root]), dead_of(connection, [root])
    withdrawn = set(
        connection.exec_driver_sql(
            "SELECT key FROM change WHERE root = ? AND batch IN (SELECT batch FROM withdrawn)", (root,)
        ).scalars()
    )
    listed: dict[str, list[int]] = {}
    for row in rows:
        found = {key for below in _below(children, row) for key in of_row[below]} - withdrawn
        replaced = {target for key in found for target in links.get(key, ())}
        listed[row] = sorted(found - replaced | visible_heads(found, links, dead))
    return listed


def _children(changes: Sequence[Change]) -> dict[str, set[str]]:
    """The rows that stand on each row of a root."""
    found: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.kind == "create" and change.tbl in BY_NAME:
            for name, value in json.loads(change.value or "{}").items():
                if name in BY_NAME[change.tbl].links:
                    found[value].add(change.row)
    return found


def _below(children: Mapping[str, set[str]], row: str) -> set[str]:
    """A row and every row of its root that stands on it, directly or not."""
    found, waiting = {row}, [row]
    while waiting:
        more = children.get(waiting.pop(), set()) - found
        found |= more
        waiting.extend(more)
    return found


def change_names(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    """The lasting names of changes: batch id and place."""
    found: dict[int, str] = {}
    for marks, part in chunks(keys):
        rows = connection.exec_driver_sql(
            "SELECT change.key, batch.id || '.' || seq FROM change JOIN batch ON batch.key = change.batch"
            f" WHERE change.key IN ({marks})",
            tuple(part),
        )
        found |= {key: name for key, name in rows}  # noqa: C416 - rows are no pairs to mypy
    return found
