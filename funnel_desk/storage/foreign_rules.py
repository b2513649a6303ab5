"""What has to hold for the journal of somebody else's file before anything of it is united with ours.

Everything that a file refers to is in it: a journal is never cut. Digests show damage; they are no signature, so what
a forger could write under a digest that fits is refused by these rules as well. Raises PartMissing or ForgedBatch, and
names the batch.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from funnel_desk.storage.acts import ERASE
from funnel_desk.storage.arrivals import ForgedBatch, PartMissing
from funnel_desk.storage.cells import CHUNK
from funnel_desk.storage.entities import BY_NAME, root_of, table_of
from funnel_desk.storage.foreign_values import (
    fits,
    is_arguments,
    is_label,
    is_list_of_texts,
    is_moment,
    parsed,
    row_fits,
)

KINDS = {"new", "act", "undo", "redo", ERASE}

# A change replaces earlier ones of its own root; a mark is about an earlier change, and replaces earlier marks of it.
# Lamport counters never go back, so whatever is not earlier was forged: without rings, every walk comes to an end.
_EARLIER = "(earlier_batch.lamport < own.lamport OR (earlier_batch.key = own.key AND earlier.seq < made.seq))"
_ODD_LINK = (
    'SELECT own.id FROM {links} JOIN {of} AS made ON made.key = {links}."by" JOIN batch AS own ON own.key = made.batch'
    " JOIN {of} AS earlier ON earlier.key = {links}.target"
    " JOIN batch AS earlier_batch ON earlier_batch.key = earlier.batch"
    f" WHERE NOT ({_EARLIER} AND made.{{same}} = earlier.{{same}}) LIMIT 1"
)
_ODD_MARK = (
    "SELECT own.id FROM mark AS made JOIN batch AS own ON own.key = made.batch"
    " JOIN change AS earlier ON earlier.key = made.target JOIN batch AS earlier_batch"
    " ON earlier_batch.key = earlier.batch WHERE earlier_batch.lamport >= own.lamport OR undone NOT IN (0, 1) LIMIT 1"
)
_ODD_TARGET = (
    "SELECT own.id FROM batch AS own LEFT JOIN batch AS about ON about.id = own.target"
    " WHERE CASE WHEN own.kind IN ('undo', 'redo') THEN about.lamport IS NULL OR about.lamport >= own.lamport"
    " ELSE own.target IS NOT NULL END LIMIT 1"
)
# A counter is one more than the greatest in its file, so it never passes the number of batches that led to it. One that
# did would leave no room for those that come after.
_TOO_FAR = "SELECT id FROM batch WHERE lamport > (SELECT count(*) FROM batch) OR lamport < 1 LIMIT 1"
_DANGLING = (
    'SELECT batch.id FROM {links} JOIN {of} ON {of}.key = {links}."by" JOIN batch ON batch.key = {of}.batch'
    " WHERE NOT EXISTS (SELECT 1 FROM {of} AS other WHERE other.key = {links}.target) LIMIT 1"
)

# What erases does nothing else, and nothing else erases.
_ODD_ERASURE = (
    "SELECT batch.id FROM batch WHERE (kind = 'erase') != (key IN (SELECT batch FROM erasure))"
    " OR (kind = 'erase' AND (key IN (SELECT batch FROM change) OR key IN (SELECT batch FROM mark))) LIMIT 1"
)

_LOOSE = (
    "SELECT 'erasure' FROM erasure WHERE batch NOT IN (SELECT batch.key FROM batch) LIMIT 1",
    "SELECT 'mark' FROM mark WHERE target NOT IN (SELECT change.key FROM change) LIMIT 1",
    "SELECT 'change' FROM change WHERE batch NOT IN (SELECT batch.key FROM batch) LIMIT 1",
    "SELECT 'mark' FROM mark WHERE batch NOT IN (SELECT batch.key FROM batch) LIMIT 1",
    "SELECT 'replaced' FROM replaced WHERE \"by\" NOT IN (SELECT change.key FROM change) LIMIT 1",
    "SELECT 'mark_replaced' FROM mark_replaced WHERE \"by\" NOT IN (SELECT mark.key FROM mark) LIMIT 1",
)


class _Made(NamedTuple):
    """A created row: its table, its root, and the batch that made it."""

    table: str
    root: str
    batch: str


def refuse_what_cannot_be(foreign: Connection, known: Mapping[str, str]) -> list[str]:
    """Look over a whole foreign journal; gives the ids of its batches that are not ``known`` (digest by id)."""
    theirs = {row[0]: row[1] for row in foreign.exec_driver_sql("SELECT id, digest FROM batch")}
    for batch, digest in theirs.items():
        if known.get(batch, digest) != digest:  # one name for two things: the two files can never agree
            raise ForgedBatch(batch=batch)
    new = [batch for batch in theirs if batch not in known]
    if new:
        _refuse_odd_batches(foreign, new)
        _refuse_odd_links(foreign)
        _refuse_odd_changes(foreign, set(new))
    return new


def _refuse_odd_batches(foreign: Connection, new: Iterable[str]) -> None:
    wanted = set(new)
    for batch, kind, label, arguments, at, siblings in foreign.exec_driver_sql(
        "SELECT id, kind, label, arguments, at, siblings FROM batch"
    ):
        if batch in wanted and not (
            kind in KINDS and is_label(label) and is_arguments(arguments) and is_moment(at)
            and is_list_of_texts(siblings)
        ):  # fmt: skip
            raise ForgedBatch(batch=batch)


def _refuse_odd_links(foreign: Connection) -> None:
    for links, of, same in (("replaced", "change", "root"), ("mark_replaced", "mark", "target")):
        _refuse_any(foreign, _DANGLING.format(links=links, of=of), PartMissing)
        _refuse_any(foreign, _ODD_LINK.format(links=links, of=of, same=same), ForgedBatch)
    for statement in _LOOSE:
        _refuse_any(foreign, statement, PartMissing)
    _refuse_any(foreign, _TOO_FAR, ForgedBatch)
    _refuse_any(foreign, _ODD_MARK, ForgedBatch)
    _refuse_any(foreign, _ODD_TARGET, ForgedBatch)
    _refuse_any(foreign, _ODD_ERASURE, ForgedBatch)


def _refuse_any(foreign: Connection, statement: str, kind: type[ForgedBatch | PartMissing]) -> None:
    found = foreign.exec_driver_sql(statement).scalar()
    if found is not None:
        raise ForgedBatch(batch=found) if kind is ForgedBatch else PartMissing(what=found)


def _refuse_odd_changes(foreign: Connection, new: set[str]) -> None:
    rows: dict[str, _Made] = {}
    for row, table, root, batch in foreign.exec_driver_sql(
        'SELECT "row", tbl, root, batch.id FROM change JOIN batch ON batch.key = change.batch'
        " WHERE change.kind = 'create'"
    ):
        if row in rows:
            raise ForgedBatch(batch=batch)
        rows[row] = _Made(table, root, batch)
    won: set[str] = set()
    pipelines: dict[str, str] = {}
    for portion in foreign.exec_driver_sql(
        'SELECT batch.id, change.kind, root, tbl, "row", field, value'
        " FROM change JOIN batch ON batch.key = change.batch"
    ).partitions(CHUNK):
        for change in portion:
            if change[0] not in new:
                continue
            values = _looked_over(change, rows)
            if change[1] == "create" and change[3] == "pipeline":
                pipelines[change[4]] = change[0]
            elif change[1] == "create" and change[3] == "stage" and values.get("side") == "won":
                won.add(change[2])
    for pipeline, batch in pipelines.items():
        if pipeline not in won:  # no deal of it could ever be sold
            raise ForgedBatch(batch=batch)


def _looked_over(change: Any, rows: Mapping[str, _Made]) -> Mapping[str, object]:  # noqa: ANN401 - a row of the driver
    """The values that a change gives, by field; all of them can be what they say."""
    batch, kind, root, table, row, field, value = change
    made = rows.get(row)
    if made is None or root not in rows:
        raise PartMissing(what=batch)
    entity = BY_NAME.get(table)
    if made.table != table or made.root != root or rows[root].root != root:
        raise ForgedBatch(batch=batch)
    said = None if value is None else parsed(value)
    values: Mapping[str, object] = {}
    if kind == "create" and field is None and isinstance(said, dict):
        values = said
        fitting = entity is None or (
            "id" not in said and row_fits(table, said) and root_of(entity, {**said, "id": row}) == root
        )
    elif kind == "set" and isinstance(field, str) and said is not NotImplemented and value is not None:
        values = {field: said}
        fitting = fits(table, field, said)
    else:
        fitting = kind == "delete" and field is None and value is None
    if not fitting:
        raise ForgedBatch(batch=batch)
    if entity is not None:
        _refuse_loose_ends(batch, table, values, rows)
    return values


def _refuse_loose_ends(batch: str, table: str, values: Mapping[str, object], rows: Mapping[str, _Made]) -> None:
    """What a row refers to was made as a row of that table, and a stage is one of the pipeline beside it."""
    entity = BY_NAME[table]
    for ref in entity.refs:
        named = values.get(ref)
        if named is None:
            continue
        made = rows.get(str(named))
        if made is None:
            raise PartMissing(what=batch)
        if made.table != table_of(ref):
            raise ForgedBatch(batch=batch)
    stage, pipeline = values.get("stage_id"), values.get("pipeline_id")
    if stage is not None and pipeline is not None and rows[str(stage)].root != pipeline:
        raise ForgedBatch(batch=batch)
