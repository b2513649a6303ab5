from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.leads_plan import (
    Conversion,
    LeadsPlan,
    Takings,
    conversions,
    plan_leads,
    shared_goal,
    takings,
    wins_for,
)
from funnel_desk.domain.periods import Period

NO_HISTORY = Rate(0, 0)


def by_playbook(*shares: Fraction) -> tuple[Conversion, ...]:
    return tuple(Conversion(share, NO_HISTORY, share) for share in shares)


def a_plan(goal: int = 100_000_000, *ways: Conversion, won_so_far: int = 0, expected: int = 0) -> LeadsPlan:
    """A goal where five wins brought 50,000 each."""
    return plan_leads(goal, ways, Takings(25_000_000, 5, won_so_far), expected)


ORACLE = by_playbook(Fraction(1, 2), Fraction(3, 5), Fraction(2, 5), Fraction(1, 2))


def test_the_oracle() -> None:
    """Goal 1,000,000, average 50,000, 50, 60, 40, 50 %: 20 wins from 40, 100, 167, 334."""
    plan = a_plan(100_000_000, *ORACLE)
    assert plan.average_won == 5_000_000
    assert plan.wins == 20
    assert [stage.gross for stage in plan.stages] == [334, 167, 100, 40]
    assert (plan.leads, plan.leads_after_open) == (334, 334)


def test_net_of_the_open_funnel() -> None:
    plan = a_plan(100_000_000, *ORACLE, won_so_far=10_000_000, expected=42_000_000)
    assert (plan.wins, plan.wins_after_open) == (18, 10)
    assert [stage.net for stage in plan.stages] == [168, 84, 50, 20]
    assert [stage.gross for stage in plan.stages] == [300, 150, 90, 36]


def test_no_float_asks_for_a_lead_too_many() -> None:
    """21 / 0.7 is 30 exactly; floats say 30.000000000000004."""
    assert plan_leads(21, by_playbook(Fraction(7, 10)), Takings(1, 1)).leads == 30


@pytest.mark.parametrize("won_so_far", [100_000_000, 200_000_000])
def test_a_goal_that_is_reached_needs_nothing(won_so_far: int) -> None:
    plan = a_plan(100_000_000, *ORACLE, won_so_far=won_so_far)
    assert (plan.wins, plan.leads, [stage.gross for stage in plan.stages]) == (0, 0, [0, 0, 0, 0])


def test_before_the_first_win_nobody_knows() -> None:
    plan = plan_leads(100, ORACLE, Takings(), 100)
    assert plan.average_won is None
    assert (plan.wins, plan.leads) == (None, None)
    assert (plan.wins_after_open, plan.leads_after_open) == (0, 0)


def test_takings() -> None:
    """The last moment of a day in Minsk is 20:59:59 in Greenwich."""
    won = [(100, "2026-11-01"), (30, "2026-10-31"), (None, "2026-11-02"), (7, "2026-11-30T20:59:59Z")]
    period = Period("2026-11-01", "2026-11-30").bounds("Europe/Minsk")
    assert takings(won, period) == Takings(137, 3, 107)
    assert takings([(7, "2026-11-30T21:00:00Z")], period) == Takings(7, 1, 0)


def test_wins_that_brought_nothing_plan_nothing() -> None:
    plan = plan_leads(100, ORACLE, Takings(-5, 3))
    assert (plan.average_won, plan.wins) == (None, None)


def test_a_pipeline_of_the_sale_alone() -> None:
    plan = a_plan()
    assert (plan.stages, plan.leads, plan.leads_after_open) == ((), 20, 20)


def test_conversions_lean_on_the_playbook_as_on_five_deals() -> None:
    first, second = conversions([Rate(3, 10), Rate(0, 0)], [1_000, 4_000])
    assert first == Conversion(Fraction(3 + 5 * Fraction(1, 4)) / 15, Rate(3, 10), Fraction(1, 4))
    assert second == Conversion(Fraction(2, 5), Rate(0, 0), Fraction(2, 5))
    assert (first.origin, second.origin) == ("history", "playbook")


