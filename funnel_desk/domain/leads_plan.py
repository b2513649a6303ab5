"""How many leads a goal needs (M18): wins from the goal, then back from stage to stage, rounded up at every one.

Whole numbers and fractions throughout: floats would ask for 31 leads where 21 at 70 % need 30. Amounts are minor units
of one currency.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Literal

from funnel_desk.domain.forecast import CERTAIN
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.periods import Bounds

Origin = Literal["history", "playbook"]

PLAYBOOK_WEIGHT = 5
"""The playbook's word counts as much as so many deals."""
NOTHING_SAID = Fraction(1, 2)
"""The conversion assumed where a playbook gives a probability of 0, which says nothing of how many go on."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Which share goes on from a stage: more than 0, at most 1.

    ``share`` is M7 (``history``) drawn toward what the playbook says, ``playbook``, as if that were five deals more.
    ``origin`` tells which of the two weighs more.
    """

    share: Fraction
    history: Rate
    playbook: Fraction

    @property
    def origin(self) -> Origin:
        """Whether history weighs at least as much as the playbook."""
        return "history" if self.history.base >= PLAYBOOK_WEIGHT else "playbook"


@dataclass(frozen=True, slots=True)
class Takings:
    """What won deals brought: ``won_value`` of ``won_deals`` with a value ever, of which ``so_far`` in the period."""

    won_value: int = 0
    won_deals: int = 0
    so_far: int = 0


@dataclass(frozen=True, slots=True)
class StageNeed:
    """How many deals have to reach a stage: in all (``gross``), and beside those that are open already (``net``).

    None where the average won value is not known.
    """

    gross: int | None
    net: int | None
    conversion: Conversion


@dataclass(frozen=True, slots=True)
class LeadsPlan:
    """What a goal needs. ``average_won`` is None as long as nothing is won; so are then wins and leads of a goal ahead.

    ``wins`` and ``leads`` are gross, before the open funnel; those ``after_open`` need not come from deals that are
    open now. ``stages`` are those before the sale, in order.
    """

    goal: int
    won_so_far: int
    expected_from_open: int
    average_won: Fraction | None
    wins: int | None
    wins_after_open: int | None
    stages: tuple[StageNeed, ...]

    @property
    def leads(self) -> int | None:
        """How many deals have to come in; the wins themselves where there is no stage before the sale."""
        return self.stages[0].gross if self.stages else self.wins

    @property
    def leads_after_open(self) -> int | None:
        """How many more have to come in, if the open deals bring what is expected of them."""
        return self.stages[0].net if self.stages else self.wins_after_open


def conversions(resolved: Sequence[Rate], probabilities: Sequence[int]) -> tuple[Conversion, ...]:
    """The conversion of each stage before the sale, from the first on.

    ``resolved`` is M7 of these stages, ``probabilities`` what they say of winning, in basis points.
    """
    steps = pairwise((*probabilities, CERTAIN))
    return tuple(_conversion(rate, here, there) for rate, (here, there) in zip(resolved, steps, strict=True))


def takings(won: Iterable[tuple[int | None, Moment]], bounds: Bounds) -> Takings:
    """What won deals brought, each with its value and when it was won."""
    value = deals = so_far = 0
    for amount, won_at in won:
        if amount is not None:
            value += amount
            deals += 1
            so_far += amount if bounds.holds(won_at) else 0
    return Takings(value, deals, so_far)


def plan_leads(goal: int, ways: Sequence[Conversion], won: Takings, expected_from_open: int = 0) -> LeadsPlan:
    """The leads that a goal needs, given the conversions from stage to stage and what is won and expected already."""
    average = Fraction(won.won_value, won.won_deals) if won.won_deals and won.won_value > 0 else None
    gross = wins_for(goal - won.so_far, average)
    net = wins_for(goal - won.so_far - expected_from_open, average)
    needs = zip(_backwards(gross, ways), _backwards(net, ways), ways, strict=True)
    stages = tuple(StageNeed(*need) for need in needs)
    return LeadsPlan(goal, won.so_far, expected_from_open, average, gross, net, stages)


def wins_for(missing: int, average: Fraction | None) -> int | None:
    """How many wins bring what is missing; None if nobody knows what a win brings."""
    if missing <= 0:
        return 0
    return None if average is None else ceil(missing / average)


def shared_goal(goal: int, won_value: Mapping[str, int]) -> dict[str, int]:
    """A goal divided among groups as the won value was, to the last unit; equally as long as nothing is won."""
    weights = {name: max(value, 0) for name, value in sorted(won_value.items())}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    whole, before = sum(weights.values()), 0
    parts: dict[str, int] = {}
    for name, weight in weights.items():
        parts[name] = goal * (before + weight) // whole - goal * before // whole
        before += weight
    return parts


def _conversion(history: Rate, here: int, there: int) -> Conversion:
    """A stage that says more of winning than the next one loses nobody."""
    said = min(Fraction(here, there), Fraction(1)) if here and there else NOTHING_SAID
    share = (history.part + PLAYBOOK_WEIGHT * said) / (history.base + PLAYBOOK_WEIGHT)
    return Conversion(share, history, said)


def _backwards(wins: int | None, ways: Sequence[Conversion]) -> list[int | None]:
    needs: list[int | None] = []
    need = wins
    for way in reversed(ways):
        need = None if need is None else ceil(need / way.share)
        needs.append(need)
    return needs[::-1]
