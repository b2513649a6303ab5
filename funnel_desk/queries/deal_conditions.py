"""A filter of deals as conditions of SQL: over any number of values, and by the days of the workspace's zone."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, column, exists, false, func, or_, select

from funnel_desk.domain.deal_filter import DealFilter, period_of
from funnel_desk.domain.moments import DAY_LENGTH
from funnel_desk.domain.periods import Period
from funnel_desk.domain.search import folded
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

_state, _deal, _snooze = tables.deal_state.c, tables.deal.c, tables.snooze.c

_FIELDS: dict[str, ColumnElement[str]] = {
    "outcomes": _state.outcome,
    "keys": _state.deal_id,
    "sources": _deal.source,
    "products": _deal.product,
    "segments": _deal.segment,
    "kinds": _deal.kind,
    "owners": _deal.owner,
}


def among(what: ColumnElement[Any], values: Iterable[object]) -> ColumnElement[bool]:
    """Whether a column has one of these texts or numbers; however many they are, they are one value of the query."""
    listed = list(values)
    kind = Integer() if listed and isinstance(listed[0], int) else Text()
    each = func.json_each(json.dumps(listed, ensure_ascii=False)).table_valued(column("value", kind))
    return what.in_(select(each.c.value))


def conditions(read: Reader, chosen: DealFilter) -> Iterator[ColumnElement[bool]]:
    """What must hold of ``deal_state`` joined with ``deal``. Raises ValueError where the day of the question lacks."""
    if chosen.needs_day and not chosen.on:
        raise ValueError("this filter depends on the day")
    if chosen.pipeline_id:
        yield _state.pipeline_id == chosen.pipeline_id
    if chosen.stage_id:
        yield _state.stage_id == chosen.stage_id
    for name, what in _FIELDS.items():
        values = getattr(chosen, name)
        if values:
            yield among(what, values)
    if chosen.tags:
        yield _tagged(chosen.tags)
    for word in folded(chosen.text).split():
        yield func.instr(_state.search, word) > 0
    yield from _amounts(chosen)
    for what, span in ((_deal.created_at, chosen.created), (_state.closed_at, chosen.closed),
                       (_deal.expected_close, chosen.expected)):  # fmt: skip
        if span:
            yield _within(what, period_of(span, chosen.on), read.zone)
    yield from _attention(read, chosen)


def stalled_on(read: Reader, on: str) -> ColumnElement[bool]:
    """Open deals that stall on a day (M19), by the limits of their stages; those that rest on purpose do not."""
    limits: dict[int, list[str]] = {}
    stage = tables.stage.c
    for row in read.rows(select(stage.id, stage.stalled_days).where(stage.stalled_days.is_not(None))):
        limits.setdefault(row.stalled_days, []).append(row.id)
    day = date.fromisoformat(on)
    too_long = or_(
        false(),
        *(
            _state.stage_id.in_(stages)
            & is_before(_state.last_touch, (day - timedelta(days=limit)).isoformat(), read.zone)
            for limit, stages in limits.items()
        ),
    )
    unplanned = or_(_state.planned_at.is_(None), is_before(_state.planned_at, on, read.zone))
    return and_(_state.outcome == "open", too_long, unplanned, ~snoozed_on(on))


def snoozed_on(on: str) -> ColumnElement[bool]:
    """Deals that rest on a day: the newest of what was said of each counts."""
    newer = tables.snooze.alias()
    return exists().where(
        _snooze.deal_id == _state.deal_id,
        _snooze.until_day > on,
        ~exists().where(
            newer.c.deal_id == _snooze.deal_id,
            or_(newer.c.at > _snooze.at, and_(newer.c.at == _snooze.at, newer.c.id > _snooze.id)),
        ),
    )


def _attention(read: Reader, chosen: DealFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.without_action:
        yield and_(_state.outcome == "open", _state.next_kind == "")
    if chosen.overdue:
        yield and_(_state.next_due.is_not(None), is_before(_state.next_due, chosen.on, read.zone))
    if chosen.stalled:
        yield stalled_on(read, chosen.on)
    if chosen.snoozed:
        yield and_(_state.outcome == "open", snoozed_on(chosen.on))


def _amounts(chosen: DealFilter) -> Iterator[ColumnElement[bool]]:
    if chosen.least is not None:
        yield _deal.value >= chosen.least
    if chosen.most is not None:
        yield _deal.value <= chosen.most
    if chosen.currency:
        yield _deal.currency == chosen.currency


def _tagged(tags: tuple[str, ...]) -> ColumnElement[bool]:
    each = func.json_each(_deal.tags).table_valued(column("value", Text()))
    with_one = exists(select(each.c.value).where(among(each.c.value, [tag for tag in tags if tag])))
    return or_(with_one, func.json_array_length(_deal.tags) == 0) if "" in tags else with_one


def is_before(moment: ColumnElement[Any], day: str, zone: str) -> ColumnElement[bool]:
    """Whether a moment lies before a day."""
    bounds = Period(day).bounds(zone)
    known = func.length(moment) == DAY_LENGTH
    return or_(and_(known, moment < bounds.first), and_(~known, moment < bounds.start))


def _within(moment: ColumnElement[Any], period: Period, zone: str) -> ColumnElement[bool]:
    bounds = period.bounds(zone)
    known = func.length(moment) == DAY_LENGTH
    return or_(
        and_(known, moment.between(bounds.first, bounds.last)),
        and_(~known, moment >= bounds.start, moment < bounds.over),
    )
