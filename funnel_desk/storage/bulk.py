"""Undo and redo of roots that nobody touched since they came in: whole sets by plain SQL, as after an import."""

from collections.abc import Iterable

from sqlalchemy import Connection

from funnel_desk.storage.entities import ENTITIES, REFERRERS, Entity, root_sql, table_of
from funnel_desk.storage.projections import TABLES
from funnel_desk.storage.refold import standing_by_reference
from funnel_desk.storage.types import stored

DOWN, UP = 1, 0
_PLAIN = "SELECT root FROM plain WHERE tbl = '{table}' AND down = {down}"


class Plain:
    """The roots in which nothing else counts, in the table ``plain``.

    All that counts in them ceases to count, or nothing counted and only creations count again.
    """

    def __init__(self, connection: Connection, *, look: bool) -> None:
        """``look`` for them at all."""
        self._connection = connection
        self._tables: set[str] = set()
        connection.exec_driver_sql(
            "CREATE TEMP TABLE IF NOT EXISTS plain (root TEXT PRIMARY KEY, tbl TEXT, down INTEGER)"
        )
        connection.exec_driver_sql("DELETE FROM plain")
        if not look:
            return
        for table, down, else_dead in (("down", DOWN, "1"), ("up", UP, "kind = 'set'")):
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO plain"
                f' SELECT root, max(CASE WHEN "row" = root THEN tbl END) AS own, {down} FROM change WHERE root IN'
                f" (SELECT root FROM {table} JOIN change ON key = {table}.change)"
                " GROUP BY root HAVING own IS NOT NULL AND min(kind != 'delete' AND CASE"
                f" WHEN key IN (SELECT change FROM {table}) THEN kind = 'create' OR {down}"
                f" ELSE key IN (SELECT change FROM undone) AND {else_dead} END"
                # SQLite's JSON cuts texts at NUL: these go the careful way
                " AND instr(coalesce(value, ''), '\\u0000') = 0)"
            )
        self._tables = set(connection.exec_driver_sql("SELECT DISTINCT tbl FROM plain").scalars())

    def roots(self) -> set[str]:
        """The roots that were dealt with as whole sets."""
        return set(self._connection.exec_driver_sql("SELECT root FROM plain").scalars())

    def fresh(self) -> set[str]:
        """The deals that came back as whole sets: nothing is derived for them yet."""
        return set(self._connection.exec_driver_sql(_PLAIN.format(table="deal", down=UP)).scalars())

    def apply(self, table: str) -> set[str]:
        """Take away and bring back the plain roots whose own row is of this table.

        Gives the roots that have to be looked at one by one: those to which living rows refer, and what only a
        reference from the others may keep. Must be asked in the order of ``ENTITIES``.
        """
        if table not in self._tables:
            return set()
        family = [entity for entity in ENTITIES if table in _owners(entity)]
        left_out = self._leave_out(self._referred(family, table) | self._standing(table))
        needed = self._named_by(family, table, DOWN)
        for entity in family:
            self._connection.exec_driver_sql(
                f"DELETE FROM {entity.name} WHERE id IN (SELECT \"row\" FROM change WHERE tbl = ? AND kind = 'create'"
                f" AND root IN ({_PLAIN.format(table=table, down=DOWN)}))",
                (entity.name,),
            )
        if table == "deal":
            for projection in TABLES:
                self._connection.exec_driver_sql(
                    f"DELETE FROM {projection} WHERE deal_id IN ({_PLAIN.format(table=table, down=DOWN)})"
                )
        for entity in family:
            self._connection.exec_driver_sql(_bring_back(entity, _PLAIN.format(table=table, down=UP)))
        for name, rows in self._named_by(family, table, UP).items():
            needed.setdefault(name, set()).update(rows)
        standing = standing_by_reference(self._connection, needed)
        return left_out | (standing - self.roots() if standing else standing)

    def _leave_out(self, roots: set[str]) -> set[str]:
        if roots:
            self._connection.exec_driver_sql("DELETE FROM plain WHERE root = ?", [(root,) for root in roots])
        return roots

    def _referred(self, family: Iterable[Entity], table: str) -> set[str]:
        """The plain roots that would go, though living rows refer to them."""
        plain = _PLAIN.format(table=table, down=DOWN)
        found: set[str] = set()
        for entity in family:
            for referrer, ref in REFERRERS[entity.name]:
                found.update(
                    self._connection.exec_driver_sql(
                        f"SELECT {root_sql(entity)} FROM {entity.name} WHERE {root_sql(entity)} IN ({plain})"
                        f' AND id IN (SELECT "{ref}" FROM {referrer.name} WHERE {root_sql(referrer)} != "{ref}")'
                    ).scalars()
                )
        return found

    def _standing(self, table: str) -> set[str]:
        """The plain roots that would come back, but are there: living rows refer to them."""
        plain = _PLAIN.format(table=table, down=UP)
        return set(
            self._connection.exec_driver_sql(
                f"SELECT root FROM ({plain}) WHERE root IN (SELECT id FROM {table})"
            ).scalars()
        )

    def _named_by(self, family: Iterable[Entity], table: str, down: int) -> dict[str, set[str]]:
        """What rows of plain roots refer to in other roots, by table."""
        found: dict[str, set[str]] = {}
        for entity in family:
            for ref in entity.refs:
                found.setdefault(table_of(ref), set()).update(
                    self._connection.exec_driver_sql(
                        f'SELECT DISTINCT "{ref}" FROM {entity.name} WHERE "{ref}" IS NOT NULL'
                        f" AND {root_sql(entity)} IN ({_PLAIN.format(table=table, down=down)})"
                    ).scalars()
                )
        return found


