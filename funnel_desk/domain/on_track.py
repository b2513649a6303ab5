"""Is the goal on its way? Progress through a period, by working day, and what each day left has to bring.

Amounts are minor units of one currency.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Literal

from funnel_desk.domain.leads_plan import LeadsPlan
from funnel_desk.domain.working_days import working_days

Pace = Literal["reached", "ahead", "behind", "over", "not_begun"]


@dataclass(frozen=True, slots=True)
class OnTrack:
    """How far a period and its goal are: working days ``gone`` (before today) and ``left`` (today included).

    ``due`` is what would be won by now if every working day brought the same. ``leads_a_day`` and ``wins_a_day`` are
    what each day left has to bring beside the open deals; None where nobody knows what a win brings.
    """

    goal: int
    won: int
    expected: int
    gone: int
    left: int
    leads_a_day: Fraction | None
    wins_a_day: Fraction | None

    @property
    def due(self) -> int:
        """What the days gone should have brought."""
        whole = self.gone + self.left
        return self.goal * self.gone // whole if whole else self.goal

    @property
    def pace(self) -> Pace:
        """Reached, ahead of or behind the even pace; over or not begun where no day is left or gone."""
        if self.won >= self.goal:
            return "reached"
        if not self.left:
            return "over"
        if not self.gone:
            return "not_begun"
        return "ahead" if self.won >= self.due else "behind"

    @property
    def leads_today(self) -> int | None:
        """Leads to bring in today, rounded up; the next days may then have a little less to do."""
        return None if self.leads_a_day is None else ceil(self.leads_a_day)


def on_track(plan: LeadsPlan, first: str, last: str, today: str) -> OnTrack:
    """How a plan for a span of days (both ends within it) stands when a day begins."""
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    gone = working_days(first, min(yesterday, last)) if first <= yesterday else 0
    left = working_days(max(first, today), last)
    return OnTrack(
        goal=plan.goal,
        won=plan.won_so_far,
        expected=plan.expected_from_open,
        gone=gone,
        left=left,
        leads_a_day=_a_day(plan.leads_after_open, left),
        wins_a_day=_a_day(plan.wins_after_open, left),
    )


def _a_day(count: int | None, days: int) -> Fraction | None:
    return None if count is None or not days else Fraction(count, days)
