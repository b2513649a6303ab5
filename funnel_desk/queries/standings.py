"""How far the deals of a pipeline came, counted by the file itself: one pass for plan, calibration and pace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from funnel_desk.domain.cohort import Grouping
from funnel_desk.domain.moments import DAY_LENGTH, SECONDS_A_DAY, days_between
from funnel_desk.domain.standings import NOWHERE, Standing
from funnel_desk.queries.cohort import StageOrder
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.tables import deal, passage, stay

_DAYS = """
    SELECT deal.currency, deal_state.first_contact, passage.won_at
      FROM passage JOIN deal ON deal.id = passage.deal_id JOIN deal_state ON deal_state.deal_id = passage.deal_id
     WHERE passage.pipeline_id = ? AND passage.outcome = 'won' AND passage.won_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class StageLoad:
    """What stands in a stage now, and how many days a deal usually stays in it (M12, the mean; None: nobody knows)."""

    there: int
    days: float | None


def standings(read: Reader, pipeline_id: str, order: StageOrder, by: Grouping | None = None) -> Sequence[Standing]:
    """All deals of a pipeline, counted by how far they came and what became of them, in groups by a field if told."""
    rows = read.rows(_counted(pipeline_id, order.place, by))
    return [Standing(*row) for row in rows]


def days_to_win(read: Reader, pipeline_id: str) -> list[tuple[str, float]]:
    """Of each won deal its currency and the days from first contact to winning (M13)."""
    zone = read.zone
    return [(currency, days_between(first, won, zone)) for currency, first, won in read.sql(_DAYS, pipeline_id)]


def stage_loads(read: Reader, pipeline_id: str, order: StageOrder) -> tuple[StageLoad, ...]:
    """The load of each stage before the sale, in order."""
    there, deals, seconds = (Counter[int]() for _nth in range(3))
    some_rough = False
    for place, here, finished, whole, rough in read.rows(_stays(pipeline_id, order.place)):
        there[place], deals[place], seconds[place] = here, finished, round(whole)
        some_rough |= rough > 0
    for place, entered, left in read.rows(_rough_stays(pipeline_id, order.place)) if some_rough else ():
        seconds[place] += round(days_between(entered, left, read.zone) * SECONDS_A_DAY)
    return tuple(
        StageLoad(there[place], seconds[place] / deals[place] / SECONDS_A_DAY if deals[place] else None)
        for place in range(order.won_place)
    )


def _place(places: Mapping[str, int]) -> ColumnElement[int]:
    return case(dict(places), value=stay.c.stage_id)


def _exact() -> ColumnElement[bool]:
    """Whether both ends of a stay are instants, so that the file itself can tell how long it was."""
    return and_(func.length(stay.c.entered) != DAY_LENGTH, func.length(stay.c.left) != DAY_LENGTH)


def _stays(pipeline_id: str, places: Mapping[str, int]) -> Select[Any]:
    finished = and_(stay.c.left.is_not(None), passage.c.path_known)
    span = (func.julianday(stay.c.left) - func.julianday(stay.c.entered)) * SECONDS_A_DAY
    return (
        select(
            _place(places),
            func.count().filter(stay.c.left.is_(None)),
            func.count(stay.c.deal_id.distinct()).filter(finished),
            func.coalesce(func.sum(span).filter(and_(finished, _exact())), 0),
            func.count().filter(and_(finished, ~_exact())),
        )
        .join_from(stay, passage, _same())
        .where(and_(stay.c.pipeline_id == pipeline_id, stay.c.stage_id.in_(places)))
        .group_by(_place(places))
    )


def _rough_stays(pipeline_id: str, places: Mapping[str, int]) -> Select[Any]:
    here = and_(stay.c.pipeline_id == pipeline_id, stay.c.stage_id.in_(places), stay.c.left.is_not(None))
    return (
        select(_place(places), stay.c.entered, stay.c.left)
        .join_from(stay, passage, _same())
        .where(and_(here, passage.c.path_known, ~_exact()))
    )


def _same() -> ColumnElement[bool]:
    return and_(passage.c.deal_id == stay.c.deal_id, passage.c.pipeline_id == stay.c.pipeline_id)


def _counted(pipeline_id: str, places: Mapping[str, int], by: Grouping | None) -> Select[Any]:
    far = (
        select(stay.c.deal_id, func.max(_place(places)).label("place"))
        .where(and_(stay.c.pipeline_id == pipeline_id, stay.c.stage_id.in_(places)))
        .group_by(stay.c.deal_id)
        .subquery()
    )
    kinds = (
        deal.c[by] if by else literal(""),
        deal.c.currency,
        passage.c.outcome,
        passage.c.path_known,
        func.coalesce(far.c.place, NOWHERE),
    )
    value = func.coalesce(func.sum(deal.c.value), 0)
    return (
        select(*kinds, func.count(), value, func.count(deal.c.value))
        .join_from(passage, deal, deal.c.id == passage.c.deal_id)
        .outerjoin(far, far.c.deal_id == passage.c.deal_id)
        .where(passage.c.pipeline_id == pipeline_id)
        .group_by(*kinds)
    )
