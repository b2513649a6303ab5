"""Are the stages' probabilities right? (M11): of the closed deals that reached a stage, the share that was won.

"You say 70 %, history says 45 %". Deals whose path is unknown are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.forecast import CERTAIN
from funnel_desk.domain.intervals import Rate

Verdict = Literal["too_high", "too_low", "unclear"]

SAID_WEIGHT = 5
"""What the stage says counts as much as so many deals."""


@dataclass(frozen=True, slots=True)
class StageCheck:
    """What a stage before the sale says of winning (basis points), beside what history says: ``won`` of ``closed``."""

    says: int
    history: Rate

    @property
    def adjusted(self) -> Fraction:
        """What history says, drawn toward what the stage says as if that were five deals more."""
        return (self.history.part + SAID_WEIGHT * Fraction(self.says, CERTAIN)) / (self.history.base + SAID_WEIGHT)

    @property
    def verdict(self) -> Verdict:
        """Whether the stage says too much or too little; unclear where what it says lies in history's interval."""
        interval = self.history.interval
        if interval is None or self.history.too_few:
            return "unclear"
        said = self.says / CERTAIN
        if said > interval.high:
            return "too_high"
        return "too_low" if said < interval.low else "unclear"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The check of each stage before the sale, in order."""

    stages: tuple[StageCheck, ...]

    @property
    def error(self) -> float | None:
        """How far the probabilities are off, from 0 to 1: the mean distance from history, each closed deal counted.

        None before anything is closed.
        """
        n = sum(one.history.base for one in self.stages)
        off = sum(abs(one.history.part - one.history.base * Fraction(one.says, CERTAIN)) for one in self.stages)
        return float(off / n) if n else None


def calibrate(deals: Iterable[CohortDeal], probabilities: Sequence[int]) -> Calibration:
    """Hold the probabilities of the stages before the sale, in order, against what became of these deals.

    A deal that skipped a stage reached it too.
    """
    won, closed = [0] * len(probabilities), [0] * len(probabilities)
    for deal in deals:
        if not deal.path_known or deal.outcome not in ("won", "lost"):
            continue
        furthest = max((visit.place for visit in deal.visits), default=-1)
        for place in range(min(furthest + 1, len(probabilities))):
            closed[place] += 1
            won[place] += deal.outcome == "won"
    checks = zip(probabilities, won, closed, strict=True)
    return Calibration(tuple(StageCheck(says, Rate(part, base)) for says, part, base in checks))
