import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.comparison import Comparison, Verdict, newcombe
from funnel_desk.domain.intervals import Rate


@pytest.mark.parametrize(
    ("share", "other", "low", "high"),
    [
        (Rate(56, 70), Rate(48, 80), 0.0524, 0.3339),
        (Rate(9, 10), Rate(3, 10), 0.1705, 0.8090),
        (Rate(6, 7), Rate(2, 7), 0.0582, 0.8062),
        (Rate(5, 56), Rate(0, 29), -0.0381, 0.1926),
        (Rate(0, 10), Rate(0, 20), -0.1611, 0.2775),
        (Rate(10, 10), Rate(0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe(share: Rate, other: Rate, low: float, high: float) -> None:
    """As published for the score interval without continuity correction."""
    interval = newcombe(share, other)
    assert interval.low == pytest.approx(low, abs=0.00005)
    assert interval.high == pytest.approx(high, abs=0.00005)


@pytest.mark.parametrize(
    ("share", "other", "verdict"),
    [
        (Rate(56, 70), Rate(48, 80), "better"),
        (Rate(48, 80), Rate(56, 70), "worse"),
        (Rate(10, 20), Rate(9, 20), "too_early"),
        (Rate(3, 3), Rate(0, 100), "too_early"),
        (Rate(0, 100), Rate(3, 3), "too_early"),
        (Rate(5, 5), Rate(0, 5), "better"),
        (Rate(0, 0), Rate(1, 10), "too_early"),
    ],
)
def test_said_only_beyond_doubt(share: Rate, other: Rate, verdict: Verdict) -> None:
    assert Comparison(share, other).verdict == verdict


def test_a_share_of_nothing_has_no_difference() -> None:
    nothing = Comparison(Rate(0, 0), Rate(1, 2))
    assert (nothing.difference, nothing.interval) == (None, None)
    with pytest.raises(ValueError, match="nothing"):
        newcombe(Rate(1, 2), Rate(0, 0))


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    base = draw(st.integers(1, 100_000))
    return Rate(draw(st.integers(0, base)), base)


@given(rates(), rates())
def test_turned_round_it_says_the_opposite(share: Rate, other: Rate) -> None:
    here, there = newcombe(share, other), newcombe(other, share)
    assert here.low == pytest.approx(-there.high, abs=1e-12)
    assert here.high == pytest.approx(-there.low, abs=1e-12)
    opposite = {"better": "worse", "worse": "better", "too_early": "too_early"}
    assert Comparison(other, share).verdict == opposite[Comparison(share, other).verdict]


@given(rates(), rates())
def test_the_interval_holds_the_difference(share: Rate, other: Rate) -> None:
    found = Comparison(share, other)
    assert found.interval is not None
    assert found.difference is not None
    assert -1 <= found.interval.low <= found.difference + 1e-12
    assert found.difference - 1e-12 <= found.interval.high <= 1


@given(rates())
def test_the_same_is_neither_better_nor_worse(rate: Rate) -> None:
    assert Comparison(rate, rate).verdict == "too_early"
