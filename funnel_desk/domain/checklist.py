"""The checklist of a stage: which of its steps are done, when the others are due, and what comes next.

Steps that nobody touched are not stored: their days follow from the stay and the pipeline. A stay begins its checklist
anew, also in a stage where the deal has been before.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.moments import Moment, add_days, day_of, is_day
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_

Status = Literal["open", "done", "skipped", "ended"]

STEP_TERM = "step:"
NO_DAY = "~"  # sorts after every day
_UNKNOWN = "?"


class StepsStillOpen(Refusal):
    """The stage lets nobody go on before its required steps are done."""

    message = N_("“{stage}” cannot be left yet. Still to do: {steps}.")


class StepState(NamedTuple):
    """How one step of one stay stands.

    ``ended``: nothing is due any more, though it was not done (the deal is lost, a repeat is over). ``due`` is the day
    or instant, empty while unknown. ``done_at``: when it was done or skipped (a repeat: the last time). ``times``
    counts all touches, attempts too; ``result`` is the latest word said about it.
    """

    step: Step
    entry_id: str
    status: Status
    due: Moment | None
    done_at: Moment | None
    times: int
    result: str


class NextAction(NamedTuple):
    """What to do next for a deal: a step, a planned activity, or an activity that stands for a step."""

    kind: str
    due: Moment | None
    step_id: str | None
    activity_id: str | None
    title: Words | str


class ExitVerdict(NamedTuple):
    """Whether a stage was left with a warning: the required steps still open, and why it was left all the same."""

    still_open: tuple[StepState, ...]
    because: str


def steps_of(
    steps: Iterable[Step],
    entry_id: str,
    entered: Moment,
    touches: Sequence[TouchedStep] = (),
    *,
    by_key: Mapping[str, Step],
    zone: str,
    sale_at: Moment | None = None,
    closed: bool = False,
) -> tuple[StepState, ...]:
    """How the steps of one stay stand.

    Args:
        steps: the steps of the stage, in order.
        touches: every touched step of the deal that counts (`stays.touches_of`), of all its stays.
        by_key: all steps of the pipeline, for terms and repeats that name another step.
        sale_at: when the deal was won; steps after the sale have no day before it.
        closed: the deal is lost or has left the stage, so that nothing is due. (A won deal's steps live on.)
    """
    stay = _Reckoning(steps, entry_id, entered, touches, by_key, zone, sale_at)
    return tuple([stay.state(place, step, closed=closed) for place, step in enumerate(stay.steps)])


def next_action(states: Iterable[StepState], planned: Sequence[Activity], zone: str) -> NextAction | None:
    """The earliest of the open steps and the planned activities; what has no day comes last, in the stage's order.

    Steps on demand come up only on a day that somebody gave them.

    Inside a day what has a time goes first, then steps, then activities. An activity planned for a step stands for it.
    """
    waiting = [one for one in planned if one.at is None and one.planned_for is not None] if planned else ()
    standing = {activity.step_id for activity in waiting}
    titles: dict[str | None, Words] = {}
    first: StepState | Activity | None = None
    least: tuple[str | bool, ...] = (NO_DAY + NO_DAY,)  # after everything
    for state in states:
        if waiting:
            titles[state.step.id] = state.step.title
        if state.step.on_demand and state.due is None:
            continue
        if state.status == "open" and state.step.id not in standing and (order := _order(state.due, zone)) < least:
            first, least = state, order
    for activity in waiting:
        if (order := _order(activity.planned_for, zone)) < least:
            first, least = activity, order
    if isinstance(first, Activity):
        title = titles.get(first.step_id, first.text)
        return NextAction(first.kind, first.planned_for, first.step_id, first.id, title)
    return first and NextAction(first.step.kind, first.due, first.step.id, None, first.step.title)


def binding(step: Step) -> bool:
    """Whether a stage asks for this step before it is left. Repeats hold nobody, nor does what comes up on demand."""
    return step.required and step.every is None and not step.on_demand


def required_open(states: Iterable[StepState]) -> tuple[StepState, ...]:
    """The required steps neither done nor skipped. Repeats hold nobody: leaving the stage is what ends them."""
    return tuple(one for one in states if one.status == "open" and binding(one.step))


def offers_next(states: Sequence[StepState]) -> bool:
    """Whether the checklist is through, so that the next stage is offered.

    Nothing required is open and something has been done or skipped. A stage without steps never offers by itself:
    nothing there tells that its work is over.
    """
    return not required_open(states) and any(state.done_at for state in states)


def discipline(states: Iterable[StepState]) -> tuple[int, int]:
    """How many required steps of a stay were done, and of how many. Skipped is not done; repeats do not count."""
    required = [state for state in states if binding(state.step)]
    return sum(state.status == "done" for state in required), len(required)


def check_exit(stage: Stage, states: Iterable[StepState], because: str = "", *, forward: bool = True) -> ExitVerdict:
    """What a stage's exit rule says to leaving it. Going back and being lost (``forward`` false) are always free.

    Raises:
        StepsStillOpen: the rule is ``block`` and required steps are open.
    """
    if not forward or stage.exit_rule == "none":
        return ExitVerdict((), "")
    still_open = required_open(states)
    if still_open and stage.exit_rule == "block":
        raise StepsStillOpen(stage=stage.name, steps=listed(state.step.title for state in still_open))
    return ExitVerdict(still_open, because if still_open else "")


def listed(words: Iterable[Words]) -> Words:
    """Several words in one line, in both languages."""
    every = tuple(words)
    return Words(", ".join(one.of("en") for one in every), ", ".join(one.of("ru") for one in every))


def _order(due: Moment | None, zone: str) -> tuple[str | bool, ...]:
    if due is None:
        return (NO_DAY,)
    return (due, True) if is_day(due) else (day_of(due, zone), False, due)


class _Reckoning:
    """The days of one stay's steps, each reckoned once and only when asked: terms may name steps before and after."""

    __slots__ = (
        "_by_key",
        "_done",
        "_dues",
        "_elsewhere",
        "_entry_day",
        "_entry_id",
        "_here",
        "_sale_at",
        "_zone",
        "steps",
    )

    def __init__(
        self,
        steps: Iterable[Step],
        entry_id: str,
        entered: Moment,
        touches: Sequence[TouchedStep],
        by_key: Mapping[str, Step],
        zone: str,
        sale_at: Moment | None,
    ) -> None:
        self._entry_id, self._entry_day = entry_id, day_of(entered, zone)
        self._by_key, self._zone, self._sale_at = by_key, zone, sale_at
        self._here: dict[str, list[TouchedStep]] = {}
        self._elsewhere: dict[str, Moment] = {}
        self._done: set[str] = set()
        if touches:
            self._sort(touches)
        self.steps = [step for step in steps if not step.archived or step.id in self._here]
        self._dues: list[Moment | None] = [_UNKNOWN] * len(self.steps)

    def _sort(self, touches: Iterable[TouchedStep]) -> None:
        """Put apart what was touched in this stay, and know for every step of the deal whether and when it was done."""
        for touch in sorted(touches, key=lambda one: (one.at, one.id)):
            if touch.entry_id == self._entry_id:
                self._here.setdefault(touch.step_id, []).append(touch)
            if touch.act != "moved":
                self._elsewhere[touch.step_id] = touch.at
            if touch.act == "done":
                self._done.add(touch.step_id)

    def state(self, place: int, step: Step, *, closed: bool) -> StepState:
        mine = self._here.get(step.id)
        status: Status = "open"
        done_at, result, times = None, "", 0
        if mine is not None:
            status, done_at = _settled(step, mine)
            result, times = mine[-1].result, len(mine)
        if status == "open" and (closed or (step.every is not None and self._is_done(step.until))):
            return StepState(step, self._entry_id, "ended", None, done_at, times, result)
        return StepState(step, self._entry_id, status, self._due(place), done_at, times, result)

    def _due(self, place: int) -> Moment | None:
        due = self._dues[place]
        if due is _UNKNOWN:
            self._dues[place] = None  # terms that lead back to themselves have no day
            due = self._dues[place] = self._reckon(place, self.steps[place])
        return due

    def _reckon(self, place: int, step: Step) -> Moment | None:
        for touch in reversed(self._here.get(step.id, ())):
            if touch.act == "moved" and touch.due is not None:
                return touch.due
            if touch.act != "moved" and step.every is not None and not step.on_demand:
                return add_days(day_of(touch.at, self._zone), step.every, working=step.working)
        if step.on_demand:
            return None
        start = self._start(place, step.after)
        return start and add_days(start, step.days, working=step.working)

    def _start(self, place: int, after: str) -> str | None:
        """The day from which a term counts."""
        if after == "entry":
            return self._entry_day
        if after == "previous":
            before = next((here for here in reversed(range(place)) if not self.steps[here].on_demand), None)
            return self._entry_day if before is None else self._day(before)
        if after == "sale":
            return self._sale_at and day_of(self._sale_at, self._zone)
        other = self._by_key.get(after.removeprefix(STEP_TERM))
        if other is None:
            return None
        if (here := self._place(other.id)) is not None:
            return self._day(here)
        settled = self._elsewhere.get(other.id)
        return settled and day_of(settled, self._zone)

    def _day(self, place: int) -> str | None:
        """The day a step of this stay was done or skipped, else the day it is due."""
        step = self.steps[place]
        settled = _settled(step, self._here.get(step.id, ()))[1] or self._due(place)
        return settled and day_of(settled, self._zone)

    def _is_done(self, key: str) -> bool:
        """Whether a step was done: one of this stage in this stay, another one anywhere on the deal's path."""
        other = self._by_key.get(key)
        if other is None:
            return False
        if self._place(other.id) is not None:
            return any(touch.act == "done" for touch in self._here.get(other.id, ()))
        return other.id in self._done

    def _place(self, step_id: str) -> int | None:
        return next((place for place, step in enumerate(self.steps) if step.id == step_id), None)


def _settled(step: Step, mine: Sequence[TouchedStep]) -> tuple[Status, Moment | None]:
    """Whether and when a step was done: first the first time, a repeat the last. What was done is not skipped."""
    done = [touch.at for touch in mine if touch.act == "done"]
    skipped = [touch.at for touch in mine if touch.act == "skipped"]
    if step.every is not None:
        return "open", max([*done, *skipped], default=None)
    if done:
        return "done", done[0]
    return ("skipped", skipped[0]) if skipped else ("open", None)
