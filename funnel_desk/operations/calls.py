"""A call is over: its result, its note and all that was heard in it are kept as one act."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain import results
from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, TouchedStep
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.activities import finish_activity, log_activity, move_activity, plan_activity
from funnel_desk.operations.deals import move_deal
from funnel_desk.operations.desk import operation
from funnel_desk.operations.obstacles import raise_obstacle
from funnel_desk.operations.qualification import answer_question
from funnel_desk.operations.steps import postpone_step, tick_step
from funnel_desk.storage.journal import Batch


class NextDayIsPast(Refusal):
    """What comes next cannot be planned for a day that is over."""

    message = N_("The next step is on {day}, which is past. Choose a day from today on.")


class Heard(NamedTuple):
    """An objection that was raised in a call: of the catalogue by its id, or in the client's own words."""

    objection_id: str | None
    text: str = ""
    answer: str = ""


class Answer(NamedTuple):
    """What a call told about one of the five questions."""

    met: bool
    evidence: str = ""


@operation(N_("Call “{title}”"))
def finish_call(
    batch: Batch,
    deal_id: str,
    result: str,
    *,
    step_id: str | None = None,
    activity_id: str | None = None,
    note: str = "",
    minutes: int | None = None,
    heard: Sequence[Heard] = (),
    answers: Mapping[str, Answer] | None = None,
    due: Moment | None = None,
    onward: str | None = None,
) -> Activity:
    """Keep what came of a call: the step ticked or the plan fulfilled, else the talk only logged.

    ``minutes`` is how long it took. ``due`` is the day of what comes next: of the same step after a result that leaves
    it open, else of the next action, which is planned where there is none. ``onward`` is the stage to move on to.
    Raises NextDayIsPast, and what its parts raise: NoSuchStep, StepAlreadyDone, AlreadyDone, StepsStillOpen.
    """
    deal = batch.get(Deal, deal_id)
    if due is not None and day_of(due, batch.zone) < day_of(batch.now, batch.zone):
        raise NextDayIsPast(day=day_of(due, batch.zone))
    for one in heard:
        raise_obstacle(batch, deal_id, one.text, kind="objection", objection_id=one.objection_id, answer=one.answer)
    for question, answer in (answers or {}).items():
        answer_question(batch, deal_id, question, met=answer.met, evidence=answer.evidence)
    waits = result in results.WAITS
    if step_id is not None:
        touch = tick_step(
            batch, deal_id, step_id, result=result, note=note, minutes=minutes, due=due if waits else None
        )
        talk = _talk_of(batch, touch)
    else:
        talk = _talk(batch, deal_id, activity_id, result, note, minutes)
    if onward is not None:
        move_deal(batch, deal_id, onward)
    if step_id is None and waits:
        _again(batch, deal_id, activity_id, due or results.proposed_day(result, batch.now, batch.zone))
    elif due is not None and not waits:
        _plan_next(batch, deal_id, due)
    batch.relabel(title=deal.title)
    return talk


def _talk(batch: Batch, deal_id: str, activity_id: str | None, result: str, note: str, minutes: int | None) -> Activity:
    """A talk that is no step: the plan is fulfilled, or stays while the client could not talk."""
    if activity_id is not None and result not in results.WAITS:
        return finish_activity(batch, activity_id, result=result, note=note, minutes=minutes)
    return log_activity(batch, deal_id, "call", text=note, minutes=minutes, result=result)


def _talk_of(batch: Batch, touch: TouchedStep) -> Activity:
    return batch.get(Activity, touch.activity_id or "")


def _again(batch: Batch, deal_id: str, activity_id: str | None, due: Moment) -> None:
    if activity_id is None:
        plan_activity(batch, deal_id, "call", due)
    else:
        move_activity(batch, activity_id, due)


def _plan_next(batch: Batch, deal_id: str, due: Moment) -> None:
    """Give what comes next its day; where nothing does, a call is planned."""
    action = batch.situation(deal_id).action
    if action is not None and action.activity_id is not None:
        move_activity(batch, action.activity_id, due)
    elif action is not None and action.step_id is not None:
        postpone_step(batch, deal_id, action.step_id, due)
    else:
        plan_activity(batch, deal_id, "call", due)
