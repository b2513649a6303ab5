"""Erasing what is known of a person: values are blanked in the journal itself, and never come back (rule 5).

An erasure is a batch of its own kind. It names the values by the lasting names of their changes (batch and place), so
that it travels with the journal and is applied first wherever it comes: the values are blanked, the digests of their
batches renewed, and two desks agree about both. Links, stages, kinds and instants are never erasable. There is no undo.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from funnel_desk.storage.acts import Act, Touched, open_batch, seal
from funnel_desk.storage.arrivals import ForgedBatch
from funnel_desk.storage.blanks import ARGUMENTS, Value, blanked_arguments, blanked_change, may_be_blanked
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.digests import digest_of, erasure_digest
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold


def write_erasure(connection: Connection, act: Act, values: Collection[Value], zone: str) -> tuple[str, Touched]:
    """Erase values for ever, as one batch; gives its id and what it touched."""
    key, batch_id, _ = open_batch(connection, act)
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql(
        "INSERT INTO erasure (batch, seq, target_batch, target_seq, field) VALUES (?, ?, ?, ?, ?)",
        [(key, place, *value) for place, value in enumerate(sorted(set(values)))],
    )
    seal(connection, key, act, erasure_digest(connection, key))
    return batch_id, apply(connection, values, zone)


def apply(connection: Connection, values: Iterable[Value], zone: str) -> Touched:
    """Blank these values where they are here, renew the digests, and fold what they are about anew."""
    roots, tables = blank(connection, values)
    touched = refold(connection, roots)
    project(connection, touched, zone)
    return Touched(frozenset(tables), frozenset(touched))


def blank(connection: Connection, values: Iterable[Value]) -> tuple[set[str], set[str]]:
    """Blank these values in the journal alone; gives the roots and tables that they are about.

    Raises ForgedBatch for a value that may not be erased, or whose batch was damaged before.
    """
    wanted: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        wanted[value.batch].append(value)
    roots: set[str] = set()
    tables: set[str] = set()
    for marks, part in chunks(wanted):
        for key, batch, digest in connection.exec_driver_sql(
            f"SELECT key, id, digest FROM batch WHERE id IN ({marks})", tuple(part)
        ).all():
            if digest != digest_of(connection, key):
                raise ForgedBatch(batch=batch)
            try:
                for value in wanted[batch]:
                    _blank_one(connection, key, value, roots, tables)
            except ValueError as error:
                raise ForgedBatch(batch=batch) from error
            connection.exec_driver_sql(
                "UPDATE batch SET digest = ? WHERE key = ?", (digest_of(connection, key), key)
            )  # fmt: skip
    return roots, tables


def erased_here(connection: Connection) -> set[Value]:
    """All values that the journal says are erased, whether they are in it or not."""
    rows = connection.exec_driver_sql("SELECT target_batch, target_seq, field FROM erasure").all()
    return {Value(*row) for row in rows}


def agreed(connection: Connection, foreign: Connection, known: Mapping[str, str]) -> dict[str, str]:
    """The digests of our batches (by id) as the foreign journal would have to say them.

    Where one side erased values that the other still has, the digests differ and yet both may be right: they are if
    they are alike once all that either of them erased is blanked in both.
    """
    every = erased_here(connection) | erased_here(foreign)
    wanted: dict[str, list[Value]] = defaultdict(list)
    for value in every:
        if value.batch in known:
            wanted[value.batch].append(value)
    found = dict(known)
    for batch, values in wanted.items():
        theirs = foreign.exec_driver_sql("SELECT key, digest FROM batch WHERE id = ?", (batch,)).first()
        if theirs is None:
            continue
        ours = connection.exec_driver_sql("SELECT key FROM batch WHERE id = ?", (batch,)).scalar_one()
        try:
            alike = digest_of(connection, ours, values) == digest_of(foreign, theirs[0], values)
        except ValueError as error:
            raise ForgedBatch(batch=batch) from error
        if alike and theirs[1] == digest_of(foreign, theirs[0]):
            found[batch] = theirs[1]
    return found


def _blank_one(connection: Connection, key: int, value: Value, roots: set[str], tables: set[str]) -> None:
    if value.seq == ARGUMENTS:
        said = connection.exec_driver_sql("SELECT arguments FROM batch WHERE key = ?", (key,)).scalar_one()
        connection.exec_driver_sql(
            "UPDATE batch SET arguments = ? WHERE key = ?", (blanked_arguments(said, value.field), key)
        )
        return
    found = connection.exec_driver_sql(
        "SELECT kind, tbl, field, value, root FROM change WHERE batch = ? AND seq = ?", (key, value.seq)
    ).first()
    if found is None or not may_be_blanked(found[1], found[0], found[2], value.field):
        raise ForgedBatch(batch=value.batch)
    kind, table, _field, said, root = found
    blanked = blanked_change(table, kind, value.field, said)
    if blanked != said:
        connection.exec_driver_sql("UPDATE change SET value = ? WHERE batch = ? AND seq = ?", (blanked, key, value.seq))
    roots.add(root)
    tables.add(table)
