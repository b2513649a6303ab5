"""Amounts, probabilities and counts out of the cells of a column whose decimal sign is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP

from funnel_desk.domain.money import exponent
from funnel_desk.exchange.cells import Unreadable
from funnel_desk.exchange.currency_signs import meant
from funnel_desk.exchange.decimals import decide_decimal
from funnel_desk.exchange.numbers import MANY_DIGITS, DecimalSign, take_apart, to_number, value_of
from funnel_desk.i18n import translate as _

LARGEST = 2**63 - 1
_ALL_PROBABILITY = 10_000


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of a cell in minor units; `rounded` when the cell had more decimals than the currency has."""

    minor: int
    currency: str
    rounded: bool = False


@dataclass(slots=True)
class MoneyReader:
    """Reads the cells of one column of money; equal cells are read once."""

    decimal: DecimalSign | None
    currency: str
    """Of a cell that does not tell its own."""
    _known: dict[tuple[str, str], Amount | Unreadable] = field(default_factory=dict)

    def read(self, cell: str, currency: str = "") -> Amount | Unreadable:
        """The amount of a cell; `currency` is what the row's own currency column says, and goes before all."""
        key = (cell, currency)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(cell, currency)
        return known

    def _read(self, cell: str, told_currency: str) -> Amount | Unreadable:
        written = take_apart(cell)
        number = None if written is None or written.percent else value_of(written, self.decimal or ".")
        if written is None or number is None:
            return Unreadable(_('"{value}" is not an amount.', value=cell))
        currency = told_currency or meant(written.currencies, self.currency) or self.currency
        if number.adjusted() > MANY_DIGITS:
            return Unreadable(_('"{value}" is too large an amount.', value=cell))
        exact = number.scaleb(exponent(currency))
        minor = int(exact.to_integral_value(ROUND_HALF_UP))
        if abs(minor) > LARGEST:
            return Unreadable(_('"{value}" is too large an amount.', value=cell))
        return Amount(minor, currency, rounded=exact != minor)


@dataclass(slots=True)
class ProbabilityReader:
    """Reads the cells of one column of probabilities into basis points (0..10000)."""

    decimal: DecimalSign | None
    parts_of_one: bool
    """Whether the column's plain numbers go from 0 to 1 rather than to 100."""
    _known: dict[str, int | Unreadable] = field(default_factory=dict)

    def read(self, cell: str) -> int | Unreadable:
        """The basis points of a cell."""
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._read(cell)
        return known

    def _read(self, cell: str) -> int | Unreadable:
        written = take_apart(cell)
        number = None if written is None or written.currencies else value_of(written, self.decimal or ".")
        if written is None or number is None or number.adjusted() > MANY_DIGITS:
            return Unreadable(_('"{value}" is not a probability.', value=cell))
        scale = _ALL_PROBABILITY if self.parts_of_one and not written.percent else _ALL_PROBABILITY // 100
        points = (number * scale).to_integral_value(ROUND_HALF_UP)
        if not 0 <= points <= _ALL_PROBABILITY:
            return Unreadable(_('"{value}" is not a probability.', value=cell))
        return int(points)


def probability_reader(header: str, cells: Iterable[str], told: DecimalSign | None = None) -> ProbabilityReader:
    """The reader for a column: numbers none of which is above 1 are parts of one, others are percent.

    Raises: AmbiguousDecimals.
    """
    listed = [cell for cell in cells if take_apart(cell)]
    decimal = decide_decimal(header, listed, told)
    plain = [to_number(cell, decimal or ".") for cell in listed if "%" not in cell]
    numbers = [number for number in plain if number is not None]
    return ProbabilityReader(decimal, parts_of_one=bool(numbers) and max(numbers) <= 1)


def whole_number(cell: str) -> int | Unreadable:
    """A count, such as minutes: "30", "30.0", "30,0"."""
    written = take_apart(cell)
    number = None if written is None else value_of(written, "," if "," in written.body else ".")
    if number is None or number != number.to_integral_value() or abs(number) > LARGEST:
        return Unreadable(_('"{value}" is not a whole number.', value=cell))
    return int(number)
