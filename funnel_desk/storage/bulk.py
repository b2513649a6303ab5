"""Undo and redo of rows that nobody touched since they came in: whole sets by plain SQL, as after an import."""

from sqlalchemy import Connection

from funnel_desk.storage.entities import ENTITIES, Entity
from funnel_desk.storage.refold import standing_by_reference
from funnel_desk.storage.types import stored


def apply_simple(connection: Connection) -> tuple[set[str], set[str], set[str]]:
    """Take away, or bring back, the roots of ``down`` and ``up`` that consist of nothing but creations in them.

    Gives the roots that went, those that came back (their projections are still to be made), and rows of other roots
    that only a reference of the former may have kept.
    """
    gone = _simple(connection, "down")
    again = standing_by_reference(connection, _referred_by(connection))
    for entity in ENTITIES:
        connection.exec_driver_sql(
            f"DELETE FROM {entity.name} WHERE id IN"
            f" (SELECT \"row\" FROM simple JOIN change USING (root) WHERE tbl = '{entity.name}')"
        )
    for table in ("stay", "passage", "deal_state"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE deal_id IN (SELECT root FROM simple)")
    back = _simple(connection, "up")
    for entity in reversed(ENTITIES):
        connection.exec_driver_sql(_bring_back(entity))
    return gone, back, again - gone


def _simple(connection: Connection, table: str) -> set[str]:
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS simple (root TEXT PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM simple")
    connection.exec_driver_sql(
        f"INSERT INTO simple SELECT root FROM change WHERE root IN"
        f" (SELECT DISTINCT root FROM {table} JOIN change ON key = {table}.change)"
        f" GROUP BY root HAVING sum(kind != 'create' OR key NOT IN (SELECT change FROM {table})"
        " OR instr(value, '\\u0000') > 0) = 0"  # SQLite's JSON cuts texts at NUL: these go the careful way
    )
    return set(connection.exec_driver_sql("SELECT root FROM simple").scalars())


def _referred_by(connection: Connection) -> set[str]:
    """What the rows that go now refer to in other roots."""
    found: set[str] = set()
    for entity in ENTITIES:
        for field in entity.refs:
            found.update(
                connection.exec_driver_sql(
                    f'SELECT DISTINCT "{field}" FROM simple JOIN change USING (root)'
                    f' JOIN {entity.name} ON {entity.name}.id = change."row"'
                    f" WHERE tbl = '{entity.name}' AND \"{field}\" IS NOT NULL"
                ).scalars()
            )
    return found


def _bring_back(entity: Entity) -> str:
    columns = [_column(entity, name) for name in entity.names if name != "id"]
    names = ", ".join(f'"{name}"' for name in entity.names if name != "id")
    return (
        f'INSERT INTO {entity.name} (id, {names}) SELECT "row", {", ".join(columns)}'
        f" FROM simple JOIN change USING (root) WHERE tbl = '{entity.name}' ORDER BY change.key"
    )


def _column(entity: Entity, name: str) -> str:
    found = f"json_extract(value, '$.{name}')"
    default = stored(entity.defaults[name]) if name in entity.defaults else None
    if default is None:
        return found
    literal = str(default) if isinstance(default, int) else "'" + str(default).replace("'", "''") + "'"
    return f"coalesce({found}, {literal})"
