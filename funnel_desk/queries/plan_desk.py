"""All that the plan of a goal is made of, in one look at the file: its ground, what stands where, what calls bring."""

from dataclasses import dataclass
from statistics import fmean

from funnel_desk.domain.cohort import Grouping
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import Period
from funnel_desk.queries.cohort import stages_in_order
from funnel_desk.queries.cold_calls import cold_calls
from funnel_desk.queries.plan import PlanGround, plan_ground
from funnel_desk.queries.standings import StageLoad, days_to_win, stage_loads
from funnel_desk.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """The ground of the plan; beside it each stage's load, and how many days a win takes (the mean of ``wins``).

    ``calls`` is how many cold calls were made, and how many of them ended as a lead.
    """

    today: str
    deals: int
    ground: PlanGround
    loads: tuple[StageLoad, ...]
    days_to_win: float | None
    wins: int
    calls: Rate


def plan_desk(read: Reader, pipeline_id: str, period: Period, *, now: Moment, by: Grouping | None = None) -> PlanDesk:
    """The ground of a plan of one pipeline in the main currency; the goal is told to it later."""
    order = stages_in_order(read, pipeline_id)
    days = [span for _currency, span in days_to_win(read, pipeline_id) if span >= 0]
    return PlanDesk(
        today=day_of(now, read.zone),
        deals=int(read.sql("SELECT count(*) FROM deal_state")[0][0]),
        ground=plan_ground(read, pipeline_id, now=now, period=period, by=by),
        loads=stage_loads(read, pipeline_id, order),
        days_to_win=fmean(days) if days else None,
        wins=len(days),
        calls=cold_calls(read, pipeline_id=pipeline_id),
    )
