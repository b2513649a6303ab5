"""How many leads a goal needs (M18), from the deals of one pipeline and the amounts of one currency."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select

from funnel_desk.domain.cohort import Grouping
from funnel_desk.domain.forecast import ForecastDeal, forecast
from funnel_desk.domain.funnel import Funnel, measure
from funnel_desk.domain.leads_plan import LeadsPlan, Takings, conversions, plan_leads, shared_goal, takings
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.queries.cohort import Scope, StageOrder, cohort, stages_in_order
from funnel_desk.queries.own_figures import exchange
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
    order = stages_in_order(read, pipeline_id)
    money = _Money(read, pipeline_id, currency or read.currency, by, period, day_of(now, read.zone))
    measured = measure(cohort(read, Scope(pipeline_id, by=by), order), order.sides, zone=read.zone, now=now)
    groups: dict[str, LeadsPlan] = {}
    if by:
        won = {group: money.takings(group) for group in measured.groups}
        goals = shared_goal(goal, {group: one.won_value for group, one in won.items()})
        groups = {
            group: _plan(goals[group], funnel, order, won[group], money.expected(group))
            for group, funnel in measured.groups.items()
        }
    return PlanReport(
        pipeline=load(read.connection, Pipeline, "id", [pipeline_id])[0],
        stages=order.stages[: order.won_place],
        currency=money.currency,
        period=period,
        plan=_plan(goal, measured.whole, order, money.takings(), money.expected()),
        groups=groups,
        unknown_path=measured.whole.unknown_path,
    )


def _plan(goal: int, funnel: Funnel, order: StageOrder, won: Takings, expected: int) -> LeadsPlan:
    before = slice(order.won_place)
    resolved = [stage.resolved for stage in funnel.stages[before] if stage.resolved is not None]
    return plan_leads(goal, conversions(resolved, [one.probability for one in order.stages[before]]), won, expected)


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
