from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.forecast import Forecast, ForecastDeal, MonthForecast, expected_by, forecast

TODAY = "2026-11-22"


def only(*deals: ForecastDeal) -> Forecast:
    (result,) = forecast(deals, today=TODAY, currency="EUR")
    return result


def a_deal(value: int | None, probability: int, close: str | None = None, currency: str = "EUR") -> ForecastDeal:
    return ForecastDeal(value, currency, probability, close)


def test_by_month_of_the_expected_close() -> None:
    result = only(
        a_deal(100_000, 2_500, "2026-12-31"),
        a_deal(200_000, 5_000, "2026-12-01"),
        a_deal(10_000, 10_000, "2027-01-15"),
        a_deal(80_000, 1_000, None),
        a_deal(60_000, 9_000, "2026-11-21"),
        a_deal(40_000, 1_000, "2026-11-22"),
        a_deal(None, 5_000, "2026-12-01"),
    )
    assert result.by_month == (
        MonthForecast("2026-11", 4_000),
        MonthForecast("2026-12", 125_000),
        MonthForecast("2027-01", 10_000),
    )
    assert (result.undated, result.overdue) == (8_000, 54_000)
    assert result.weighted == 4_000 + 125_000 + 10_000 + 8_000 + 54_000
    assert (result.value, result.n, result.without_value) == (490_000, 7, 1)


def test_nothing_open() -> None:
    assert only() == Forecast("EUR", 0, (), 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("close", "counts"), [("2026-12-31", True), ("2027-01-01", False), (None, True), ("2020-01-01", True)]
)
def test_only_later_ones_are_left_out(close: str | None, counts: bool) -> None:
    assert expected_by(close, "2026-12-31") is counts
    assert expected_by(close, None)
    (result,) = forecast([a_deal(100, 10_000, close)], today=TODAY, currency="EUR", until="2026-12-31")
    assert result.n == counts


def test_currencies_are_never_added() -> None:
    deals = [a_deal(100, 5_000), a_deal(300, 5_000, currency="USD"), a_deal(500, 5_000, currency="BYN")]
    results = forecast(deals, today=TODAY, currency="EUR")
    assert [(one.currency, one.weighted) for one in results] == [("EUR", 50), ("BYN", 250), ("USD", 150)]


def test_a_deal_without_value_counts_in_the_main_currency() -> None:
    assert only(a_deal(None, 5_000, currency="")).without_value == 1


def test_rounded_once_at_the_end() -> None:
    """Three times a third of a cent is a cent; rounded one by one it would be nothing."""
    result = only(*[a_deal(1, 3_334, f"2026-12-0{day}") for day in (1, 2, 3)])
    assert result.weighted == 1
    result = only(a_deal(1, 4_000, "2026-12-01"), a_deal(1, 4_000, "2027-01-01"))
    assert (result.weighted, [one.weighted for one in result.by_month]) == (1, [0, 0])


@pytest.mark.parametrize(
    ("value", "probability", "weighted"), [(1, 5_000, 1), (1, 4_999, 0), (-1, 5_000, -1), (-1, 4_999, 0), (3, 5_000, 2)]
)
def test_half_a_unit_goes_away_from_zero(value: int, probability: int, weighted: int) -> None:
    assert only(a_deal(value, probability)).weighted == weighted


deals = st.builds(
    a_deal,
    st.none() | st.integers(-(10**15), 10**15),
    st.integers(0, 10_000),
    st.none() | st.dates().map(lambda day: day.isoformat()),
)


@given(st.lists(deals))
def test_as_exact_as_decimals(rows: list[ForecastDeal]) -> None:
    exact = sum((Decimal(row.value or 0) * row.probability / 10_000 for row in rows), Decimal(0))
    assert only(*rows).weighted == exact.quantize(Decimal(1), ROUND_HALF_UP)


@given(st.lists(deals))
def test_the_parts_are_the_whole_but_for_rounding(rows: list[ForecastDeal]) -> None:
    result = only(*rows)
    parts = [result.undated, result.overdue, *(month.weighted for month in result.by_month)]
    assert abs(result.weighted - sum(parts)) <= len(parts)
