"""What is to be done from now on, as a calendar wants it.

That is each deal's next action, and whatever somebody gave a day by hand. The days of steps further on still follow
from the ones before them, and are left out until it is their turn.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, null, select

from funnel_desk.domain.moments import day_of, is_day
from funnel_desk.domain.pipeline import NO_WORDS
from funnel_desk.domain.touch import TOUCH_TITLE
from funnel_desk.domain.words import Words
from funnel_desk.queries.revisions import Revision, revisions
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load_rulebook, load_situations

LAST = "~"  # sorts after every moment
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, due on a day or at an instant. ``minutes``: how long it is planned to take, where that is known.

    ``uid`` stays the same for as long as this is the same action: when it is moved to another day, when its words
    change, when a time is planned for a step. The next turn of a repeat, and a step of a new stay, are other actions.
    """

    uid: str
    deal_id: str | None
    deal: str
    company: str
    contact: str
    role: str
    phone: str
    stage: Words
    kind: str
    title: Words | str
    due: str
    minutes: int | None
    say: Words
    ask: Words
    revision: Revision


_state, _deal, _step, _activity = tables.deal_state.c, tables.deal.c, tables.step.c, tables.activity.c
_contact, _company, _stage, _touched = tables.contact.c, tables.company.c, tables.stage.c, tables.touched_step.c

# How many times a step was settled in the present stay: which turn of a repeat this is.
_turn = (
    select(func.count())
    .select_from(tables.touched_step)
    .where(_touched.deal_id == _state.deal_id, _touched.entry_id == _state.entry_id, _touched.step_id == _step.id)
    .where(_touched.act != "moved")
    .scalar_subquery()
)
_SHOWN = (
    _deal.id.label("deal_id"),
    _deal.title.label("deal"),
    _state.pipeline_id,
    _company.id.label("company_id"),
    _company.name.label("company"),
    _contact.id.label("contact_id"),
    _contact.name.label("contact"),
    _contact.role,
    _contact.phone,
    _stage.name.label("stage"),
    _state.entry_id,
    _step.id.label("step_id"),
    _step.title.label("step"),
    _step.say,
    _step.ask,
    _turn.label("turn"),
)
_OF_STEPS = {"step_id", "step", "say", "ask", "turn"}
_STEPS = (
    select(
        *_SHOWN,
        _step.kind,
        _state.next_due.label("due"),
        null().label("activity_id"),
        null().label("text"),
        null().label("minutes"),
    )
    .select_from(tables.deal_state)
    .join(tables.deal, _deal.id == _state.deal_id)
    .join(tables.stage, _stage.id == _state.stage_id)
    .join(tables.step, _step.stage_id == _state.stage_id)
    .outerjoin(tables.company, _company.id == _deal.company_id)
    .outerjoin(tables.contact, _contact.id == _deal.contact_id)
)
_NEXT = _STEPS.where(_step.id == _state.next_step_id, _state.next_activity_id.is_(None), _state.next_due.is_not(None))
_TOUCHES = (
    select(
        *(column for column in _SHOWN if column.name not in _OF_STEPS),
        _state.last_touch,
        _state.next_kind.label("kind"),
        _state.next_due.label("due"),
        null().label("minutes"),
    )
    .select_from(tables.deal_state)
    .join(tables.deal, _deal.id == _state.deal_id)
    .join(tables.stage, _stage.id == _state.stage_id)
    .outerjoin(tables.company, _company.id == _deal.company_id)
    .outerjoin(tables.contact, _contact.id == _deal.contact_id)
    .where(_state.next_due.is_not(None), _state.next_step_id.is_(None), _state.next_activity_id.is_(None))
)
_by_hand = tables.touched_step.alias()
_MOVED = _STEPS.join(
    _by_hand,
    and_(
        _by_hand.c.deal_id == _state.deal_id,
        _by_hand.c.entry_id == _state.entry_id,
        _by_hand.c.step_id == _step.id,
        _by_hand.c.act == "moved",
    ),
)
_PLANNED = (
    select(
        *_SHOWN,
        _activity.kind,
        _activity.planned_for.label("due"),
        _activity.id.label("activity_id"),
        _activity.text,
        _activity.minutes,
    )
    .select_from(tables.activity)
    .outerjoin(tables.deal, _deal.id == _activity.deal_id)
    .outerjoin(tables.deal_state, _state.deal_id == _activity.deal_id)
    .outerjoin(tables.stage, _stage.id == _state.stage_id)
    .outerjoin(tables.step, and_(_step.id == _activity.step_id, _step.stage_id == _state.stage_id))
    .outerjoin(tables.company, _company.id == func.coalesce(_deal.company_id, _activity.company_id))
    .outerjoin(tables.contact, _contact.id == func.coalesce(_activity.contact_id, _deal.contact_id))
    .where(_activity.at.is_(None), _activity.planned_for.is_not(None))
    .order_by(_activity.planned_for, _activity.id)
)


