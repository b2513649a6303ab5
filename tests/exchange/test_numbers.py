from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from funnel_desk.exchange.amounts import Amount, MoneyReader, probability_reader, whole_number
from funnel_desk.exchange.cells import Unreadable
from funnel_desk.exchange.decimals import decide_decimal
from funnel_desk.exchange.numbers import DecimalSign, take_apart, to_number
from funnel_desk.exchange.problems import AmbiguousDecimals


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("1 234,56", ",", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1\u202f234\u2009567", ",", "1234567"),
        ("1'234.56", ".", "1234.56"),
        ("1’234", ".", "1234"),
        ("$22,700.00", ".", "22700"),
        ("€ 2.900,00", ",", "2900"),
        ("-$5.00", ".", "-5"),
        ("(1,234.56)", ".", "-1234.56"),
        ("\u221212,5", ",", "-12.5"),
        ("5-", ".", "-5"),
        ("12,34,567.50", ".", "1234567.5"),
        ("1 000 руб.", ",", "1000"),
        ("100 RUB", ".", "100"),
        ("25 %", ".", "25"),
        (".5", ".", "0.5"),
        ("5.", ".", "5"),
        ("1.5E+11", ".", "150000000000"),
        ("+5", ".", "5"),
    ],
)
def test_numbers_as_people_write_them(cell: str, decimal: DecimalSign, number: str) -> None:
    assert to_number(cell, decimal) == Decimal(number)


@pytest.mark.parametrize(
    "cell", ["", "abc", "13,75 kg", "12 34", "1 2 3", "10 EUR 20", "10-20", "..5", "1.2.3", "5 млн", "--5"]
)
def test_what_is_no_number_is_never_made_one(cell: str) -> None:
    assert to_number(cell, ".") is None
    assert to_number(cell, ",") is None


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["100", "20"], None),
        (["1,234", "5,50"], ","),
        (["1,234", "5.50"], "."),
        (["1.234.567"], ","),
        (["1 234,567"], ","),
        (["0,125"], ","),
        (["1234,567"], ","),
        (["1.5"] * 30 + ["1,5"], "."),
        (["€ 2.900,00", "11000", "n/a"], ","),
    ],
)
def test_the_column_decides_its_decimal_sign(cells: list[str], decimal: str | None) -> None:
    assert decide_decimal("Amount", cells) == decimal


@pytest.mark.parametrize("cells", [["1,234"], ["1.234", "22"], ["1.5", "1,5"]])
def test_an_ambiguous_column_asks_unless_told(cells: list[str]) -> None:
    with pytest.raises(AmbiguousDecimals) as caught:
        decide_decimal("Amount", cells)
    assert caught.value.values["header"] == "Amount"
    assert decide_decimal("Amount", cells, ",") == ","


def test_money_goes_into_minor_units_of_its_currency() -> None:
    reader = MoneyReader(".", "EUR")
    assert reader.read("1,054.00") == Amount(105400, "EUR")
    assert reader.read("1054", "JPY") == Amount(1054, "JPY")
    assert reader.read("1.5", "KWD") == Amount(1500, "KWD")
    assert reader.read("$3") == Amount(300, "USD")
    assert MoneyReader(".", "CAD").read("$3") == Amount(300, "CAD")
    assert reader.read("0.125") == Amount(13, "EUR", rounded=True)


@pytest.mark.parametrize("cell", ["1e30", "9" * 30, "9" * 300, "1e9999", "92233720368547758.08", "10%", "x"])
def test_an_impossible_amount_is_told(cell: str) -> None:
    read = MoneyReader(".", "EUR").read(cell)
    assert isinstance(read, Unreadable)
    assert cell in read.reason


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        (["10", "90", "0"], [1000, 9000, 0]),
        (["0.1", "1"], [1000, 10000]),
        (["10%", "100 %"], [1000, 10000]),
        (["12,5", "3"], [1250, 300]),
    ],
)
def test_probabilities_are_basis_points(cells: list[str], points: list[int]) -> None:
    reader = probability_reader("P", cells)
    assert [reader.read(cell) for cell in cells] == points


@pytest.mark.parametrize("cell", ["-1", "101", "x", "1e99"])
def test_an_impossible_probability_is_told(cell: str) -> None:
    assert isinstance(probability_reader("P", ["50"]).read(cell), Unreadable)


def test_whole_numbers() -> None:
    assert [whole_number(cell) for cell in ("30", "30.0", "1 000")] == [30, 30, 1000]
    assert isinstance(whole_number("1.5"), Unreadable)


@given(st.text(st.sampled_from("0123456789.,' \u00a0-+()%€$eEрUSD"), max_size=12))
def test_any_cell_is_a_number_or_not(cell: str) -> None:
    take_apart(cell)
    for decimal in (".", ","):
        read = MoneyReader(decimal, "EUR").read(cell)
        assert isinstance(read, (Amount, Unreadable))


@given(
    st.integers(-(10**15), 10**15), st.sampled_from([(".", ","), (",", "."), (",", " "), (",", "\u00a0"), (".", "'")])
)
def test_amounts_written_with_thousands_come_back(minor: int, signs: tuple[DecimalSign, str]) -> None:
    decimal, thousands = signs
    whole, cents = divmod(abs(minor), 100)
    cell = f"{'-' if minor < 0 else ''}{whole:,}".replace(",", thousands) + f"{decimal}{cents:02}"
    assert decide_decimal("v", [cell]) == decimal
    assert MoneyReader(decimal, "EUR").read(cell) == Amount(minor, "EUR")
