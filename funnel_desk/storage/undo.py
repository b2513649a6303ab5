"""Undo and redo: marks on changes, never values, for any earlier batch and of any size, set by set.

Rules 17 to 21 of the journal: what is still shown is marked; what others stand on is kept and told; a move or a deal is
undone whole or kept whole; a redo never puts a move beside a different one that came since.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Act, Touched, digested, open_batch, seal
from funnel_desk.storage.bulk import apply_simple
from funnel_desk.storage.cells import changes_of, dead_of, links_of
from funnel_desk.storage.entities import ENTITIES
from funnel_desk.storage.fold import ancestors
from funnel_desk.storage.moves import different_siblings
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold

CHANGED = N_("changed since")
BUILT_ON = N_("later acts build on it")
DELETED = N_("deleted since")
MOVED = N_("another move stands there now")
WITHOUT_OWNER = N_("what it belongs to is not there")


class NothingLeft(Refusal):
    """All that the batch did was changed, undone or built on since."""

    message = N_("Nothing of this act can be taken back now: {why}.")


class UnknownBatch(Refusal):
    """No batch has this id."""

    message = N_("There is no act {batch} in the history. `history` lists them.")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that an undo left as it was: its table and row, and why."""

    table: str
    row: str
    why: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo did: how many changes it took back (or brought back), what it kept, what it touched."""

    batch: str
    label: str
    reverted: int
    kept: tuple[Kept, ...]
    touched: Touched


def reverse(connection: Connection, target: str, act: Act) -> Reversal:
    """Take back a batch: undo an act, or redo by undoing its undo. Raises UnknownBatch or NothingLeft."""
    found = connection.exec_driver_sql("SELECT key, label, siblings FROM batch WHERE id = ?", (target,)).first()
    if found is None:
        raise UnknownBatch(batch=target)
    batch, label, allowed = found
    _gather(connection, batch)
    kept = _Kept(connection)
    _judge_down(connection, kept)
    _judge_up(connection, kept, set(json.loads(allowed)))
    reverted = connection.exec_driver_sql("SELECT (SELECT count(*) FROM down) + (SELECT count(*) FROM up)").scalar_one()
    if not reverted:
        raise NothingLeft(why=kept.first_reason())
    siblings = _siblings(connection)
    act = replace(act, target=target, siblings=sorted(siblings))
    batch_id = _write_marks(connection, act)
    touched = _apply(connection, act.zone)
    return Reversal(batch_id, label, reverted, kept.all(), touched)


class _Kept:
    """What is left as it was, collected on the way: one entry a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[tuple[str, str], str] = {}

    def drop(self, table: str, changes: Iterable[int], why: str) -> bool:
        """Take these changes out of ``down`` or ``up`` and remember their rows; true if there were any."""
        keys = [(key,) for key in changes]
        if not keys:
            return False
        for key in keys:
            for name, row in self._connection.exec_driver_sql('SELECT tbl, "row" FROM change WHERE key = ?', key):
                self._found.setdefault((name, row), why)
        self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE change = ?", keys)
        return True

    def drop_root(self, table: str, root: str, why: str) -> None:
        """Take all changes of one deal out, so that it is kept whole."""
        self._connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE change IN (SELECT key FROM change WHERE root = ?)",
            (root,),
        )
        for key in [key for key in self._found if key[0] in {"stage_event", "deal"} and self._root(key[1]) == root]:
            del self._found[key]
        self._found["deal", root] = why

    def _root(self, row: str) -> str | None:
        return self._connection.exec_driver_sql(
            "SELECT deal_id FROM stage_event WHERE id = ? UNION SELECT id FROM deal WHERE id = ?", (row, row)
        ).scalar()

    def all(self) -> tuple[Kept, ...]:
        return tuple(Kept(table, row, why) for (table, row), why in self._found.items())

    def first_reason(self) -> str:
        return next(iter(self._found.values()), CHANGED)


def _gather(connection: Connection, batch: int) -> None:
    """``down``: the changes that would cease to count; ``up``: those that would count again."""
    for table in ("down", "up"):
        connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} (change INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql(
        "INSERT INTO down SELECT key FROM change WHERE batch = ? AND key NOT IN (SELECT change FROM undone)", (batch,)
    )
    for table, undone, now in (("up", 1, "IN"), ("down", 0, "NOT IN")):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table} SELECT target FROM mark WHERE batch = ? AND undone = ?"
            f" AND key NOT IN (SELECT target FROM mark_replaced) AND target {now} (SELECT change FROM undone)"
            " AND target NOT IN (SELECT key FROM change WHERE batch IN (SELECT batch FROM withdrawn))",
            (batch, undone),
        )


