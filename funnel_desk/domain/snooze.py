"""Letting a deal rest on purpose."""

from dataclasses import dataclass

from funnel_desk.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Snooze:
    """A stalled deal is left in peace until a day, for a reason. Of several the newest (``at``) counts."""

    id: str
    deal_id: str
    at: Moment
    until_day: str
    reason: str