@pytest.mark.parametrize(("base", "origin"), [(0, "playbook"), (4, "playbook"), (5, "history"), (900, "history")])
def test_what_weighs_more_is_named(base: int, origin: str) -> None:
    assert conversions([Rate(base // 2, base)], [5_000])[0].origin == origin


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (1_000, 4_000, Fraction(1, 4)),
        (4_000, 4_000, Fraction(1)),
        (5_000, 4_000, Fraction(1)),
        (0, 4_000, Fraction(1, 2)),
        (0, 0, Fraction(1, 2)),
        (4_000, 0, Fraction(1, 2)),
    ],
)
def test_what_a_playbook_says(here: int, there: int, said: Fraction) -> None:
    assert conversions([NO_HISTORY] * 2, [here, there])[0].playbook == said


def test_a_goal_is_shared_as_the_won_value_was() -> None:
    assert shared_goal(100, {"b": 100, "a": 200, "new": 0, "back": -50}) == {"a": 66, "b": 34, "back": 0, "new": 0}
    assert shared_goal(100, {"a": 0, "b": 0, "c": 0}) == {"a": 33, "b": 33, "c": 34}
    assert shared_goal(100, {}) == {}


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    base = draw(st.integers(0, 2_000))
    return Rate(draw(st.integers(0, base)), base)


@st.composite
def some_ways(draw: st.DrawFn) -> tuple[Conversion, ...]:
    resolved = draw(st.lists(rates(), max_size=6))
    said = draw(st.lists(st.integers(0, 10_000), min_size=len(resolved), max_size=len(resolved)))
    return conversions(resolved, said)


amounts = st.integers(-(10**9), 10**12)


@given(some_ways(), amounts, amounts, amounts, amounts, st.integers(0, 1_000))
def test_one_lead_fewer_would_not_do(
    ways: tuple[Conversion, ...], goal: int, won: int, expected: int, value: int, deals: int
) -> None:
    plan = plan_leads(goal, ways, Takings(value, deals, won), expected)
    if plan.wins is None or plan.average_won is None:
        assert plan.average_won is None
        return
    assert plan.wins == 0 or (plan.wins - 1) * plan.average_won < goal - won <= plan.wins * plan.average_won
    ahead = plan.wins
    for stage in reversed(plan.stages):
        assert stage.gross is not None
        assert floor(stage.gross * stage.conversion.share) >= ahead
        assert stage.gross == 0 or floor((stage.gross - 1) * stage.conversion.share) < ahead
        ahead = stage.gross
    assert plan.leads == ahead


@given(some_ways())
def test_a_conversion_is_a_share_and_never_nothing(ways: tuple[Conversion, ...]) -> None:
    assert all(0 < way.share <= 1 for way in ways)


@given(some_ways(), st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_open_funnel_only_helps(ways: tuple[Conversion, ...], goal: int, expected: int) -> None:
    plan = a_plan(goal, *ways, expected=expected)
    assert plan.leads is not None
    assert plan.leads_after_open is not None
    assert plan.leads_after_open <= plan.leads


@given(st.integers(0, 10**12), st.dictionaries(st.text(max_size=2), st.integers(-10, 10**9), min_size=1))
def test_the_shares_are_the_goal(goal: int, won: dict[str, int]) -> None:
    parts = shared_goal(goal, won)
    assert sum(parts.values()) == goal
    assert parts.keys() == won.keys()
    assert all(part >= 0 for part in parts.values())


@given(st.integers(1, 10**9), st.fractions(min_value=Fraction(1, 100)))
def test_wins_are_as_few_as_will_do(missing: int, average: Fraction) -> None:
    wins = wins_for(missing, average)
    assert wins is not None
    assert (wins - 1) * average < missing <= wins * average