def agenda(read: Reader) -> tuple[Action, ...]:
    """Everything that has a day and is not done, late things too: by day, what has a time first."""
    steps, planned, touches = read.rows(_NEXT), read.rows(_PLANNED), read.rows(_TOUCHES)
    known_steps = {(row.deal_id, row.step_id) for row in (*steps, *planned)}
    by_hand = {(row.deal_id, row.step_id): row for row in read.rows(_MOVED)}  # a step may be moved more than once
    moved = [row for place, row in by_hand.items() if place not in known_steps]
    days = dict(_days_of(read, sorted({row.deal_id for row in moved})))
    roots = {root for row in (*steps, *planned, *moved, *touches) for root in _roots(row)}
    known = revisions(read, sorted(roots))
    found = [_action(row, _step_uid(row), row.due, known) for row in steps]
    found += [_action(row, uid, row.due, known) for row, uid in zip(planned, _uids_of(planned), strict=True)]
    found += [_action(row, f"{row.deal_id}.touch.{row.last_touch}", row.due, known) for row in touches]
    found += [
        _action(row, _step_uid(row), due, known) for row in moved if (due := days.get((row.deal_id, row.step_id)))
    ]
    return tuple(sorted(found, key=lambda one: (day_of(one.due, read.zone), _time(one.due), one.uid)))


def _days_of(read: Reader, deal_ids: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """When the open steps of deals are due, by deal and step."""
    rulebook = load_rulebook(read.connection, read.zone)
    for start in range(0, len(deal_ids), CHUNK):
        for here in load_situations(read.connection, deal_ids[start : start + CHUNK], rulebook):
            for state in here.states:
                if state.status == "open" and state.due:
                    yield (here.deal.id, state.step.id), state.due


def _uids_of(planned: Sequence[Any]) -> list[str]:
    """What was planned for a step stands for it, the earliest; the rest stands for itself."""
    uids: list[str] = []
    for row in planned:
        uid = _step_uid(row) if row.step_id else ""
        uids.append(f"{row.deal_id or 'none'}.{row.activity_id}" if not uid or uid in uids else uid)
    return uids


def _step_uid(row: Any) -> str:  # noqa: ANN401 - SQLAlchemy's row
    return f"{row.deal_id}.{row.entry_id}.{row.step_id}.{row.turn}"


def _roots(row: Any) -> Iterable[str]:  # noqa: ANN401
    """Whose history an action follows from; an activity that belongs to nobody has one of its own."""
    found = (row.deal_id, row.pipeline_id, row.company_id, row.contact_id)
    return [root for root in found if root] or [row.activity_id]


def _action(row: Any, uid: str, due: str, known: Mapping[str, Revision]) -> Action:  # noqa: ANN401
    is_touch = not hasattr(row, "step")
    of_roots = [known[root] for root in _roots(row) if root in known]
    return Action(
        uid=uid,
        deal_id=row.deal_id,
        deal=row.deal or "",
        company=row.company or "",
        contact=row.contact or "",
        role=row.role or "",
        phone=row.phone or "",
        stage=row.stage or NO_WORDS,
        kind=row.kind,
        title=TOUCH_TITLE if is_touch else row.step or row.text or "",
        due=due,
        minutes=row.minutes,
        say=NO_WORDS if is_touch else row.say or NO_WORDS,
        ask=NO_WORDS if is_touch else row.ask or NO_WORDS,
        revision=Revision(max(one.number for one in of_roots), max(one.at for one in of_roots)),
    )


def _time(due: str) -> str:
    return LAST if is_day(due) else due
