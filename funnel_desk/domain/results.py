"""What came of a step: the standard results of each kind of step, and what each does to the checklist."""

from typing import NamedTuple

from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.deal import StepAct
from funnel_desk.domain.moments import Moment, add_days, day_of
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_

DONE, NOT_YET, NO_ANSWER, REFUSED = "done", "not_yet", "no_answer", "refused"
SMALLER_STEP = "smaller_step"
"""Of a call: the client agreed to something smaller on the way, such as coming to an event (seed 003)."""

# After these a step stays open and moves on by so many working days.
WAITS = {NOT_YET: 2, NO_ANSWER: 1}

_NOT_YET = Words("Not yet", "Ещё нет")
_NO_ANSWER = Words("No answer", "Нет ответа")
_FELL_THROUGH = Words("Did not take place", "Не состоялось")
_REFUSED = Words("They refused", "Отказались")
_SMALLER_STEP = Words("A smaller step", "Малый шаг")
_BY_KIND = {
    "call": {DONE: Words("Talked", "Поговорили"), NOT_YET: _NOT_YET, NO_ANSWER: _NO_ANSWER, REFUSED: _REFUSED},
    "email": {DONE: Words("Sent", "Отправлено"), NOT_YET: _NOT_YET, REFUSED: _REFUSED},
    "message": {DONE: Words("Sent", "Отправлено"), NOT_YET: _NOT_YET, REFUSED: _REFUSED},
    "meeting": {DONE: Words("We met", "Встретились"), NOT_YET: _NOT_YET, NO_ANSWER: _FELL_THROUGH, REFUSED: _REFUSED},
    "visit": {DONE: Words("Visited", "Съездили"), NOT_YET: _NOT_YET, NO_ANSWER: _FELL_THROUGH, REFUSED: _REFUSED},
    "demo": {DONE: Words("Shown", "Показали"), NOT_YET: _NOT_YET, NO_ANSWER: _FELL_THROUGH, REFUSED: _REFUSED},
    "document": {DONE: Words("Ready", "Готово"), NOT_YET: _NOT_YET, REFUSED: _REFUSED},
    "task": {DONE: Words("Done", "Сделано"), NOT_YET: _NOT_YET},
}


class StepAlreadyDone(Refusal):
    """A step is done once; to say something else of it, the tick has to be taken back first."""

    message = N_("“{step}” is already done.")


class StepIsOver(Refusal):
    """The deal is lost or has left the stage, or the repeat has come to its end."""

    message = N_("“{step}” is over: nothing is due there any more.")


class Result(NamedTuple):
    """A result that can be chosen for a step: its key, and its word on the button."""

    key: str
    label: Words


class Touch(NamedTuple):
    """What a `TouchedStep` will say: all its fields but its id, its deal and its activity."""

    entry_id: str
    step_id: str
    act: StepAct
    at: Moment
    due: Moment | None = None
    result: str = ""
    note: str = ""


def results_of(step: Step) -> tuple[Result, ...]:
    """The results to choose from, success first; its word is the step's own where it has one."""
    labels = _BY_KIND.get(step.kind, _BY_KIND["task"])
    return tuple(Result(key, step.result or label if key == DONE else label) for key, label in labels.items())


def call_results(step: Step | None = None) -> tuple[Result, ...]:
    """The results of a call, for a step or for none: those of `results_of`, and that a smaller step was agreed."""
    found = results_of(step) if step else tuple(Result(key, label) for key, label in _BY_KIND["call"].items())
    return (*found, Result(SMALLER_STEP, _SMALLER_STEP))


def result_key(step: Step, told: str) -> str:
    """The key of a result that was told by key or label, in either language; any other text stays as it is."""
    wanted = told.strip().casefold()
    for key, label in call_results(step):
        if wanted in {key, label.en.casefold(), label.ru.casefold()}:
            return key
    return told.strip()


def offers_lost(result: str) -> bool:
    """Whether the result suggests that the deal is lost."""
    return result == REFUSED


def tick(state: StepState, result: str, *, at: Moment, zone: str, note: str = "", due: Moment | None = None) -> Touch:
    """Say what came of a step.

    ``not_yet`` and ``no_answer`` leave it open and move it to ``due``, or to the day proposed. Every other result, a
    word of one's own too, makes it done; a repeat then comes again.

    Raises:
        StepAlreadyDone: it is done.
        StepIsOver: nothing is due there any more.
    """
    _still_open(state)
    if result in WAITS:
        return _touch(state, "moved", at, due or proposed_day(result, at, zone), result, note)
    return _touch(state, "done", at, None, result or DONE, note)


def skip(state: StepState, *, at: Moment, note: str = "") -> Touch:
    """Leave a step out (a repeat: this one time). Raises what `tick` raises."""
    _still_open(state)
    return _touch(state, "skipped", at, None, "", note)


def postpone(state: StepState, due: Moment, *, at: Moment, note: str = "") -> Touch:
    """Move a step to another day or instant. Raises what `tick` raises."""
    _still_open(state)
    return _touch(state, "moved", at, due, "", note)


def proposed_day(result: str, at: Moment, zone: str) -> str:
    """The working day on which to try again after ``not_yet`` or ``no_answer``."""
    return add_days(day_of(at, zone), WAITS[result], working=True)


def _touch(state: StepState, act: StepAct, at: Moment, due: Moment | None, result: str, note: str) -> Touch:
    return Touch(state.entry_id, state.step.id, act, at, due, result, note)


def _still_open(state: StepState) -> None:
    if state.status == "done":
        raise StepAlreadyDone(step=state.step.title)
    if state.status == "ended":
        raise StepIsOver(step=state.step.title)