_HIDDEN = """
WITH RECURSIVE later (start, at) AS (
    SELECT replaced.target, replaced."by" FROM {table}
    JOIN change ON change.key = {table}.change AND change.kind = 'set'
    JOIN replaced ON replaced.target = change.key
    JOIN change AS next ON next.key = replaced."by" AND next.kind = 'set'
    UNION
    SELECT later.start, replaced."by" FROM later
    JOIN replaced ON replaced.target = later.at
    JOIN change AS next ON next.key = replaced."by" AND next.kind = 'set'
)
SELECT DISTINCT start FROM later WHERE {live} ORDER BY start
"""
_STILL_LIVE = "at NOT IN (SELECT change FROM undone) AND at NOT IN (SELECT change FROM down)"
_LIVE_AFTER = f"({_STILL_LIVE}) AND at NOT IN (SELECT change FROM up)"


def _judge_down(connection: Connection, kept: _Kept) -> None:
    kept.drop("down", _keys(connection, _HIDDEN.format(table="down", live=_STILL_LIVE)), CHANGED)
    for entity in ENTITIES:
        absent = _keys(
            connection,
            "SELECT key FROM down JOIN change ON key = down.change"
            f" WHERE tbl = '{entity.name}' AND kind != 'delete' AND \"row\" NOT IN (SELECT id FROM {entity.name})"
            " AND root NOT IN (SELECT root FROM down JOIN change ON key = down.change WHERE kind = 'delete')"
            " ORDER BY key",
        )
        kept.drop("down", absent, DELETED)
    while kept.drop("down", supported := _supported(connection), BUILT_ON):
        for root in _deals_of(connection, supported):
            kept.drop_root("down", root, BUILT_ON)


def _supported(connection: Connection) -> list[int]:
    """Creations in ``down`` whose row would stay: live edits or living rows outside the batch stand on it (rule 18)."""
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS going (row TEXT PRIMARY KEY, change INTEGER)")
    connection.exec_driver_sql("DELETE FROM going")
    connection.exec_driver_sql(
        "INSERT INTO going SELECT \"row\", key FROM down JOIN change ON key = down.change WHERE kind = 'create'"
    )
    found = set(
        _keys(
            connection,
            "SELECT DISTINCT going.change FROM going JOIN change AS made ON made.key = going.change"
            ' JOIN change AS edit ON edit.root = made.root AND edit."row" = made."row" AND edit.kind = \'set\''
            " WHERE edit.key NOT IN (SELECT change FROM undone) AND edit.key NOT IN (SELECT change FROM down)",
        )
    )
    for entity in ENTITIES:
        for field in (*entity.links, *entity.refs):
            found.update(
                _keys(
                    connection,
                    f"SELECT DISTINCT going.change FROM {entity.name} AS child"
                    f' JOIN going ON going.row = child."{field}"'
                    " WHERE child.id NOT IN (SELECT row FROM going)",
                )
            )
    return sorted(found)


def _deals_of(connection: Connection, changes: Iterable[int]) -> list[str]:
    """The deals whose own row or moves are among these changes."""
    found: set[str] = set()
    for key in changes:
        found.update(
            connection.exec_driver_sql(
                "SELECT root FROM change WHERE key = ? AND tbl IN ('deal', 'stage_event')", (key,)
            ).scalars()
        )
    return sorted(found)


def _judge_up(connection: Connection, kept: _Kept, allowed: set[str]) -> None:
    kept.drop("up", _keys(connection, _HIDDEN.format(table="up", live=_LIVE_AFTER)), CHANGED)
    for root in different_siblings(connection, allowed):
        kept.drop_root("up", root, MOVED)
    kept.drop("up", _deletes_overtaken(connection), CHANGED)
    while kept.drop("up", _without_owner(connection), WITHOUT_OWNER):
        pass


def _without_owner(connection: Connection) -> list[int]:
    """Changes in ``up`` that would write into a row which is absent before and after (rule 19)."""
    found: list[int] = []
    for entity in ENTITIES:
        found += _keys(
            connection,
            "SELECT key FROM up JOIN change ON key = up.change"
            f" WHERE tbl = '{entity.name}' AND kind = 'set' AND \"row\" NOT IN (SELECT id FROM {entity.name})"
            ' AND "row" NOT IN (SELECT made."row" FROM up JOIN change AS made ON made.key = up.change'
            " WHERE made.kind = 'create')",
        )
        for field in entity.links:
            found += _keys(
                connection,
                "SELECT key FROM up JOIN change ON key = up.change"
                f" WHERE tbl = '{entity.name}' AND kind = 'create' AND json_extract(value, '$.{field}') IS NOT NULL"
                f" AND NOT EXISTS (SELECT 1 FROM change AS owner WHERE owner.root = change.root"
                f" AND owner.\"row\" = json_extract(change.value, '$.{field}') AND owner.kind = 'create'"
                " AND (owner.key IN (SELECT change FROM up) OR owner.key NOT IN (SELECT change FROM undone)"
                '  OR EXISTS (SELECT 1 FROM stage_event WHERE id = owner."row")'
                '  OR EXISTS (SELECT 1 FROM deal WHERE id = owner."row")))',
            )
    return sorted(set(found))


