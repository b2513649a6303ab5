"""What stands between a deal and its next stage."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.i18n import N_

OBSTACLE_KINDS = ("fit", "cost", "budget", "process", "objection", "other")
OBSTACLE_NAMES: Mapping[str, str] = {
    "fit": N_("does it suit them"),
    "cost": N_("what it costs"),
    "budget": N_("no money set aside"),
    "process": N_("their way of buying"),
    "objection": N_("objection"),
    "other": N_("something else"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A barrier or an objection of a client: raised, answered, and removed once it no longer holds the deal.

    ``objection_id`` names the entry of the pipeline's catalogue that it is a case of; ``answer`` is what was said.
    """

    id: str
    deal_id: str
    kind: str
    text: str
    raised_at: Moment
    objection_id: str | None = None
    answer: str = ""
    removed_at: Moment | None = None
