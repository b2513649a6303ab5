"""What an open deal may bring, and what may happen to all deals at once: the odds behind the forecast's range (M16)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from funnel_desk.domain.forecast import CERTAIN


class OpenDeal(NamedTuple):
    """An open deal: ``value`` in minor units, ``probability`` in basis points."""

    id: str
    value: int | None
    probability: int


class Chance(NamedTuple):
    """``value`` minor units that come in ``win`` of ``win + lose`` cases; neither is 0, nor is the value."""

    deal_id: str
    value: int
    win: int
    lose: int


class Scenario(NamedTuple):
    """How things may go for all deals at once: in ``weight`` cases of all, every deal's odds are ``odds`` times theirs.

    Odds are p / (1 - p): where ``odds`` is a half, 1 : 1 becomes 1 : 2. Neither number is 0 or less.
    """

    weight: int
    odds: Fraction


AS_USUAL: tuple[Scenario, ...] = (Scenario(1, Fraction(1)),)


def common_shock(probability: int, odds: Fraction) -> tuple[Scenario, ...]:
    """Something that comes with a probability (basis points) and multiplies the odds of every deal: a crisis."""
    scenarios = (Scenario(CERTAIN - probability, Fraction(1)), Scenario(probability, odds))
    return tuple(one for one in scenarios if one.weight)


def chances(deals: Iterable[OpenDeal], odds: Fraction) -> tuple[int, list[Chance]]:
    """What is sure to come in, and what may, where all odds are multiplied by ``odds``."""
    sure = 0
    unsure: list[Chance] = []
    for deal_id, value, probability in deals:
        if not value or not probability:
            continue
        if probability == CERTAIN:
            sure += value
            continue
        win, lose = probability * odds.numerator, (CERTAIN - probability) * odds.denominator
        both = gcd(win, lose)
        unsure.append(Chance(deal_id, value, win // both, lose // both))
    return sure, unsure


def widest(deals: Sequence[OpenDeal], most: int) -> list[tuple[OpenDeal, float]]:
    """The deals that widen the range most, each with its share of the whole variance, at most so many."""
    spreads = [((deal.value or 0) ** 2 * deal.probability * (CERTAIN - deal.probability), deal) for deal in deals]
    whole = sum(spread for spread, _deal in spreads)
    first = sorted(spreads, key=lambda one: (-one[0], one[1].id))[:most]
    return [(deal, spread / whole) for spread, deal in first if spread]
