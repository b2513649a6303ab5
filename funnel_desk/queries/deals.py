"""The list of deals: the keys of a filter in a sort order, the rows of some keys, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, select

from funnel_desk.domain.search import folded
from funnel_desk.domain.words import Words
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

SortBy = Literal[
    "title", "company", "stage", "value", "next_due", "last_touch", "created_at", "expected_close", "closed_at",
    "probability", "owner", "source", "product", "outcome",
]  # fmt: skip

_CERTAIN = 10_000


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals: of a pipeline, in a stage, with one of the outcomes, whose texts contain every word of ``text``.

    What is empty asks for nothing.
    """

    text: str = ""
    pipeline_id: str | None = None
    stage_id: str | None = None
    outcomes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # ids of deals, where another view has chosen them


@dataclass(frozen=True, slots=True)
class DealRow:
    """One line of the list. ``value`` in minor units, ``probability`` in basis points, moments as they are kept."""

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


_state, _deal, _stage = tables.deal_state.c, tables.deal.c, tables.stage.c

_ORDERS: dict[str, ColumnElement[Any]] = {
    "title": _state.search,
    "company": tables.company.c.name,
    "stage": _stage.position,
    "value": _deal.value,
    "next_due": _state.next_due,
    "last_touch": _state.last_touch,
    "created_at": _deal.created_at,
    "expected_close": _deal.expected_close,
    "closed_at": _state.closed_at,
    "probability": _state.probability,
    "owner": _deal.owner,
    "source": _deal.source,
    "product": _deal.product,
    "outcome": _state.outcome,
}


def deal_keys(read: Reader, chosen: DealFilter, sort: SortBy = "next_due", *, descending: bool = False) -> list[int]:
    """The keys of a filter's deals in order; what has no value in the sorted column comes last either way."""
    statement = _chosen(select(_state.row_key), chosen)
    column = _ORDERS[sort]
    if sort == "company":
        statement = statement.outerjoin(tables.company, tables.company.c.id == _deal.company_id)
    if sort == "stage":
        statement = statement.join(tables.stage, _stage.id == _state.stage_id)
    order = column.desc() if descending else column.asc()
    return [row[0] for row in read.rows(statement.order_by(order.nulls_last(), _state.row_key))]


def deal_ids(read: Reader, chosen: DealFilter) -> list[str]:
    """The ids of a filter's deals, in no order of their own."""
    return [row[0] for row in read.rows(_chosen(select(_state.deal_id), chosen))]


def deal_rows(read: Reader, keys: Sequence[int]) -> list[DealRow]:
    """The lines of these keys, in no order of their own; keys that are gone are left out."""
    found = read.rows(
        select(
            _state.row_key,
            _state.deal_id,
            _deal.title,
            tables.company.c.name.label("company"),
            tables.contact.c.name.label("contact"),
            _state.pipeline_id,
            _state.stage_id,
            _stage.name.label("stage"),
            _state.outcome,
            _deal.value,
            _deal.currency,
            _state.probability,
            _state.next_kind,
            tables.step.c.title.label("step"),
            tables.activity.c.text.label("activity"),
            _state.next_due,
            _state.last_touch,
            _deal.created_at,
            _deal.expected_close,
            _state.closed_at,
            _deal.owner,
            _deal.source,
            _deal.product,
        )
        .select_from(tables.deal_state)
        .join(tables.deal, _deal.id == _state.deal_id)
        .join(tables.stage, _stage.id == _state.stage_id)
        .outerjoin(tables.company, tables.company.c.id == _deal.company_id)
        .outerjoin(tables.contact, tables.contact.c.id == _deal.contact_id)
        .outerjoin(tables.step, tables.step.c.id == _state.next_step_id)
        .outerjoin(tables.activity, tables.activity.c.id == _state.next_activity_id)
        .where(_state.row_key.in_(keys))
    )
    return [
        DealRow(
            row_key=row.row_key,
            deal_id=row.deal_id,
            title=row.title,
            company=row.company or "",
            contact=row.contact or "",
            pipeline_id=row.pipeline_id,
            stage_id=row.stage_id,
            stage=row.stage,
            outcome=row.outcome,
            value=row.value,
            currency=row.currency,
            probability=row.probability,
            next_kind=row.next_kind,
            next_title=row.step or row.activity or "",
            next_due=row.next_due,
            last_touch=row.last_touch,
            created_at=row.created_at,
            expected_close=row.expected_close,
            closed_at=row.closed_at,
            owner=row.owner,
            source=row.source,
            product=row.product,
        )
        for row in found
    ]


def deal_totals(read: Reader, chosen: DealFilter) -> DealTotals:
    """How many deals a filter holds, and what they add up to; a deal without a value counts, and adds nothing."""
    rows = read.rows(
        _chosen(
            select(
                _deal.currency,
                func.count(),
                func.count(_deal.value),
                func.coalesce(func.sum(_deal.value), 0),
                func.coalesce(func.sum(_deal.value * _state.probability), 0),
            ),
            chosen,
        )
        .group_by(_deal.currency)
        .order_by(_deal.currency)
    )
    totals = tuple(Total(row[0], row[2], row[3], round(row[4] / _CERTAIN)) for row in rows if row[2])
    return DealTotals(sum(row[1] for row in rows), totals)


def deal_named(read: Reader, told: str) -> list[str]:
    """The ids of the deals that a person may mean: by id, else by external id, else by the exact title."""
    for column in (_deal.id, _deal.external_id, _deal.title):
        found = [row[0] for row in read.rows(select(_deal.id).where(column == told).order_by(_deal.row_key))]
        if found:
            return found
    return []


def _chosen(statement: Select[Any], chosen: DealFilter) -> Select[Any]:
    statement = statement.select_from(tables.deal_state).join(tables.deal, _deal.id == _state.deal_id)
    if chosen.pipeline_id:
        statement = statement.where(_state.pipeline_id == chosen.pipeline_id)
    if chosen.stage_id:
        statement = statement.where(_state.stage_id == chosen.stage_id)
    if chosen.outcomes:
        statement = statement.where(_state.outcome.in_(chosen.outcomes))
    if chosen.keys:
        statement = statement.where(_state.deal_id.in_(chosen.keys))
    for word in folded(chosen.text).split():
        statement = statement.where(func.instr(_state.search, word) > 0)
    return statement
