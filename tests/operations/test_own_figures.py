"""Rates, costs and goals: said anew they are replaced, and what is none is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Refusal
from funnel_desk.operations import own_figures
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.own_figures import exchange, goals, rates, source_costs
from tests.desks import a_desk

YEAR = Period("2026-01-01", "2026-12-31")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


def test_a_rate_of_the_same_day_is_replaced(desk: Desk) -> None:
    desk.run(own_figures.set_rate, "usd", "2026-11-01", "0,92")
    desk.run(own_figures.set_rate, "USD", "2026-11-01", "0.93")
    desk.run(own_figures.set_rate, "USD", "2026-12-01", "0.95")
    assert [(rate.on_day, rate.worth) for rate in desk.read(rates)] == [("2026-12-01", "0.95"), ("2026-11-01", "0.93")]
    assert desk.read(exchange).in_main(10_000, "USD", "2026-11-20").minor == 9_300


def test_a_goal_and_a_cost_of_the_same_span_are_replaced(desk: Desk) -> None:
    for amount in (5, 7):
        desk.run(own_figures.set_goal, amount, "EUR", YEAR)
        desk.run(own_figures.set_source_cost, "ads", YEAR, amount, "EUR")
    assert [goal.amount for goal in desk.read(goals)] == [7]
    assert [cost.amount for cost in desk.read(source_costs)] == [7]


@pytest.mark.parametrize(
    ("currency", "day", "worth"),
    [
        ("USD", "2026-11-01", "0"),
        ("USD", "2026-11-01", "NaN"),
        ("USD", "2026-11-01", "dear"),
        ("EUR", "2026-11-01", "1"),
        ("dollar", "2026-11-01", "1"),
        ("USD", "2026-02-30", "1"),
        ("USD", "", "1"),
    ],
)
def test_what_is_no_rate_is_refused(desk: Desk, currency: str, day: str, worth: str) -> None:
    with pytest.raises(Refusal):
        desk.run(own_figures.set_rate, currency, day, worth)
    assert desk.read(rates) == ()


def test_an_open_span_or_nothing_is_no_goal(desk: Desk) -> None:
    for amount, period in ((0, YEAR), (5, Period("2026-01-01", None))):
        with pytest.raises(Refusal):
            desk.run(own_figures.set_goal, amount, "EUR", period)
        with pytest.raises(Refusal):
            desk.run(own_figures.set_source_cost, "ads", period, amount, "EUR")
    with pytest.raises(Refusal):
        desk.run(own_figures.set_source_cost, " ", YEAR, 5, "EUR")
