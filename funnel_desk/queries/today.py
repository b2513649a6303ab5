"""What to do on a day: what is late, what is due, and the deals for which nothing is planned or nothing happens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, cast, exists, func, or_, select

from funnel_desk.domain.attention import stalled
from funnel_desk.domain.moments import DAY_LENGTH, day_of, instant, is_day
from funnel_desk.domain.touch import TOUCH_TITLE
from funnel_desk.domain.words import Words
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

Section = Literal["overdue", "missed", "today", "no_next_action", "stalled", "tomorrow", "week", "resting"]


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One deal that wants attention, and the action that is due. ``value`` in minor units, ``due`` a day or an instant.

    ``days_late``: days since it was due; for a stalled deal the days without a touch, beside the stage's ``limit`` and
    the ``hard_limit`` after which it can no longer wait. ``rested`` is why it was left in peace, ``until`` which day.
    """

    section: Section
    deal_id: str
    deal: str
    company: str
    contact: str
    stage_id: str
    stage: Words
    stage_key: str
    kind: str
    title: Words | str
    step_id: str | None
    step_key: str
    activity_id: str | None
    due: str | None
    days_late: int
    limit: int | None
    entered: str
    value: int | None
    currency: str
    say: Words
    hard_limit: int | None = None
    rested: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """The four lists of a day, in the order in which to work through them."""

    on: str
    overdue: tuple[TodayItem, ...]
    today: tuple[TodayItem, ...]
    no_next_action: tuple[TodayItem, ...]
    stalled: tuple[TodayItem, ...]

    @property
    def count(self) -> int:
        """How many deals want attention: late, due, or without a next action."""
        return len(self.overdue) + len(self.today) + len(self.no_next_action)


_state, _deal, _stage, _step = tables.deal_state.c, tables.deal.c, tables.stage.c, tables.step.c
_snooze, _other = tables.snooze.c, tables.snooze.alias()
_newer = exists().where(
    _other.c.deal_id == _snooze.deal_id,
    or_(_other.c.at > _snooze.at, (_other.c.at == _snooze.at) & (_other.c.id > _snooze.id)),
)
_newest = (
    select(_other.c.id)
    .where(_other.c.deal_id == _state.deal_id)
    .order_by(_other.c.at.desc(), _other.c.id.desc())
    .limit(1)
    .scalar_subquery()
)

QUESTION = (
    select(
        _state.deal_id,
        _deal.title,
        tables.company.c.name.label("company"),
        tables.contact.c.name.label("contact"),
        _stage.id.label("stage_id"),
        _stage.name.label("stage"),
        _stage.key.label("stage_key"),
        _stage.stalled_days,
        _stage.hard_days,
        _state.next_kind,
        _step.title.label("step"),
        _step.key.label("step_key"),
        _step.say,
        tables.activity.c.text.label("activity"),
        _state.next_step_id,
        _state.next_activity_id,
        _state.next_due,
        _state.outcome,
        _state.entered,
        _state.last_touch,
        _state.planned_at,
        _deal.value,
        _deal.currency,
        _snooze.reason.label("rested"),
        _snooze.until_day.label("until"),
    )
    .select_from(tables.deal_state)
    .join(tables.deal, _deal.id == _state.deal_id)
    .join(tables.stage, _stage.id == _state.stage_id)
    .outerjoin(tables.company, tables.company.c.id == _deal.company_id)
    .outerjoin(tables.contact, tables.contact.c.id == _deal.contact_id)
    .outerjoin(tables.step, _step.id == _state.next_step_id)
    .outerjoin(tables.activity, tables.activity.c.id == _state.next_activity_id)
    .outerjoin(tables.snooze, _snooze.id == _newest)
)
"""Deals as items of a day, still without the condition which of them."""