def _deletes_overtaken(connection: Connection) -> list[int]:
    """Deletes in ``up`` that would not hold any more: somebody has added to the row since."""
    found = []
    for key, root in connection.exec_driver_sql(
        "SELECT key, root FROM up JOIN change ON key = up.change WHERE kind = 'delete'"
    ).all():
        seen = ancestors(links_of(connection, [root]).get(key, ()), links_of(connection, [root]))
        dead = dead_of(connection, [root])
        row = next(change.row for change in changes_of(connection, [root])[root] if change.key == key)
        if row == root and any(
            change.key not in seen and change.key not in dead and change.kind != "delete"
            for change in changes_of(connection, [root])[root]
        ):
            found.append(key)
    return found


def _siblings(connection: Connection) -> set[str]:
    """The living moves beside those that vanish now; a later redo may stand beside these and no others (rule 20)."""
    return set(
        connection.exec_driver_sql(
            "SELECT DISTINCT beside.id FROM down JOIN change ON change.key = down.change"
            " JOIN stage_event AS gone ON gone.id = change.\"row\" AND change.kind = 'create'"
            " JOIN stage_event AS beside ON beside.deal_id = gone.deal_id AND beside.id != gone.id"
            ' WHERE beside.id NOT IN (SELECT made."row" FROM down JOIN change AS made ON made.key = down.change)'
            " AND beside.previous = gone.previous"
        ).scalars()
    )


def _write_marks(connection: Connection, act: Act) -> str:
    key, batch_id, _ = open_batch(connection, act)
    connection.exec_driver_sql(
        "INSERT INTO mark (batch, seq, target, undone)"
        " SELECT ?, row_number() OVER (ORDER BY undone DESC, change) - 1, change, undone"
        " FROM (SELECT change, 1 AS undone FROM down UNION ALL SELECT change, 0 FROM up) ORDER BY undone DESC, change",
        (key,),
    )
    connection.exec_driver_sql(
        'INSERT INTO mark_replaced ("by", target) SELECT made.key, earlier.key FROM mark AS made'
        " JOIN mark AS earlier ON earlier.target = made.target AND earlier.batch != made.batch"
        " WHERE made.batch = ? AND earlier.key NOT IN (SELECT target FROM mark_replaced)",
        (key,),
    )
    connection.exec_driver_sql("INSERT INTO undone SELECT change FROM down")
    connection.exec_driver_sql("DELETE FROM undone WHERE change IN (SELECT change FROM up)")
    seal(connection, key, act, mark_digest(connection, key))
    return batch_id


def mark_digest(connection: Connection, batch: int) -> str:
    """The digest of a batch of marks: each with the lasting names of its target and of the marks it replaced."""
    replaced: dict[int, list[str]] = {}
    for by, name in connection.exec_driver_sql(
        "SELECT mark_replaced.\"by\", batch.id || '.' || earlier.seq FROM mark AS made"
        ' JOIN mark_replaced ON mark_replaced."by" = made.key'
        " JOIN mark AS earlier ON earlier.key = mark_replaced.target"
        " JOIN batch ON batch.key = earlier.batch WHERE made.batch = ?",
        (batch,),
    ):
        replaced.setdefault(by, []).append(name)
    digest = hashlib.sha256()
    for mark, seq, undone, name in connection.exec_driver_sql(
        "SELECT mark.key, mark.seq, undone, batch.id || '.' || change.seq FROM mark"
        " JOIN change ON change.key = mark.target JOIN batch ON batch.key = change.batch"
        " WHERE mark.batch = ? ORDER BY mark.seq",
        (batch,),
    ):
        digest.update(digested(seq, undone, name, ",".join(sorted(replaced.get(mark, ())))))
    return digest.hexdigest()


def _apply(connection: Connection, zone: str) -> Touched:
    tables = frozenset(
        connection.exec_driver_sql(
            "SELECT DISTINCT tbl FROM change WHERE key IN (SELECT change FROM down UNION ALL SELECT change FROM up)"
        ).scalars()
    )
    roots = set(
        connection.exec_driver_sql(
            "SELECT DISTINCT root FROM change WHERE key IN (SELECT change FROM down UNION ALL SELECT change FROM up)"
        ).scalars()
    )
    gone, back, again = apply_simple(connection)
    touched = refold(connection, (roots - gone - back) | again)
    project(connection, touched | back, zone)
    return Touched(tables, frozenset(roots | touched))


def _keys(connection: Connection, statement: str) -> list[int]:
    return list(connection.exec_driver_sql(statement).scalars())
