"""The list of deals: the keys of a filter in a sort order, the rows of some keys, and what they add up to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from funnel_desk.domain.deal_filter import DealFilter as DealFilter  # noqa: PLC0414 - it is what all questions here take
from funnel_desk.domain.touch import TOUCH_TITLE
from funnel_desk.domain.words import Words
from funnel_desk.queries.deal_conditions import among, conditions
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

OWN = "own."
"""Before the name of an own field, where columns are named."""

_CERTAIN = 10_000


@dataclass(frozen=True, slots=True)
class DealRow:
    """One line of the list. ``value`` in minor units, ``probability`` in basis points, moments as they are kept.

    ``own_probability`` is the deal's own where it has one; ``reason`` is why it was lost, ``entered`` when it came into
    its stage, ``custom`` its own fields by name.
    """

    row_key: int
    deal_id: str
    title: str
    company: str
    contact: str
    pipeline_id: str
    stage_id: str
    stage: Words
    outcome: str
    value: int | None
    currency: str
    probability: int
    next_kind: str
    next_title: Words | str
    next_due: str | None
    last_touch: str
    created_at: str
    expected_close: str | None
    closed_at: str | None
    owner: str
    source: str
    product: str
    pipeline: Words
    own_probability: int | None
    entered: str
    reason: Words | str
    segment: str
    kind: str
    tags: tuple[str, ...]
    note: str
    external_id: str
    touch_every: int | None
    custom: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Total:
    """What deals of one currency add up to: how many have a value, the sum and the weighted sum in minor units."""

    currency: str
    count: int
    value: int
    weighted: int


@dataclass(frozen=True, slots=True)
class DealTotals:
    """How many deals a filter holds, and their sums: one line a currency, never added."""

    count: int
    totals: tuple[Total, ...]


_state, _deal, _stage, _pipeline = tables.deal_state.c, tables.deal.c, tables.stage.c, tables.pipeline.c
_company, _contact, _reason = tables.company.c, tables.contact.c, tables.lost_reason.c

_Orders = tuple[ColumnElement[Any], ...]
_ORDERS: dict[str, _Orders] = {
    "title": (_state.search,),
    "company": (_company.name,),
    "contact": (_contact.name,),
    "stage": (_pipeline.position, _stage.position),
    "pipeline": (_pipeline.position,),
    "value": (_deal.value,),
    "currency": (_deal.currency,),
    "weighted": (_deal.value * _state.probability,),
    "next_due": (_state.next_due,),
    "next_kind": (func.nullif(_state.next_kind, ""),),
    "last_touch": (_state.last_touch,),
    "created_at": (_deal.created_at,),
    "entered": (_state.entered,),
    "expected_close": (_deal.expected_close,),
    "closed_at": (_state.closed_at,),
    "probability": (_state.probability,),
    "reason": (func.coalesce(_reason.position, 1_000_000), _state.reason),
    "owner": (func.nullif(_deal.owner, ""),),
    "source": (func.nullif(_deal.source, ""),),
    "product": (func.nullif(_deal.product, ""),),
    "segment": (func.nullif(_deal.segment, ""),),
    "kind": (_deal.kind,),
    "outcome": (_state.outcome,),
    "tags": (func.nullif(_deal.tags, "[]"),),
    "note": (func.nullif(_deal.note, ""),),
    "external_id": (func.nullif(_deal.external_id, ""),),
}
_OPEN = _state.outcome == "open"
_ORDERS |= {  # the longest ago is the oldest; what is closed has no age
    "age": (case((_OPEN, -func.julianday(_deal.created_at))),),
    "in_stage": (case((_OPEN, -func.julianday(_state.entered))),),
}
_MONEY = frozenset({"value", "weighted"})
SORTS = frozenset(_ORDERS)
"""What the list can be sorted by; besides these, own fields (``own.NAME``)."""


def deal_keys(read: Reader, chosen: DealFilter, sort: Sequence[str] = ("next_due",)) -> list[int]:
    """The keys of a filter's deals in order.

    ``sort`` lists what to sort by, the first counting most, with a leading ``-`` for the greatest first. What has no
    value there comes last either way. Amounts are sorted within their currency, and currencies by name.
    """
    statement = _chosen(read, select(_state.row_key), chosen)
    names = {name.removeprefix("-") for name in sort}
    if "company" in names:
        statement = statement.outerjoin(tables.company, _company.id == _deal.company_id)
    if "contact" in names:
        statement = statement.outerjoin(tables.contact, _contact.id == _deal.contact_id)
    if names & {"stage", "pipeline"}:
        statement = statement.join(tables.stage, _stage.id == _state.stage_id)
        statement = statement.join(tables.pipeline, _pipeline.id == _state.pipeline_id)
    if "reason" in names:
        statement = statement.outerjoin(tables.lost_reason, _reason.id == _state.reason_id)
    orders = [order for name in sort for order in _ordered(name)]
    ordered = statement.order_by(*orders, _state.row_key).subquery()
    # One text of all keys instead of a row a key: a list that is read beside the window does not hold it up.
    found = read.rows(select(func.json_group_array(ordered.c.row_key)))
    return list(json.loads(found[0][0]))


def _ordered(told: str) -> list[ColumnElement[Any]]:
    name, descending = told.removeprefix("-"), told.startswith("-")
    if name.startswith(OWN):
        found: _Orders = (
            func.nullif(func.json_extract(_deal.custom, '$."' + name[len(OWN) :].replace('"', "") + '"'), ""),
        )
    else:
        found = _ORDERS.get(name, ())
    orders: list[ColumnElement[Any]] = [(one.desc() if descending else one.asc()).nulls_last() for one in found]
    if name in _MONEY:
        orders = [(_deal.value.is_(None)).asc(), _deal.currency.asc(), *orders]
    return orders


def deal_ids(read: Reader, chosen: DealFilter) -> list[str]:
    """The ids of a filter's deals, in no order of their own."""
    return [row[0] for row in read.rows(_chosen(read, select(_state.deal_id), chosen))]


