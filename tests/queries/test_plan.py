from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import Period
from funnel_desk.operations import deals
from funnel_desk.queries.plan import PlanReport, leads_plan
from tests.queries.desks import NOW, Bench, open_bench

SAID = {"1": 600, "2": 1_200, "3": 2_000, "4": 5_000}
AUTUMN = Period("2026-09-01", "2026-11-30")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    for opened in open_bench(tmp_path):
        for stage, probability in SAID.items():
            opened.change(stage, probability=probability)
        yield opened


def a_deal(bench: Bench, value: int | None, stage: str = "1", *, won: str | None = None, **fields: Any) -> str:  # noqa: ANN401 - of Deal
    """A deal in a stage; straight into the won one, if it is won on a day."""
    deal = bench.desk.run(
        deals.new_deal,
        title="deal",
        pipeline_id=bench.pipeline_id,
        stage_id=bench.stages[stage],
        on=won or "2026-07-01",
        value=value,
        **fields,
    )
    if won is not None:
        bench.desk.run(deals.win_deal, deal.id, on=won)
    return deal.id


def plan(bench: Bench, goal: int = 100_000_000, **told: Any) -> PlanReport:  # noqa: ANN401 - how to ask
    return bench.desk.read(leads_plan, bench.pipeline_id, goal, now=NOW, **told)


def test_of_an_empty_pipeline_nobody_knows(bench: Bench) -> None:
    found = plan(bench)
    assert (found.currency, found.plan.average_won, found.plan.wins, found.plan.leads) == ("EUR", None, None, None)
    assert [stage.key for stage in found.stages] == ["1", "2", "3", "4"]
    assert [need.conversion.share for need in found.plan.stages] == [
        Fraction(1, 2),
        Fraction(3, 5),
        Fraction(2, 5),
        Fraction(1, 2),
    ]


def test_history_draws_the_conversions(bench: Bench) -> None:
    """Two wins out of the first stage: 2 of 2 went on from it, and from those skipped."""
    for _ in range(2):
        a_deal(bench, 5_000_000, won="2026-07-10")
    found = plan(bench)
    assert found.plan.average_won == 5_000_000
    assert [need.conversion.history for need in found.plan.stages] == [Rate(2, 2)] * 4
    assert found.plan.stages[0].conversion.share == Fraction(2 * 2 + 5, 2 * 7)
    assert [need.conversion.origin for need in found.plan.stages] == ["playbook"] * 4


def test_won_in_the_period_and_expected_by_its_end(bench: Bench) -> None:
    a_deal(bench, 4_000_000, won="2026-08-31")
    a_deal(bench, 6_000_000, won="2026-09-01")
    a_deal(bench, None, won="2026-09-02")
    a_deal(bench, 1_000_000, "4", expected_close="2026-11-30")
    a_deal(bench, 1_000_000, "4")
    a_deal(bench, 1_000_000, "4", expected_close="2026-12-01")
    a_deal(bench, 1_000_000, "4", probability=10_000)
    found = plan(bench, period=AUTUMN)
    assert found.plan.won_so_far == 6_000_000
    assert found.plan.expected_from_open == 500_000 + 500_000 + 1_000_000
    assert found.plan.average_won == 5_000_000
    assert (found.plan.wins, found.plan.wins_after_open) == (19, 19)
    assert plan(bench).plan.won_so_far == 10_000_000
    assert plan(bench).plan.expected_from_open == 2_500_000


def test_one_currency_at_a_time(bench: Bench) -> None:
    a_deal(bench, 4_000_000, won="2026-07-10")
    a_deal(bench, 900, won="2026-07-10", currency="USD")
    a_deal(bench, 500, "4", currency="USD")
    assert plan(bench).plan.average_won == 4_000_000
    dollars = plan(bench, 3_600, currency="USD")
    assert dollars.plan.average_won == 900
    assert (dollars.currency, dollars.plan.expected_from_open) == ("USD", 250)
    assert (dollars.plan.won_so_far, dollars.plan.wins) == (900, 3)
    assert plan(bench, currency="BYN").plan.wins is None


def test_the_goal_is_divided_as_the_won_value_was(bench: Bench) -> None:
    a_deal(bench, 6_000_000, won="2026-07-10", product="doors")
    a_deal(bench, 2_000_000, won="2026-07-10", product="locks")
    a_deal(bench, 1_000_000, "4", product="keys")
    a_deal(bench, None)
    found = plan(bench, 80_000_000, period=AUTUMN, by="product")
    assert {name: one.goal for name, one in found.groups.items()} == {
        "": 0,
        "doors": 60_000_000,
        "keys": 0,
        "locks": 20_000_000,
    }
    assert found.groups["doors"].average_won == 6_000_000
    assert found.groups["keys"].expected_from_open == 500_000
    assert (found.groups["keys"].average_won, found.groups["keys"].leads) == (None, 0)
    assert (found.groups["doors"].wins, found.groups["locks"].wins, found.plan.wins) == (10, 10, 20)
    assert plan(bench).groups == {}


def test_a_deal_that_was_handed_over_is_none_of_ours(bench: Bench) -> None:
    deal_id = a_deal(bench, 100_000, "4")
    bench.desk.run(deals.hand_over, deal_id, bench.other_stage, on="2026-07-02")
    assert plan(bench).plan.expected_from_open == 0
