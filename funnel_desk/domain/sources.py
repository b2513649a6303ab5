"""What a source of leads costs and brings: per lead, per won deal, and per unit of money (seeds 000, 001, 003).

Amounts are minor units of one currency.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from funnel_desk.domain.funnel import Spans
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.niches import Niche
from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.periods import Period

NO_DEALS = Niche((), 0, 0, 0, 0, (), Spans(None, None, 0), Rate(0, 0), Rate(0, 0), 0)


@dataclass(frozen=True, slots=True)
class Source:
    """What came of the leads of a source, and what was spent on it in the same period; ``won_value`` in one currency.

    ``cost`` is None where nobody said what the source costs, which is not the same as nothing.
    """

    name: str
    niche: Niche
    won_value: int
    cost: int | None

    @property
    def per_lead(self) -> int | None:
        """Cost per lead; None where there is no lead or no cost is known."""
        return self._per(self.niche.deals)

    @property
    def per_win(self) -> int | None:
        """Cost per won deal."""
        return self._per(self.niche.won)

    @property
    def per_unit(self) -> float | None:
        """Cost for each unit of money won: 0.25 means that a quarter was spent to win one."""
        return self.cost / self.won_value if self.cost is not None and self.won_value > 0 else None

    def _per(self, count: int) -> int | None:
        return round(Fraction(self.cost, count)) if self.cost is not None and count else None


def sources(found: Sequence[Niche], costs: Mapping[str, int], currency: str) -> tuple[Source, ...]:
    """Each source of ``found`` (grouped by the source alone) and each that cost something, the greatest value first."""
    there = {niche.key[0]: niche for niche in found}
    names = [*there, *sorted(costs.keys() - there.keys())]
    return tuple(
        Source(name, there.get(name, NO_DEALS), _won(there.get(name), currency), costs.get(name)) for name in names
    )  # fmt: skip


def cost_in(costs: Iterable[SourceCost], period: Period) -> Mapping[str, int]:
    """What each source cost within a period: of a span that is partly in it, the share of its days.

    All amounts have to be in one currency.
    """
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for cost in costs:
        first, last = max(cost.from_day, period.first or cost.from_day), min(cost.to_day, period.last or cost.to_day)
        if first <= last:
            sums[cost.source] += Fraction(cost.amount * _days(first, last), _days(cost.from_day, cost.to_day))
    return {source: round(amount) for source, amount in sums.items()}


def _days(first: str, last: str) -> int:
    return date.fromisoformat(last).toordinal() - date.fromisoformat(first).toordinal() + 1


def _won(niche: Niche | None, currency: str) -> int:
    return next((amount.minor for amount in niche.won_value if amount.currency == currency), 0) if niche else 0
