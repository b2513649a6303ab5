"""What stands between a deal and its next stage."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment

OBSTACLE_KINDS = ("fit", "cost", "budget", "process", "objection", "other")


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
