"""Who decides, who influences and who blocks a deal."""

from dataclasses import dataclass

PARTS = ("decides", "influences", "uses", "blocks")
ATTITUDES = ("for", "neutral", "against", "unknown")


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
