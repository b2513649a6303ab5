"""What has a time: how many such things came due in a while, the first of them, and when the next one comes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from funnel_desk.domain.moments import DAY_LENGTH, Moment
from funnel_desk.domain.words import Words
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

_state, _deal, _activity, _step = tables.deal_state.c, tables.deal.c, tables.activity.c, tables.step.c


@dataclass(frozen=True, slots=True)
class Planned:
    """Something with a time: whose deal it is, its words, and when it is due (an instant). ``key`` tells it again."""

    key: str
    deal_id: str | None
    deal: str
    company: str
    title: Words | str
    due: Moment


def planned_between(read: Reader, after: Moment, until: Moment) -> tuple[Planned, ...]:
    """What is due after one instant, until another: by time, both talks that were planned and steps with a time."""
    found = [
        *read.rows(_within(_TALKS, _activity.planned_for, after, until)),
        *read.rows(_within(_STEPS, _state.next_due, after, until)),
    ]
    return tuple(sorted((_planned(row) for row in found), key=lambda one: (one.due, one.key)))


def next_planned(read: Reader, after: Moment) -> Moment | None:
    """The first instant after this one for which something is planned."""
    talk = read.rows(
        select(func.min(_activity.planned_for)).where(
            _activity.at.is_(None), func.length(_activity.planned_for) > DAY_LENGTH, _activity.planned_for > after
        )
    )[0][0]
    step = read.rows(
        select(_state.next_due)
        .where(func.length(_state.next_due) > DAY_LENGTH, _state.next_due > after)
        .order_by(_state.next_due)
        .limit(1)
    )
    return min((one for one in (talk, step[0][0] if step else None) if one), default=None)


_TALKS = (
    select(
        _activity.id.label("key"), _activity.deal_id, _deal.title.label("deal"), tables.company.c.name.label("company"),
        _step.title.label("step"), _activity.text.label("text"), _activity.planned_for.label("due"),
    )
    .select_from(tables.activity)
    .outerjoin(tables.deal, _deal.id == _activity.deal_id)
    .outerjoin(tables.company, tables.company.c.id == func.coalesce(_deal.company_id, _activity.company_id))
    .outerjoin(tables.step, _step.id == _activity.step_id)
    .where(_activity.at.is_(None))
)  # fmt: skip
_STEPS = (
    select(
        (_state.deal_id + "." + _state.next_step_id).label("key"), _state.deal_id, _deal.title.label("deal"),
        tables.company.c.name.label("company"), _step.title.label("step"), _step.key.label("text"),
        _state.next_due.label("due"),
    )
    .select_from(tables.deal_state)
    .join(tables.deal, _deal.id == _state.deal_id)
    .join(tables.step, _step.id == _state.next_step_id)
    .outerjoin(tables.company, tables.company.c.id == _deal.company_id)
    .where(_state.next_activity_id.is_(None))
)  # fmt: skip


def _within(asked: Select[Any], due: ColumnElement[Any], after: Moment, until: Moment) -> Select[Any]:
    return asked.where(func.length(due) > DAY_LENGTH, due > after, due <= until)


def _planned(row: Any) -> Planned:  # noqa: ANN401 - SQLAlchemy's row
    return Planned(
        f"{row.key}@{row.due}", row.deal_id, row.deal or "", row.company or "", row.step or row.text or "", row.due
    )
