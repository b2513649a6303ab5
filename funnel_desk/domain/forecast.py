"""The weighted forecast (M15): value by probability of the open deals, by the month in which they should close.

Minor units are multiplied by basis points and added up as integers; each figure shown is rounded once, from its own
exact sum, half a unit away from zero. So a total may differ by a unit or two from the sum of its rounded months.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

CERTAIN = 10_000
"""Basis points of what is sure to happen."""

MONTH_LENGTH = 7
_UNDATED, _OVERDUE = "", "overdue"


class ForecastDeal(NamedTuple):
    """An open deal: ``value`` in minor units, ``probability`` in basis points, the day it should close, if any."""

    value: int | None
    currency: str
    probability: int
    expected_close: str | None


@dataclass(frozen=True, slots=True)
class MonthForecast:
    """What a month (``YYYY-MM``) should bring, in minor units."""

    month: str
    weighted: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the open deals in one currency should bring, in minor units.

    ``weighted`` = the months + ``undated`` + ``overdue``, rounded apart. ``value`` is theirs without weighing,
    ``n`` how many they are, of which ``without_value`` have none and count as nothing.
    """

    currency: str
    weighted: int
    by_month: tuple[MonthForecast, ...]
    undated: int
    overdue: int
    value: int
    n: int
    without_value: int


def expected_by(expected_close: str | None, until: str | None) -> bool:
    """Whether a deal counts in a forecast until a day: only one that should close later is left out."""
    return until is None or expected_close is None or expected_close <= until


def forecast(
    deals: Iterable[ForecastDeal], *, today: str, currency: str, until: str | None = None
) -> tuple[Forecast, ...]:
    """One forecast a currency, the main one first, the others by their code; several are never added up.

    A deal that should have closed before ``today`` is overdue; one that should close after ``until`` is left out. A
    deal without a currency, which has no value either, counts in the main one.
    """
    tallies: dict[str, _Tally] = {currency: _Tally()}
    for deal in deals:
        if expected_by(deal.expected_close, until):
            tallies.setdefault(deal.currency or currency, _Tally()).add(deal, today)
    codes = sorted(tallies, key=lambda code: (code != currency, code))
    return tuple(tallies[code].forecast(code) for code in codes)


class _Tally:
    """Exact sums, in minor units times basis points, by month or other place."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()
        self.value = self.n = self.without_value = 0

    def add(self, deal: ForecastDeal, today: str) -> None:
        self.n += 1
        if deal.value is None:
            self.without_value += 1
            return
        self.value += deal.value
        close = deal.expected_close
        place = _UNDATED if close is None else _OVERDUE if close < today else close[:MONTH_LENGTH]
        self.sums[place] += deal.value * deal.probability

    def forecast(self, currency: str) -> Forecast:
        months = sorted(self.sums.keys() - {_UNDATED, _OVERDUE})
        return Forecast(
            currency=currency,
            weighted=_rounded(self.sums.total()),
            by_month=tuple(MonthForecast(month, _rounded(self.sums[month])) for month in months),
            undated=_rounded(self.sums[_UNDATED]),
            overdue=_rounded(self.sums[_OVERDUE]),
            value=self.value,
            n=self.n,
            without_value=self.without_value,
        )


def _rounded(exact: int) -> int:
    """Minor units, of minor units times basis points: half a unit goes away from zero."""
    units = (2 * abs(exact) + CERTAIN) // (2 * CERTAIN)
    return units if exact >= 0 else -units
