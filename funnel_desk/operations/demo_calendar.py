"""Working hours of the demo's sellers: local days and times, told as instants in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import SATURDAY, instant

OPENS, CLOSES = time(9, 5), time(17, 50)
MORNING_MINUTES = 400  # how far into the day a piece of work may begin


class Calendar:
    """The days of the story in its time zone; ``end`` is the evening before the day on which it is looked at."""

    def __init__(self, today: str, zone: str, rng: Random) -> None:
        self._zone = ZoneInfo(zone)
        self._rng = rng
        self.today = date.fromisoformat(today)
        self.end = datetime.combine(self.today - timedelta(days=1), time(20), self._zone)

    def on(self, day: date | str, *, after: datetime | None = None) -> datetime:
        """Some time in the working hours of a day, moved to Monday from a weekend, and later than ``after``."""
        chosen = working(date.fromisoformat(day) if isinstance(day, str) else day)
        found = datetime.combine(chosen, OPENS, self._zone) + timedelta(minutes=self._rng.randrange(MORNING_MINUTES))
        return found if after is None or found > after else self.later(after)

    def later(self, moment: datetime) -> datetime:
        """A little later on the same day, or early on the next working one."""
        found = moment + timedelta(minutes=self._rng.randrange(12, 75))
        if found.time() <= CLOSES and found.date().weekday() < SATURDAY:
            return found
        return self.on(moment.date() + timedelta(days=1))

    def plus(self, moment: datetime, days: int) -> datetime:
        """Some time on the day so many days later (a working one)."""
        return self.on(moment.date() + timedelta(days=days), after=moment)

    def last_evening(self) -> datetime:
        """Some time after the work of the last working day."""
        return datetime.combine(last_working(self.end.date()), time(18, self._rng.randrange(10, 60)), self._zone)

    def at(self, day: date, hour: int, minute: int) -> str:
        """The instant of a time of day."""
        return instant(datetime.combine(day, time(hour, minute), self._zone).astimezone(UTC))


def working(day: date) -> date:
    """The day, or the Monday after it."""
    return day if day.weekday() < SATURDAY else day + timedelta(days=7 - day.weekday())


def last_working(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
