"""Who brings the turnover and who takes the time: ABC (M20), the repeat share (M22), effort and return (M24).

Amounts are minor units of one currency; several are never added up, so each has customers of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple

from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_

Grade = Literal["A", "B", "C"]

REPEAT_KINDS = frozenset({"repeat", "cross_sell", "up_sell", "change_sale"})
REPEAT_BENCHMARK = Fraction(80, 100)
"""Up to so much of the won value can come from those who bought before."""

_PERCENT = 100
_MINUTES_AN_HOUR = 60
_FEBRUARY, _LEAP_DAY = 2, 29


class LimitsOutOfOrder(Refusal):
    """The limits of an ABC grading do not rise."""

    message = N_("The limits must rise from 0 to 100 %: A ends at {a} %, B at {b} %.")


class Sale(NamedTuple):
    """A won deal: whose, what it brought, when it was won and of which kind it is."""

    customer: str
    value: int | None
    won_at: Moment
    kind: str


@dataclass(frozen=True, slots=True)
class Limits:
    """In percent of the won value before a customer is added: those under ``a`` are A, those under ``b`` B, others C.

    Raises LimitsOutOfOrder.
    """

    a: int = 80
    b: int = 95

    def __post_init__(self) -> None:
        if not 0 <= self.a <= self.b <= _PERCENT:
            raise LimitsOutOfOrder(a=self.a, b=self.b)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer over a period: won value, its orders and the minutes spent; and when the last order was, ever.

    ``before`` is the share of all won value that greater customers bring, from 0 to 1.
    """

    id: str
    grade: Grade
    won: int
    orders: int
    before: float
    minutes: int
    last_order: Moment | None
    days_since_order: int | None

    @property
    def an_hour(self) -> int | None:
        """What an hour spent brought, in minor units; None where no minutes are logged."""
        return round(Fraction(self.won * _MINUTES_AN_HOUR, self.minutes)) if self.minutes else None


@dataclass(frozen=True, slots=True)
class Share:
    """Won value of some kinds out of all won value, and how many deals each of them are."""

    part: int
    whole: int
    part_deals: int
    deals: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where nothing was won."""
        return self.part / self.whole if self.whole > 0 else None


@dataclass(frozen=True, slots=True)
class KindOfSale:
    """How many deals of a kind were won, and what they brought in minor units."""

    kind: str
    deals: int
    value: int


def twelve_months(today: str) -> Period:
    """The twelve months that end today."""
    last = date.fromisoformat(today)
    leap = (last.month, last.day) == (_FEBRUARY, _LEAP_DAY)
    before = last.replace(year=last.year - 1, day=_LEAP_DAY - 1) if leap else last.replace(year=last.year - 1)
    return Period((before + timedelta(days=1)).isoformat(), today)


def customers(
    sales: Iterable[Sale],
    minutes: Mapping[str, int],
    *,
    period: Period,
    today: str,
    zone: str,
    limits: Limits | None = None,
) -> tuple[Customer, ...]:
    """The customers who ever bought or took time, the greatest first.

    ``sales`` are all there ever were, ``minutes`` those spent in the period on each customer, buyer or not.
    """
    bounds = period.bounds(zone)
    won: dict[str, int] = dict.fromkeys(minutes, 0)
    orders: dict[str, int] = {}
    last: dict[str, Moment] = {}
    for customer, value, won_at, _kind in sales:
        inside = bounds.holds(won_at)
        won[customer] = won.get(customer, 0) + (value or 0 if inside else 0)
        orders[customer] = orders.get(customer, 0) + inside
        last[customer] = max(last.get(customer, won_at), won_at)
    return tuple(
        Customer(
            one, grade, won[one], orders.get(one, 0), before, minutes.get(one, 0), last.get(one),
            _days(last.get(one), today, zone),
        )
        for one, grade, before in graded(won, limits or Limits())
    )  # fmt: skip


def graded(won: Mapping[str, int], limits: Limits) -> list[tuple[str, Grade, float]]:
    """Each customer's grade (M20) and the share of those before, the greatest first; who brought nothing is C."""
    whole = sum(value for value in won.values() if value > 0)
    before = 0
    grades: list[tuple[str, Grade, float]] = []
    for customer, value in sorted(won.items(), key=lambda item: (-item[1], item[0])):
        grade: Grade = "C"
        if value > 0 and before * _PERCENT < limits.b * whole:
            grade = "A" if before * _PERCENT < limits.a * whole else "B"
        grades.append((customer, grade, before / whole if whole else 0.0))
        before += max(value, 0)
    return grades


def repeat_share(sales: Sequence[Sale]) -> Share:
    """How much of the won value comes from those who bought before (M22)."""
    again = [sale for sale in sales if sale.kind in REPEAT_KINDS]
    return Share(
        sum(sale.value or 0 for sale in again), sum(sale.value or 0 for sale in sales), len(again), len(sales)
    )  # fmt: skip


def kinds_of_sale(sales: Iterable[Sale]) -> tuple[KindOfSale, ...]:
    """What each kind brought, the greatest value first; first sales are one of them."""
    counts: Counter[str] = Counter()
    values: Counter[str] = Counter()
    for sale in sales:
        counts[sale.kind] += 1
        values[sale.kind] += sale.value or 0
    order = sorted(counts, key=lambda kind: (-values[kind], -counts[kind], kind))
    return tuple(KindOfSale(kind, counts[kind], values[kind]) for kind in order)


def _days(moment: Moment | None, today: str, zone: str) -> int | None:
    if moment is None:
        return None
    return date.fromisoformat(today).toordinal() - date.fromisoformat(day_of(moment, zone)).toordinal()
