"""Where people disagree, as a screen shows it: what it is about, and both sides with whose they are and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.path import Node
from funnel_desk.domain.words import Words
from funnel_desk.queries.names import name_of
from funnel_desk.storage import tables
from funnel_desk.storage.disagreements import Disagreement, Side, disagreements
from funnel_desk.storage.entities import BY_NAME, table_of
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.types import WordsText

ValueKind = Literal["text", "words", "money", "share", "flag", "moment", "number", "texts", "stage", "lost"]
Said = Words | str | int | bool | tuple[str, ...] | None
KINDS: Mapping[str, ValueKind] = {"probability": "share", "value": "money"}
MOMENTS = {"created_at", "first_contact_at", "expected_close", "at", "due", "planned_for"}


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side: the value (None where it was emptied), who wrote it and when; ``kind`` tells how it is to be said.

    Money is in minor units beside ``currency``, shares in basis points; ``stage`` is the stage that the deal was moved
    to, ``lost`` the reason for which it was lost. ``path`` names the stages of a branch from the move on.
    """

    value: Said
    kind: ValueKind
    author: str
    at: Moment
    currency: str = ""
    path: tuple[Words | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement. ``what`` names the deal or other row, ``field`` is what the two sides say different things of.

    ``deal_id`` is empty for what belongs to no deal. The id is the same on every desk where it stands.
    """

    id: str
    what: Words | str
    table: str
    row: str
    deal_id: str
    field: str
    shown: ConflictSide
    other: ConflictSide


def conflicts(read: Reader) -> tuple[Conflict, ...]:
    """All disagreements of the file, those about one deal together."""
    found = disagreements(read.connection, read.zone)
    batches = _batches(read) if found else {}
    return tuple(_conflict(read, one, batches) for one in found)


def conflicts_of(read: Reader, deal_id: str) -> tuple[Conflict, ...]:
    """The disagreements about one deal."""
    return tuple(one for one in conflicts(read) if one.deal_id == deal_id)


def count_conflicts(read: Reader, root: str = "") -> int:
    """How many disagreements wait for a decision, of all or about one deal. Where nothing was merged there are none."""
    if not read.sql("SELECT 1 FROM merge_record LIMIT 1"):
        return 0
    return len(disagreements(read.connection, read.zone, root))


def _batches(read: Reader) -> dict[str, tuple[str, Moment]]:
    return {row[0]: (row[1], row[2]) for row in read.sql("SELECT id, author, at FROM batch")}


def _conflict(read: Reader, one: Disagreement, batches: Mapping[str, tuple[str, Moment]]) -> Conflict:
    of_a_deal = bool(read.sql("SELECT 1 FROM deal WHERE id = ?", one.root))
    return Conflict(
        id=one.id,
        what=name_of(read, one.table, one.row),
        table=one.table,
        row=one.row,
        deal_id=one.root if of_a_deal else "",
        field=one.field.removesuffix("_id"),
        shown=_side(read, one, one.shown, batches),
        other=_side(read, one, one.other, batches),
    )


def _side(read: Reader, one: Disagreement, side: Side, batches: Mapping[str, tuple[str, Moment]]) -> ConflictSide:
    author, at = batches.get(side.batch, ("", ""))
    if side.node is not None:
        kind, value = _move(read, side.node)
        return ConflictSide(value, kind, author, at, path=_path(read, one.root, side.node))
    kind, said = value_said(read, one.table, one.field, side.value)
    return ConflictSide(said, kind, author, at, currency_of(read, one.table, one.row) if kind == "money" else "")


def _move(read: Reader, node: Node) -> tuple[ValueKind, Words | str]:
    if node.kind == "lost":
        return "lost", name_of(read, "lost_reason", node.reason_id) if node.reason_id else node.reason
    return "stage", name_of(read, "stage", node.stage_id)


def _path(read: Reader, deal_id: str, node: Node) -> tuple[Words | str, ...]:
    """The stages that a branch goes through, the move of the disagreement first; of forks further on, the last made."""
    following: dict[str, tuple[str, str, str]] = {}
    for event, previous, kind, stage, reason in read.sql(
        "SELECT id, previous, kind, stage_id, coalesce(reason_id, reason) FROM stage_event WHERE deal_id = ?"
        " ORDER BY at, row_key",
        deal_id,
    ):
        following[previous] = (event, kind, stage if kind != "lost" else reason)
    found, here = [_move(read, node)[1]], set(node.event_ids)
    while more := [following[event] for event in sorted(here) if event in following]:
        event, kind, about = more[-1]
        found.append(name_of(read, "lost_reason" if kind == "lost" else "stage", about))
        here = {event}
    return tuple(found)


def value_said(read: Reader, table: str, field: str, value: object) -> tuple[ValueKind, Said]:
    """A plain JSON value of a field as a person means it, and how it is to be said."""
    entity = BY_NAME[table]
    kind = KINDS.get(field, "moment" if field in MOMENTS else "text")
    if field in entity.refs and value is not None:
        return "words", name_of(read, table_of(field), str(value))
    if isinstance(value, list):
        return "texts", tuple(str(item) for item in value)
    if isinstance(value, dict):
        words = field in entity.names and isinstance(entity.table.c[field].type, WordsText)
        return ("words", WordsText.revive(value)) if words else ("texts", tuple(f"{k}: {v}" for k, v in value.items()))
    if isinstance(value, bool):
        return "flag", value
    if isinstance(value, int):
        return "number" if kind == "text" else kind, value
    return kind, None if value is None else str(value)


def currency_of(read: Reader, table_name: str, row: str) -> str:
    """In which currency an amount of a deal or of its move is."""
    table = tables.deal if table_name == "deal" else tables.stage_event
    found = read.rows(select(table.c.currency).where(table.c.id == row))
    return (found[0][0] if found else "") or read.currency
