from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, sqrt
from random import Random

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.chances import AS_USUAL, OpenDeal, Scenario, chances, common_shock
from funnel_desk.domain.drawn_sums import draw_sums
from funnel_desk.domain.forecast_range import DRAWS, MOST_EXACT, ForecastRange, Mover, forecast_range

CRISIS = common_shock(2_000, Fraction(1, 2))


def some(*pairs: tuple[int | None, int]) -> list[OpenDeal]:
    """Deals with these values and probabilities, called d0, d1 and so on."""
    return [OpenDeal(f"d{nth}", value, probability) for nth, (value, probability) in enumerate(pairs)]


def all_outcomes(deals: Sequence[OpenDeal], shock: Sequence[Scenario]) -> dict[int, Fraction]:
    """How likely each sum is, by going through every outcome."""
    sums: dict[int, Fraction] = defaultdict(Fraction)
    whole = sum(one.weight for one in shock)
    for weight, odds in shock:
        for wins in product((False, True), repeat=len(deals)):
            likely = Fraction(weight, whole)
            for deal, won in zip(deals, wins, strict=True):
                p = Fraction(deal.probability, 10_000)
                p = p * odds / (1 - p + p * odds)
                likely *= p if won else 1 - p
            sums[sum(deal.value or 0 for deal, won in zip(deals, wins, strict=True) if won)] += likely
    return {amount: likely for amount, likely in sums.items() if likely}


def smallest_reaching(sums: dict[int, Fraction], share: Fraction) -> int:
    return min(amount for amount in sums if sum(sums[one] for one in sums if one <= amount) >= share)


def test_two_deals_by_hand() -> None:
    """0 with 30 %, 100 with 30 %, 300 with 20 %, 400 with 20 %."""
    found = forecast_range(some((100, 5_000), (300, 4_000)), goal=300)
    assert (found.p10, found.p50, found.p90) == (0, 100, 400)
    assert found.probability_of_goal == 0.4
    assert (found.method, found.n) == ("exact", 2)
    assert found.movers == (
        Mover("d1", 21_600 / 24_100, 1.0, 0.0),
        Mover("d0", 2_500 / 24_100, 0.4, 0.4),
    )


def test_a_quantile_that_is_reached_exactly_is_the_smaller_sum() -> None:
    assert forecast_range(some((100, 5_000))).p50 == 0
    assert forecast_range(some((100, 5_001))).p50 == 100
    assert forecast_range(some((100, 9_000))).p10 == 0
    assert forecast_range(some((100, 9_001))).p10 == 100


def test_nothing_open() -> None:
    assert forecast_range([], goal=1) == ForecastRange(0, 0, 0, 0.0, "exact", 0, ())
    assert forecast_range([], goal=0).probability_of_goal == 1.0


def test_without_a_goal_nothing_is_said_of_it() -> None:
    found = forecast_range(some((100, 5_000)))
    assert found.probability_of_goal is None
    assert found.movers == (Mover("d0", 1.0),)


def test_what_is_sure_and_what_has_no_value_widens_nothing() -> None:
    found = forecast_range(some((700, 10_000), (None, 5_000), (300, 0), (0, 5_000)), goal=700)
    assert (found.p10, found.p50, found.p90) == (700, 700, 700)
    assert (found.probability_of_goal, found.n, found.movers) == (1.0, 4, ())


def test_negative_values_take_away() -> None:
    found = forecast_range(some((1_000, 10_000), (-300, 5_000)))
    assert (found.p10, found.p50, found.p90) == (700, 700, 1_000)


@pytest.mark.parametrize(("more", "method"), [(0, "exact"), (1, "simulated")])
def test_exact_up_to_25_open_deals(more: int, method: str) -> None:
    found = forecast_range(some(*[(100, 5_000)] * (MOST_EXACT + more)))
    assert (found.method, found.n) == (method, 25 + more)


