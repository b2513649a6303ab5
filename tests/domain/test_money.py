from babel.core import get_global
from babel.numbers import get_currency_precision, list_currencies
from hypothesis import given, strategies as st

from funnel_desk.domain.money import DEFAULT_EXPONENT, EXPONENTS, exponent, major


def test_decimals_are_those_of_cldr() -> None:
    fractions = {code: digits[0] for code, digits in get_global("currency_fractions").items() if code != "DEFAULT"}
    assert {code: digits for code, digits in fractions.items() if digits != DEFAULT_EXPONENT} == EXPONENTS


def test_every_currency_that_cldr_knows_is_answered() -> None:
    assert {code: exponent(code) for code in list_currencies()} == {
        code: get_currency_precision(code) for code in list_currencies()
    }


def test_an_unknown_currency_has_two_decimals() -> None:
    assert exponent("ZZZ") == exponent("") == 2


def test_major_units_are_plain_text() -> None:
    assert major(105_400, "USD") == "1054.00"
    assert major(-5, "EUR") == "-0.05"
    assert major(1054, "JPY") == "1054"
    assert major(1054, "KWD") == "1.054"
    assert major(0, "USD") == "0.00"
    assert major(0, "UYW") == "0.0000"


@given(st.integers(-(10**18), 10**18), st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_no_minor_unit_is_lost(minor: int, currency: str) -> None:
    text = major(minor, currency)
    assert "E" not in text
    assert int(text.replace(".", "")) == minor