def today(read: Reader, on: str) -> Today:
    """The four lists of a day (``YYYY-MM-DD`` in the workspace's zone). A stalled deal may be late as well.

    What rests on that day is in neither of the last two.
    """
    found: dict[Section, list[TodayItem]] = {"overdue": [], "today": [], "no_next_action": [], "stalled": []}
    ordinal = date.fromisoformat(on).toordinal()
    wanted = _waits(read, on) | _may_be_stalled(on)
    for row in read.rows(QUESTION.where(wanted)):
        due = day_of(row.next_due, read.zone) if row.next_due else None
        item, rests = item_of(row), row.until is not None and row.until > on
        if due is not None and due < on:
            found["overdue"].append(item("overdue", ordinal - date.fromisoformat(due).toordinal(), None))
        elif due == on:
            found["today"].append(item("today", 0, None))
        elif not row.next_kind and row.outcome == "open" and not rests:
            found["no_next_action"].append(item("no_next_action", 0, None))
        if row.outcome == "open" and row.stalled_days is not None and not rests:
            over = stalled(row.last_touch, row.stalled_days, row.planned_at, on, read.zone)
            if over is not None:
                found["stalled"].append(item("stalled", over + row.stalled_days, row.stalled_days))
    return Today(
        on,
        *(tuple(sorted(found[name], key=in_order)) for name in ("overdue", "today", "no_next_action", "stalled")),
    )


def in_order(item: TodayItem) -> tuple[object, ...]:
    """What comes first in a list of its kind: the latest, what has a time, then the larger deal."""
    more = (-(item.value or 0), item.deal)
    if item.section == "no_next_action":
        return (item.entered, *more)
    if item.section == "stalled":
        return (-item.days_late, *more)
    if item.section == "resting":
        return (item.until, *more)
    return (-item.days_late, _time(item), *more)


def today_count(read: Reader, on: str) -> int:
    """How many deals want attention on a day, without the lists."""
    return int(read.rows(select(func.count()).select_from(tables.deal_state).where(_waits(read, on)))[0][0])


def _waits(read: Reader, on: str) -> ColumnElement[bool]:
    """What is late or due, and open deals for which nothing is planned."""
    tomorrow = date.fromisoformat(on) + timedelta(days=1)
    midnight = instant(datetime.combine(tomorrow, time(), ZoneInfo(read.zone)))
    day_known, due = func.length(_state.next_due) == DAY_LENGTH, _state.next_due
    due_by_now = (day_known & (due <= on)) | (~day_known & (due < midnight))
    nothing_planned = (_state.outcome == "open") & (func.coalesce(_state.next_kind, "") == "")
    return func.coalesce(due_by_now, False) | (nothing_planned & ~resting_on(on))


def resting_on(on: str) -> ColumnElement[bool]:
    """Deals that rest on a day: the newest of what was said of each counts."""
    return _state.deal_id.in_(select(_snooze.deal_id).where(_snooze.until_day > on, ~_newer))


def _may_be_stalled(on: str) -> ColumnElement[bool]:
    """Open deals that nobody has touched for as long as their stage allows, give or take a day."""
    limit = func.date(on, "-" + cast(_stage.stalled_days - 1, Text) + " days")
    return (_state.outcome == "open") & func.coalesce(func.substr(_state.last_touch, 1, DAY_LENGTH) <= limit, False)


def _time(item: TodayItem) -> str:
    """What has a time goes before what has only a day."""
    return "~" if item.due is None or is_day(item.due) else item.due


def item_of(row: Any) -> Callable[[Section, int, int | None], TodayItem]:  # noqa: ANN401 - SQLAlchemy's row
    """What makes an item of a row of ``QUESTION``, told its section, its days and its limit."""

    def make(section: Section, days_late: int, limit: int | None) -> TodayItem:
        return TodayItem(
            section,
            row.deal_id,
            row.title,
            row.company or "",
            row.contact or "",
            row.stage_id,
            row.stage,
            row.stage_key,
            row.next_kind,
            row.step or (row.activity if row.next_activity_id else TOUCH_TITLE if row.next_kind else "") or "",
            row.next_step_id,
            row.step_key or "",
            row.next_activity_id,
            row.next_due,
            days_late,
            limit,
            row.entered,
            row.value,
            row.currency,
            row.say or Words("", ""),
            row.hard_days,
            row.rested or "",
            row.until or "",
        )

    return make
