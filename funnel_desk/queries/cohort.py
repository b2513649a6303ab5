"""Which deals a report counts: the one place that knows. By pipeline, by basis and period, with a group for each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from funnel_desk.domain.cohort import Basis, CohortDeal, Grouping, Visit, active_in
from funnel_desk.domain.moments import DAY_LENGTH
from funnel_desk.domain.periods import ALWAYS, Bounds, Period
from funnel_desk.domain.pipeline import Side, Stage
from funnel_desk.domain.stays import living, stage_order
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import deal, deal_state, passage, stay

AT_ONCE = 500
_AFTER_ALL = "\U0010ffff"  # sorts after every id
_NO_PATH: tuple[str, list[Visit]] = (_AFTER_ALL, [])


@dataclass(frozen=True, slots=True)
class Scope:
    """Which deals of a pipeline a report counts, and by which of their fields it groups them."""

    pipeline_id: str
    basis: Basis = "created"
    period: Period = ALWAYS
    by: Grouping | None = None


@dataclass(frozen=True, slots=True)
class StageOrder:
    """The stages that reports show, in their present order; ``place`` also tells where an archived stage counts."""

    stages: tuple[Stage, ...]
    place: Mapping[str, int]

    @property
    def sides(self) -> tuple[Side, ...]:
        """On which side of the sale each stage is."""
        return tuple(stage.side for stage in self.stages)

    @property
    def won_place(self) -> int:
        """The place of the won stage."""
        return self.sides.index("won")


def stages_in_order(read: Reader, pipeline_id: str) -> StageOrder:
    """The stages of a pipeline as reports show them: archived ones count as their neighbour."""
    rows: list[Stage] = load(read.connection, Stage, "pipeline_id", [pipeline_id])
    by_id = {stage.id: stage for stage in rows}
    counted = {stage.id: living(stage, by_id) for stage in rows}
    order = stage_order(set(counted.values()))
    shown = tuple(by_id[stage_id] for stage_id in order)
    return StageOrder(shown, {stage_id: order[stage.id] for stage_id, stage in counted.items()})


def cohort(read: Reader, scope: Scope, order: StageOrder) -> Iterator[CohortDeal]:
    """The deals in scope with their visits, one by one, by id.

    On the basis "active" they are as they looked when the period was over (`domain.cohort.active_in`). Deals and visits
    come from the file side by side, and none is kept here: 100,000 deals at once would cost more than the counting.
    """
    bounds = scope.period.bounds(read.zone)
    inside = _in_scope(scope, bounds)
    paths = _paths(_stream(read, _visits(scope, inside, order)))
    deal_id, visits = next(paths, _NO_PATH)
    for row in _stream(read, _deals(scope, inside)):
        while deal_id < row[0]:  # a deal of this pipeline that is not in scope
            deal_id, visits = next(paths, _NO_PATH)
        found = CohortDeal._make((*row, visits if deal_id == row[0] else []))
        if scope.basis != "active":
            yield found
        elif (cut := active_in(found, bounds, order.won_place)) is not None:
            yield cut


def _paths(rows: Iterable[Any]) -> Iterator[tuple[str, list[Visit]]]:
    for deal_id, stays in groupby(rows, itemgetter(0)):
        yield deal_id, [Visit(place, entered, left, ended) for _, place, entered, left, ended in stays]


def _stream(read: Reader, statement: Select[Any]) -> Iterable[Any]:
    return read.connection.execute(statement.execution_options(yield_per=AT_ONCE))


def _visits(scope: Scope, inside: ColumnElement[bool], order: StageOrder) -> Select[Any]:
    place = case(dict(order.place), value=stay.c.stage_id)
    chosen = select(stay.c.deal_id, place, stay.c.entered, stay.c.left, stay.c.ended)
    here = and_(stay.c.pipeline_id == scope.pipeline_id, stay.c.stage_id.in_(order.place))
    chosen = chosen.where(here).order_by(stay.c.deal_id, stay.c.place)
    if scope.period == ALWAYS:
        return chosen
    return chosen.where(stay.c.deal_id.in_(select(passage.c.deal_id).where(inside)))


def _deals(scope: Scope, inside: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            passage.c.deal_id,
            deal.c[scope.by] if scope.by else literal(""),
            deal.c.value,
            deal.c.currency,
            passage.c.outcome,
            passage.c.arrived,
            deal_state.c.first_contact,
            passage.c.closed_at,
            passage.c.won_at,
            passage.c.path_known,
            passage.c.won_then_lost,
            func.coalesce(passage.c.reason_id, passage.c.reason),
        )
        .join_from(passage, deal, deal.c.id == passage.c.deal_id)
        .join(deal_state, deal_state.c.deal_id == passage.c.deal_id)
        .where(inside)
        .order_by(passage.c.deal_id)
    )


def _in_scope(scope: Scope, bounds: Bounds) -> ColumnElement[bool]:
    here = passage.c.pipeline_id == scope.pipeline_id
    if scope.basis == "created":
        return and_(here, _not_before(passage.c.arrived, bounds), _not_after(passage.c.arrived, bounds))
    if scope.basis == "closed":
        closed = passage.c.closed_at
        return and_(here, closed.is_not(None), _not_before(closed, bounds), _not_after(closed, bounds))
    # What was closed before the period for good was not open in it; the rest is told from its visits.
    closed = passage.c.closed_at
    return and_(here, _not_after(passage.c.arrived, bounds), or_(closed.is_(None), _not_before(closed, bounds)))


def _not_before(moment: ColumnElement[Any], bounds: Bounds) -> ColumnElement[bool]:
    """`Bounds.is_before` denied, in SQL."""
    return case((func.length(moment) == DAY_LENGTH, moment >= bounds.first), else_=moment >= bounds.start)


def _not_after(moment: ColumnElement[Any], bounds: Bounds) -> ColumnElement[bool]:
    """`Bounds.is_after` denied, in SQL."""
    return case((func.length(moment) == DAY_LENGTH, moment <= bounds.last), else_=moment < bounds.over)
