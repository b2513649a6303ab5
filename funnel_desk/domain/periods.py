"""Periods: days in the workspace's zone, both ends included, either end open."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import Moment, is_day
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_

BEFORE_ALL = ""
AFTER_ALL = "~"  # sorts after every digit


class PeriodBackwards(Refusal):
    """The first day of a period lies after its last one."""

    message = N_("The period ends on {last}, before it begins on {first}.")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A period cut in one zone: its days, and the instants (UTC, without the Z) where it begins and where it is over.

    A moment known only to the day is held against the days, an instant against the instants; both compare as text.
    """

    first: str
    last: str
    start: Moment
    over: Moment

    def is_before(self, moment: Moment) -> bool:
        """Whether the moment lies before the period."""
        return moment < (self.first if is_day(moment) else self.start)

    def is_after(self, moment: Moment) -> bool:
        """Whether the moment lies after the period."""
        return moment > self.last if is_day(moment) else moment >= self.over

    def holds(self, moment: Moment) -> bool:
        """Whether the moment lies in the period."""
        if is_day(moment):
            return self.first <= moment <= self.last
        return self.start <= moment < self.over


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day (``YYYY-MM-DD``) to the last, both included; None leaves that end open.

    Raises PeriodBackwards when the last day comes before the first.
    """

    first: str | None = None
    last: str | None = None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise PeriodBackwards(first=self.first, last=self.last)

    def bounds(self, zone: str) -> Bounds:
        """The period as moments compare with it, its days cut in an IANA zone."""
        return Bounds(
            first=BEFORE_ALL if self.first is None else self.first,
            last=AFTER_ALL if self.last is None else self.last,
            start=BEFORE_ALL if self.first is None else _midnight(date.fromisoformat(self.first), zone),
            over=AFTER_ALL if self.last is None else _midnight(date.fromisoformat(self.last) + timedelta(days=1), zone),
        )


ALWAYS = Period()


def _midnight(day: date, zone: str) -> str:
    # Without the Z, so that "…T21:00:00Z" and "…T21:00:00.5Z" both sort after it.
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
