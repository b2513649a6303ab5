"""The exact distribution of what open deals bring (M16), in two halves: 25 deals make 2^13 and 2^12 sums, not 2^25.

Whole numbers throughout: amounts are minor units, and a probability is a number of cases out of a number of cases.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import prod

from funnel_desk.domain.chances import Chance

NONE = Fraction(0)


class ExactSums:
    """How likely each sum of a few independent chances is."""

    def __init__(self, sure: int, chances: Sequence[Chance]) -> None:
        self._chances = chances
        self._cases = prod(one.win + one.lose for one in chances)
        middle = len(chances) // 2
        self._half = _sums(sure, chances[:middle])
        other = sorted(_sums(0, chances[middle:]).items())
        self._others = [amount for amount, _ in other]
        self._up_to = [0, *accumulate(cases for _, cases in other)]
        self._sure = sure

    @property
    def least(self) -> int:
        """The least sum that may come."""
        return self._sure + sum(min(one.value, 0) for one in self._chances)

    @property
    def most(self) -> int:
        """The greatest sum that may come."""
        return self._sure + sum(max(one.value, 0) for one in self._chances)

    def at_most(self, amount: int) -> Fraction:
        """How likely it is that no more than this comes."""
        others, up_to = self._others, self._up_to
        cases = sum(mine * up_to[bisect_right(others, amount - already)] for already, mine in self._half.items())
        return Fraction(cases, self._cases)

    def at_least(self, amount: int) -> Fraction:
        """How likely it is that this or more comes."""
        return 1 - self.at_most(amount - 1)


def quantile(mixture: Sequence[tuple[Fraction, ExactSums]], share: Fraction) -> int:
    """The smallest sum whose cumulative probability reaches ``share`` (more than 0).

    ``mixture`` tells how likely each way of things is, all together 1, and the sums that may come then.
    """
    low, high = min(sums.least for _, sums in mixture), max(sums.most for _, sums in mixture)
    while low < high:  # the probability rises at sums only, so the first amount that reaches the share is one
        middle = (low + high) // 2
        if sum((weight * sums.at_most(middle) for weight, sums in mixture), NONE) >= share:
            high = middle
        else:
            low = middle + 1
    return low


def _sums(sure: int, chances: Sequence[Chance]) -> dict[int, int]:
    """In how many cases each sum comes."""
    sums = {sure: 1}
    for _, value, win, lose in chances:
        after: dict[int, int] = defaultdict(int)
        for amount, cases in sums.items():
            after[amount] += cases * lose
            after[amount + value] += cases * win
        sums = after
    return sums
