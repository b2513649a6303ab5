from collections.abc import Sequence

import pytest
from hypothesis import given

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.funnel import Funnel, measure
from funnel_desk.domain.funnel_comparison import compare_funnels, days_of, growth
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import ALWAYS, Period
from tests.domain.funnel_deals import NOW, WITH_AFTER_SALE, ZONE, a_deal, some_deals

JULY, JUNE = Period("2026-07-01", "2026-07-31"), Period("2026-06-01", "2026-06-30")


def funnel(deals: Sequence[CohortDeal]) -> Funnel:
    return measure(deals, WITH_AFTER_SALE, zone=ZONE, now=NOW, currency="EUR").whole


def test_share_by_share() -> None:
    good = funnel([a_deal("1,2,3,4 won")] * 30 + [a_deal("1 lost")] * 10)
    bad = funnel([a_deal("1,2,3,4 won")] * 10 + [a_deal("1 lost")] * 30)
    found = compare_funnels(good, bad, JULY, JUNE)
    assert found.win_rate == Comparison(Rate(30, 40), Rate(10, 40))
    assert [one and one.verdict for one in found.stages] == [
        "better",
        "too_early",
        "too_early",
        "too_early",
        None,
        "too_early",
        None,
    ]
    assert compare_funnels(bad, good, JULY, JUNE).win_rate.verdict == "worse"


def test_thirty_one_days_are_not_thirty() -> None:
    nothing = funnel([])
    assert compare_funnels(nothing, nothing, JULY, JUNE).same_length is False
    assert compare_funnels(nothing, nothing, JULY, Period("2026-05-01", "2026-05-31")).same_length is True
    assert compare_funnels(nothing, nothing, JULY, ALWAYS).same_length is None


@pytest.mark.parametrize(
    ("period", "days"),
    [(JULY, 31), (Period("2026-07-01", "2026-07-01"), 1), (Period("2026-07-01", None), None), (ALWAYS, None)],
)
def test_both_ends_count(period: Period, days: int | None) -> None:
    assert days_of(period) == days


def test_growth_from_nothing_is_new() -> None:
    assert growth(15, 10) == 0.5
    assert growth(0, 10) == -1
    assert growth(5, 0) is None


@given(some_deals)
def test_a_period_is_neither_better_nor_worse_than_itself(deals: list[CohortDeal]) -> None:
    found = compare_funnels(funnel(deals), funnel(deals), JULY, JULY)
    assert {one.verdict for one in (found.win_rate, *found.stages) if one is not None} == {"too_early"}
