"""`funnel`: the numbers for programs and for people, and the picture."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Ask
from tests.queries.desks import Bench, open_bench

ORACLE = ("1,2,3,4,won", "1,2,3,lost", "1,3,4,won", "1,2,3,2,3", "1,lost", "1,2", "2,3,lost", "1,2,3,4,lost")
KEYS = [
    *("pipeline", "basis", "from", "to", "deals", "won", "lost", "open", "handed_over", "unknown_path", "win_rate"),
    *("won_value", "median_days_to_win", "stages", "bottleneck", "groups", "compare", "deals_since"),
    "stage_history_since",
]
STAGE_KEYS = [
    *("key", "stage", "reached", "entered", "touched", "strict", "now", "conversion", "cumulative", "resolved"),
    *("lost_here", "median_days"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


@pytest.fixture
def oracle(bench: Bench) -> Path:
    """The eight deals of the definitions; half of them from the web."""
    for nth, path in enumerate(ORACLE):
        bench.walk(path, source="web" if nth % 2 else "")
    return bench.desk.path


def test_the_shape(ask: Ask, oracle: Path) -> None:
    found = ask("funnel", oracle, "--json").document
    assert list(found) == KEYS
    assert [list(stage) for stage in found["stages"]] == [STAGE_KEYS] * 7
    assert {key: value for key, value in found.items() if key != "stages"} == {
        "pipeline": "main",
        "basis": "created",
        "from": None,
        "to": None,
        "deals": 8,
        "won": 2,
        "lost": 4,
        "open": 2,
        "handed_over": 0,
        "unknown_path": 0,
        "win_rate": {"value": 0.3333, "low": 0.0968, "high": 0.7, "n": 6},
        "won_value": [],
        "median_days_to_win": 3.5,
        "bottleneck": None,
        "groups": {},
        "compare": None,
        "deals_since": "2026-07-01",
        "stage_history_since": "2026-07-02",
    }


def test_the_stages(ask: Ask, oracle: Path) -> None:
    stages = ask("funnel", oracle, "--json").document["stages"]
    assert stages[0] == {
        "key": "1",
        "stage": "1",
        "reached": 8,
        "entered": 7,
        "touched": 7,
        "strict": 7,
        "now": 0,
        "conversion": 0.875,
        "cumulative": 1.0,
        "resolved": 0.875,
        "lost_here": 1,
        "median_days": 1.0,
    }
    assert [stage["resolved"] for stage in stages] == [0.875, 1.0, 0.6, 0.6667, None, None, None]
    assert [stage["conversion"] for stage in stages] == [0.875, 0.8571, 0.5, 0.6667, None, None, None]


def test_groups_have_the_same_keys(ask: Ask, oracle: Path) -> None:
    found = ask("funnel", oracle, "--by", "source", "--json").document
    assert list(found["groups"]) == ["", "web"]
    assert [list(group) for group in found["groups"].values()] == [KEYS] * 2
    assert sum(group["deals"] for group in found["groups"].values()) == found["deals"]


def test_a_period(ask: Ask, bench: Bench) -> None:
    bench.walk("1,2,won", start=date(2026, 6, 30))
    bench.walk("1,2", start=date(2026, 7, 1))
    path = bench.desk.path
    created = ask("funnel", path, "--from", "2026-07-01", "--to", "2026-07-31", "--json").document
    assert (created["from"], created["to"], created["deals"]) == ("2026-07-01", "2026-07-31", 1)
    closed = ask("funnel", path, "--basis", "closed", "--from", "2026-07-02", "--json").document
    assert (closed["deals"], closed["won"]) == (1, 1)
    active = ask("funnel", path, "--basis", "active", "--to", "2026-07-01", "--json").document
    assert (active["deals"], active["won"], active["open"]) == (2, 0, 2)


def test_amounts_are_told_by_currency(ask: Ask, file: Path) -> None:
    said = ask("funnel", file).out
    assert "€24,800, $500.50" in said


def test_for_people(ask: Ask, oracle: Path) -> None:
    lines = ask("funnel", oracle, "--by", "source").out.splitlines()
    assert lines[0] == "main · All deals"
    assert lines[1] == "8 deals · 2 won · 2 open · 4 lost · win rate 33% (10–70) of 6 · usually 4 days to win"
    rows = [" ".join(line.split()) for line in lines]
    assert rows[3:6] + rows[7:8] == [
        "Stage Came this far Went on Of those decided Entered Been there In every stage Now here Lost here Usual days",
        "1 8 88% 88% (53–98) 7 7 7 0 1 1",
        "2 7 86% 100% (61–100) 7 6 5 1 0 1",
        "4 3 67% too early (n = 3) 3 3 2 0 1 1",
    ]
    assert "n = 8, of which 2 still open." in lines
    assert "web 4 4 4 3 1 0 0 0 too early (n = 2)" in rows


def test_of_nothing(ask: Ask, bench: Bench) -> None:
    found = ask("funnel", bench.desk.path, "--json").document
    assert found["win_rate"] == {"value": None, "low": None, "high": None, "n": 0}
    assert (found["median_days_to_win"], found["deals_since"]) == (None, None)
    assert {stage["cumulative"] for stage in found["stages"]} == {None}
    assert ask("funnel", bench.desk.path).status == 0


def test_in_russian_names_are_those_of_the_stages(ask: Ask, file: Path) -> None:
    found = ask("funnel", file, "--json", "--lang", "ru").document
    assert found["stages"][0]["stage"] == "Детали"
    assert ask("funnel", file, "--json").document["stages"][0]["stage"] == "Details"


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.pdf"])
def test_the_picture(ask: Ask, oracle: Path, tmp_path: Path, name: str) -> None:
    picture = tmp_path / name
    assert str(picture) in ask("funnel", oracle, "--chart", picture).out
    assert picture.stat().st_size > 1000
    assert ask("funnel", oracle, "--chart", picture, "--json").document["deals"] == 8


def test_another_kind_of_picture_is_refused(ask: Ask, oracle: Path, tmp_path: Path) -> None:
    sentence = ask("funnel", oracle, "--chart", tmp_path / "a.gif").sentence
    assert sentence.endswith("is no picture we can make. Let its name end in .png, .svg or .pdf.")
    assert not (tmp_path / "a.gif").exists()


def test_a_picture_in_no_folder_is_refused(ask: Ask, oracle: Path, tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in ask("funnel", oracle, "--chart", tmp_path / "nowhere" / "a.png").sentence


def test_the_pipeline_is_told_by_name(ask: Ask, oracle: Path) -> None:
    assert ask("funnel", oracle, "--pipeline", "other", "--json").document["deals"] == 0
    assert "There is no pipeline “third” here." in ask("funnel", oracle, "--pipeline", "third").sentence


def test_a_period_backwards_is_refused(ask: Ask, oracle: Path) -> None:
    sentence = ask("funnel", oracle, "--from", "2026-07-02", "--to", "2026-07-01").sentence
    assert sentence == "The period ends on 2026-07-01, before it begins on 2026-07-02."


@pytest.mark.parametrize("words", [("--from", "1.7.2026"), ("--basis", "won"), ("--by", "colour")])
def test_wrong_usage(ask: Ask, oracle: Path, words: tuple[str, str]) -> None:
    assert ask("funnel", oracle, *words).status == 2
