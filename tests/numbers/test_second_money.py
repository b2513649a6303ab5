"""M14 to M16, M18, M20, M22 and M24 twice: what the program says of money, and what a plain count says."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from funnel_desk.domain.cohort import Basis
from funnel_desk.domain.periods import Period
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.customers import customers_report
from funnel_desk.queries.forecast import CurrencyOutlook, forecast_report
from funnel_desk.queries.plan import leads_plan
from funnel_desk.queries.velocity import velocity_report
from tests.numbers import second, second_funnel, second_money
from tests.numbers.asking import document
from tests.numbers.histories import FEW, HISTORIES, NOW, TODAY, ZONES, Act, World, a_world, play
from tests.numbers.test_second_funnel import BASES, PERIODS, near, period_of

EXACT, SMALL, DRAWN = 25, 1 << 16, 0.03
TENTHS = {"p10": Fraction(1, 10), "p50": Fraction(1, 2), "p90": Fraction(9, 10)}
GOALS = st.integers(0, 60_000)


def money(minor: Fraction | int | None) -> str | None:
    """Minor units of a currency with two decimals, as JSON tells them."""
    if minor is None:
        return None
    whole = second_money.rounded(Fraction(minor))
    return f"{'-' if whole < 0 else ''}{abs(whole) // 100}.{abs(whole) % 100:02}"


def the_same_outlook(world: World, said: CurrencyOutlook, goal: int | None) -> None:
    """M15 to the unit, M16 exactly or as near as draws come."""
    facts, currency = world.facts, said.forecast.currency
    rows = second_money.chances(facts, currency)
    own = second_money.weighted(rows, TODAY)
    rounded = second_money.rounded
    assert said.forecast.n == len(rows)
    assert said.forecast.without_value == sum(row.value is None for row in rows)
    assert said.forecast.weighted == rounded(own.total)
    assert (said.forecast.undated, said.forecast.overdue) == (rounded(own.undated), rounded(own.overdue))
    months = {one.month: one.weighted for one in said.forecast.by_month}
    assert {month: minor for month, minor in months.items() if minor} == {
        month: rounded(exact) for month, exact in own.months.items() if rounded(exact)
    }
    the_same_range(said, rows, goal)


def the_same_range(said: CurrencyOutlook, rows: list[second_money.Chance], goal: int | None) -> None:
    """The quantiles, and how likely the goal is."""
    assert said.range.n == len(rows)
    assert said.range.method == ("exact" if len(rows) <= EXACT else "simulated")
    worth = [row for row in rows if row.value and row.probability]
    if len(worth) > EXACT:
        return
    likely = second_money.sums(worth)
    enough = None if goal is None else sum((odds for total, odds in likely.items() if total >= goal), Fraction())
    if said.range.method == "exact":
        told = {key: getattr(said.range, key) for key in TENTHS}
        assert told == {key: second_money.quantile(likely, share) for key, share in TENTHS.items()}
        near(said.range.probability_of_goal, enough)
        return
    for key, share in TENTHS.items():
        total = getattr(said.range, key)
        below = sum((odds for one, odds in likely.items() if one < total), Fraction())
        assert below - Fraction(DRAWN) <= share <= below + likely.get(total, Fraction()) + Fraction(DRAWN)
    near(said.range.probability_of_goal, enough, DRAWN)


@settings(max_examples=FEW)
@given(HISTORIES, GOALS)
def test_the_forecast(history: list[Act], goal: int) -> None:
    with a_world() as world:
        play(world, history)
        said = world.desk.read(forecast_report, today=TODAY, goal=goal)
        the_same_outlook(world, said.main, goal)
        for other in said.others:
            the_same_outlook(world, other, None)
        found = {deal["id"]: second_money.currency_of(world.facts, deal) for deal in world.facts["deal"]}
        opened = {code for code in set(found.values()) if second_money.chances(world.facts, code)}
        assert opened <= {said.main.forecast.currency, *(other.forecast.currency for other in said.others)}


@settings(max_examples=FEW)
@given(HISTORIES, GOALS)
def test_the_forecast_of_the_command_line(history: list[Act], goal: int) -> None:
    """Its today is the machine's, later than all that is expected here: so everything is overdue or has no day."""
    with a_world() as world:
        play(world, history)
        told = document("forecast", world.desk.path, "--goal", money(goal))
        for said in (told, *told["others"]):
            rows = second_money.chances(world.facts, said["currency"])
            own = second_money.weighted(rows, "2999-01-01")
            assert said["weighted"] == money(own.total)
            assert said["undated"] == money(own.undated)
            assert (said["n"], said["without_value"]) == (len(rows), sum(row.value is None for row in rows))
            assert Fraction(said["overdue"]) + sum(Fraction(one["weighted"]) for one in said["by_month"]) == Fraction(
                money(own.overdue) or 0
            ) or len(said["by_month"])  # fmt: skip
            if said["method"] == "exact":
                likely = second_money.sums(rows)
                assert [said[key] for key in TENTHS] == [
                    money(second_money.quantile(likely, share)) for share in TENTHS.values()
                ]


