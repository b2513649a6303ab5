"""Make the facts of some roots say what the journal says of them."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from funnel_desk.storage.cells import changes_of, chunks, dead_of, links_of
from funnel_desk.storage.entities import BY_NAME, ENTITIES, Entity, insert_sql, stored_row
from funnel_desk.storage.fold import Facts, fold

# Tables whose rows other roots refer to, and by which fields: such a row stays while somebody needs it.
REFERRERS: dict[str, list[tuple[str, str]]] = {
    "pipeline": [("deal", "pipeline_id"), ("stage_event", "pipeline_id")],
    "company": [("deal", "company_id"), ("contact", "company_id"), ("activity", "company_id")],
    "contact": [("deal", "contact_id"), ("activity", "contact_id")],
    "lost_reason": [("stage_event", "reason_id")],
}
_ORDER = {entity.name: place for place, entity in enumerate(ENTITIES)}


def refold(connection: Connection, roots: Iterable[str]) -> set[str]:
    """Fold these roots anew and write the difference into the facts; gives the roots that were looked at.

    Roots are taken in the order in which they refer to each other; what a changed row referred to, before or now, is
    folded again where only that reference kept it.
    """
    waiting = _tables_of(connection, roots)
    done: set[str] = set()
    for place in range(len(ENTITIES)):
        now = sorted(root for root, table in waiting.items() if _ORDER[table] == place and root not in done)
        done.update(now)
        for _, part in chunks(now):
            needed = _refold_some(connection, part, REFERRERS.get(ENTITIES[place].name, []))
            waiting |= _tables_of(connection, standing_by_reference(connection, needed - done))
    return done


def _tables_of(connection: Connection, roots: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for marks, part in chunks(roots):
        rows = connection.exec_driver_sql(
            f"SELECT root, tbl FROM change WHERE root IN ({marks}) AND \"row\" = root AND kind = 'create'",
            tuple(part),
        )
        found |= {root: table for root, table in rows if table in _ORDER}
    return found


def standing_by_reference(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these rows whose creation does not count: a reference alone decides whether they are there."""
    found: set[str] = set()
    for marks, part in chunks(ids):
        found.update(
            connection.exec_driver_sql(
                "SELECT root FROM change JOIN undone ON undone.change = key"
                f" WHERE root IN ({marks}) AND \"row\" = root AND kind = 'create'",
                tuple(part),
            ).scalars()
        )
    return found


def referred_of(connection: Connection, ids: Collection[str], referrers: Collection[tuple[str, str]]) -> set[str]:
    """Those of these rows that living rows of other roots refer to."""
    found: set[str] = set()
    for table, field in referrers:
        for marks, part in chunks(ids):
            found.update(
                connection.exec_driver_sql(
                    f'SELECT DISTINCT "{field}" FROM {table} WHERE "{field}" IN ({marks})',
                    tuple(part),
                ).scalars()
            )
    return found


def _refold_some(connection: Connection, roots: list[str], referrers: Collection[tuple[str, str]]) -> set[str]:
    """Fold some roots; gives what their rows referred to before or refer to now."""
    changes = changes_of(connection, roots)
    links = links_of(connection, roots)
    dead = dead_of(connection, roots)
    referred = referred_of(connection, roots, referrers)
    facts: Facts = {}
    rows: dict[str, set[str]] = {}
    for root in roots:
        facts |= fold(changes[root], links, dead, referred)
        for change in changes[root]:
            rows.setdefault(change.tbl, set()).add(change.row)
    needed: set[str] = set()
    for table, ids in rows.items():
        if table in BY_NAME:
            wanted = {row: stored_row(BY_NAME[table], values) for (name, row), values in facts.items() if name == table}
            needed |= _write(connection, BY_NAME[table], ids, wanted)
    return needed


def _write(connection: Connection, entity: Entity, ids: set[str], wanted: dict[str, tuple[object, ...]]) -> set[str]:
    names = ", ".join(f'"{name}"' for name in entity.names)
    present: dict[str, tuple[object, ...]] = {}
    for marks, part in chunks(ids):
        for row in connection.exec_driver_sql(
            f"SELECT {names} FROM {entity.name} WHERE id IN ({marks})",
            tuple(part),
        ):
            present[row[0]] = tuple(row)
    gone = [(row,) for row in present if row not in wanted]
    changed = [(*values[1:], row) for row, values in wanted.items() if row in present and present[row] != values]
    new = [values for row, values in wanted.items() if row not in present]
    if gone:
        connection.exec_driver_sql(f"DELETE FROM {entity.name} WHERE id = ?", gone)
    if changed:
        setting = ", ".join(f'"{name}" = ?' for name in entity.names[1:])
        connection.exec_driver_sql(f"UPDATE {entity.name} SET {setting} WHERE id = ?", changed)
    if new:
        connection.exec_driver_sql(insert_sql(entity), new)
    places = [place for place, name in enumerate(entity.names) if name in entity.refs]
    return {str(values[place]) for values in (*present.values(), *wanted.values()) for place in places if values[place]}
