"""Steps of the checklist: ticked with a result, skipped, moved to another day; each talk is logged as an activity."""

from funnel_desk.domain import results
from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.results import Touch
from funnel_desk.domain.situation import Situation
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

# Kinds of steps that are a contact with the client, and so are logged as an activity when they are done.
CONTACTS = {"call", "email", "message", "meeting", "visit", "demo", "document", "task"}


class NoSuchStep(Refusal):
    """The checklist of the deal's present stage has no such step."""

    message = N_("The stage where “{deal}” stands has no step “{step}”.")


class NotTouched(Refusal):
    """There is nothing to take back."""

    message = N_("“{step}” is not ticked.")


@operation(N_("Tick “{step}”"))
def tick_step(
    batch: Batch,
    deal_id: str,
    step_id: str,
    *,
    result: str = "done",
    note: str = "",
    minutes: int | None = None,
    on: Moment | None = None,
    due: Moment | None = None,
) -> TouchedStep:
    """Say what came of a step: done, or still open and due again. Logs the talk; what was planned for it is done too.

    ``result`` is a key or label of the standard results, or the person's own word (then the step is done). Raises
    NoSuchStep, StepAlreadyDone, StepIsOver.
    """
    here = batch.situation(deal_id)
    state = _state(here, step_id)
    at = on or batch.now
    batch.relabel(step=state.step.title)
    key = results.result_key(state.step, result)
    touch = results.tick(state, key, at=at, zone=batch.zone, note=note, due=due)
    activity = _log(batch, here, state, at, key, note, minutes)
    return _add(batch, here, touch, activity.id)


@operation(N_("Skip “{step}”"))
def skip_step(batch: Batch, deal_id: str, step_id: str, *, note: str = "", on: Moment | None = None) -> TouchedStep:
    """Leave a step out. Raises NoSuchStep, StepAlreadyDone, StepIsOver."""
    here = batch.situation(deal_id)
    state = _state(here, step_id)
    batch.relabel(step=state.step.title)
    return _add(batch, here, results.skip(state, at=on or batch.now, note=note), None)


@operation(N_("Move “{step}” to another day"))
def postpone_step(batch: Batch, deal_id: str, step_id: str, due: Moment, *, note: str = "") -> TouchedStep:
    """Move a step to another day or instant. Raises NoSuchStep, StepAlreadyDone, StepIsOver."""
    here = batch.situation(deal_id)
    state = _state(here, step_id)
    batch.relabel(step=state.step.title)
    return _add(batch, here, results.postpone(state, due, at=batch.now, note=note), None)


@operation(N_("Untick “{step}”"))
def untick_step(batch: Batch, deal_id: str, step_id: str) -> None:
    """Take back the tick of a step in the present stay, with the talk that it logged. Raises NoSuchStep, NotTouched."""
    here = batch.situation(deal_id)
    state = _state(here, step_id)
    batch.relabel(step=state.step.title)
    ids = {
        touch.id
        for touch in here.touches
        if touch.entry_id == state.entry_id and touch.step_id == state.step.id and touch.act != "moved"
    }
    touches = [touch for touch in batch.find(TouchedStep, deal_id=deal_id) if touch.id in ids]
    if not touches:
        raise NotTouched(step=state.step.title)
    latest = max(touches, key=lambda one: (one.at, one.id))
    batch.delete(latest)
    if latest.activity_id:
        for activity in batch.find(Activity, id=latest.activity_id):
            batch.delete(activity)


def _state(here: Situation, step_id: str) -> StepState:
    found = next((one for one in here.states if step_id in {one.step.id, one.step.key}), None)
    if found is None:
        raise NoSuchStep(deal=here.deal.title, step=step_id)
    return found


def _log(
    batch: Batch, here: Situation, state: StepState, at: Moment, result: str, note: str, minutes: int | None
) -> Activity:
    planned = next(
        (one for one in here.activities if one.step_id == state.step.id and one.at is None and one.planned_for), None
    )
    if planned is not None:
        from dataclasses import replace

        done = replace(planned, at=at, result=result, minutes=minutes or planned.minutes, text=note or planned.text)
        batch.save(planned, done)
        return done
    activity = Activity(
        batch.new_id(),
        state.step.kind,
        deal_id=here.deal.id,
        company_id=here.deal.company_id,
        contact_id=here.deal.contact_id,
        step_id=state.step.id,
        at=at,
        minutes=minutes,
        result=result,
        text=note,
    )
    batch.add(activity)
    return activity


def _add(batch: Batch, here: Situation, touch: Touch, activity_id: str | None) -> TouchedStep:
    made = TouchedStep(batch.new_id(), here.deal.id, *touch, activity_id=activity_id)
    batch.add(made)
    return made
