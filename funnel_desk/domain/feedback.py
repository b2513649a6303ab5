"""What a deal taught another department."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment

DEPARTMENTS = ("marketing", "production", "logistics", "service", "other")


@dataclass(frozen=True, slots=True)
class Feedback:
    """A card for another department: what went wrong in this deal for a reason that is theirs, and what they said."""

    id: str
    deal_id: str
    department: str
    text: str
    at: Moment
    reason_id: str | None = None
    handed_at: Moment | None = None
    answered_at: Moment | None = None
    answer: str = ""
