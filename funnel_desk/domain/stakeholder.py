"""Who decides, who influences and who blocks a deal."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel_desk.i18n import N_

PARTS = ("decides", "influences", "uses", "blocks")
ATTITUDES = ("for", "neutral", "against", "unknown")
PART_NAMES: Mapping[str, str] = {
    "decides": N_("decides"),
    "influences": N_("influences"),
    "uses": N_("will use it"),
    "blocks": N_("blocks"),
}
ATTITUDE_NAMES: Mapping[str, str] = {
    "for": N_("for us"),
    "neutral": N_("neutral"),
    "against": N_("against us"),
    "unknown": N_("not known"),
}
MOST_INFLUENCE = 3


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person's part in the decision on a deal: one of ``PARTS``, with one of ``ATTITUDES`` and influence 1 to 3."""

    id: str
    deal_id: str
    name: str
    part: str
    contact_id: str | None = None
    attitude: str = "unknown"
    influence: int = 2
    note: str = ""
