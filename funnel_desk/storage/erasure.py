"""Erasing what is known of a person: values are blanked in the journal itself, and never come back (rule 5).

An erasure is a batch of its own kind. It names the values by the lasting names of their changes (batch and place), so
that it travels with the journal and is applied first wherever it comes: the values are blanked, the digests of their
batches renewed, and two desks agree about both. Links, stages, kinds and instants are never erasable. There is no undo.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from funnel_desk.storage.acts import Act, Touched, open_batch, seal
from funnel_desk.storage.arrivals import ForgedBatch
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.digests import digest_of, erasure_digest
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold
from funnel_desk.storage.types import dumps

ARGUMENTS = -1
"""Where the place of a change stands, the words for the act itself: the arguments of its label."""
BLANK = "***"
"""What a value says that has to say something."""

ERASABLE: Mapping[str, frozenset[str]] = {
    "contact": frozenset({"name", "email", "phone", "messenger", "role", "attitude", "note"}),
    "company": frozenset({"name", "site", "note", "tasks", "troubles"}),
    "deal": frozenset({"title", "external_id", "note", "custom", "source", "owner"}),
    "stage_event": frozenset({"reason", "because"}),
    "touched_step": frozenset({"result", "note"}),
    "activity": frozenset({"text", "result"}),
    "criterion": frozenset({"evidence"}),
    "obstacle": frozenset({"text", "answer"}),
    "stakeholder": frozenset({"name", "note"}),
    "condition": frozenset({"text"}),
    "risk": frozenset({"text"}),
    "terms_request": frozenset({"text", "answer"}),
    "satisfaction": frozenset({"text"}),
    "claim": frozenset({"text", "answer"}),
    "waiting": frozenset({"text", "on_whom"}),
    "feedback": frozenset({"text", "answer"}),
    "snooze": frozenset({"reason"}),
    "review": frozenset({"text", "decisions"}),
    "saved_view": frozenset({"name"}),
}
"""The fields that may be blanked, by table: plain texts that nothing hangs on."""


class Value(NamedTuple):
    """A value in the journal: the batch and the place of its change (or ARGUMENTS), and the field (or argument)."""

    batch: str
    seq: int
    field: str


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
            for value in wanted[batch]:
                _blank_one(connection, key, value, roots, tables)
            connection.exec_driver_sql(
                "UPDATE batch SET digest = ? WHERE key = ?", (digest_of(connection, key), key)
            )  # fmt: skip
    return roots, tables


def erased_here(connection: Connection) -> set[Value]:
    """All values that the journal says are erased, whether they are in it or not."""
    rows = connection.exec_driver_sql("SELECT target_batch, target_seq, field FROM erasure").all()
    return {Value(*row) for row in rows}


def _blank_one(connection: Connection, key: int, value: Value, roots: set[str], tables: set[str]) -> None:
    if value.seq == ARGUMENTS:
        _blank_argument(connection, key, value)
        return
    found = connection.exec_driver_sql(
        "SELECT kind, tbl, field, value, root FROM change WHERE batch = ? AND seq = ?", (key, value.seq)
    ).first()
    if found is None:
        raise ForgedBatch(batch=value.batch)
    kind, table, field, said, root = found
    if value.field not in ERASABLE.get(table, ()) or kind == "delete" or (kind == "set" and field != value.field):
        raise ForgedBatch(batch=value.batch)
    blanked = _blanked(table, kind, value.field, said)
    if blanked != said:
        connection.exec_driver_sql(
            "UPDATE change SET value = ? WHERE batch = ? AND seq = ?", (blanked, key, value.seq)
        )  # fmt: skip
    roots.add(root)
    tables.add(table)


def _blanked(table: str, kind: str, field: str, said: str) -> str:
    entity = BY_NAME[table]
    usual = entity.defaults.get(field, BLANK)
    if kind == "set":
        return dumps(usual)
    row = json.loads(said)
    if field in entity.defaults:
        row.pop(field, None)  # what every row says is not written down
    else:
        row[field] = BLANK
    return dumps(row)


def _blank_argument(connection: Connection, key: int, value: Value) -> None:
    said = json.loads(connection.exec_driver_sql("SELECT arguments FROM batch WHERE key = ?", (key,)).scalar_one())
    if value.field not in said:
        raise ForgedBatch(batch=value.batch)
    said[value.field] = BLANK
    connection.exec_driver_sql("UPDATE batch SET arguments = ? WHERE key = ?", (dumps(said), key))
