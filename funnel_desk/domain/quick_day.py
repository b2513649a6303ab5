"""When a seller means to do something: "tomorrow", "Friday 14:00", "через 3 дня", "12.12", "5 May"."""

import re
from datetime import date, timedelta

from funnel_desk.domain.search import folded

_WEEK = 7
_DAYS = {
    "today": 0, "сегодня": 0, "tomorrow": 1, "завтра": 1, "послезавтра": 2,
}  # fmt: skip
_WEEKDAYS = {
    name: day
    for day, names in enumerate((
        "monday mon понедельник понедельника пн", "tuesday tue вторник вторника вт",
        "wednesday wed среда среду среды ср", "thursday thu четверг четверга чт",
        "friday fri пятница пятницу пятницы пт", "saturday sat суббота субботу субботы сб",
        "sunday sun воскресенье воскресенья вс",
    ))
    for name in names.split()
}  # fmt: skip
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan января янв", "february feb февраля фев февр", "march mar марта мар", "april apr апреля апр",
            "may мая май", "june jun июня июн", "july jul июля июл", "august aug августа авг",
            "september sep sept сентября сен сент", "october oct октября окт", "november nov ноября ноя нояб",
            "december dec декабря дек",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_UNITS = {
    name: days
    for days, names in {1: "day days день дня дней", 7: "week weeks неделю недели недель"}.items()
    for name in names.split()
}
_SMALL = frozenset({"on", "at", "by", "the", "next", "в", "во", "на", "к", "of"})
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$|^(\d{1,2})\s?(am|pm)$")
_IN = re.compile(r"^(?:in|через)\s+(?:(\d{1,3}|a|an)\s+)?(\w+)$")
_NUMBERS = re.compile(r"^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d]+)\.?(?:\s+(\d{4}))?$")
_MONTH_FIRST = re.compile(r"^([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?$")
_HALF_DAY, _HOURS, _MINUTES, _CENTURY, _TWO_DIGITS = 12, 24, 60, 2000, 100


def read_when(text: str, today: str) -> tuple[str, ...]:
    """The days (``2026-11-23``) or days with a time (``2026-11-23 14:00``) that a text may mean; empty for none.

    A day without a year is the next one of that name; one that could be either of two dates has two readings.
    """
    words = [word for word in folded(text).split() if word not in _SMALL]
    clock = ""
    for place, word in enumerate(words):
        pair = f"{word} {words[place + 1]}" if place + 1 < len(words) else ""
        for whole, count in ((pair, 2), (word, 1)):
            if found := _clock(whole):
                clock, words = found, words[:place] + words[place + count :]
                break
        if clock:
            break
    days = (
        _days(" ".join(words), date.fromisoformat(today)) if words else ((date.fromisoformat(today),) if clock else ())
    )
    return tuple(f"{day.isoformat()} {clock}".strip() for day in days)


def _clock(word: str) -> str:
    found = _TIME.match(word)
    if not found:
        return ""
    if found[1]:
        hour, minute = int(found[1]), int(found[2])
    else:
        hour, minute = int(found[3]), 0
        if not 1 <= hour <= _HALF_DAY:
            return ""
        hour = hour % _HALF_DAY + (_HALF_DAY if found[4] == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < _HOURS and minute < _MINUTES else ""


def _days(text: str, today: date) -> tuple[date, ...]:
    if text in _DAYS:
        return (today + timedelta(days=_DAYS[text]),)
    if text in _WEEKDAYS:
        return (today + timedelta(days=(_WEEKDAYS[text] - today.weekday() - 1) % _WEEK + 1),)
    found = _IN.match(text)
    if found and found[2] in _UNITS:
        count = int(found[1]) if (found[1] or "").isdigit() else 1
        return (today + timedelta(days=count * _UNITS[found[2]]),)
    return _written(text, today)


def _written(text: str, today: date) -> tuple[date, ...]:
    """Dates in figures or with the name of the month."""
    pairs: list[tuple[int, int]] = []  # days with months
    year = None
    if found := _ISO.match(text):
        year, pairs = int(found[1]), [(int(found[3]), int(found[2]))]
    elif found := _NUMBERS.match(text):
        one, other = int(found[1]), int(found[2])
        year, pairs = _year(found[3]), [(one, other)] if "." in text else [(one, other), (other, one)]
    elif (found := _DAY_FIRST.match(text)) and found[2] in _MONTHS:
        year, pairs = _year(found[3]), [(int(found[1]), _MONTHS[found[2]])]
    elif (found := _MONTH_FIRST.match(text)) and found[1] in _MONTHS:
        year, pairs = _year(found[3]), [(int(found[2]), _MONTHS[found[1]])]
    return _dates(pairs, year, today)


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) + (_CENTURY if int(written) < _TWO_DIGITS else 0)


def _dates(pairs: list[tuple[int, int]], year: int | None, today: date) -> tuple[date, ...]:
    """The dates of some days and months that exist; without a year the first that is not past."""
    found: list[date] = []
    for day, month in pairs:
        for tried in [year] if year else range(today.year, today.year + 5):  # a 29 February comes within five
            made = _date(tried, month, day)
            if made is not None and (year or made >= today):
                found.append(made)
                break
    return tuple(dict.fromkeys(found))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
