"""Marks: what undo and redo write. A mark says of one change that it does not count, or that it counts again."""

import hashlib
import json

from sqlalchemy import Connection

from funnel_desk.storage.acts import Act, digested, open_batch, seal

_NOT_WITHDRAWN = "NOT IN (SELECT batch FROM withdrawn)"


def gather(connection: Connection, batch: int) -> None:
    """Find what reversing a batch is about.

    ``down``: the changes that would cease to count; ``up``: those that would count again.
    """
    for table in ("down", "up"):
        connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} (change INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql(
        "INSERT INTO down SELECT key FROM change WHERE batch = ? AND key NOT IN (SELECT change FROM undone)", (batch,)
    )
    for table, undone, now in (("up", 1, "IN"), ("down", 0, "NOT IN")):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table} SELECT target FROM mark WHERE batch = ? AND undone = ?"
            ' AND NOT EXISTS (SELECT 1 FROM mark_replaced JOIN mark AS later ON later.key = "by"'
            f"  WHERE mark_replaced.target = mark.key AND later.batch {_NOT_WITHDRAWN})"
            f" AND target {now} (SELECT change FROM undone)"
            f" AND (SELECT change.batch FROM change WHERE change.key = mark.target) {_NOT_WITHDRAWN}",
            (batch, undone),
        )


def gather_since(connection: Connection, batch: int, author: str) -> list[str]:
    """Find what going back to before a batch is about: all that its author did from there on, by the file's order.

    What the author undid or redid in that time goes back to how it stood without those marks. Gives the moves beside
    which a move may come back.
    """
    for table in ("down", "up", "since"):
        connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {table} (change INTEGER PRIMARY KEY)")
        connection.exec_driver_sql(f"DELETE FROM {table}")
    connection.exec_driver_sql(
        f"INSERT INTO since SELECT key FROM batch WHERE key >= ? AND author_id = ? AND kind != 'new'"
        f" AND key {_NOT_WITHDRAWN}",
        (batch, author),
    )
    connection.exec_driver_sql(
        "INSERT INTO down SELECT key FROM change WHERE batch IN (SELECT change FROM since)"
        " AND key NOT IN (SELECT change FROM undone)"
    )
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS before (change INTEGER PRIMARY KEY, undone INTEGER)")
    connection.exec_driver_sql("DELETE FROM before")
    connection.exec_driver_sql(
        "INSERT INTO before SELECT marked.target, coalesce((SELECT mark.undone FROM mark JOIN batch"
        " ON batch.key = mark.batch WHERE mark.target = marked.target AND mark.batch NOT IN (SELECT change FROM since)"
        f" AND mark.batch {_NOT_WITHDRAWN} ORDER BY lamport DESC, batch.id DESC, mark.seq DESC LIMIT 1), 0)"
        " FROM (SELECT DISTINCT target FROM mark WHERE batch IN (SELECT change FROM since)) AS marked"
        " JOIN change ON change.key = marked.target"
        f" WHERE change.batch NOT IN (SELECT change FROM since) AND change.batch {_NOT_WITHDRAWN}"
    )
    for table, undone, now in (("up", 0, "IN"), ("down", 1, "NOT IN")):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table} SELECT change FROM before WHERE undone = {undone}"
            f" AND change {now} (SELECT change FROM undone)"
        )
    lists = connection.exec_driver_sql("SELECT siblings FROM batch WHERE key IN (SELECT change FROM since)").scalars()
    return sorted({name for text in lists for name in json.loads(text)})


def only_of(connection: Connection, root: str) -> None:
    """Leave out of what was gathered all that is not about one root."""
    for table in ("down", "up"):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE change NOT IN (SELECT key FROM change WHERE root = ?)", (root,)
        )


def write_marks(connection: Connection, act: Act) -> str:
    """Write one mark for each change of ``down`` and ``up``; each replaces the earlier ones of its change."""
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
        f" WHERE made.batch = ? AND earlier.batch {_NOT_WITHDRAWN}"
        ' AND NOT EXISTS (SELECT 1 FROM mark_replaced AS known JOIN mark AS later ON later.key = known."by"'
        f"  WHERE known.target = earlier.key AND later.batch {_NOT_WITHDRAWN})",
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
    ).all():
        replaced.setdefault(by, []).append(name)
    rows = connection.exec_driver_sql(
        "SELECT mark.key, mark.seq, undone, batch.id || '.' || change.seq FROM mark"
        " JOIN change ON change.key = mark.target JOIN batch ON batch.key = change.batch"
        " WHERE mark.batch = ? ORDER BY mark.seq",
        (batch,),
    ).all()
    said = [
        digested(seq, undone, name, ",".join(sorted(replaced[mark])) if mark in replaced else "")
        for mark, seq, undone, name in rows
    ]
    return hashlib.sha256(b"".join(said)).hexdigest()


def rebuild_undone(connection: Connection) -> None:
    """Which changes do not count: those whose ruling mark says undone, and all withdrawn ones (rules 2 and 22).

    The greatest of a change's marks (Lamport, then id) rules: what it replaced is always less.
    """
    connection.exec_driver_sql("DELETE FROM undone")
    connection.exec_driver_sql(
        "INSERT INTO undone SELECT target FROM ("
        " SELECT mark.target, undone, row_number() OVER ("
        "  PARTITION BY mark.target ORDER BY lamport DESC, batch.id DESC, mark.seq DESC) AS place"
        f" FROM mark JOIN batch ON batch.key = mark.batch WHERE mark.batch {_NOT_WITHDRAWN}"
        ") WHERE place = 1 AND undone"
    )
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO undone SELECT key FROM change WHERE batch IN (SELECT batch FROM withdrawn)"
    )
