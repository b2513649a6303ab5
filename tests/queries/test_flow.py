"""Filling and speed: the balance of each week, ages, and what should stand where."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.cohort import CohortDeal, Visit
from funnel_desk.domain.flow import Filling, WeekFlow, flow, mondays
from funnel_desk.operations.deals import edit_deal
from funnel_desk.queries.flow import flow_report
from tests.queries.desks import NOW, ZONE, Bench, open_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def test_mondays_of_the_last_weeks() -> None:
    assert mondays("2026-11-22", 2) == ("2026-11-09", "2026-11-16")
    assert mondays("2026-11-23", 1) == ("2026-11-23",)


def test_a_deal_in_its_weeks(bench: Bench) -> None:
    bench.walk("1,2,1,2,lost", start=date(2026, 7, 17))  # Friday; back on Sunday, on again on Monday, lost on Tuesday
    report = bench.desk.read(flow_report, bench.pipeline_id, now=NOW, weeks=4)
    first, second = report.flows[0].weeks, report.flows[1].weeks
    assert [week.monday for week in first] == ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"]
    assert first[1] == WeekFlow("2026-07-13", 0, 2, 1, 0, 0, 0)
    assert first[2] == WeekFlow("2026-07-20", 1, 0, 1, 0, 0, 0)
    assert second[1] == WeekFlow("2026-07-13", 0, 1, 0, 1, 0, 0)
    assert second[2] == WeekFlow("2026-07-20", 0, 1, 0, 0, 1, 0)
    assert report.flows[0].ages.counts == (0, 0, 0, 0)


def test_ages_of_what_stands_there(bench: Bench) -> None:
    for start in (date(2026, 7, 28), date(2026, 7, 10), date(2026, 6, 1), date(2026, 1, 1)):
        bench.walk("1", start=start)
    ages = bench.desk.read(flow_report, bench.pipeline_id, now=NOW).flows[0].ages
    assert ages.counts == (1, 1, 1, 1)
    assert ages.oldest == 212


def test_filling_against_the_goal(bench: Bench) -> None:
    for n in range(8):
        won = bench.walk("1,2,3,4,won", start=date(2026, 6, 1 + n))
        bench.desk.run(edit_deal, won, value=10_000, currency="EUR")
    bench.walk("1", start=date(2026, 7, 1))
    report = bench.desk.read(flow_report, bench.pipeline_id, now=NOW, goal=100_000, until="2026-08-10")
    assert [one.there for one in report.filling] == [1, 0, 0, 0]
    needed = [one.needed or 0 for one in report.filling]
    assert needed == sorted(needed, reverse=True)
    assert all(one.days == 10 and one.stays == 1.0 for one in report.filling)
    assert report.filling[0].missing == max(-(-needed[0] // 10) - 1, 0)
    assert bench.desk.read(flow_report, bench.pipeline_id, now=NOW).filling == ()


def test_nothing_known_nothing_wanted() -> None:
    assert Filling(3, None, 10, 2.0).missing is None
    assert Filling(3, 5, 10, None).missing is None
    assert Filling(3, 100, 10, 2.0).missing == 17
    assert Filling(30, 100, 10, 2.0).missing == 0


MONDAY = date(2026, 6, 1)
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=6)


@given(st.lists(st.tuples(STEPS, st.sampled_from(["", "lost", "handed_over"])), max_size=6))
def test_the_balance_of_every_week(paths: list[tuple[list[tuple[int, int]], str]]) -> None:
    deals = [_deal(str(n), steps, end) for n, (steps, end) in enumerate(paths)]
    weeks = mondays((MONDAY + timedelta(days=70)).isoformat(), 9)
    found = flow(deals, 4, weeks, zone=ZONE, now="2026-12-01")
    for stage in found:
        for week, following in zip(stage.weeks, stage.weeks[1:], strict=False):
            assert week.at_end == following.at_start
            assert week.at_end >= 0
    assert sum(week.begun for stage in found for week in stage.weeks) <= sum(len(deal.visits) for deal in deals)


def _deal(name: str, steps: list[tuple[int, int]], end: str) -> CohortDeal:
    day, visits = MONDAY, list[Visit]()
    for nth, (place, days) in enumerate(steps):
        left = day + timedelta(days=days)
        goes_on = nth == len(steps) - 1 and not end
        ended = "" if goes_on else end if nth == len(steps) - 1 else "moved"
        visits.append(Visit(place, day.isoformat(), None if goes_on else left.isoformat(), ended))  # type: ignore[arg-type]
        day = left
    return CohortDeal(
        name, "", None, "", "open", MONDAY.isoformat(), MONDAY.isoformat(), None, None, True, False, "", visits
    )  # fmt: skip
