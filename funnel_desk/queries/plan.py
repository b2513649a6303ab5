"""How many leads a goal needs (M18), from the deals of one pipeline and the amounts of one currency."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select

from funnel_desk.domain.cohort import Grouping
from funnel_desk.domain.forecast import ForecastDeal, forecast
from funnel_desk.domain.leads_plan import (
    Conversion,
    LeadsPlan,
    Takings,
    conversions,
    plan_leads,
    shared_goal,
    takings,
)
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.standings import Standing, resolved_rates
from funnel_desk.queries.cohort import StageOrder, stages_in_order
from funnel_desk.queries.own_figures import exchange
from funnel_desk.queries.standings import standings
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import deal, deal_state, passage


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What a goal needs, in all and group by group; ``stages`` are those before the sale, in order.

    The goal is divided among the groups as the won value was. Amounts are minor units of the currency. ``unknown_path``
    closed deals tell nothing of the stages, and are left out of the conversions.
    """

    pipeline: Pipeline
    stages: tuple[Stage, ...]
    currency: str
    period: Period
    plan: LeadsPlan
    groups: Mapping[str, LeadsPlan]
    unknown_path: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a plan stands on, whatever the goal: the ways from stage to stage, what is won, what should still come."""

    ways: tuple[Conversion, ...]
    won: Takings
    expected: int

    def plan(self, goal: int) -> LeadsPlan:
        """What a goal needs, in minor units."""
        return plan_leads(goal, self.ways, self.won, self.expected)


@dataclass(frozen=True, slots=True)
class PlanGround:
    """The ground of all deals of a pipeline and of each group; `plan` then takes no look at the file."""

    pipeline: Pipeline
    stages: tuple[Stage, ...]
    currency: str
    period: Period
    whole: Ground
    groups: Mapping[str, Ground]
    unknown_path: int

    def plan(self, goal: int) -> PlanReport:
        """What a goal needs; it is divided among the groups as the won value was."""
        goals = shared_goal(goal, {group: one.won.won_value for group, one in self.groups.items()})
        return PlanReport(
            pipeline=self.pipeline,
            stages=self.stages,
            currency=self.currency,
            period=self.period,
            plan=self.whole.plan(goal),
            groups={group: one.plan(goals[group]) for group, one in self.groups.items()},
            unknown_path=self.unknown_path,
        )


def leads_plan(
    read: Reader,
    pipeline_id: str,
    goal: int,
    *,
    now: Moment,
    currency: str | None = None,
    period: Period = ALWAYS,
    by: Grouping | None = None,
) -> PlanReport:
    """The leads that a goal in one currency needs; the workspace's own, if none is told.

    Won so far is what was won in the period; expected, what the open deals should bring by its end. The average won
    value and the conversions are of all time, the latter of deals in every currency.
    """
    return plan_ground(read, pipeline_id, now=now, currency=currency, period=period, by=by).plan(goal)


def plan_ground(
    read: Reader,
    pipeline_id: str,
    *,
    now: Moment,
    currency: str | None = None,
    period: Period = ALWAYS,
    by: Grouping | None = None,
) -> PlanGround:
    """What a plan in one currency stands on; see `leads_plan`."""
    order = stages_in_order(read, pipeline_id)
    money = _Money(read, pipeline_id, currency or read.currency, by, period, day_of(now, read.zone))
    counted = standings(read, pipeline_id, order, by)
    apart: dict[str, list[Standing]] = {one.group: [] for one in sorted(counted)} if by else {}
    for one in counted:
        if by:
            apart[one.group].append(one)
    return PlanGround(
        pipeline=load(read.connection, Pipeline, "id", [pipeline_id])[0],
        stages=order.stages[: order.won_place],
        currency=money.currency,
        period=period,
        whole=Ground(_ways(counted, order), money.takings(), money.expected()),
        groups={
            group: Ground(_ways(mine, order), money.takings(group), money.expected(group))
            for group, mine in apart.items()
        },
        unknown_path=sum(one.deals for one in counted if not one.path_known),
    )


def _ways(counted: Iterable[Standing], order: StageOrder) -> tuple[Conversion, ...]:
    said = [stage.probability for stage in order.stages[: order.won_place]]
    return conversions(resolved_rates(counted, order.won_place), said)


class _Money:
    """The won and the open deals of one pipeline and one currency, by group."""

    def __init__(
        self, read: Reader, pipeline_id: str, currency: str, by: Grouping | None, period: Period, today: str
    ) -> None:
        self.currency = currency
        self._today, self._period, self._bounds = today, period, period.bounds(read.zone)
        group = deal.c[by] if by else literal("")
        # An amount without a currency is one of the main currency, and so is one that the user gave a rate for.
        self._rates, self._zone = exchange(read), read.zone
        inside = deal.c.currency.in_(self._rates.known(currency))
        self._won = _by_group(read, _won(group, pipeline_id, inside))
        self._open = _by_group(read, _open(group, pipeline_id, inside))

    def takings(self, group: str | None = None) -> Takings:
        """What the won deals of a group, or all of them, brought."""
        won = _of(self._won, group)
        return takings(
            ((self._value(value, money, day_of(at, self._zone)), at) for value, money, at in won), self._bounds
        )  # fmt: skip

    def expected(self, group: str | None = None) -> int:
        """What the open deals of a group, or all of them, should bring by the end of the period."""
        deals = [
            ForecastDeal(self._value(value, money, self._today), self.currency, *rest)
            for value, money, *rest in _of(self._open, group)
        ]
        return forecast(deals, today=self._today, currency=self.currency, until=self._period.last)[0].weighted

    def _value(self, value: int | None, money: str, day: str) -> int | None:
        if value is None or money in ("", self.currency):
            return value
        return self._rates.in_main(value, money, day).minor


def _of(rows: Mapping[str, Sequence[Any]], group: str | None) -> Sequence[Any]:
    return rows.get(group, ()) if group is not None else [row for every in rows.values() for row in every]


def _by_group(read: Reader, statement: Select[Any]) -> Mapping[str, Sequence[Any]]:
    rows: dict[str, list[Any]] = defaultdict(list)
    for group, *rest in read.rows(statement):
        rows[group].append(rest)
    return rows


def _won(group: ColumnElement[str], pipeline_id: str, inside: ColumnElement[bool]) -> Select[Any]:
    return (
        select(group, deal.c.value, deal.c.currency, passage.c.won_at)
        .join_from(passage, deal, deal.c.id == passage.c.deal_id)
        .where(and_(passage.c.pipeline_id == pipeline_id, passage.c.outcome == "won", inside))
    )


def _open(group: ColumnElement[str], pipeline_id: str, inside: ColumnElement[bool]) -> Select[Any]:
    return (
        select(group, deal.c.value, deal.c.currency, deal_state.c.probability, deal.c.expected_close)
        .join_from(deal_state, deal, deal.c.id == deal_state.c.deal_id)
        .where(and_(deal_state.c.pipeline_id == pipeline_id, deal_state.c.outcome == "open", inside))
    )
