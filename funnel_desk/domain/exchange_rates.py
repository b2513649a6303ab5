"""Rates of exchange as the user said them, day by day: the only way in which amounts in two currencies are added."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

from funnel_desk.domain.money import Amount, exponent
from funnel_desk.domain.own_figures import Rate


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of each currency is worth in the main one, from which day on; the latest day first."""

    main: str
    by_currency: Mapping[str, tuple[tuple[str, Fraction], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, main: str, rates: Iterable[Rate]) -> Self:
        """The rates into the main currency; of two for one day, the one that was made later (by id) holds."""
        found: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for rate in sorted(rates, key=lambda one: one.id):
            if rate.currency != main:
                found[rate.currency][rate.on_day] = Fraction(rate.worth)
        return cls(main, {code: tuple(sorted(days.items(), reverse=True)) for code, days in found.items()})

    def __bool__(self) -> bool:
        """Whether there is any rate at all."""
        return bool(self.by_currency)

    def known(self, currency: str) -> frozenset[str]:
        """The currencies whose amounts are counted in this one: all that have a rate, if it is the main one."""
        return frozenset({"", self.main, *self.by_currency}) if currency == self.main else frozenset({currency})

    def worth(self, currency: str, day: str) -> Fraction | None:
        """What a unit is worth on a day: by the latest rate until then, before the first one by that; else None."""
        if currency in (self.main, ""):
            return Fraction(1)
        days = self.by_currency.get(currency)
        if not days:
            return None
        return next((worth for from_day, worth in days if from_day <= day), days[-1][1])

    def in_main(self, value: int, currency: str, day: str) -> Amount:
        """An amount in the main currency, rounded to its minor unit; as it is where no rate is known."""
        worth = self.worth(currency, day)
        if worth is None or currency in (self.main, ""):
            return Amount(value, currency or self.main)
        scale = Fraction(10) ** (exponent(self.main) - exponent(currency))
        return Amount(round(value * worth * scale), self.main)


def worth_of(text: str) -> Fraction | None:
    """What a rate says, greater than nothing; None where it is no such number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and number > 0 else None
