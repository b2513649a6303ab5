"""The periods that a report offers by name, and what days they mean today."""

from collections.abc import Mapping
from datetime import date, timedelta

from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.i18n import N_

OWN = "own"
"""The key of a period whose days the person tells."""

NAMES: Mapping[str, str] = {
    "all": N_("All time"),
    "month": N_("This month"),
    "last_month": N_("Last month"),
    "quarter": N_("This quarter"),
    "last_quarter": N_("Last quarter"),
    "year": N_("This year"),
    "last_year": N_("Last year"),
    OWN: N_("From – to…"),
}

_MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "year": 12}
_LAST = "last_"


def named_period(key: str, today: str) -> Period:
    """The days that a name means today (ISO text): whole months, quarters and years, those of now to their very end.

    Raises KeyError for a name that is none, and for `OWN`.
    """
    if key == "all":
        return ALWAYS
    months = _MONTHS[key.removeprefix(_LAST)]
    day = date.fromisoformat(today)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    if key.startswith(_LAST):
        first = _later(first, -months)
    return Period(str(first), str(_later(first, months) - timedelta(days=1)))


def period_before(key: str, period: Period) -> Period | None:
    """The period of the same kind before: the month, quarter or year; for days of one's own as many. None for all time.

    Parts of a year are as long as the calendar has them, so shares can be held against each other, and counts cannot.
    """
    if period.first is None or period.last is None:
        return None
    first, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    months = _MONTHS.get(key.removeprefix(_LAST))
    if months is not None:
        return Period(str(_later(first, -months)), str(first - timedelta(days=1)))
    return Period(str(first - (last - first) - timedelta(days=1)), str(first - timedelta(days=1)))


def year_before(period: Period) -> Period | None:
    """The same days a year before (a 29 February becomes a 28th). None where an end is open."""
    if period.first is None or period.last is None:
        return None
    return Period(*(_year_earlier(date.fromisoformat(day)) for day in (period.first, period.last)))


def _year_earlier(day: date) -> str:
    try:
        return str(day.replace(year=day.year - 1))
    except ValueError:  # 29 February
        return str(day.replace(year=day.year - 1, day=28))


def _later(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
