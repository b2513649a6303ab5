from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.funnel import measure
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.velocity import Velocity, velocity
from tests.domain.funnel_deals import NOW, SIDES, ZONE, a_deal, some_deals


def won_deals(n: int, *, days: int = 40, value: int | None = 100_000) -> list[CohortDeal]:
    return [a_deal("1,2,3,4 won", stay_days=days // 4, value=value) for _ in range(n)]


def main(deals: list[CohortDeal]) -> Velocity:
    return velocity(deals, zone=ZONE, currency="EUR")[0]


def test_four_parts() -> None:
    found = main([*won_deals(5), *[a_deal("1 lost")] * 5, *[a_deal("1,2 open")] * 8])
    assert found == Velocity("EUR", 8, Fraction(100_000), Rate(5, 10), 40.0, 5)
    assert found.per_day == 8 * 100_000 // 2 // 40


@pytest.mark.parametrize(
    "deals",
    [
        [],
        won_deals(4),
        [*won_deals(4), *won_deals(3, value=None)],
        [*won_deals(4), a_deal("1,2,3,4 won", value=100, first_contact="2027-01-01")],
        won_deals(5, days=0),
    ],
)
def test_hidden_under_five_wins_that_tell(deals: list[CohortDeal]) -> None:
    assert main([*deals, a_deal("1 open")]).per_day is None


def test_currencies_are_never_added() -> None:
    deals = [a_deal("1,5 open", value=100), a_deal("1,5 open", value=300, currency="USD"), a_deal("1,2 open")]
    found = velocity(deals, zone=ZONE, currency="USD")
    assert [(one.currency, one.open_deals, one.average_won) for one in found] == [
        ("USD", 1, Fraction(300)),
        ("EUR", 0, Fraction(100)),
    ]


def test_wins_before_the_first_contact_are_left_out_of_the_days() -> None:
    late = (date(2026, 7, 5) + timedelta(days=1)).isoformat()
    found = main([*won_deals(1), a_deal("1,2,3,4 won", value=200_000, first_contact=late)])
    assert (found.days_to_win, found.n, found.average_won) == (40.0, 1, Fraction(150_000))


@given(some_deals)
def test_the_parts_are_the_funnel_s(deals: list[CohortDeal]) -> None:
    found = velocity(deals, zone=ZONE, currency="EUR")
    whole = measure(deals, [*SIDES, "after", "after"], zone=ZONE, now=NOW, currency="EUR").whole
    assert sum(one.open_deals for one in found) == whole.open
    assert sum(one.win_rate.part for one in found) == whole.won
    assert sum(one.win_rate.base for one in found) == whole.won + whole.lost
    if len(found) == 1:
        assert found[0].days_to_win == pytest.approx(whole.days_to_win.mean)
