"""The deals behind a number of the funnel: who reached a stage, who was lost there, who stands there now."""

from collections.abc import Collection
from typing import Literal

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.periods import Bounds
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.storage.reader import Reader

Number = Literal["reached", "entered", "touched", "strict", "lost", "now"]


def funnel_deals(read: Reader, scope: Scope, stage_key: str, number: Number, group: str | None = None) -> list[str]:
    """The ids of the deals that a number of a stage counts, in the whole scope or in one of its groups."""
    order = stages_in_order(read, scope.pipeline_id)
    place = next(place for place, stage in enumerate(order.stages) if stage.key == stage_key)
    deals = (deal for deal in cohort(read, scope, order) if group is None or deal.group == group)
    begun = scope.period.bounds(read.zone) if scope.basis == "active" and number == "entered" else None
    return [deal.id for deal in deals if deal.visits and _counts(deal, place, number, begun)]


def lost_deals(
    read: Reader, scope: Scope, stage_key: str = "", reasons: Collection[str] | None = None, group: str | None = None
) -> list[str]:
    """The ids of the deals that were lost in a stage (in any if none is told), for one of these reasons (or any)."""
    order = stages_in_order(read, scope.pipeline_id)
    places = [place for place, stage in enumerate(order.stages) if stage_key in {"", stage.key}]
    return [
        deal.id
        for deal in cohort(read, scope, order)
        if deal.visits
        and (group is None or deal.group == group)
        and (reasons is None or deal.reason in reasons)
        and any(_counts(deal, place, "lost") for place in places)
    ]


def _counts(deal: CohortDeal, place: int, number: Number, begun: Bounds | None = None) -> bool:
    if number == "now":
        return any(visit.place == place and visit.left is None for visit in deal.visits)
    if number in {"entered", "touched"}:
        return any(
            visit.place == place and (begun is None or not begun.is_before(visit.entered)) for visit in deal.visits
        )
    if not deal.path_known:
        return False
    if number == "strict":
        return {visit.place for visit in deal.visits}.issuperset(range(place + 1))
    if number == "lost":
        return deal.outcome == "lost" and deal.visits[-1].place == place
    return max(visit.place for visit in deal.visits) >= place