@settings(max_examples=FEW)
@given(HISTORIES, GOALS, PERIODS, st.sampled_from(["EUR", "USD"]))
def test_the_leads_that_a_goal_needs(
    history: list[Act], goal: int, period: tuple[int, int, int], currency: str
) -> None:  # fmt: skip
    first, last = period_of(period)
    with a_world() as world:
        play(world, history)
        key = world.pipelines["main"]
        said = world.desk.read(leads_plan, key, goal, now=NOW, currency=currency, period=Period(first, last)).plan
        own = second_money.plan(world.facts, key, goal, currency, first, last)
        assert (said.won_so_far, said.average_won) == (own.won_so_far, own.average)
        assert said.expected_from_open == second_money.rounded(own.expected)
        assert [one.conversion.share for one in said.stages] == own.conversions
        assert [one.conversion.history.base for one in said.stages] == own.bases
        assert (said.wins, [one.gross for one in said.stages]) == (own.wins, own.needs)
        assert (said.wins_after_open, [one.net for one in said.stages]) == (own.wins_net, own.needs_net)
        words = [*(("--from", first) if first else ()), *(("--to", last) if last else ())]
        told = document("plan", world.desk.path, "--goal", money(goal), "--currency", currency, *words)
        assert told["wins_needed"] == own.wins
        assert [stage["needed"] for stage in told["stages"]] == own.needs
        assert (told["leads_needed"], told["leads_after_open"]) == (own.needs[0], own.needs_net[0])
        assert [stage["from"] for stage in told["stages"]] == [
            "history" if base >= 5 else "playbook"  # k of the definition
            for base in own.bases
        ]
        assert told["won_so_far"] == money(own.won_so_far)


def test_the_definitions_own_arithmetic() -> None:
    """20 wins are 334 leads where 50, 60, 40 and 50 % go on; and 21 at 70 % are 30, not 31."""
    shares = [Fraction(share, 100) for share in (50, 60, 40, 50)]
    wins = second_money.wins(Fraction(1_000_000), Fraction(50_000))
    assert (wins, second_money.needs(wins, shares)) == (20, [334, 167, 100, 40])
    assert second_money.needs(21, [Fraction(7, 10)]) == [30]


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(BASES), PERIODS)
def test_the_velocity(history: list[Act], basis: Basis, period: tuple[int, int, int]) -> None:
    first, last = period_of(period)
    with a_world() as world:
        play(world, history)
        key, facts = world.pipelines["main"], world.facts
        found = second_funnel.in_scope(facts, key, basis, first, last)
        for said in world.desk.read(velocity_report, Scope(key, basis, Period(first, last))):
            own = second_money.velocity(facts, found, said.currency)
            assert (said.open_deals, said.average_won, said.n) == (own.open, own.average, own.n)
            assert (said.win_rate.part, said.win_rate.base) == (own.won, own.closed)
            near(said.days_to_win, own.days)
            near(None if said.per_day is None else float(said.per_day), own.per_day, 1e-4)


@settings(max_examples=FEW)
@given(HISTORIES, st.sampled_from(ZONES), st.sampled_from(["EUR", "USD"]), PERIODS)
def test_the_customers(history: list[Act], zone: str, currency: str, period: tuple[int, int, int]) -> None:
    """M20 grades, M22 the share that came again, M24 minutes beside won value."""
    first, last = period_of(period)
    with a_world(zone) as world:
        play(world, history)
        asked: Any = Period(first, last)
        said = world.desk.read(customers_report, today=TODAY, currency=currency, period=asked)
        own, repeat = second_money.customers(
            world.facts, currency, first or second_funnel.FIRST, last or second_funnel.LAST
        )
        told = {row.customer.id: row.customer for row in said.rows}
        assert {key: (one.won, one.orders) for key, one in told.items() if one.orders} == {
            key: (one.won, one.orders) for key, one in own.items() if one.orders
        }
        assert all(one.minutes == (own[key].minutes if key in own else 0) for key, one in told.items())
        worth = [one.won for one in own.values()]
        assert {key: one.grade for key, one in told.items() if one.won and worth.count(one.won) == 1} == {
            key: one.grade for key, one in own.items() if one.won and worth.count(one.won) == 1
        }
        assert (said.repeat.part, said.repeat.whole) == (repeat[True], repeat[True] + repeat[False])


def test_twelve_months_are_the_default() -> None:
    with a_world() as world:
        found = world.desk.read(customers_report, today=TODAY)
        assert (found.period.first, found.period.last) == ("2025-08-02", TODAY)
        assert second.days_before(TODAY, 364) == found.period.first


def test_a_goal_that_is_met_needs_nothing() -> None:
    assert second_money.wins(Fraction(-1), None) == 0
    assert second_money.wins(Fraction(1), None) is None
    with pytest.raises(AssertionError):
        second_money.quantile({}, Fraction(1))
