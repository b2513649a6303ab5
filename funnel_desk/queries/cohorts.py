"""The funnel over time: the deals of each month, and what the marked changes did."""

from dataclasses import dataclass

from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.cohorts import Marked, MonthCohort, marked, month_cohorts
from funnel_desk.domain.funnel import usual_days
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Stage
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


@dataclass(frozen=True, slots=True)
class CohortsReport:
    """The months, the earliest first; ``stages`` are those before the sale; ``marks`` in the order of their days."""

    stages: tuple[Stage, ...]
    months: tuple[MonthCohort, ...]
    marks: tuple[Marked, ...]
    usual_days_to_win: float | None


def cohorts_report(read: Reader, pipeline_id: str, *, now: Moment) -> CohortsReport:
    """The deals of a pipeline by the month in which they arrived there."""
    order = stages_in_order(read, pipeline_id)
    deals = list(cohort(read, Scope(pipeline_id), order))
    usual = usual_days(((deal.first_contact, deal.won_at) for deal in deals if deal.won_at is not None), read.zone)
    marks: list[ChangeMark] = load(read.connection, ChangeMark, "pipeline_id", [pipeline_id])
    places = {mark.id: order.place.get(mark.stage_id or "") for mark in marks}
    return CohortsReport(
        order.stages[: order.won_place],
        month_cohorts(deals, order.won_place, zone=read.zone, now=now, usual_days_to_win=usual),
        marked(
            deals,
            [(mark, place if (place := places[mark.id]) is not None and place < order.won_place else None)
             for mark in marks],
            zone=read.zone,
            now=now,
            usual_days_to_win=usual,
        ),
        usual,
    )  # fmt: skip
