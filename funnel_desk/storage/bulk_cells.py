"""Undo and redo of plain edits by whole sets: nobody has touched these cells since, and their rows stand by themselves.

So it is after an import that changed what was there before.
"""

from sqlalchemy import Connection

from funnel_desk.storage.bulk import column_sql
from funnel_desk.storage.entities import BY_NAME, Entity, table_of

# A cell is plain if its newest change is the one that is reversed, and that one replaced a single change that counts.
_CELLS = """
INSERT INTO cells SELECT made.key, made.root, made.tbl, made."row", made.field, {shown}
FROM {table} CROSS JOIN change AS made ON made.key = {table}.change
CROSS JOIN replaced ON replaced."by" = made.key
CROSS JOIN change AS earlier ON earlier.key = replaced.target
WHERE made.kind = 'set' AND earlier.key NOT IN (SELECT change FROM undone)
AND instr(made.value, '\\u0000') = 0 AND instr(earlier.value, '\\u0000') = 0
AND NOT EXISTS (SELECT 1 FROM replaced AS later WHERE later.target = made.key)
"""
# Roots with anything else in the batch, a delete, a row that only others keep, or a disagreement go the careful way.
_OTHERS = """
SELECT root FROM change WHERE key IN (SELECT change FROM down UNION ALL SELECT change FROM up)
AND key NOT IN (SELECT key FROM cells)
UNION SELECT root FROM cells GROUP BY key HAVING count(*) > 1
UNION SELECT root FROM change WHERE root IN (SELECT root FROM cells)
AND (kind = 'delete' OR (kind = 'create' AND key IN (SELECT change FROM undone)))
UNION SELECT cells.root FROM cells JOIN change AS other ON other.root = cells.root AND other."row" = cells."row"
AND other.field = cells.field AND other.kind = 'set' AND other.key != cells.key
AND NOT EXISTS (SELECT 1 FROM replaced WHERE replaced.target = other.key)
"""


class PlainCells:
    """The roots of ``down`` and ``up`` in which nothing but plain edits is reversed, in the table ``cells``."""

    def __init__(self, connection: Connection, *, look: bool) -> None:
        """``look`` for them at all."""
        self._connection = connection
        self._pairs: list[tuple[Entity, str]] = []
        connection.exec_driver_sql(
            'CREATE TEMP TABLE IF NOT EXISTS cells (key INTEGER, root TEXT, tbl TEXT, "row" TEXT, field TEXT,'
            " shown INTEGER)"
        )
        connection.exec_driver_sql("DELETE FROM cells")
        if not look:
            return
        connection.exec_driver_sql(_CELLS.format(table="down", shown="earlier.key"))
        connection.exec_driver_sql(_CELLS.format(table="up", shown="made.key"))
        connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS temp.cells_root ON cells (root)")
        connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS temp.cells_key ON cells (key)")
        connection.exec_driver_sql(f"DELETE FROM cells WHERE root IN ({_OTHERS})")
        self._pairs = [
            (BY_NAME[table], field)
            for table, field in connection.exec_driver_sql("SELECT DISTINCT tbl, field FROM cells ORDER BY tbl, field")
            if table in BY_NAME and field in BY_NAME[table].names  # not a choice at a fork, or of a newer program
        ]

    def roots(self) -> set[str]:
        """The roots that are dealt with here."""
        return set(self._connection.exec_driver_sql("SELECT root FROM cells").scalars())

    def apply(self) -> dict[str, set[str]]:
        """Let the rows say what they said; gives the rows of other roots that they name or named, by table."""
        named: dict[str, set[str]] = {}
        for entity, field in self._pairs:
            if field in entity.refs:
                named.setdefault(table_of(field), set()).update(self._values(entity, field))
            self._connection.exec_driver_sql(
                f'UPDATE {entity.name} SET "{field}" = shown.value FROM'
                f" (SELECT cells.\"row\" AS id, CASE kind WHEN 'set' THEN json_extract(value, '$')"
                f" ELSE {column_sql(entity, field)} END AS value FROM cells JOIN change ON change.key = cells.shown"
                " WHERE cells.tbl = ? AND cells.field = ?) AS shown"
                f" WHERE {entity.name}.id = shown.id",
                (entity.name, field),
            )
            if field in entity.refs:
                named[table_of(field)].update(self._values(entity, field))
        return named

    def _values(self, entity: Entity, field: str) -> set[str]:
        return set(
            self._connection.exec_driver_sql(
                f'SELECT DISTINCT "{field}" FROM {entity.name} WHERE "{field}" IS NOT NULL'
                ' AND id IN (SELECT "row" FROM cells WHERE tbl = ? AND field = ?)',
                (entity.name, field),
            ).scalars()
        )