def ids_of(read: Reader, keys: Sequence[int]) -> list[str]:
    """The ids of the deals with these keys, as far as they are there."""
    return [row[0] for row in read.rows(select(_deal.id).where(among(_deal.row_key, keys)).order_by(_deal.row_key))]


def deal_count(read: Reader) -> int:
    """How many deals there are at all."""
    return int(read.sql("SELECT count(*) FROM deal_state")[0][0])


_TOUCH = (_state.next_kind != "") & _state.next_step_id.is_(None) & _state.next_activity_id.is_(None)
_ROWS = (
    select(
        _state.row_key, _state.deal_id, _deal.title, _company.name.label("company"), _contact.name.label("contact"),
        _state.pipeline_id, _state.stage_id, _stage.name.label("stage"), _state.outcome, _deal.value, _deal.currency,
        _state.probability, _state.next_kind, tables.step.c.title.label("step"),
        tables.activity.c.text.label("activity"), _TOUCH.label("is_touch"), _state.next_due,
        _state.last_touch, _deal.created_at,
        _deal.expected_close, _state.closed_at, _deal.owner, _deal.source, _deal.product,
        _pipeline.name.label("pipeline"), _deal.probability.label("own_probability"), _state.entered,
        _reason.name.label("known_reason"), _state.reason, _deal.segment, _deal.kind, _deal.tags, _deal.note,
        _deal.external_id, _deal.touch_every, _deal.custom,
    )
    .select_from(tables.deal_state)
    .join(tables.deal, _deal.row_key == _state.row_key)
    .join(tables.stage, _stage.id == _state.stage_id)
    .join(tables.pipeline, _pipeline.id == _state.pipeline_id)
    .outerjoin(tables.company, _company.id == _deal.company_id)
    .outerjoin(tables.contact, _contact.id == _deal.contact_id)
    .outerjoin(tables.step, tables.step.c.id == _state.next_step_id)
    .outerjoin(tables.activity, tables.activity.c.id == _state.next_activity_id)
    .outerjoin(tables.lost_reason, _reason.id == _state.reason_id)
)  # fmt: skip


def deal_rows(read: Reader, keys: Sequence[int]) -> list[DealRow]:
    """The lines of these keys, in no order of their own; keys that are gone are left out."""
    return [
        DealRow(
            row.row_key, row.deal_id, row.title, row.company or "", row.contact or "", row.pipeline_id, row.stage_id,
            row.stage, row.outcome, row.value, row.currency, row.probability, row.next_kind,
            row.step or row.activity or (TOUCH_TITLE if row.is_touch else ""), row.next_due, row.last_touch,
            row.created_at, row.expected_close,
            row.closed_at, row.owner, row.source, row.product, row.pipeline, row.own_probability, row.entered,
            row.known_reason or row.reason, row.segment, row.kind, row.tags, row.note, row.external_id,
            row.touch_every, row.custom,
        )
        for row in read.rows(_ROWS.where(among(_state.row_key, keys)))
    ]  # fmt: skip


def deal_totals(read: Reader, chosen: DealFilter, only: Sequence[int] | None = None) -> DealTotals:
    """How many deals a filter holds, and what they add up to; a deal without a value counts, and adds nothing.

    The weighted sum is that of value times probability: 100 % for what is won, nought for what is lost. ``only`` are
    the keys of those among them that are counted.
    """
    asked = _chosen(
        read,
        select(
            _deal.currency,
            func.count(),
            func.count(_deal.value),
            func.coalesce(func.sum(_deal.value), 0),
            func.coalesce(func.sum(_deal.value * _state.probability), 0),
        ),
        chosen,
    )
    if only is not None:
        asked = asked.where(among(_state.row_key, only))
    rows = read.rows(asked.group_by(_deal.currency).order_by(_deal.currency))
    totals = tuple(Total(row[0], row[2], row[3], round(row[4] / _CERTAIN)) for row in rows if row[2])
    return DealTotals(sum(row[1] for row in rows), totals)


def deal_named(read: Reader, told: str) -> list[str]:
    """The ids of the deals that a person may mean: by id, else by external id, else by the exact title."""
    for column in (_deal.id, _deal.external_id, _deal.title):
        found = [row[0] for row in read.rows(select(_deal.id).where(column == told).order_by(_deal.row_key))]
        if found:
            return found
    return []


def _chosen(read: Reader, statement: Select[Any], chosen: DealFilter) -> Select[Any]:
    statement = statement.select_from(tables.deal_state).join(tables.deal, _deal.row_key == _state.row_key)
    return statement.where(*conditions(read, chosen))
