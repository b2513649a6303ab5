"""How much a day the funnel brings (M14): open deals × average won value × win rate / average days to win."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.intervals import TOO_FEW, Rate
from funnel_desk.domain.moments import days_between


@dataclass(frozen=True, slots=True)
class Velocity:
    """The four parts for one currency: how many are open, what a win brings (minor units), how many are won, how soon.

    ``n`` won deals have a value and a time to win; ``days_to_win`` is the mean of them.
    """

    currency: str
    open_deals: int
    average_won: Fraction | None
    win_rate: Rate
    days_to_win: float | None
    n: int

    @property
    def per_day(self) -> int | None:
        """Minor units a day; None under five won deals, or where they took no time."""
        if self.n < TOO_FEW or self.average_won is None or not self.days_to_win or not self.win_rate.base:
            return None
        share = Fraction(self.win_rate.part, self.win_rate.base)
        return round(self.open_deals * self.average_won * share / Fraction(self.days_to_win))


def velocity(deals: Iterable[CohortDeal], *, zone: str, currency: str) -> tuple[Velocity, ...]:
    """One velocity a currency, the main one first, the others by their code; several are never added up.

    A deal without a currency, which has no value either, counts in the main one. Won deals that were won before the
    first contact are left out of the days, those without a value out of the average.
    """
    tallies: dict[str, _Tally] = {currency: _Tally()}
    for deal in deals:
        tallies.setdefault(deal.currency or currency, _Tally()).add(deal, zone)
    codes = sorted(tallies, key=lambda code: (code != currency, code))
    return tuple(tallies[code].velocity(code) for code in codes)


class _Tally:
    def __init__(self) -> None:
        self.open = self.won = self.lost = 0
        self.values: list[int] = []
        self.days: list[float] = []

    def add(self, deal: CohortDeal, zone: str) -> None:
        self.open += deal.outcome == "open"
        self.lost += deal.outcome == "lost"
        if deal.outcome != "won":
            return
        self.won += 1
        if deal.value is not None:
            self.values.append(deal.value)
        if deal.won_at is not None and (days := days_between(deal.first_contact, deal.won_at, zone)) >= 0:
            self.days.append(days)

    def velocity(self, currency: str) -> Velocity:
        return Velocity(
            currency=currency,
            open_deals=self.open,
            average_won=Fraction(sum(self.values), len(self.values)) if self.values else None,
            win_rate=Rate(self.won, self.won + self.lost),
            days_to_win=fmean(self.days) if self.days else None,
            n=min(len(self.values), len(self.days)),
        )
