"""Losses of the process itself: steps always skipped, done twice or done late; and what followed where they were done.

Seed 003: needless, doubled and over-complex actions; the conversion depends on how well the regulation is followed.
What counts are finished stays: those that a deal has left, forward, back or lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.intervals import TOO_FEW, Rate
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.pipeline import Step

ALWAYS_SKIPPED = 0.9
"""A step that so many stays did not do is one that nobody does."""


class FinishedStay(NamedTuple):
    """A stay that was left: how its steps stood then, what was touched in it, and whether the deal went forward."""

    states: Sequence[StepState]
    touches: Sequence[TouchedStep]
    forward: bool


@dataclass(frozen=True, slots=True)
class StepUse:
    """How a step was used in ``stays`` finished ones: done, of that late and more than once; skipped; put off.

    ``with_it`` and ``without`` are the shares of stays that went forward where it was done, and where it was not.
    """

    step: Step
    stays: int
    done: int
    late: int
    twice: int
    skipped: int
    put_off: int
    with_it: Rate
    without: Rate

    @property
    def never_done(self) -> bool:
        """Whether hardly anybody does it: it is needless, or in the wrong place."""
        return self.stays >= TOO_FEW and (self.stays - self.done) >= ALWAYS_SKIPPED * self.stays

    @property
    def followed(self) -> Comparison:
        """Whether deals go on more often where it was done. That it is the cause, nobody can tell from this."""
        return Comparison(self.with_it, self.without)


@dataclass(slots=True)
class _Count:
    stays: int = 0
    done: int = 0
    late: int = 0
    twice: int = 0
    skipped: int = 0
    put_off: int = 0
    forward_done: int = 0
    forward: int = 0


def process_losses(stays: Iterable[FinishedStay], zone: str) -> tuple[StepUse, ...]:
    """How each step was used, in the order of the steps; steps on demand only where they were touched."""
    counts: dict[str, _Count] = defaultdict(_Count)
    steps: dict[str, Step] = {}
    for stay in stays:
        acts: dict[str, list[str]] = defaultdict(list)
        for touch in stay.touches:
            acts[touch.step_id].append(touch.act)
        for state in stay.states:
            mine = acts[state.step.id]
            if state.step.on_demand and not mine:
                continue
            steps[state.step.id] = state.step
            _count(counts[state.step.id], state, mine, zone, forward=stay.forward)
    order = sorted(steps.values(), key=lambda step: (step.stage_id, step.position, step.id))
    return tuple(_use(step, counts[step.id]) for step in order)


def _count(count: _Count, state: StepState, acts: Sequence[str], zone: str, *, forward: bool) -> None:
    done = acts.count("done")
    count.stays += 1
    count.forward += forward
    count.skipped += "skipped" in acts and not done
    count.put_off += "moved" in acts
    if not done:
        return
    count.done += 1
    count.forward_done += forward
    count.twice += done > 1 and state.step.every is None
    late = state.step.every is None and state.due is not None and state.done_at is not None
    count.late += late and day_of(state.done_at or "", zone) > day_of(state.due or "", zone)


def _use(step: Step, count: _Count) -> StepUse:
    return StepUse(
        step, count.stays, count.done, count.late, count.twice, count.skipped, count.put_off,
        Rate(count.forward_done, count.done), Rate(count.forward - count.forward_done, count.stays - count.done),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channel:
    """What was logged of one channel (kind of talk) in a period, in and out; and the steps of it that are overdue now.

    ``last_day`` is that of the last one ever logged. Nine of ten log the phone; what comes in over the internet lags.
    """

    kind: str
    incoming: int
    outgoing: int
    last_day: str | None
    overdue: int

    @property
    def logged(self) -> int:
        """Both ways."""
        return self.incoming + self.outgoing
