"""The digest of a batch as it stands in the file: it shows what was damaged or altered."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from functools import reduce

from sqlalchemy import Connection

from funnel_desk.storage.acts import ERASE, digested, sealed
from funnel_desk.storage.blanks import ARGUMENTS, Value, blanked_arguments, blanked_change, may_be_blanked
from funnel_desk.storage.marks import mark_digest


def digest_of(connection: Connection, key: int, without: Collection[Value] = ()) -> str:
    """The digest of a batch, by its key: who, when, what for, and its changes, marks or erasures.

    ``without`` are values of it that are taken as blanked. Raises ValueError where they cannot be.
    """
    kind = connection.exec_driver_sql("SELECT kind FROM batch WHERE key = ?", (key,)).scalar_one()
    if kind in {"undo", "redo"}:
        content = mark_digest(connection, key)
    elif kind == ERASE:
        content = erasure_digest(connection, key)
    else:
        content = _change_digest(connection, key, without)
    words = [value.field for value in without if value.seq == ARGUMENTS]
    return sealed(connection, key, content, lambda said: reduce(blanked_arguments, words, said))


def erasure_digest(connection: Connection, batch: int) -> str:
    """The digest of a batch of erasures: the names of the values."""
    rows = connection.exec_driver_sql(
        "SELECT seq, target_batch, target_seq, field FROM erasure WHERE batch = ? ORDER BY seq", (batch,)
    ).all()
    return hashlib.sha256(b"".join(digested(*row) for row in rows)).hexdigest()


def _change_digest(connection: Connection, key: int, without: Collection[Value]) -> str:
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
    blanks: dict[int, list[str]] = defaultdict(list)
    for value in without:
        blanks[value.seq].append(value.field)
    for change, seq, kind, root, table, row, field, said in connection.exec_driver_sql(
        'SELECT key, seq, kind, root, tbl, "row", field, value FROM change WHERE batch = ? ORDER BY seq', (key,)
    ):
        text = said
        for name in blanks.get(seq, ()):
            if not may_be_blanked(table, kind, field, name):
                raise ValueError(name)
            text = blanked_change(table, kind, name, text)
        digest.update(digested(seq, kind, root, table, row, field, text, ",".join(sorted(replaced.get(change, ())))))
    return digest.hexdigest()
