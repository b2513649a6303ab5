"""`today`: four lists, and the words to say."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from funnel_desk import settings
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from tests.cli.conftest import ANNA, Ask

ITEM = ["deal", "deal_id", "company", "stage", "stage_key", "step", "step_key", "kind", "due", "script"]


def test_the_shape(ask: Ask, file: Path) -> None:
    found = ask("today", file, "--on", "2026-11-22", "--json").document
    assert list(found) == ["on", "overdue", "today", "no_next_action", "stalled"]
    assert found["on"] == "2026-11-22"
    assert [list(item) for item in found["overdue"]] == [ITEM] * 3
    first = found["overdue"][0]
    assert (first["deal"], first["company"]) == ("Gate 4", "Завод Альфа")
    assert (first["stage"], first["stage_key"]) == ("Details", "details")
    assert (first["step_key"], first["kind"], first["due"]) == ("write-down-interest", "task", "2026-11-10")
    assert found["today"] == []


def test_a_day_in_the_past_shows_it_as_it_was_due(ask: Ask, file: Path) -> None:
    found = ask("today", file, "--on", "2026-11-11", "--json").document
    assert [item["company"] for item in found["overdue"]] == ["Завод Альфа"]
    assert [item["company"] for item in found["today"]] == ["Beta Works"]


def test_without_a_day_it_is_today(ask: Ask, file: Path) -> None:
    before = datetime.now(ZoneInfo("Europe/Minsk")).date().isoformat()
    on = ask("today", file, "--json").document["on"]
    assert before <= on <= datetime.now(ZoneInfo("Europe/Minsk")).date().isoformat()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_scripts_are_filled(ask: Ask, file: Path, lang: str) -> None:
    settings.change(
        lambda known: settings.Settings(profile=settings.Profile("a", "Анна", "Ворота-Сервис"), language=known.language)
    )
    found = ask("today", file, "--on", "2026-11-22", "--json", "--lang", lang).document
    scripts = [item["script"] for name in ("overdue", "today", "stalled") for item in found[name]]
    assert all(scripts)
    assert not [script for script in scripts if "{" in script or "**" in script]
    assert all("Ворота-Сервис" in script for script in scripts)


def test_planned_and_unplanned(ask: Ask, file: Path) -> None:
    desk = Desk(file, ANNA)
    here = {deal["title"]: deal["id"] for deal in [ask("deal", file, "X-1", "--json").document]}
    desk.run(plan_activity, here["Yard"], "call", "2026-11-22T08:15:00Z", text="Ask about the fence")
    desk.close()
    ask("deal", file, "X-1", "--move", "care")
    found = ask("today", file, "--on", "2026-11-22", "--json").document
    (item,) = [item for item in found["today"] if item["deal"] == "Yard"]
    assert (item["step"], item["step_key"], item["kind"]) == ("Ask about the fence", "", "call")
    assert item["due"] == "2026-11-22T08:15:00Z"
    assert item["script"] == ""
    assert "11:15" in ask("today", file, "--on", "2026-11-22").out


def test_nothing_planned(ask: Ask, file: Path) -> None:
    for step in ("collect-objections", "answer-objections"):
        ask("deal", file, "X-1", "--move", "objections", "--on", "2026-11-19")
        assert ask("deal", file, "X-1", "--done", step, "--on", "2026-11-19").status == 0
    found = ask("today", file, "--on", "2026-11-22", "--json").document
    (item,) = found["no_next_action"]
    assert (item["deal"], item["due"], item["kind"], item["step"]) == ("Yard", None, "", "")


def test_stalled_is_by_days_without_a_touch(ask: Ask, file: Path) -> None:
    assert ask("today", file, "--on", "2026-11-20", "--json").document["stalled"] == []
    assert [item["company"] for item in ask("today", file, "--on", "2026-11-21", "--json").document["stalled"]] == [
        "Завод Альфа"
    ]


def test_for_people(ask: Ask, file: Path) -> None:
    english = ask("today", file, "--on", "2026-11-22").out
    assert english.startswith("Sunday, 22 November 2026 · 3 deals want attention\n\nOverdue (3)\n  12 days late  task ")
    russian = ask("today", file, "--on", "2026-11-22", "--lang", "ru").out
    assert russian.startswith("воскресенье, 22 ноября 2026 · ")
    assert "Записать" in russian


def test_an_empty_workspace(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "a.funnel"
    ask("new", path, "--playbook", "startup")
    found = ask("today", path, "--json").document
    assert [found[name] for name in ("overdue", "today", "no_next_action", "stalled")] == [[]] * 4
    assert "0 deals want attention" in ask("today", path).out


def test_names_that_try_the_terminal(ask: Ask, file: Path) -> None:
    desk = Desk(file, ANNA)
    desk.run(new_deal, title="two\nlines\tand a \x1b[31mcolour", company="漢字 & co", on="2026-11-20")
    desk.close()
    out = ask("today", file, "--on", "2026-11-22").out
    assert "\x1b" not in out
    assert "two lines and a" in out
