"""What if: figures worked out by hand."""

from fractions import Fraction

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.leads_plan import LeadsPlan, Takings, conversions, plan_leads
from funnel_desk.domain.plan_what_if import Changes, what_if

TODAY, LAST = "2026-11-02", "2026-12-31"


def a_plan(*, won: Takings | None = None) -> LeadsPlan:
    """20 wins of 50,000: 40 from the second stage, at 50 %; 80 from the first, at 50 %. Said by endless history."""
    ways = conversions([Rate(5_000_000, 10_000_000)] * 2, [2_500, 5_000])
    return plan_leads(1_000_000, ways, won or Takings(100_000, 2))


def then(changes: Changes, plan: LeadsPlan | None = None, days: float | None = 30.0, last: str | None = LAST):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return what_if(plan or a_plan(), changes, days_to_win=days, today=TODAY, last=last)


def test_nothing_changed_is_the_plan() -> None:
    found = then(Changes())
    assert found.plan == a_plan()
    assert (found.plan.wins, found.plan.leads) == (20, 80)
    assert found.money == 1_000_000


def test_more_going_on_at_a_stage() -> None:
    """At 75 % instead of 50: 20 wins <- 27 <- 54; the 80 leads bring 30 wins."""
    found = then(Changes(place=1, points=25))
    assert [need.gross for need in found.plan.stages] == [54, 27]
    assert found.money == 1_500_000


def test_no_share_beyond_all_or_nothing() -> None:
    assert then(Changes(0, 90)).plan.stages[0].conversion.share == 1
    assert then(Changes(0, -90)).plan.stages[0].conversion.share == Fraction(1, 1_000)


def test_a_larger_sale() -> None:
    found = then(Changes(average=25))
    assert (found.plan.wins, found.plan.leads, found.money) == (16, 64, 1_250_000)


@pytest.mark.parametrize(
    ("time", "last_lead", "days"),
    [(0, "2026-12-01", 22), (-50, "2026-12-16", 33), (90, "2026-11-04", 3), (100, "2026-11-01", 0)],
)
def test_leads_must_come_early_enough_to_be_won(time: int, last_lead: str, days: int) -> None:
    """30 days to win: until 1 December; twice as long: the day has passed."""
    found = then(Changes(time=time))
    assert (found.last_lead, found.days) == (last_lead if days else None, days)


def test_where_nothing_is_won_nothing_is_known() -> None:
    found = then(Changes(average=10), plan_leads(1_000, conversions([Rate(0, 0)], [5_000]), Takings()), days=None)
    assert (found.plan.leads, found.money, found.days_to_win, found.last_lead) == (None, None, None, None)


def test_a_period_without_an_end_has_no_last_day() -> None:
    assert then(Changes(), last=None).last_lead is None
