"""The deals behind a number of the funnel: who reached a stage, who was lost there, who stands there now."""

from typing import Literal

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.storage.reader import Reader

Number = Literal["reached", "lost", "now"]


def funnel_deals(read: Reader, scope: Scope, stage_key: str, number: Number, group: str | None = None) -> list[str]:
    """The ids of the deals that a number of a stage counts, in the whole scope or in one of its groups."""
    order = stages_in_order(read, scope.pipeline_id)
    place = next(place for place, stage in enumerate(order.stages) if stage.key == stage_key)
    deals = (deal for deal in cohort(read, scope, order) if group is None or deal.group == group)
    return [deal.id for deal in deals if deal.visits and _counts(deal, place, number)]


def _counts(deal: CohortDeal, place: int, number: Number) -> bool:
    if number == "now":
        return any(visit.place == place and visit.left is None for visit in deal.visits)
    if not deal.path_known:
        return False
    if number == "lost":
        return deal.outcome == "lost" and deal.visits[-1].place == place
    return max(visit.place for visit in deal.visits) >= place
