import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.intervals import Interval, Rate, wilson


@pytest.mark.parametrize(
    ("part", "base", "low", "high"),
    [
        (2, 6, 0.097, 0.700),
        (4, 100, 0.016, 0.098),
        (4238, 6711, 0.6199, 0.6430),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
    ],
)
def test_wilson(part: int, base: int, low: float, high: float) -> None:
    interval = wilson(part, base)
    assert interval.low == pytest.approx(low, abs=0.0005)
    assert interval.high == pytest.approx(high, abs=0.0005)


def test_nothing_of_nothing_is_no_rate() -> None:
    rate = Rate(0, 0)
    assert rate.value is None
    assert rate.interval is None
    assert rate.too_few


def test_a_rate_keeps_what_it_was_counted_from() -> None:
    rate = Rate(3, 4)
    assert rate.value == 0.75
    assert rate.interval == wilson(3, 4)
    assert rate.too_few
    assert not Rate(3, 5).too_few


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    base = draw(st.integers(1, 10**6))
    return Rate(draw(st.integers(0, base)), base)


@given(rates())
def test_the_interval_holds_the_share(rate: Rate) -> None:
    interval, value = rate.interval, rate.value
    assert interval is not None
    assert value is not None
    assert 0 <= interval.low <= value + 1e-12
    assert value - 1e-12 <= interval.high <= 1


@given(rates())
def test_the_other_outcome_has_the_mirrored_interval(rate: Rate) -> None:
    here, there = rate.interval, Rate(rate.base - rate.part, rate.base).interval
    assert isinstance(here, Interval)
    assert isinstance(there, Interval)
    assert here.low == pytest.approx(1 - there.high, abs=1e-12)


@given(rates())
def test_more_of_the_same_is_surer(rate: Rate) -> None:
    few, many = rate.interval, Rate(rate.part * 10, rate.base * 10).interval
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low
