"""The lists of the window say the same as the four lists of the day, with counts that hold beyond what is shown."""

from pathlib import Path

import pytest

from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.snoozes import snooze_deal
from funnel_desk.operations.steps import tick_step
from funnel_desk.queries.day_lists import Away, DayLists, day_lists, week_after
from funnel_desk.queries.hygiene import hygiene_report
from funnel_desk.queries.planned import next_planned, planned_between
from funnel_desk.queries.today import today, today_count
from tests.desks import Clock, a_desk
from tests.ui.shop import make_shop, open_shop

ON = "2026-11-26"
DAYS = ("2026-11-20", "2026-11-22", ON, "2026-12-31", "2027-06-01")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "security-systems", clock=Clock("2026-11-02T09:00:00Z"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_shop(tmp_path_factory.mktemp("shop") / "north.funnel", 150)


def by_name(found: DayLists) -> dict[str, list[str]]:
    return {one.section: [item.deal for item in one.items] for one in found.lists}


@pytest.mark.parametrize("on", DAYS)
def test_the_lists_of_the_window_are_those_of_the_day(shop: Path, on: str) -> None:
    desk = open_shop(shop)
    whole, shown = desk.read(today, on), desk.read(day_lists, on)
    for one in shown.lists:
        if one.section in {"overdue", "today", "no_next_action", "stalled"}:
            assert one.items == getattr(whole, one.section)[: len(one.items)] or one.count > len(one.items)
            assert one.count == len(getattr(whole, one.section))
    assert desk.read(today_count, on) == whole.count
    assert shown.hygiene == desk.read(hygiene_report, today=on)
    bounded = desk.read(day_lists, on, None, {"overdue": 5}, 2)
    assert [one.count for one in bounded.lists] == [one.count for one in shown.lists]
    assert all(len(one.items) <= (5 if one.section == "overdue" else 2) for one in bounded.lists)
    desk.close()


def test_tomorrow_and_the_rest_of_its_week(desk: Desk) -> None:
    for title, day in (("A", "2026-11-03"), ("B", "2026-11-04"), ("C", "2026-11-08"), ("D", "2026-11-09")):
        deal = desk.run(new_deal, title=title)
        for step in ("write-down-interest", "find-details", "propose-visit", "run-demonstration"):
            desk.run(tick_step, deal.id, step)
        desk.run(plan_activity, deal.id, "call", day)
    assert by_name(desk.read(day_lists, "2026-11-02")) == {"tomorrow": ["A"], "week": ["B", "C"]}
    assert week_after("2026-11-08") == ("2026-11-09", "2026-11-15"), "on a Sunday the week is the coming one"


def test_what_came_due_while_the_program_was_closed_stands_apart(desk: Desk) -> None:
    planned = {
        "before": "2026-10-30",
        "the evening of leaving": "2026-10-31",
        "a whole day": "2026-11-01",
        "a time": "2026-11-02T05:30:00Z",
        "today": "2026-11-02",
        "later": "2026-11-02T12:00:00Z",
    }
    for title, due in planned.items():
        desk.run(plan_activity, desk.run(new_deal, title=title).id, "call", due)
    found = by_name(desk.read(day_lists, "2026-11-02", Away("2026-10-31T15:00:00Z", "2026-11-02T06:00:00Z")))
    assert found == {
        "overdue": ["before", "the evening of leaving"],
        "missed": ["a whole day", "a time"],
        "today": ["later", "today"],
    }


def test_what_rests_is_listed_apart_and_told(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    desk.run(snooze_deal, deal.id, "2027-02-01", "budget")
    shown = desk.read(day_lists, "2027-01-20")
    assert "stalled" not in by_name(shown)
    (resting,) = [one for one in shown.lists if one.section == "resting"]
    assert [(item.deal, item.rested, item.until) for item in resting.items] == [("Gate", "budget", "2027-02-01")]
    assert shown.hygiene == desk.read(hygiene_report, today="2027-01-20")


def test_what_has_a_time_is_found_by_time(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", company="Alfa")
    desk.run(plan_activity, deal.id, "call", "2026-11-03T09:00:00Z", text="Ask")
    desk.run(plan_activity, deal.id, "call", "2026-11-04", text="A day has no time")
    assert desk.read(next_planned, "2026-11-02T09:00:00Z") == "2026-11-03T09:00:00Z"
    assert desk.read(next_planned, "2026-11-03T09:00:00Z") is None
    (one,) = desk.read(planned_between, "2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z")
    assert (one.deal, one.company, one.title) == ("Gate", "Alfa", "Ask")
    assert desk.read(planned_between, "2026-11-03T09:00:00Z", "2026-11-05T09:00:00Z") == ()
