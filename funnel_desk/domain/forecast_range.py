"""The forecast's range (M16): what the open deals may bring together, each won or not on its own.

Exact for up to 25 deals, else 10,000 draws from a seed; the same seed gives the same range. A crisis hits all deals at
once: with a common shock, one draw multiplies the odds of all of them. Amounts are minor units of one currency.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

from funnel_desk.domain.chances import AS_USUAL, OpenDeal, Scenario, chances, widest
from funnel_desk.domain.drawn_sums import bits, draw_sums
from funnel_desk.domain.exact_sums import NONE, ExactSums, quantile

Method = Literal["exact", "simulated"]

MOST_EXACT = 25
"""Up to so many open deals every outcome is counted."""
DRAWS = 10_000
MOVERS = 5
"""So many deals are named that move the range most."""

P10, P50, P90 = Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Mover:
    """A deal that moves the range: ``share`` of all its variance, from 0 to 1, as things are without a shock.

    ``if_won`` and ``if_lost``: how likely the goal is then; None without a goal, or where no draw can tell.
    """

    deal_id: str
    share: float
    if_won: float | None = None
    if_lost: float | None = None


@dataclass(frozen=True, slots=True)
class ForecastRange:
    """With 10, 50 and 90 % the open deals bring no more than ``p10``, ``p50``, ``p90`` minor units.

    Each is the smallest sum whose cumulative probability reaches that. ``probability_of_goal``: how likely the goal or
    more is, from 0 to 1; None without one. ``n`` deals are open; ``movers`` widen the range most, the first one most.
    """

    p10: int
    p50: int
    p90: int
    probability_of_goal: float | None
    method: Method
    n: int
    movers: tuple[Mover, ...]


def forecast_range(
    deals: Iterable[OpenDeal], *, goal: int | None = None, seed: int = 0, shock: Sequence[Scenario] = AS_USUAL
) -> ForecastRange:
    """What open deals in one currency may bring. ``goal`` in minor units; ``shock``: how things may go for all at once.

    A deal without a value brings nothing, and counts in ``n``.
    """
    return what_may_come(deals, seed=seed, shock=shock).told(goal)


def what_may_come(
    deals: Iterable[OpenDeal], *, seed: int = 0, shock: Sequence[Scenario] = AS_USUAL
) -> "ExactOutcomes | DrawnOutcomes":
    """What open deals may bring, kept: another goal is then told without drawing again. See `forecast_range`."""
    every = list(deals)
    if len(every) <= MOST_EXACT:
        return ExactOutcomes(every, shock)
    return _drawn_outcomes(every, shock, Random(seed))  # noqa: S311 - nothing secret hangs on it


class ExactOutcomes:
    """Every outcome of a few deals, counted."""

    def __init__(self, deals: Sequence[OpenDeal], shock: Sequence[Scenario]) -> None:
        whole = sum(one.weight for one in shock)
        self._deals, self._shock = deals, shock
        self._mixture = [(Fraction(one.weight, whole), ExactSums(*chances(deals, one.odds))) for one in shock]
        self._first = widest(deals, MOVERS)
        self._low, self._middle, self._high = (quantile(self._mixture, share) for share in (P10, P50, P90))

    def told(self, goal: int | None) -> ForecastRange:
        """The range, and how likely a goal in minor units is."""
        reached = sum((weight * sums.at_least(goal or 0) for weight, sums in self._mixture), NONE)
        return ForecastRange(
            p10=self._low,
            p50=self._middle,
            p90=self._high,
            probability_of_goal=None if goal is None else float(reached),
            method="exact",
            n=len(self._deals),
            movers=tuple(
                Mover(deal.id, share)
                if goal is None
                else Mover(deal.id, share, *_with_and_without(self._deals, deal, goal, self._shock))
                for deal, share in self._first
            ),
        )


@dataclass(frozen=True, slots=True)
class DrawnOutcomes:
    """The draws of many deals: all sums in order; scenario by scenario the sums as drawn, and who was won in which."""

    n: int
    sums: Sequence[int]
    drawn: Sequence[tuple[Sequence[int], Mapping[str, int]]]
    first: Sequence[tuple[OpenDeal, float]]

    def told(self, goal: int | None) -> ForecastRange:
        """The range, and how likely a goal in minor units is."""
        counts = {deal.id: _Counts() for deal, _share in self.first}
        if goal is not None:
            for mine, won_in in self.drawn:
                reached = bits(amount >= goal for amount in mine)
                for deal_id, won in won_in.items():
                    counts[deal_id].add(won, reached, len(mine))
        return ForecastRange(
            p10=_quantile(self.sums, P10),
            p50=_quantile(self.sums, P50),
            p90=_quantile(self.sums, P90),
            probability_of_goal=None if goal is None else sum(amount >= goal for amount in self.sums) / len(self.sums),
            method="simulated",
            n=self.n,
            movers=tuple(
                Mover(deal.id, share) if goal is None else Mover(deal.id, share, *counts[deal.id].shares)
                for deal, share in self.first
            ),
        )


def _with_and_without(
    deals: Sequence[OpenDeal], mover: OpenDeal, goal: int, shock: Sequence[Scenario]
) -> tuple[float, float]:
    """How likely the goal is if this deal is won, and if it is lost. A win also tells something of the shock."""
    others = [deal for deal in deals if deal is not mover]
    won = reached_won = lost = reached_lost = NONE
    for weight, odds in shock:
        _sure, [(_id, value, win, lose)] = chances([mover], odds)
        rest = ExactSums(*chances(others, odds))
        wins, losses = Fraction(weight * win, win + lose), Fraction(weight * lose, win + lose)
        won, lost = won + wins, lost + losses
        reached_won += wins * rest.at_least(goal - value)
        reached_lost += losses * rest.at_least(goal)
    return float(reached_won / won), float(reached_lost / lost)


def _drawn_outcomes(deals: Sequence[OpenDeal], shock: Sequence[Scenario], random: Random) -> DrawnOutcomes:
    first = widest(deals, MOVERS)
    watched = [deal.id for deal, _share in first]
    scenarios = random.choices(range(len(shock)), [one.weight for one in shock], k=DRAWS)
    drawn: list[tuple[Sequence[int], Mapping[str, int]]] = []
    for place, scenario in enumerate(shock):
        draws = scenarios.count(place)
        if draws:
            drawn.append(draw_sums(*chances(deals, scenario.odds), draws, random, watched))
    return DrawnOutcomes(len(deals), sorted(amount for mine, _won in drawn for amount in mine), drawn, first)


def _quantile(sums: Sequence[int], share: Fraction) -> int:
    return sums[-(-share.numerator * len(sums) // share.denominator) - 1]


class _Counts:
    """In how many draws a deal was won, in how many lost, and in how many of them the goal was reached."""

    def __init__(self) -> None:
        self._won = self._reached_won = self._lost = self._reached_lost = 0

    def add(self, won: int, reached: int, draws: int) -> None:
        wins, both = won.bit_count(), (won & reached).bit_count()
        self._won += wins
        self._lost += draws - wins
        self._reached_won += both
        self._reached_lost += reached.bit_count() - both

    @property
    def shares(self) -> tuple[float | None, float | None]:
        return (
            self._reached_won / self._won if self._won else None,
            self._reached_lost / self._lost if self._lost else None,
        )
