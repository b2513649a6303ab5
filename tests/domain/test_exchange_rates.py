"""Amounts in other currencies, by the rates of the user."""

from fractions import Fraction

from hypothesis import given, strategies as st

from funnel_desk.domain.exchange_rates import Rates, worth_of
from funnel_desk.domain.money import Amount
from funnel_desk.domain.own_figures import Rate

RATES = Rates.of(
    "EUR",
    [
        Rate("1", "USD", "2026-01-01", "0.9"),
        Rate("2", "USD", "2026-06-01", "0.8"),
        Rate("3", "USD", "2026-06-01", "0.85"),
        Rate("4", "JPY", "2026-01-01", "0.006"),
        Rate("5", "KWD", "2026-01-01", "3"),
        Rate("6", "EUR", "2026-01-01", "7"),
    ],
)


def test_the_latest_rate_until_the_day_holds_and_the_first_one_before_it() -> None:
    assert RATES.worth("USD", "2025-01-01") == Fraction("0.9")
    assert RATES.worth("USD", "2026-05-31") == Fraction("0.9")
    assert RATES.worth("USD", "2026-06-01") == Fraction("0.85")
    assert RATES.worth("GBP", "2026-06-01") is None
    assert RATES.worth("EUR", "2026-06-01") == 1


def test_minor_units_of_every_size() -> None:
    assert RATES.in_main(10_000, "USD", "2026-07-01") == Amount(8_500, "EUR")
    assert RATES.in_main(10_000, "JPY", "2026-07-01") == Amount(6_000, "EUR")
    assert RATES.in_main(1_000, "KWD", "2026-07-01") == Amount(300, "EUR")
    assert RATES.in_main(7, "", "2026-07-01") == Amount(7, "EUR")
    assert RATES.in_main(7, "GBP", "2026-07-01") == Amount(7, "GBP")
    assert not Rates.of("EUR", [])


@given(st.text())
def test_whatever_is_typed_is_a_rate_or_none(text: str) -> None:
    worth = worth_of(text)
    assert worth is None or worth > 0
