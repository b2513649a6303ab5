"""The digest of a batch as it stands in the file: it shows what was damaged or altered."""

import hashlib
from collections import defaultdict

from sqlalchemy import Connection

from funnel_desk.storage.acts import ERASE, digested, sealed
from funnel_desk.storage.marks import mark_digest


def digest_of(connection: Connection, key: int) -> str:
    """The digest of a batch, by its key: who, when, what for, and its changes, marks or erasures."""
    kind = connection.exec_driver_sql("SELECT kind FROM batch WHERE key = ?", (key,)).scalar_one()
    if kind in {"undo", "redo"}:
        return sealed(connection, key, mark_digest(connection, key))
    content = erasure_digest if kind == ERASE else change_digest
    return sealed(connection, key, content(connection, key))


def erasure_digest(connection: Connection, batch: int) -> str:
    """The digest of a batch of erasures: the names of the values."""
    rows = connection.exec_driver_sql(
        "SELECT seq, target_batch, target_seq, field FROM erasure WHERE batch = ? ORDER BY seq", (batch,)
    ).all()
    return hashlib.sha256(b"".join(digested(*row) for row in rows)).hexdigest()


def change_digest(connection: Connection, key: int) -> str:
    """The digest of the changes of a batch: each with what it says and the lasting names of what it replaced."""
    replaced: dict[int, list[str]] = defaultdict(list)
    for by, name in connection.exec_driver_sql(
        'SELECT "by", batch.id || \'.\' || earlier.seq FROM change AS made JOIN replaced ON "by" = made.key'
        " JOIN change AS earlier ON earlier.key = replaced.target JOIN batch ON batch.key = earlier.batch"
        " WHERE made.batch = ?",
        (key,),
    ):
        replaced[by].append(name)
    digest = hashlib.sha256()
    for change, *parts in connection.exec_driver_sql(
        'SELECT key, seq, kind, root, tbl, "row", field, value FROM change WHERE batch = ? ORDER BY seq', (key,)
    ):
        digest.update(digested(*parts, ",".join(sorted(replaced.get(change, ())))))
    return digest.hexdigest()
