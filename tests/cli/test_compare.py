from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.queries.desks import Bench, open_bench

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
PERIODS = ("--from", "2026-07-01", "--to", "2026-07-31", "--compare-from", "2026-06-01", "--compare-to", "2026-06-30")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


@pytest.fixture
def two_months(bench: Bench) -> Path:
    """In June 2 of 12 were won, in July 10 of 12; all others were lost in the second stage."""
    for start, won in ((JUNE, 2), (JULY, 10)):
        for nth in range(12):
            bench.walk("1,2,3,4,won" if nth < won else "1,2,lost", start=start)
    return bench.desk.path


def test_beside_another_period(ask: Ask, two_months: Path) -> None:
    found = ask("funnel", two_months, *PERIODS, "--json").document
    other = found["compare"]
    assert found.keys() <= other.keys()
    assert (found["won"], other["won"], other["from"], other["compare"]) == (10, 2, "2026-06-01", None)
    assert other["same_length"] is False
    differences = other["differences"]
    assert differences["win_rate"]["verdict"] == "better"
    assert differences["win_rate"]["difference"] == 0.6667
    assert [(one["key"], one["verdict"]) for one in differences["stages"]] == [
        ("1", "too_early"),
        ("2", "better"),
        ("3", "too_early"),
        ("4", "too_early"),
        ("6", "too_early"),
    ]


def test_for_people(ask: Ask, two_months: Path) -> None:
    said = ask("funnel", two_months, *PERIODS).out
    assert "Compared with: Deals created from 1 June 2026 to 30 June 2026" in said
    assert "  Win rate  Better: 83% of 12 against 17% of 12.\n" in said
    assert "  3         Too early to say: 100% of 10 against 100% of 2.\n" in said
    assert "The two periods are not of the same length" in said


def test_nothing_to_compare_with(ask: Ask, two_months: Path) -> None:
    found = ask("funnel", two_months, "--from", "2026-07-01", "--compare-to", "2020-12-31", "--json").document
    assert found["compare"]["deals"] == 0
    assert found["compare"]["same_length"] is None
    assert found["compare"]["differences"]["win_rate"] == {
        "difference": None,
        "low": None,
        "high": None,
        "verdict": "too_early",
    }
    assert ask("funnel", two_months, "--json").document["compare"] is None


def test_the_bottleneck(ask: Ask, bench: Bench) -> None:
    for nth in range(20):
        bench.walk("1,2,3,4,won" if nth < 4 else "1,2,lost")
    found = ask("funnel", bench.desk.path, "--json").document
    assert found["bottleneck"] == {
        "key": "2",
        "stage": "2",
        "resolved": 0.2,
        "n": 20,
        "sentence": "The bottleneck is “2”: 4 of 20 deals go on from there to “3” (20 %), "
        "a smaller share than from any other stage.",
    }
    assert found["bottleneck"]["sentence"] in ask("funnel", bench.desk.path).out
