"""What a call to a client is about: the step or the plan that it fulfils, and the words that go with it."""

from dataclasses import dataclass

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import NextAction, StepState, next_action, steps_of
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.situation import Situation

CALL = "call"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a call fulfils: a step of the checklist, a planned talk, or nothing of either (then it is only logged).

    ``words`` is the step whose script is read: its own, or that of what comes next for the deal.
    """

    state: StepState | None = None
    planned: Activity | None = None
    words: Step | None = None

    @property
    def step(self) -> Step | None:
        """The step that a result of the call is a result of."""
        return self.state.step if self.state else None


def subject_of(here: Situation, step_id: str | None = None) -> Subject:
    """What a call to this deal is about now: the step told, else the next action, else the first step that is a call.

    A next action of another kind (a letter) is not fulfilled by a call, but its words are there to be read.
    """
    open_steps = {state.step.id: state for state in here.states if state.status == "open"}
    if step_id in open_steps:
        return Subject(open_steps[step_id], None, open_steps[step_id].step)
    action = here.action
    if action is not None and action.kind == CALL:
        state = open_steps.get(action.step_id or "")
        planned = next((one for one in here.activities if one.id == action.activity_id and one.at is None), None)
        if state is not None or planned is not None:
            return Subject(state, planned, state.step if state else None)
    calls = [state for state in open_steps.values() if state.step.kind == CALL and not state.step.on_demand]
    if calls and (action is None or action.activity_id is None):
        return Subject(calls[0], None, calls[0].step)
    state = open_steps.get((action.step_id if action else None) or "")
    return Subject(None, None, state.step if state else None)


def after_success(here: Situation, subject: Subject, at: Moment) -> NextAction | None:
    """What comes next for the deal if the call succeeds at this moment; None where nothing does."""
    stay, touches = here.stays[-1], list(here.touches)
    if subject.state is not None:
        touches.append(TouchedStep("", here.deal.id, subject.state.entry_id, subject.state.step.id, "done", at))
    states = steps_of(
        here.rulebook.steps.get(stay.stage_id, ()),
        stay.entry_id,
        stay.entered,
        touches,
        by_key=here.rulebook.by_key[stay.pipeline_id],
        zone=here.rulebook.zone,
    )
    own = subject.step.id if subject.step else ""
    done = subject.planned.id if subject.planned else ""
    planned = [one for one in here.activities if one.id != done and not (own and one.step_id == own)]
    return next_action(states, planned, here.rulebook.zone)
