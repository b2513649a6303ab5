"""Moments and days.

A *moment* is text: an instant in UTC (``2026-11-22T10:15:30Z``) or, where only the day is known, that day
(``2026-11-22``), which counts as that day in every time zone. Moments of both kinds sort as text.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Moment = str

DAY_LENGTH = 10
SATURDAY = 5
WEEK = 7
SECONDS_A_DAY = 86_400


def is_day(moment: Moment) -> bool:
    """Whether only the day of this moment is known."""
    return len(moment) == DAY_LENGTH


def instant(moment: datetime) -> Moment:
    """The moment of an aware ``datetime``, in UTC, whole seconds."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def parse_instant(moment: Moment) -> datetime:
    """The aware UTC ``datetime`` of an instant; of a day, its midnight in UTC."""
    if is_day(moment):
        return datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return datetime.fromisoformat(moment)


@lru_cache(maxsize=65_536)
def day_of(moment: Moment, zone: str) -> str:
    """The day (``YYYY-MM-DD``) of a moment in an IANA time zone."""
    if is_day(moment):
        return moment
    return parse_instant(moment).astimezone(ZoneInfo(zone)).date().isoformat()


def later(one: Moment, other: Moment, zone: str) -> Moment:
    """The later of two moments: a day and an instant by the days they are in an IANA time zone, all else as text."""
    if len(one) != len(other) and (days := (day_of(one, zone), day_of(other, zone)))[0] != days[1]:
        return one if days[0] > days[1] else other
    return max(one, other)


def days_between(start: Moment, end: Moment, zone: str) -> float:
    """Days from one moment to the other: exact between two instants, whole days where one is only a day."""
    if len(start) == DAY_LENGTH or len(end) == DAY_LENGTH:  # `is_day`, spelled out: reports ask this of every stay
        return float(
            date.fromisoformat(day_of(end, zone)).toordinal() - date.fromisoformat(day_of(start, zone)).toordinal()
        )
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / SECONDS_A_DAY


@lru_cache(maxsize=65_536)
def add_days(day: str, days: int, *, working: bool = False) -> str:
    """The day so many days later, nought or more; Monday to Friday only, if ``working``.

    The first working day after a day of the weekend is Monday, and so is the noughth.
    """
    start = date.fromisoformat(day)
    if not working:
        return (start + timedelta(days=days)).isoformat()
    over = start.weekday() + 1 - SATURDAY  # 1 on a Saturday, 2 on a Sunday
    if over > 0:
        start, days = start - timedelta(days=over), max(days, 1)
    weeks, rest = divmod(days, SATURDAY)
    if start.weekday() + rest >= SATURDAY:
        rest += WEEK - SATURDAY
    return (start + timedelta(days=weeks * WEEK + rest)).isoformat()


def on_day(moment: Moment, day: str, zone: str) -> Moment:
    """The same time on another day (``YYYY-MM-DD``) of an IANA time zone; of a mere day, that other day."""
    if is_day(moment):
        return day
    local = parse_instant(moment).astimezone(ZoneInfo(zone))
    return instant(datetime.combine(date.fromisoformat(day), local.time(), ZoneInfo(zone)))