def _owners(entity: Entity) -> set[str]:
    """The tables of the roots to which rows of a table may belong."""
    return {entity.name if name == "id" else table_of(name) for name in entity.root}


def _leave_out_referred(connection: Connection, entity: Entity, table: str) -> None:
    plain = _PLAIN.format(table=table, down=DOWN)
    for referrer, ref in REFERRERS[entity.name]:
        connection.exec_driver_sql(
            f"DELETE FROM plain WHERE root IN (SELECT {root_sql(entity)} FROM {entity.name}"
            f' WHERE {root_sql(entity)} IN ({plain}) AND id IN (SELECT "{ref}" FROM {referrer.name}'
            f' WHERE {root_sql(referrer)} != "{ref}"))'
        )


def _named_by(connection: Connection, family: list[Entity], table: str, down: int) -> dict[str, set[str]]:
    """What rows of plain roots refer to in other roots, by table."""
    found: dict[str, set[str]] = {}
    for entity in family:
        for ref in entity.refs:
            found.setdefault(table_of(ref), set()).update(
                connection.exec_driver_sql(
                    f'SELECT DISTINCT "{ref}" FROM {entity.name} WHERE "{ref}" IS NOT NULL'
                    f" AND {root_sql(entity)} IN ({_PLAIN.format(table=table, down=down)})"
                ).scalars()
            )
    return found


def _bring_back(entity: Entity, roots: str) -> str:
    columns = [column_sql(entity, name) for name in entity.names if name != "id"]
    names = ", ".join(f'"{name}"' for name in entity.names if name != "id")
    return (
        f'INSERT INTO {entity.name} (id, {names}) SELECT "row", {", ".join(columns)}'
        f" FROM change WHERE tbl = '{entity.name}' AND kind = 'create' AND root IN ({roots}) ORDER BY change.key"
    )


def column_sql(entity: Entity, name: str) -> str:
    """A field of a created row, out of its JSON in ``value``."""
    found = f"json_extract(value, '$.{name}')"
    default = stored(entity.defaults[name]) if name in entity.defaults else None
    if default is None:
        return found
    literal = str(default) if isinstance(default, int) else "'" + str(default).replace("'", "''") + "'"
    return f"coalesce({found}, {literal})"
