"""The lists of a day as the window shows them: each with its count and its first rows, whatever the file's size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from funnel_desk.domain.hygiene import Hygiene
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import DAY_LENGTH, Moment, day_of, instant
from funnel_desk.queries.deal_conditions import stalled_on
from funnel_desk.queries.today import QUESTION, Section, TodayItem, in_order, item_of, resting_on
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

SECTIONS: tuple[Section, ...] = (
    "overdue", "missed", "today", "no_next_action", "stalled", "tomorrow", "week", "resting",
)  # fmt: skip
FIRST_ROWS = 100
_WEEK = 7

_state, _deal = tables.deal_state.c, tables.deal.c
_OPEN = _state.outcome == "open"


@dataclass(frozen=True, slots=True)
class Away:
    """When the program was closed last, and when it was started after that: instants."""

    closed: Moment
    started: Moment


@dataclass(frozen=True, slots=True)
class DayList:
    """One list of the day: how many deals are in it, and the first of them."""

    section: Section
    count: int
    items: tuple[TodayItem, ...]


@dataclass(frozen=True, slots=True)
class DayLists:
    """All lists of a day that hold anything, in order, and how well the open deals are kept (M21)."""

    on: str
    lists: tuple[DayList, ...]
    hygiene: Hygiene


def day_lists(
    read: Reader, on: str, away: Away | None = None, most: Mapping[str, int] | None = None, rows: int = FIRST_ROWS
) -> DayLists:
    """The lists of a day (``YYYY-MM-DD``); of each at most ``rows`` rows, or ``most`` by the list's name."""
    wanted = _conditions(read, on, away)
    late = and_(_OPEN, _state.next_kind != "", _due(read, None, on))
    figures: dict[str, ColumnElement[bool]] = dict(wanted.items())
    figures |= {"open": _OPEN, "without": and_(_OPEN, _state.next_kind == ""), "late": late}
    counted = read.rows(select(*(func.count(case((what, 1))).label(name) for name, what in figures.items())))[0]
    lists = [
        DayList(name, getattr(counted, name), _items(read, on, name, wanted[name], (most or {}).get(name, rows)))
        for name in SECTIONS
        if getattr(counted, name)
    ]
    return DayLists(
        on,
        tuple(lists),
        Hygiene(
            Rate(counted.without, counted.open),
            Rate(counted.late, counted.open - counted.without),
            Rate(counted.stalled, counted.open),
        ),
    )


def size_of(read: Reader) -> int:
    """About how many deals the file holds, asked at no cost."""
    return int(read.sql("SELECT max(row_key) FROM deal_state")[0][0] or 0)


def week_after(on: str) -> tuple[str, str]:
    """Tomorrow, and the Sunday that ends tomorrow's week."""
    tomorrow = date.fromisoformat(on) + timedelta(days=1)
    return tomorrow.isoformat(), (tomorrow + timedelta(days=_WEEK - 1 - tomorrow.weekday())).isoformat()


def _conditions(read: Reader, on: str, away: Away | None) -> dict[Section, ColumnElement[bool]]:
    tomorrow, sunday = week_after(on)
    after, monday = _later(tomorrow, 1), _later(sunday, 1)
    missed = _missed(read, away)
    resting = resting_on(on)
    return {
        "overdue": and_(_due(read, None, on), ~missed),
        "missed": and_(_due(read, None, tomorrow), missed),
        "today": and_(_due(read, on, tomorrow), ~missed),
        "no_next_action": and_(_OPEN, _state.next_kind == "", ~resting),
        "stalled": stalled_on(read, on),
        "tomorrow": _due(read, tomorrow, after),
        "week": _due(read, after, monday),
        "resting": and_(_OPEN, resting),
    }


def _missed(read: Reader, away: Away | None) -> ColumnElement[bool]:
    """What came due while the program was closed: at a time in between, or on a day that passed whole."""
    if away is None:
        return false()
    due = func.coalesce(_state.next_due, "")
    first, last = day_of(away.closed, read.zone), day_of(away.started, read.zone)
    by_day = and_(func.length(due) == DAY_LENGTH, due > first, due < last)
    return or_(by_day, and_(func.length(due) > DAY_LENGTH, due >= away.closed, due < away.started))


def _due(read: Reader, first: str | None, over: str) -> ColumnElement[bool]:
    """What is due from a day on, or since ever, until the day ``over``, which is no part of it."""
    due = _state.next_due
    by_day = func.length(due) == DAY_LENGTH
    end = _midnight(over, read.zone)
    parts = [due < max(over, end), or_(and_(by_day, due < over), and_(~by_day, due < end))]
    if first is not None:
        start = _midnight(first, read.zone)
        parts += [due >= min(first, start), or_(and_(by_day, due >= first), and_(~by_day, due >= start))]
    return func.coalesce(and_(*parts), False)


def _items(read: Reader, on: str, name: Section, wanted: ColumnElement[bool], most: int) -> tuple[TodayItem, ...]:
    timed_first = case((func.length(_state.next_due) == DAY_LENGTH, _state.next_due.concat("~")), else_=_state.next_due)
    order: dict[Section, ColumnElement[Any]] = {"no_next_action": _state.entered, "stalled": _state.last_touch}
    first = order.get(name, timed_first)
    value = func.coalesce(_deal.value, 0).desc()
    ids = [
        row[0]
        for row in read.rows(
            select(_state.deal_id)
            .join(tables.deal, _deal.id == _state.deal_id)
            .where(wanted)
            .order_by(first, value, _deal.title)
            .limit(most)
        )
    ]
    return tuple(sorted((_item(read, on, name, row) for row in _rows_of(read, ids)), key=in_order))


def _rows_of(read: Reader, ids: list[str]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids), _AT_ONCE):
        found += read.rows(QUESTION.where(_state.deal_id.in_(ids[start : start + _AT_ONCE])))
    return found


_AT_ONCE = 500


def _item(read: Reader, on: str, name: Section, row: Any) -> TodayItem:  # noqa: ANN401 - SQLAlchemy's row
    if name == "stalled":
        return item_of(row)(name, _days(day_of(row.last_touch, read.zone), on), row.stalled_days)
    due = cast("Moment | None", row.next_due)
    late = _days(day_of(due, read.zone), on) if due else 0
    return item_of(row)(name, late, None)


def _days(earlier: str, later: str) -> int:
    return date.fromisoformat(later).toordinal() - date.fromisoformat(earlier).toordinal()


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _midnight(day: str, zone: str) -> Moment:
    return instant(datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone)))
