"""The demo workspace: a story that shows everything, and holds together like any other file."""

from pathlib import Path

import pytest

from funnel_desk.operations.demo import create_demo
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.queries.today import today
from funnel_desk.storage.acts import Author
from funnel_desk.storage.check import contents, differences, findings
from funnel_desk.storage.file import FileExists

MONDAY, ZONE = "2026-11-23", "Europe/Minsk"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.funnel"
    create_demo(path, today=MONDAY, time_zone=ZONE)
    return path


@pytest.fixture
def desk(demo: Path) -> Desk:
    return Desk(demo, Author("somebody", ""), write=False)


def counts(desk: Desk, statement: str) -> dict[str, int]:
    return {str(row[0]): int(row[1]) for row in desk.read(lambda read: read.sql(statement))}


def test_it_is_a_busy_half_year(desk: Desk) -> None:
    outcomes = counts(desk, "SELECT outcome, count(*) FROM deal_state GROUP BY 1")
    assert 120 <= sum(outcomes.values()) <= 200
    assert outcomes["won"] >= 15
    assert outcomes["lost"] >= 40
    assert outcomes["open"] >= 25
    moves = counts(desk, "SELECT kind, count(*) FROM stage_event GROUP BY 1")
    assert moves.keys() == {"moved", "lost", "reopened", "handed_over"}
    acts = counts(desk, "SELECT act, count(*) FROM touched_step GROUP BY 1")
    assert acts.keys() == {"done", "skipped", "moved"}


def test_the_three_pipelines_have_deals_in_them(desk: Desk) -> None:
    rows = desk.read(pipelines)
    assert [row.pipeline.playbook_key for row in rows] == ["security-systems", "apartment-doors", "startup"]
    assert all(sum(line.deals for line in row.stages) >= 10 for row in rows)
    assert all(row.stages[-1].deals for row in rows)


def test_the_day_has_something_in_each_list(desk: Desk) -> None:
    found = desk.read(today, MONDAY)
    assert 5 <= len(found.overdue) <= 30
    assert len(found.today) >= 4
    assert found.no_next_action
    assert found.stalled


def test_losses_have_reasons_and_talks_have_words(desk: Desk) -> None:
    reasons = counts(desk, "SELECT coalesce(reason_id, ''), count(*) FROM stage_event WHERE kind = 'lost' GROUP BY 1")
    assert "" not in reasons
    assert len(reasons) >= 6
    told = counts(desk, "SELECT text != '', count(*) FROM activity GROUP BY 1")
    assert told["1"] > told["0"]
    assert counts(desk, "SELECT direction, count(*) FROM activity GROUP BY 1")["in"] >= 30


def test_nothing_happens_after_the_evening_before(desk: Desk) -> None:
    for statement in (
        "SELECT max(at), 0 FROM batch",
        "SELECT max(at), 0 FROM stage_event",
        "SELECT max(at), 0 FROM activity",
        "SELECT max(created_at), 0 FROM deal",
    ):
        assert min(counts(desk, statement)) < MONDAY


@pytest.mark.parametrize(
    "table",
    ["criterion", "stakeholder", "obstacle", "condition", "risk", "terms_request", "feedback", "satisfaction", "claim",
     "waiting", "snooze", "change_mark", "source_cost", "goal", "review"],
)  # fmt: skip
def test_the_facts_of_the_trade_are_shown(desk: Desk, table: str) -> None:
    assert counts(desk, f"SELECT 'all', count(*) FROM {table}")["all"] >= 1


def test_clients_buy_again_and_are_called_again(desk: Desk) -> None:
    assert counts(desk, "SELECT 'all', count(*) FROM deal WHERE follows IS NOT NULL")["all"] >= 2
    assert counts(desk, "SELECT 'all', count(*) FROM deal WHERE touch_every IS NOT NULL")["all"] >= 2
    texts = counts(desk, "SELECT text, 1 FROM satisfaction")
    assert any(text.isascii() for text in texts)
    assert not all(text.isascii() for text in texts)


def test_both_sellers_wrote_it(desk: Desk) -> None:
    history = desk.history()
    assert {entry.author for entry in history} == {"Anna Kovalenko", "Илья Брандт"}
    assert [entry.at for entry in history][:40] == sorted((entry.at for entry in history[:40]), reverse=True)


def test_it_is_sound(desk: Desk) -> None:
    assert desk.read(lambda read: findings(read.connection)) == []
    assert desk.read(lambda read: differences(read.connection, read.zone)) == []


def test_equal_days_make_equal_files(demo: Path, desk: Desk, tmp_path: Path) -> None:
    again = tmp_path / "again.funnel"
    create_demo(again, today=MONDAY, time_zone=ZONE)
    other = Desk(again, Author("somebody", ""), write=False)
    assert other.read(lambda read: contents(read.connection)) == desk.read(lambda read: contents(read.connection))
    assert [entry.batch for entry in other.history()] == [entry.batch for entry in desk.history()]
    with pytest.raises(FileExists):
        create_demo(demo)


@pytest.mark.parametrize("day", ["2028-03-05", "2027-01-01"])
def test_any_day_will_do(tmp_path: Path, day: str) -> None:
    path = tmp_path / "demo.funnel"
    create_demo(path, today=day, time_zone="America/New_York")
    found = Desk(path, Author("somebody", ""), write=False).read(today, day)
    assert found.overdue
    assert found.today
    assert found.no_next_action
    assert found.stalled
