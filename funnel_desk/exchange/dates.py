"""Days and times as people write them, into moments: a day `2026-11-22`, or an instant in UTC `2026-11-22T10:15:30Z`.

Three numbers in a row are the hard part: whether the day or the month comes first is decided for a column as a whole
(`date_orders.py`); here a cell is taken apart, and read once the order is known.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from funnel_desk.domain.moments import Moment, instant
from funnel_desk.exchange.cells import Unreadable
from funnel_desk.exchange.months import MONTHS
from funnel_desk.i18n import translate as _

DateOrder = Literal["dmy", "mdy", "ymd"]

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 100_000)
_UNIX_SECONDS = 10
_UNIX_MILLISECONDS = 13
_FIRST_OLD_YEAR = 69
_NOON = 12
_MAX_OFFSET = timedelta(hours=18)

_TIME = (
    r"(?:(?:\s*,\s*|\s+|T|\s*(?:в|at)\s+)"
    r"(?P<hour>\d{1,2})(?::|\.(?=\d\d\s*[ap:.]))(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?)?)?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,11}\.?,\s*)?"
_YEAR_END = r"\s*(?:г\.?|года|год)?"


def _pattern(day: str) -> re.Pattern[str]:
    return re.compile(day + _TIME, re.IGNORECASE)


_YEAR_FIRST = _pattern(r"(?P<a>\d{4})(?P<by>[-/.])(?P<b>\d{1,2})(?P=by)(?P<c>\d{1,2})")
_PACKED = _pattern(r"(?P<a>(?:19|20)\d\d)(?P<b>\d\d)(?P<c>\d\d)")
_YEAR_LAST = _pattern(rf"(?P<a>\d{{1,2}})(?P<by>[-/.])(?P<b>\d{{1,2}})(?P=by)(?P<c>\d{{4}}|\d\d){_YEAR_END}")
_DAY_NAME = _pattern(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|-?(?:го|е))?[\s.,/-]*(?:of\s)?"
    rf"(?P<name>[^\W\d_]{{3,9}})\.?[\s,/-]*(?P<year>\d{{4}}|\d\d){_YEAR_END}"
)
_NAME_DAY = _pattern(
    rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,9}})\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|[\s-]+)"
    rf"(?P<year>\d{{4}}|'?\d\d(?![:\d])){_YEAR_END}"
)
_YEAR_NAME = _pattern(r"(?P<year>\d{4})[\s./-]+(?P<name>[^\W\d_]{3,9})\.?[\s./-]+(?P<day>\d{1,2})")
_SERIAL = re.compile(r"(?P<days>\d{5})(?:[.,](?P<part>\d+))?")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a cell: seconds from midnight, and its distance from UTC where it tells that."""

    seconds: int
    offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """One cell taken apart. `numbers` are three of unknown order, as written; else `day` is known already.

    `year_first` tells three numbers that began with the year from the names of months and from counted days.
    """

    numbers: tuple[int, int, int] | None = None
    separator: str = ""
    day: date | None = None
    clock: Clock | None = None
    year_first: bool = False

    def in_order(self, order: DateOrder) -> date | None:
        """The day under an order; None when there is no such day."""
        if self.numbers is None:
            return self.day
        first, second, third = self.numbers
        year, month, day = {
            "dmy": (third, second, first),
            "mdy": (third, first, second),
            "ymd": (first, second, third),
        }[order]
        return _day(_full_year(year), month, day)


