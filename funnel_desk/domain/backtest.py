"""How often did the forecast's range hold? The range (M16) of past days, beside what then came of the same deals.

Amounts are minor units of one currency; probabilities are basis points.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from funnel_desk.domain.chances import AS_USUAL, OpenDeal, Scenario
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.forecast import CERTAIN
from funnel_desk.domain.forecast_range import forecast_range
from funnel_desk.domain.intervals import TOO_FEW, Rate
from funnel_desk.domain.moments import Moment, day_of

MOST_UNDECIDED = 0.1
"""A past day on which more than this share of the open deals is undecided to this day tells nothing yet."""

_MONTHS = 12


class PastStay(NamedTuple):
    """A stay before the sale: from when until when (None: it goes on), and what the deal was said to be worth then."""

    deal_id: str
    value: int | None
    probability: int
    entered: Moment
    left: Moment | None


@dataclass(frozen=True, slots=True)
class PastForecast:
    """The range of the deals that were open when a day began, without those undecided to this day; and what came.

    ``came`` is the value of those that were won in the end, ``weighted`` what M15 said of them. ``n`` deals are
    counted, ``undecided`` are not.
    """

    day: str
    n: int
    undecided: int
    p10: int
    p50: int
    p90: int
    came: int
    weighted: int = 0

    @property
    def told(self) -> bool:
        """Whether enough of the deals are decided to say anything."""
        return bool(self.n) and self.undecided <= MOST_UNDECIDED * (self.n + self.undecided)

    @property
    def held(self) -> bool:
        """Whether what came lies within the 80 % range."""
        return self.p10 <= self.came <= self.p90


@dataclass(frozen=True, slots=True)
class BackTest:
    """Past forecasts, the earliest first; neighbouring ones share deals, so they are fewer than they look."""

    days: tuple[PastForecast, ...]

    @property
    def held(self) -> Rate:
        """In how many of the past forecasts that can be judged the 80 % range held."""
        told = [one for one in self.days if one.told]
        return Rate(sum(one.held for one in told), len(told))

    @property
    def above(self) -> int:
        """How often more came than the range said."""
        return sum(one.told and one.came > one.p90 for one in self.days)

    @property
    def below(self) -> int:
        """How often less came than the range said."""
        return sum(one.told and one.came < one.p10 for one in self.days)

    @property
    def weighted_off(self) -> float | None:
        """By which part of what came the weighted totals lay above it (less than 0: below), all told ones together.

        None of fewer than five, or where nothing came.
        """
        told = [one for one in self.days if one.told]
        came = sum(one.came for one in told)
        return sum(one.weighted - one.came for one in told) / came if len(told) >= TOO_FEW and came > 0 else None


def month_beginnings(first: str, today: str, most: int) -> tuple[str, ...]:
    """The first days of at most so many months, after the day ``first`` and not after today; the earliest first."""
    now = date.fromisoformat(today)
    months = (now.year * _MONTHS + now.month - 1 - back for back in range(most))
    days = (date(month // _MONTHS, month % _MONTHS + 1, 1).isoformat() for month in months)
    return tuple(sorted(day for day in days if day > first))


def back_test(
    stays: Iterable[PastStay],
    fates: Mapping[str, Outcome],
    days: Sequence[str],
    *,
    zone: str,
    seed: int = 0,
    shock: Sequence[Scenario] = AS_USUAL,
) -> BackTest:
    """The forecasts as they were when these days (in order) began, and what came.

    ``fates`` tells what became of each deal; one that went to another pipeline counts on no day. A deal whose stay is
    not among ``stays`` was not open then, so that nothing is known of it.
    """
    open_on: list[list[PastStay]] = [[] for _ in days]
    for stay in stays:
        if fates.get(stay.deal_id) == "handed_over":
            continue
        until = len(days) if stay.left is None else bisect_right(days, day_of(stay.left, zone))
        # Of two stays that one day ends and begins, the earlier is the one in which the day began.
        for place in range(bisect_left(days, _next_day(day_of(stay.entered, zone))), until):
            open_on[place].append(stay)
    return BackTest(
        tuple(_past(day, open_on[place], fates, seed + place, shock) for place, day in enumerate(days))
    )  # fmt: skip


def _past(
    day: str, stays: Sequence[PastStay], fates: Mapping[str, Outcome], seed: int, shock: Sequence[Scenario]
) -> PastForecast:
    decided = [stay for stay in stays if fates.get(stay.deal_id) in ("won", "lost")]
    deals = [OpenDeal(stay.deal_id, stay.value, stay.probability) for stay in decided]
    found = forecast_range(deals, seed=seed, shock=shock)
    came = sum(stay.value or 0 for stay in decided if fates[stay.deal_id] == "won")
    weighted = Fraction(sum((stay.value or 0) * stay.probability for stay in decided), CERTAIN)
    undecided = len(stays) - len(decided)
    return PastForecast(day, len(decided), undecided, found.p10, found.p50, found.p90, came, round(weighted))


def _next_day(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()
