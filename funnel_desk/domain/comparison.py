"""Is one share better than another? Said only where the interval of their difference leaves no doubt."""

from dataclasses import dataclass
from math import hypot
from typing import Literal

from funnel_desk.domain.intervals import Interval, Rate

Verdict = Literal["better", "worse", "too_early"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A share beside another one: of this period and of the one before, of one group and of the others.

    ``difference`` is the first less the second, from -1 to 1, ``interval`` where the true one lies with 95 %
    confidence; both None where one of the two is a share of nothing.
    """

    share: Rate
    other: Rate

    @property
    def difference(self) -> float | None:
        """The first less the second."""
        if self.share.value is None or self.other.value is None:
            return None
        return self.share.value - self.other.value

    @property
    def interval(self) -> Interval | None:
        """Where the true difference lies (`newcombe`)."""
        return newcombe(self.share, self.other) if self.share.base and self.other.base else None

    @property
    def verdict(self) -> Verdict:
        """Better or worse than the other; too early to say where 0 lies in the interval or a base is under five."""
        interval = self.interval
        if interval is None or self.share.too_few or self.other.too_few:
            return "too_early"
        if interval.low > 0:
            return "better"
        return "worse" if interval.high < 0 else "too_early"


def newcombe(share: Rate, other: Rate) -> Interval:
    """Newcombe's interval for the difference of two shares of something, from their Wilson intervals.

    56 of 70 less 48 of 80 gives 5.2 to 33.4 %; both ends lie between -1 and 1.
    """
    first, second, mine, its = share.value, other.value, share.interval, other.interval
    if first is None or second is None or mine is None or its is None:
        raise ValueError("a share of nothing cannot be compared")
    difference = first - second
    return Interval(
        max(-1.0, difference - hypot(first - mine.low, its.high - second)),
        min(1.0, difference + hypot(mine.high - first, second - its.low)),
    )
