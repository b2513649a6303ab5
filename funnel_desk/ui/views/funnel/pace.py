"""What the page of speed asks of the file, in one go: it can be asked apart from the window."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.own_figures import Goal
from funnel_desk.domain.periods import Period
from funnel_desk.domain.velocity import Velocity
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter, deal_totals
from funnel_desk.queries.flow import FlowReport, flow_report
from funnel_desk.queries.funnel import funnel
from funnel_desk.queries.own_figures import goals
from funnel_desk.queries.velocity import velocity_report
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.views.funnel.counting import Wanted


@dataclass(frozen=True, slots=True)
class Pace:
    """The flow and the funnel of one pipeline, how many stall in each stage, the velocity, and the goal of now.

    ``still_to_win`` is what the goal is short of, in minor units of its currency; 0 without a goal.
    """

    pipeline_id: str
    flow: FlowReport
    funnel: Funnel
    stalled: tuple[int, ...]
    velocity: tuple[Velocity, ...]
    goal: Goal | None
    still_to_win: int


def read_pace(bridge: Bridge, pipeline_id: str, wanted: Wanted) -> Pace | None:
    """Ask for all of it; None where the answer is no longer wanted."""
    now, today = bridge.desk.clock(), bridge.today()
    goal = goal_of_now(bridge, pipeline_id, today)
    left = goal.amount - _won_since(bridge, pipeline_id, goal, today) if goal else 0
    if not wanted():
        return None
    until, rest = (goal.to_day, left) if goal and left > 0 else (None, None)
    flow = bridge.ask(flow_report, pipeline_id, now=now, goal=rest, until=until)
    if not wanted():
        return None
    counted = bridge.ask(funnel, Scope(pipeline_id), now=now).funnel
    if not wanted():
        return None
    speed = bridge.ask(velocity_report, Scope(pipeline_id))
    stands = DealFilter(pipeline_id=pipeline_id, stalled=True, on=today)
    stalled = tuple(
        bridge.ask(deal_totals, replace(stands, stage_id=stage.id)).count if stage.stalled_days is not None else 0
        for stage in flow.stages
    )
    return Pace(pipeline_id, flow, counted, stalled, speed, goal, left)


def goal_of_now(bridge: Bridge, pipeline_id: str, today: str) -> Goal | None:
    """The goal in which today lies, in the main currency: the pipeline's own before that of all."""
    main = bridge.desk.workspace.currency
    found = [
        one for one in bridge.ask(goals)
        if one.from_day <= today <= one.to_day and one.currency == main and one.pipeline_id in {None, pipeline_id}
    ]  # fmt: skip
    return min(found, key=lambda one: (one.pipeline_id is None, one.to_day), default=None)


def _won_since(bridge: Bridge, pipeline_id: str, goal: Goal, today: str) -> int:
    """What was won of the goal before today; what is won today counts in the plan from today on."""
    if goal.from_day >= today:
        return 0
    yesterday = str(date.fromisoformat(today) - timedelta(days=1))
    scope = Scope(pipeline_id, "closed", Period(goal.from_day, yesterday))
    won = bridge.ask(funnel, scope, now=bridge.desk.clock()).funnel.won_value
    return sum(amount.minor for amount in won if amount.currency == goal.currency)
