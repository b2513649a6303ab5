"""What was changed in the way of selling, and when: so that a funnel can be read before and after it."""

from dataclasses import dataclass

FACTORS = (
    "script",
    "offer",
    "organisation",
    "market",
    "marketing",
    "law",
    "competition",
    "segment",
    "product",
    "other",
)


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """From a day on something about a pipeline (one of its stages, if named) was different: one of ``FACTORS``."""

    id: str
    pipeline_id: str
    on_day: str
    text: str
    factor: str = "other"
    stage_id: str | None = None
