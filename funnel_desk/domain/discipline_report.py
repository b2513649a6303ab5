"""Does the regulation pay? (M23): required steps done before a stage was left, beside the win rates.

What counts are the stays that a deal left forward: going back and losing are free of the regulation, and a lost deal
would otherwise be careless only because it was lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.checklist import binding
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.deal import Outcome, TouchedStep
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, day_of, is_day
from funnel_desk.domain.pipeline import Step

CAREFUL_PERCENT = 80
"""A deal is careful that has so much of its required steps done."""

_PERCENT = 100


class LeftStay(NamedTuple):
    """A stay that a deal left forward: the steps of its stage, and those touched in it."""

    left: Moment
    steps: Sequence[Step]
    touches: Sequence[TouchedStep]


class DealDiscipline(NamedTuple):
    """Of a deal: how many required steps were done before a stage was left, of how many."""

    outcome: Outcome
    done: int
    required: int


@dataclass(frozen=True, slots=True)
class Discipline:
    """The share of required steps done in time, and the win rates (M9) of careful deals and of the others.

    ``deals`` had anything required of them; the others are left out.
    """

    done: Rate
    careful: Rate
    others: Rate
    deals: int

    @property
    def comparison(self) -> Comparison:
        """Whether careful deals are won more often."""
        return Comparison(self.careful, self.others)


def stays_discipline(outcome: Outcome, stays: Iterable[LeftStay], zone: str) -> DealDiscipline:
    """What a deal did of what was required. Skipped is not done, nor is what was done later; repeats do not count."""
    done = required = 0
    for left, steps, touches in stays:
        touched = {one.step_id for one in touches}
        in_time = {one.step_id for one in touches if one.act == "done" and _not_after(one.at, left, zone)}
        wanted = [step.id for step in steps if binding(step) and (not step.archived or step.id in touched)]
        required += len(wanted)
        done += sum(step_id in in_time for step_id in wanted)
    return DealDiscipline(outcome, done, required)


def discipline_report(deals: Iterable[DealDiscipline]) -> Discipline:
    """The discipline of a set of deals."""
    done = required = n = 0
    won, closed = {True: 0, False: 0}, {True: 0, False: 0}
    for deal in deals:
        if not deal.required:
            continue
        n += 1
        done += deal.done
        required += deal.required
        careful = deal.done * _PERCENT >= deal.required * CAREFUL_PERCENT
        closed[careful] += deal.outcome in ("won", "lost")
        won[careful] += deal.outcome == "won"
    return Discipline(Rate(done, required), Rate(won[True], closed[True]), Rate(won[False], closed[False]), n)


def _not_after(moment: Moment, left: Moment, zone: str) -> bool:
    if is_day(moment) or is_day(left):
        return day_of(moment, zone) <= day_of(left, zone)
    return moment <= left
