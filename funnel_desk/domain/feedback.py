"""What a deal taught another department."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.i18n import N_

DEPARTMENTS = ("marketing", "production", "logistics", "service", "other")
DEPARTMENT_NAMES: Mapping[str, str] = {
    "marketing": N_("Marketing"),
    "production": N_("Production"),
    "logistics": N_("Logistics"),
    "service": N_("Service"),
    "other": N_("Another department"),
}


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