def test_25_deals_exactly() -> None:
    """Powers of two at even odds: every sum once, so that the quantiles can be told."""
    found = forecast_range(some(*[(2**nth, 5_000) for nth in range(25)]), goal=2**24)
    assert found.p50 == 2**24 - 1
    assert found.p10 == -(-(2**25) // 10) - 1
    assert found.probability_of_goal == 0.5


def test_a_shock_hits_all_at_once() -> None:
    """At even odds; in half of all cases the odds are a third, so that each wins with a quarter only."""
    shock = (Scenario(1, Fraction(1)), Scenario(1, Fraction(1, 3)))
    found = forecast_range(some((1, 5_000), (1, 5_000)), goal=2, shock=shock)
    assert found.probability_of_goal == (1 / 4 + 1 / 16) / 2
    (first, _) = found.movers
    assert first.if_won == pytest.approx((1 / 4 + 1 / 16) / (1 / 2 + 1 / 4))
    assert first.if_lost == 0.0


def test_a_shock_that_never_or_always_comes() -> None:
    assert common_shock(0, Fraction(1, 2)) == (Scenario(10_000, Fraction(1)),)
    assert common_shock(10_000, Fraction(1, 2)) == (Scenario(10_000, Fraction(1, 2)),)


few_deals = st.lists(
    st.tuples(st.none() | st.integers(-300, 1_000), st.sampled_from([0, 1, 1_000, 3_333, 5_000, 9_000, 10_000])),
    max_size=8,
).map(lambda pairs: some(*pairs))


@given(few_deals, st.integers(-1_000, 5_000), st.sampled_from([AS_USUAL, CRISIS]))
def test_as_going_through_every_outcome(deals: list[OpenDeal], goal: int, shock: Sequence[Scenario]) -> None:
    sums = all_outcomes(deals, shock)
    found = forecast_range(deals, goal=goal, shock=shock)
    assert (found.p10, found.p50, found.p90) == tuple(
        smallest_reaching(sums, share) for share in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))
    )
    assert found.probability_of_goal == float(sum(likely for amount, likely in sums.items() if amount >= goal))
    for mover in found.movers:
        without = [deal for deal in deals if deal.id != mover.deal_id]
        if shock == AS_USUAL:
            rest = all_outcomes(without, shock)
            assert mover.if_lost == float(sum(likely for amount, likely in rest.items() if amount >= goal))


many_deals = st.lists(
    st.tuples(st.none() | st.integers(-(10**6), 10**9), st.integers(0, 10_000)), min_size=26, max_size=40
).map(lambda pairs: some(*pairs))


@given(many_deals, st.integers(0, 3), st.sampled_from([AS_USUAL, CRISIS]))
def test_draws_stay_within_what_can_come(deals: list[OpenDeal], seed: int, shock: Sequence[Scenario]) -> None:
    found = forecast_range(deals, goal=0, seed=seed, shock=shock)
    assert found.method == "simulated"
    assert sum(min(deal.value or 0, 0) for deal in deals) <= found.p10 <= found.p50 <= found.p90
    assert found.p90 <= sum(max(deal.value or 0, 0) for deal in deals)
    assert found.probability_of_goal is not None
    assert 0 <= found.probability_of_goal <= 1


@given(few_deals, st.integers(1, 70))
def test_each_draw_adds_up_what_was_won_in_it(deals: list[OpenDeal], draws: int) -> None:
    sure, unsure = chances(deals, Fraction(1))
    sums, won_in = draw_sums(sure, unsure, draws, Random(3), [deal.id for deal in deals])  # noqa: S311
    assert won_in.keys() == {one.deal_id for one in unsure}
    for nth, amount in enumerate(sums):
        won = [one.value for one in unsure if won_in[one.deal_id] >> (draws - 1 - nth) & 1]
        assert amount == sure + sum(won)


@given(many_deals, st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_range_in_any_order(deals: list[OpenDeal], random: Random) -> None:
    shuffled = list(deals)
    random.shuffle(shuffled)
    assert forecast_range(deals, goal=10**9, seed=7) == forecast_range(shuffled, goal=10**9, seed=7)


def test_another_seed_gives_other_draws() -> None:
    deals = some(*[(10_007 * nth, 3_000) for nth in range(1, 41)])
    assert forecast_range(deals, seed=1) != forecast_range(deals, seed=2)


def test_draws_come_near_the_truth() -> None:
    """Forty of the same: how many are won is binomial; the draws stay within five standard errors."""
    found = forecast_range(some(*[(100, 2_500)] * 40), goal=1_000)
    truth = 1 - sum(_binomial(40, k, 0.25) for k in range(10))
    assert found.probability_of_goal == pytest.approx(truth, abs=5 * sqrt(truth * (1 - truth) / DRAWS))
    assert (found.p10, found.p50, found.p90) == (700, 1_000, 1_400)


def test_draws_and_counting_agree() -> None:
    """The last deal is worth nothing, so that 26 deals bring what 25 do."""
    values = [(1_000_003 * nth, 700 * nth % 10_000) for nth in range(1, 26)]
    counted = forecast_range(some(*values), goal=100_000_000, shock=CRISIS)
    drawn = forecast_range(some(*values, (0, 5_000)), goal=100_000_000, shock=CRISIS)
    assert (counted.method, drawn.method) == ("exact", "simulated")
    for exact, near in [(counted.p10, drawn.p10), (counted.p50, drawn.p50), (counted.p90, drawn.p90)]:
        assert near == pytest.approx(exact, rel=0.03)
    assert drawn.probability_of_goal == pytest.approx(counted.probability_of_goal, abs=0.03)
    for one, other in zip(counted.movers, drawn.movers, strict=True):
        assert (one.deal_id, one.share) == (other.deal_id, other.share)
        assert other.if_won == pytest.approx(one.if_won, abs=0.05)
        assert other.if_lost == pytest.approx(one.if_lost, abs=0.05)


def _binomial(n: int, k: int, p: float) -> float:
    return comb(n, k) * p**k * (1 - p) ** (n - k)
