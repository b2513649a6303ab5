"""`forecast`: what the open deals should bring by month, and what they may bring together."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from funnel_desk.operations import deals
from tests.cli.conftest import Ask
from tests.queries.desks import Bench, open_bench

KEYS = [
    *("currency", "weighted", "p10", "p50", "p90", "probability_of_goal", "by_month", "undated", "overdue"),
    *("without_value", "method", "n"),
]
LATER = (datetime.now(UTC) + timedelta(days=400)).date().isoformat()
NEVER = (datetime.now(UTC) + timedelta(days=4000)).date().isoformat()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def add(bench: Bench, value: int | None, probability: int, close: str | None, currency: str = "EUR") -> str:
    deal = bench.desk.run(
        deals.new_deal,
        title="deal",
        pipeline_id=bench.pipeline_id,
        value=value,
        currency=currency if value is not None else "",
        probability=probability,
        expected_close=close,
    )
    return deal.id


@pytest.fixture
def open_deals(bench: Bench) -> Path:
    add(bench, 100_000, 5_000, LATER)
    add(bench, 200_000, 2_500, NEVER)
    add(bench, 40_001, 5_000, None)
    add(bench, 60_000, 9_000, "2020-01-31")
    add(bench, None, 5_000, LATER)
    add(bench, 700, 10_000, LATER, "JPY")
    lost = add(bench, 9_900_000, 9_000, LATER)
    bench.desk.run(deals.lose_deal, lost, reason="expensive")
    return bench.desk.path


def test_the_shape(ask: Ask, open_deals: Path) -> None:
    found = ask("forecast", open_deals, "--json").document
    assert list(found) == [*KEYS, "others"]
    assert [list(other) for other in found["others"]] == [KEYS]
    assert (found["currency"], found["weighted"], found["n"]) == ("EUR", "1740.01", 5)
    assert found["by_month"] == [
        {"month": LATER[:7], "weighted": "500.00"},
        {"month": NEVER[:7], "weighted": "500.00"},
    ]
    assert (found["undated"], found["overdue"], found["without_value"]) == ("200.01", "540.00", 1)
    assert (found["method"], found["probability_of_goal"]) == ("exact", None)
    assert (found["others"][0]["currency"], found["others"][0]["weighted"]) == ("JPY", "700")
    assert found["others"][0]["p10"] == found["others"][0]["p90"] == "700"


def test_later_deals_may_be_left_out(ask: Ask, open_deals: Path) -> None:
    found = ask("forecast", open_deals, "--until", LATER, "--json").document
    assert (found["weighted"], found["n"]) == ("1240.01", 4)
    assert found["p90"] == "2000.01"


def test_how_likely_a_goal_is(ask: Ask, open_deals: Path) -> None:
    found = ask("forecast", open_deals, "--goal", "4000", "--json").document
    assert found["probability_of_goal"] == pytest.approx(0.5 * 0.25 * 0.5 * 0.9, abs=0.0001)  # all four
    assert found["others"][0]["probability_of_goal"] is None


def test_won_and_lost_deals_are_no_forecast(ask: Ask, bench: Bench) -> None:
    won = add(bench, 100_000, 5_000, None)
    bench.desk.run(deals.win_deal, won)
    found = ask("forecast", bench.desk.path, "--json").document
    assert (found["weighted"], found["n"], found["by_month"]) == ("0.00", 0, [])


def test_for_people(ask: Ask, open_deals: Path) -> None:
    lines = ask("forecast", open_deals, "--goal", "4000").out.splitlines()
    assert lines[0] == "Forecast in EUR · 5 open deals"
    assert lines[3].split() == ["without", "a", "day", "€200.01"]
    assert lines[4].split() == ["should", "have", "closed", "already", "€540"]
    assert lines[5].split() == ["together", "€1,740.01"]
    assert "1 deal has no value and counts as nothing." in lines
    assert "The goal or more with 6%." in lines
    assert "Forecast in JPY · 1 open deal" in lines


def test_the_probability_is_the_stages_unless_set_by_hand(ask: Ask, file: Path) -> None:
    found = ask("forecast", file, "--json").document
    assert found["weighted"] == "2480.00"  # 24,800 at the 10 % of the first stage
    assert found["others"][0]["weighted"] == "50.05"


def test_wrong_usage(ask: Ask, open_deals: Path) -> None:
    assert ask("forecast", open_deals, "--goal", "much").status == 2
    assert ask("forecast", open_deals, "--until", "soon").status == 2


def test_looking_back(ask: Ask, bench: Bench) -> None:
    assert "back_test" not in ask("forecast", bench.desk.path, "--json").document
    bench.walk("1,2,3,4,3,4,won", start=date(2025, 12, 28))
    found = ask("forecast", bench.desk.path, "--back-test", "--json").document
    assert found["back_test"] == {"EUR": {"held": 1, "n": 1, "above": 0, "below": 0}}
    assert "Looking back in EUR: too early to say, n = 1." in ask("forecast", bench.desk.path, "--back-test").out
    for month in range(1, 8):
        bench.walk("1,2,3,4,3,4,won", start=date(2026, month, 28))
    told = ask("forecast", bench.desk.path, "--back-test").out
    assert "at 8 of 8 month beginnings what came lay in the range of 80 %" in told
    assert "0 times more came" in told
