"""Filling and speed of one pipeline: the flow of the last weeks, ages, and what the goal needs to stand where."""

from dataclasses import dataclass
from datetime import date

from funnel_desk.domain.flow import Filling, StageFlow, flow, mondays
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Stage
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.queries.funnel import funnel
from funnel_desk.queries.plan import leads_plan
from funnel_desk.storage.reader import Reader

WEEKS = 12


@dataclass(frozen=True, slots=True)
class FlowReport:
    """The stages in order, beside each its flow and, with a goal, its filling (those before the sale only)."""

    stages: tuple[Stage, ...]
    flows: tuple[StageFlow, ...]
    filling: tuple[Filling, ...]


def flow_report(
    read: Reader,
    pipeline_id: str,
    *,
    now: Moment,
    weeks: int = WEEKS,
    goal: int | None = None,
    until: str | None = None,
) -> FlowReport:
    """The flow of the last weeks. ``goal`` (minor units of the main currency) is to be won from today until a day."""
    today, order = day_of(now, read.zone), stages_in_order(read, pipeline_id)
    deals = cohort(read, Scope(pipeline_id), order)
    flows = flow(deals, len(order.stages), mondays(today, weeks), zone=read.zone, now=now)
    filling: tuple[Filling, ...] = ()
    if goal is not None and until is not None and until >= today:
        plan = leads_plan(read, pipeline_id, goal, now=now, period=Period(today, until)).plan
        measured = funnel(read, Scope(pipeline_id), now=now).funnel.stages
        left = date.fromisoformat(until).toordinal() - date.fromisoformat(today).toordinal() + 1
        filling = tuple(
            Filling(figures.now, need.gross, left, figures.days.mean)
            for figures, need in zip(measured, plan.stages, strict=False)
        )
    return FlowReport(order.stages, flows, filling)
