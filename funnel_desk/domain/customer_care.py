"""Who is due for the next talk, and who could buy more: the long-term half of selling (seeds 001, 003, 004).

Amounts are minor units of one currency.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from funnel_desk.domain.moments import Moment, day_of


@dataclass(frozen=True, slots=True)
class CustomerCare:
    """A customer between sales. ``last_talk`` is the last contact through any channel; ``touch_every`` days are wished.

    ``potential`` is what it could buy in a year, ``bought`` what it did buy in the last twelve months. ``open_deals``
    are under way.
    """

    company_id: str
    name: str
    last_talk: Moment | None
    last_order: Moment | None
    touch_every: int | None
    potential: int | None
    bought: int
    open_deals: int

    def due_on(self, zone: str) -> str | None:
        """The day of the next talk: so many days after the last one, else after the last order; None where none is set.

        A customer never spoken to since time began is due at once, on the first of days.
        """
        if self.touch_every is None:
            return None
        last = max((moment for moment in (self.last_talk, self.last_order) if moment is not None), default=None)
        if last is None:
            return date.min.isoformat()
        return (date.fromisoformat(day_of(last, zone)) + timedelta(days=self.touch_every)).isoformat()

    @property
    def unused(self) -> int:
        """How much more it could buy in a year than it did; nothing where that is not known."""
        return max((self.potential or 0) - self.bought, 0)
