"""Which deals are meant: one frozen value for the list, the board, the export and whoever else is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from funnel_desk.domain.periods import ALWAYS, Period

SPANS = ("today", "this_week", "this_month", "last_month", "this_quarter", "this_year", "last_year")
"""Periods by name, which move with the day; besides them a period is told as ``FIRST..LAST``, either end empty."""

_LISTS = frozenset({"outcomes", "keys", "sources", "products", "segments", "kinds", "owners", "tags"})
_FLAGS = frozenset({"without_action", "stalled", "snoozed", "overdue"})
_AMOUNTS = frozenset({"least", "most"})
_PERIODS = frozenset({"created", "closed", "expected"})
_SEPARATOR = "\x1f"
_QUARTER = 3
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals: of a pipeline, in a stage, with one of the outcomes, whose texts contain every word of ``text``.

    What is empty asks for nothing; what is not must all hold. An empty text among the values of a field (``sources``
    and so on) means deals without any. ``created``, ``closed`` and ``expected`` are periods (see ``period_of``).
    ``least`` and ``most`` are minor units of ``currency``, or of any if that is empty. ``keys`` are ids of deals, where
    another view has chosen them. ``on`` is the day on which all this is asked (``on_day``).
    """

    text: str = ""
    pipeline_id: str | None = None
    stage_id: str | None = None
    outcomes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    without_action: bool = False
    stalled: bool = False
    snoozed: bool = False
    overdue: bool = False
    created: str = ""
    closed: str = ""
    expected: str = ""
    least: int | None = None
    most: int | None = None
    currency: str = ""
    on: str = ""

    @property
    def needs_day(self) -> bool:
        """Whether the answer depends on the day on which it is asked."""
        spans = {self.created, self.closed, self.expected}
        return self.stalled or self.snoozed or self.overdue or bool(spans & set(SPANS))

    def on_day(self, day: str) -> "DealFilter":
        """The same, asked on a day; what does not depend on the day stays as it is."""
        return replace(self, on=day if self.needs_day else "")

    def texts(self) -> dict[str, str]:
        """What is asked for as texts by name, to be kept: neither chosen ids nor the day are part of it."""
        told: dict[str, str] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in {"keys", "on"} or value in {"", None, (), False}:
                continue
            told[item.name] = _SEPARATOR.join(value) if isinstance(value, tuple) else str(int(value)) if (
                item.name in _FLAGS
            ) else str(value)  # fmt: skip
        return told


def filter_of(texts: Mapping[str, str]) -> DealFilter:
    """The filter that was kept as texts; what is not understood (a newer program wrote it) asks for nothing."""
    found: dict[str, object] = {}
    for item in fields(DealFilter):
        text = texts.get(item.name)
        if text is None or item.name in {"keys", "on"}:
            continue
        if item.name in _LISTS:
            found[item.name] = tuple(text.split(_SEPARATOR))
        elif item.name in _FLAGS:
            found[item.name] = text == "1"
        elif item.name in _AMOUNTS:
            found[item.name] = int(text) if text.removeprefix("-").isdecimal() else None
        elif item.name not in _PERIODS or _is_period(text):
            found[item.name] = text
    return DealFilter(**found)  # type: ignore[arg-type]  # each by its field's type, as above


def period_of(span: str, today: str) -> Period:
    """The days of a period that is told by name or as ``FIRST..LAST``. Raises PeriodBackwards, and ValueError."""
    if not span:
        return ALWAYS
    if span not in SPANS:
        first, dots, last = span.partition("..")
        if not dots:
            raise ValueError(span)
        for end in (first, last):
            if end:
                date.fromisoformat(end)
        return Period(first or None, last or None)
    day = date.fromisoformat(today)
    first_day, over = _named(span, day)
    return Period(first_day.isoformat(), (over - timedelta(days=1)).isoformat())


def _named(span: str, day: date) -> tuple[date, date]:
    """The first day of a named period, and the first one after it."""
    month, monday = day.replace(day=1), day - timedelta(days=day.weekday())
    quarter, year = month.replace(month=month.month - (month.month - 1) % _QUARTER), month.replace(month=1)
    return {
        "today": (day, day + timedelta(days=1)),
        "this_week": (monday, monday + timedelta(days=7)),
        "this_month": (month, _months_later(month, 1)),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "this_quarter": (quarter, _months_later(quarter, _QUARTER)),
        "this_year": (year, year.replace(year=year.year + 1)),
        "last_year": (year.replace(year=year.year - 1), year),
    }[span]


def _months_later(first: date, months: int) -> date:
    over = first.month + months
    return first.replace(year=first.year + (over - 1) // _DECEMBER, month=(over - 1) % _DECEMBER + 1)


def _is_period(text: str) -> bool:
    try:
        period_of(text, "2026-01-01")
    except ValueError:
        return False
    return True
