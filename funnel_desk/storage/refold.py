"""Make the facts of some roots say what the journal says of them."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from funnel_desk.storage.cells import changes_of, chunks, dead_of, links_of
from funnel_desk.storage.entities import (
    BY_NAME,
    ENTITIES,
    ORDER,
    REFERRERS,
    Entity,
    insert_sql,
    root_sql,
    stored_row,
    table_of,
)
from funnel_desk.storage.fold import Facts, History

Stored = dict[tuple[str, str], tuple[object, ...]]
"""Rows as their tables keep them, by table and id."""


class Loaded(NamedTuple):
    """The histories of some roots of one table, with all that their folding needs, and their rows as they are now."""

    histories: Mapping[str, History]
    dead: set[int]
    referred: set[str]
    present: Stored


def refold(connection: Connection, roots: Iterable[str]) -> set[str]:
    """Fold these roots anew and write the difference into the facts; gives the roots that were looked at.

    Roots are taken in the order in which they refer to each other; what a changed row referred to, before or now, is
    folded again where only that reference kept it.
    """
    waiting = tables_of(connection, roots)
    done: set[str] = set()
    for entity in ENTITIES:
        now = sorted(root for root, table in waiting.items() if table == entity.name)
        done.update(now)
        for _, part in chunks(now):
            loaded = load_histories(connection, part)
            facts: Facts = {}
            for history in loaded.histories.values():
                facts |= history.fold(loaded.dead, loaded.referred)
            waiting |= tables_of(connection, write_facts(connection, loaded.present, facts) - done)
    return done


def tables_of(connection: Connection, roots: Iterable[str]) -> dict[str, str]:
    """The table of each of these roots that this program knows."""
    found: dict[str, str] = {}
    for marks, part in chunks(roots):
        rows = connection.exec_driver_sql(
            f"SELECT root, tbl FROM change WHERE root IN ({marks}) AND \"row\" = root AND kind = 'create'",
            tuple(part),
        )
        found |= {root: table for root, table in rows if table in ORDER}
    return found


def load_histories(connection: Connection, roots: list[str]) -> Loaded:
    """All that is known of some roots of one table (a few hundred at a time)."""
    changes, links = changes_of(connection, roots), links_of(connection, roots)
    histories = {root: History(root, changes[root], links) for root in roots}
    rows: dict[str, set[str]] = {}
    for history in histories.values():
        for row_id, row in history.rows.items():
            rows.setdefault(row.tbl, set()).add(row_id)
    referred: set[str] = set()
    present: Stored = {}
    for table, ids in rows.items():
        referred |= referred_of(connection, table, ids)
        present |= _present(connection, BY_NAME[table], ids)
    return Loaded(histories, dead_of(connection, roots), referred, present)


def referred_of(connection: Connection, table: str, ids: Collection[str]) -> set[str]:
    """Those of these rows that living rows of other roots refer to."""
    found: set[str] = set()
    for entity, ref in REFERRERS[table]:
        for marks, part in chunks(ids):
            found.update(
                connection.exec_driver_sql(
                    f'SELECT DISTINCT "{ref}" FROM {entity.name} WHERE "{ref}" IN ({marks})'
                    f' AND {root_sql(entity)} != "{ref}"',
                    tuple(part),
                ).scalars()
            )
    return found


def standing_by_reference(connection: Connection, refs: Mapping[str, Collection[str]]) -> set[str]:
    """The roots of these rows (ids by table) that would be gone but for those who refer to them."""
    roots = {row for table, ids in refs.items() if table not in {"stage", "step"} for row in ids}
    for marks, part in chunks(refs.get("step", ())):  # a stage is never named without its pipeline, a step may be
        roots.update(
            connection.exec_driver_sql(
                f"SELECT root FROM change WHERE \"row\" IN ({marks}) AND tbl = 'step'", tuple(part)
            ).scalars()
        )
    found: set[str] = set()
    for marks, part in chunks(roots):
        found.update(
            connection.exec_driver_sql(
                f"SELECT DISTINCT root FROM change WHERE root IN ({marks}) AND (kind = 'delete' OR"
                " (kind = 'create' AND \"row\" = root AND key IN (SELECT change FROM undone)))",
                tuple(part),
            ).scalars()
        )
    return found


def write_facts(connection: Connection, present: Stored, facts: Facts) -> set[str]:
    """Write the difference between rows as they are and as they should be.

    Gives the roots that a changed row referred to, before or now, and that only such a reference may keep.
    """
    wanted = {(name, row): stored_row(BY_NAME[name], values) for (name, row), values in facts.items()}
    refs: dict[str, set[str]] = {}
    for entity in ENTITIES:
        before = {row: values for (name, row), values in present.items() if name == entity.name}
        after = {row: values for (name, row), values in wanted.items() if name == entity.name}
        changed = {row for row in before.keys() | after.keys() if before.get(row) != after.get(row)}
        if changed:
            _write(connection, entity, before, {row: after[row] for row in changed if row in after}, changed)
            for place, ref in [(entity.names.index(ref), ref) for ref in entity.refs]:
                named = {values[place] for row in changed for values in (before.get(row), after.get(row)) if values}
                refs.setdefault(table_of(ref), set()).update(str(one) for one in named if one)
    return standing_by_reference(connection, refs)


def _write(
    connection: Connection,
    entity: Entity,
    before: Mapping[str, tuple[object, ...]],
    after: Mapping[str, tuple[object, ...]],
    changed: Collection[str],
) -> None:
    gone = [(row,) for row in changed if row not in after]
    updated = [(*values[1:], row) for row, values in after.items() if row in before]
    new = [values for row, values in sorted(after.items()) if row not in before]
    if gone:
        connection.exec_driver_sql(f"DELETE FROM {entity.name} WHERE id = ?", gone)
    if updated:
        setting = ", ".join(f'"{name}" = ?' for name in entity.names[1:])
        connection.exec_driver_sql(f"UPDATE {entity.name} SET {setting} WHERE id = ?", updated)
    if new:
        connection.exec_driver_sql(insert_sql(entity), new)


def _present(connection: Connection, entity: Entity, ids: Collection[str]) -> Stored:
    names = ", ".join(f'"{name}"' for name in entity.names)
    found: Stored = {}
    for marks, part in chunks(ids):
        for row in connection.exec_driver_sql(
            f"SELECT {names} FROM {entity.name} WHERE id IN ({marks})",
            tuple(part),
        ).all():
            found[entity.name, row[0]] = tuple(row)
    return found
