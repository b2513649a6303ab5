"""The note of a weekly review."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Review:
    """What was seen and decided in the review of the week that ends with a day."""

    id: str
    on_day: str
    at: Moment
    text: str = ""
    decisions: str = ""