def take_date_apart(cell: str) -> WrittenDate | None:
    """The parts of a written date, or None when the cell is not one; an impossible day is a date without a day."""
    text = " ".join(cell.replace("\u202f", " ").split())
    if found := _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text):
        return _known(found, _day(int(found["a"]), int(found["b"]), int(found["c"])), year_first=True)
    if found := _YEAR_LAST.fullmatch(text):
        clock = _clock(found)
        if clock is False:
            return None
        return WrittenDate((int(found["a"]), int(found["b"]), int(found["c"])), found["by"], clock=clock)
    for pattern in (_DAY_NAME, _NAME_DAY, _YEAR_NAME):
        if (found := pattern.fullmatch(text)) and (month := MONTHS.get(found["name"].casefold().replace("ё", "е"))):
            return _known(found, _day(_full_year(int(found["year"].lstrip("'"))), month, int(found["day"])))
    return _from_number(text)


def _known(found: re.Match[str], day: date | None, *, year_first: bool = False) -> WrittenDate | None:
    clock = _clock(found)
    return None if clock is False else WrittenDate(day=day, clock=clock, year_first=year_first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(year: int) -> int:
    """69 is 1969, 68 is 2068, as everybody's libraries have it."""
    if year >= 100:  # noqa: PLR2004 - a year of two digits
        return year
    return year + (1900 if year >= _FIRST_OLD_YEAR else 2000)


def _clock(found: re.Match[str]) -> Clock | Literal[False] | None:
    """The time of day of a match: None when there is none, False when there is no such time."""
    if found["hour"] is None:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        if not 1 <= hour <= _NOON:
            return False
        hour = hour % _NOON + (_NOON if found["half"] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 60:  # noqa: PLR2004 - a clock
        return False
    offset = _offset(found["zone"])
    if offset is not None and abs(offset) > _MAX_OFFSET:
        return False
    return Clock(hour * 3600 + minute * 60 + min(second, 59), offset)


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    found = re.search(r"([+-])(\d\d):?(\d\d)?$", zone)
    if found is None:
        return timedelta()
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -distance if found[1] == "-" else distance


def _from_number(text: str) -> WrittenDate | None:
    """A day number of Excel (45631, 45631.5) or a Unix time in seconds or milliseconds."""
    if (found := _SERIAL.fullmatch(text)) and int(found["days"]) in _EXCEL_DAYS:
        seconds = round(float(f"0.{found['part'] or 0}") * 86_400)
        day = _EXCEL_EPOCH + timedelta(days=int(found["days"]) + seconds // 86_400)
        return WrittenDate(day=day, clock=Clock(seconds % 86_400) if seconds % 86_400 else None)
    if text.isascii() and text.isdigit() and len(text) in {_UNIX_SECONDS, _UNIX_MILLISECONDS}:
        then = datetime.fromtimestamp(int(text[:_UNIX_SECONDS]), UTC)
        clock = Clock(then.hour * 3600 + then.minute * 60 + then.second, timedelta())
        return WrittenDate(day=then.date(), clock=clock)
    return None


@dataclass(slots=True)
class DateReader:
    """Reads the cells of one column of dates; equal cells are read once."""

    order: DateOrder
    zone: str
    """IANA zone of times that do not tell theirs."""
    midnight_is_day: bool = False
    """Whether each time in the column is 00:00 without a zone, which is how databases write a mere day."""
    _known: dict[str, Moment | Unreadable] = field(default_factory=dict)

    def read(self, cell: str) -> Moment | Unreadable:
        """The moment of a cell."""
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._read(cell)
        return known

    def _read(self, cell: str) -> Moment | Unreadable:
        written = take_date_apart(cell)
        if written is None:
            return Unreadable(_('"{value}" is not a date.', value=cell))
        day = written.in_order(self.order)
        if day is None:
            return Unreadable(_('There is no such day as "{value}".', value=cell))
        clock = written.clock
        if clock is None or (self.midnight_is_day and clock == Clock(0)):
            return day.isoformat()
        midnight = datetime.combine(day, time())
        zone = ZoneInfo(self.zone) if clock.offset is None else timezone(clock.offset)
        try:
            return instant((midnight + timedelta(seconds=clock.seconds)).replace(tzinfo=zone))
        except OverflowError:
            return Unreadable(_('There is no such day as "{value}".', value=cell))
