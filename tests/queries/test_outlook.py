from pathlib import Path

import pytest

from funnel_desk.domain.periods import Period
from funnel_desk.operations.deals import hand_over, new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries.customer_deals import customer_deals, open_deals
from funnel_desk.queries.deals import DealFilter, deal_keys, deal_rows
from funnel_desk.queries.outlook import OVERDUE, UNDATED, Outlook, Wish, expected_deals, outlook
from funnel_desk.queries.pipelines import pipelines
from tests.desks import Clock, a_desk, a_playbook

TODAY = "2026-11-02"
NOW = f"{TODAY}T09:00:00Z"
AUTUMN = Period("2026-10-01", "2026-12-31")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, clock=Clock(NOW))


def look(desk: Desk, goal: int | None = None, *, all_pipelines: bool = False, crisis: bool = False) -> Outlook:
    pipeline = "" if all_pipelines else desk.read(pipelines)[0].pipeline.id
    return desk.read(outlook, Wish(AUTUMN, pipeline, goal, crisis), now=NOW)


def test_an_empty_file_has_an_outlook_too(desk: Desk) -> None:
    found = look(desk, 100_00)
    assert (found.deals, dict(found.won), found.later, found.only_won) == (0, {}, 0, ())


def test_what_is_won_in_the_period_counts_toward_the_goal(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", value=60_00)
    desk.run(win_deal, deal.id)
    early = desk.run(new_deal, title="Yard", value=900_00, on="2026-01-01")
    desk.run(win_deal, early.id, on="2026-02-01")
    desk.run(new_deal, title="Open", value=40_00, probability=5_000)
    found = look(desk, 100_00)
    assert dict(found.won) == {"EUR": 60_00}
    assert found.forecast.main.range.probability_of_goal == 0.5
    assert [found.movers[mover.deal_id].title for mover in found.forecast.main.range.movers] == ["Open"]


@pytest.mark.parametrize("deals", [3, 30])
def test_another_goal_is_told_as_if_it_had_been_asked_for(desk: Desk, deals: int) -> None:
    for nth in range(deals):
        desk.run(new_deal, title=f"{nth}", value=10_00 + nth, probability=4_000)
    for goal in (None, 50_00, 5_00):
        assert look(desk, 70_00, crisis=True).for_goal(goal) == look(desk, goal, crisis=True)


def test_what_should_close_later_is_counted_apart(desk: Desk) -> None:
    desk.run(new_deal, title="Soon", value=1, expected_close="2026-12-31")
    desk.run(new_deal, title="Later", value=1, expected_close="2027-01-01")
    found = look(desk)
    assert (found.forecast.main.forecast.n, found.later) == (1, 1)


def test_a_deal_won_in_two_pipelines_counts_once(desk: Desk) -> None:
    desk.run(add_pipeline, a_playbook("apartment-doors"))
    deal = desk.run(new_deal, title="Gate", value=60_00)
    desk.run(win_deal, deal.id)
    desk.run(hand_over, deal.id, desk.read(pipelines)[1].won_stage.id)
    assert dict(look(desk, all_pipelines=True).won) == {"EUR": 60_00}
    found = look(desk, all_pipelines=True)
    assert (found.calibration, found.velocity) == (None, ())


def test_a_currency_that_is_only_won_is_not_forgotten(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Kyoto", value=500, currency="JPY")
    desk.run(win_deal, deal.id)
    assert look(desk).only_won == ("JPY",)


def test_a_crisis_lowers_the_lower_end(desk: Desk) -> None:
    for nth in range(12):
        desk.run(new_deal, title=f"{nth}", value=10_00, probability=6_000)
    calm, hard = look(desk).forecast.main.range, look(desk, crisis=True).forecast.main.range
    assert hard.p10 < calm.p10
    assert hard.p90 <= calm.p90


def test_the_deals_behind_each_line(desk: Desk) -> None:
    for title, close, currency in (
        ("past", "2026-11-01", "EUR"),
        ("today", TODAY, "EUR"),
        ("december", "2026-12-31", "EUR"),
        ("january", "2027-01-02", "EUR"),
        ("none", None, "EUR"),
        ("dollar", "2026-12-05", "USD"),
    ):
        desk.run(new_deal, title=title, value=100, currency=currency, expected_close=close)
    desk.run(new_deal, title="free")

    def titles(place: str, currency: str = "EUR") -> set[str]:
        ids = desk.read(expected_deals, look(desk).wish, currency, place, today=TODAY)
        rows = desk.read(deal_rows, desk.read(deal_keys, DealFilter(keys=tuple(ids)))) if ids else []
        return {row.title for row in rows}

    assert titles(OVERDUE) == {"past"}
    assert titles("2026-11") == {"today"}
    assert titles("2026-12") == {"december"}
    assert titles("2027-01") == set(), "after the period"
    assert titles(UNDATED) == {"none", "free"}
    assert titles("2026-12", "USD") == {"dollar"}


def test_a_customers_deals_are_those_of_the_company_and_of_its_people(desk: Desk) -> None:
    first = desk.run(new_deal, title="Gate", company="North")
    second = desk.run(new_deal, title="Yard", company="North", contact="Ann")
    desk.run(win_deal, second.id)
    alone = desk.run(new_deal, title="Alone")
    assert first.company_id is not None
    assert set(desk.read(customer_deals, first.company_id)) == {first.id, second.id}
    assert desk.read(customer_deals, alone.id) == [alone.id]
    assert desk.read(open_deals) == {first.company_id: 1, alone.id: 1}
