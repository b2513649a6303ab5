"""What a person types into a field: amounts, percentages and days, read as they are written where the person lives."""

from funnel_desk.domain.money import major
from funnel_desk.exchange.amounts import Amount, MoneyReader
from funnel_desk.exchange.dates import take_date_apart
from funnel_desk.exchange.numbers import DecimalSign, to_number
from funnel_desk.i18n import language

_WHOLE = 100


def typed_amount(text: str, currency: str) -> Amount | None:
    """An amount with or without its currency ("12 400", "$1,054.50"); None if it is none."""
    for sign in _signs():
        read = MoneyReader(sign, currency).read(text.strip())
        if isinstance(read, Amount):
            return read
    return None


def typed_percentage(text: str) -> int | None:
    """A percentage from 0 to 100 in basis points; None if it is none."""
    for sign in _signs():
        number = to_number(text.strip().removesuffix("%").strip(), sign)
        if number is not None and 0 <= number <= _WHOLE:
            return round(number * _WHOLE)
    return None


def typed_day(text: str) -> str | None:
    """A day as ISO text, from "2026-12-18", "18.12.2026" or "18 December 2026"; None if it is none."""
    written = take_date_apart(text.strip())
    day = written.in_order("dmy") if written else None
    return day.isoformat() if day else None


def shown_for_typing(value: int | None, currency: str) -> str:
    """An amount as it stands in a field that is about to be changed."""
    return "" if value is None else major(value, currency).removesuffix(".00")


def _signs() -> tuple[DecimalSign, DecimalSign]:
    """The decimal signs to try, the one of the person's language first."""
    return (",", ".") if language() == "ru" else (".", ",")
