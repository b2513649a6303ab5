"""The plan, looking back, deals put off and rates of exchange, on screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
)
from pytestqt.qtbot import QtBot

from funnel_desk.operations.deals import edit_deal, win_deal
from funnel_desk.queries.own_figures import goals
from funnel_desk.ui.views.forecast.outlook import OutlookPart
from funnel_desk.ui.views.forecast.plan import PlanPart
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas
from funnel_desk.ui.window import Window
from tests.ui.forecast_screen import (
    DEALS,
    desk,
    enter,
    find,
    notes,
    page,
    plan,
    said,
    titles,
    type_goal,
)
from tests.ui.shop import make_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "north.funnel", 0)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="forecast") as shown:
        yield shown


@pytest.fixture
def busy(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with shop_window(qapp, make_shop(tmp_path / "busy.funnel", DEALS), view="forecast") as shown:
        yield shown


# --- the plan --------------------------------------------------------------------------------------------------------


def test_without_a_goal_the_plan_says_what_to_do(busy: Window) -> None:
    shown = plan(busy)
    assert said(busy, "plan.sentence") == "Set a goal above, and here stands how many leads it needs."
    assert not shown.way.isVisible()
    assert not shown.what_if.isVisible()


def test_the_plan_tells_leads_and_working_days(busy: Window) -> None:
    shown = plan(busy, "900 000")
    assert "more leads are needed" in said(busy, "plan.sentence")
    assert "26 working days left until 31 December" in said(busy, "plan.sentence")
    assert said(busy, "plan.today").startswith("Today: ")
    assert said(busy, "plan.pace").startswith("Behind by €")
    spoken = shown.way.canvas.accessibleDescription()
    assert spoken.startswith("Details: needed ")
    assert "Wins: " in spoken


def test_before_the_first_win_the_plan_cannot_be_made(window: Window) -> None:
    enter(window, "Gate", 1_00)
    shown = plan(window, "900 000")
    assert said(window, "plan.sentence").startswith("Nothing is won in EUR yet")
    assert not shown.way.isVisible()
    assert said(window, "plan.what_if.result").startswith("Nothing is won in EUR yet")


def test_a_goal_within_reach_needs_no_lead(window: Window) -> None:
    won = enter(window, "Yard", 5_000_00)
    desk(window).run(win_deal, won)
    enter(window, "Gate", 50_000_00, probability=9_000)
    plan(window, "20 000")
    assert said(window, "plan.sentence").startswith("If the open deals bring what is expected")
    assert not find(window, QLabel, "plan.today").isVisible()


def test_the_goal_is_kept_in_the_file_and_taken_back(busy: Window) -> None:
    plan(busy, "900 000")
    kept = desk(busy).read(goals)
    assert [(one.amount, one.from_day, one.to_day) for one in kept] == [(900_000_00, "2026-10-01", "2026-12-31")]
    assert busy.messages.text() == "The goal is €900,000."
    desk(busy).undo()
    assert desk(busy).read(goals) == ()
    assert find(busy, QLineEdit, "forecast.goal").text() == ""
    assert said(busy, "plan.sentence").startswith("Set a goal above")
    desk(busy).redo()
    assert find(busy, QLineEdit, "forecast.goal").text() == "€900,000"
    type_goal(busy, " ")
    assert desk(busy).read(goals) == ()
    assert busy.messages.text() == "The goal is taken away."


def test_each_period_and_pipeline_has_a_goal_of_its_own(busy: Window) -> None:
    type_goal(busy, "900 000")
    period = find(busy, QComboBox, "forecast.period")
    period.setCurrentIndex(period.findData("month"))
    assert find(busy, QLineEdit, "forecast.goal").text() == ""
    type_goal(busy, "100 000")
    period.setCurrentIndex(period.findData("quarter"))
    assert find(busy, QLineEdit, "forecast.goal").text() == "€900,000"
    assert len(desk(busy).read(goals)) == 2


def test_where_nothing_can_be_written_a_goal_can_be_tried(busy: Window) -> None:
    assert busy._parts is not None
    busy._parts.bridge.read_only("Somebody else has this file open.")
    plan(busy, "900 000")
    assert "more leads are needed" in said(busy, "plan.sentence")
    assert desk(busy).read(goals) == ()


def test_another_goal_is_told_without_a_look_at_the_deals(busy: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    type_goal(busy, "900 000")
    before = said(busy, "forecast.chance")
    plan(busy)
    sentence = said(busy, "plan.sentence")
    monkeypatch.setattr(OutlookPart, "_reckon", lambda *_asked: pytest.fail("looked again"))
    monkeypatch.setattr(PlanPart, "_reckon", lambda *_asked: pytest.fail("looked again"))
    page(busy).show_part("outlook")
    type_goal(busy, "200 000")
    assert said(busy, "forecast.chance") != before
    page(busy).show_part("plan")
    type_goal(busy, "300 000")
    assert said(busy, "plan.sentence") != sentence


def test_sliders_change_leads_and_money(busy: Window) -> None:
    shown = plan(busy, "900 000")
    as_it_is = said(busy, "plan.what_if.result")
    report = shown.found.ground.plan(900_000_00).plan if shown.found else None
    assert report is not None
    assert f"{report.leads_after_open:,} more leads instead of {report.leads_after_open:,}." in as_it_is
    slider = find(busy, QSlider, "plan.what_if.average")
    slider.setFocus()
    for _nth in range(5):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 25
    assert slider.accessibleDescription() == "Average sale: +25 %"
    assert said(busy, "plan.what_if.result") != as_it_is
    find(busy, QPushButton, "plan.what_if.back").click()
    assert said(busy, "plan.what_if.result") == as_it_is


def test_the_goal_is_divided_by_product(window: Window) -> None:
    for product, value in (("Doors", 6_000_00), ("Locks", 2_000_00)):
        desk(window).run(win_deal, enter(window, product, value, product=product))
    shown = plan(window, "80 000")
    shown.by.choose("product")
    texts = notes(window)
    assert "Doors" in texts
    assert "€60K" in texts
    assert "€20K" in texts


def test_the_plan_tells_what_stands_in_each_stage_and_that_calls_are_too_few(busy: Window) -> None:
    plan(busy, "900 000")
    assert "there, " in notes(busy)
    assert said(busy, "plan.calls") == "Too early to say: n = 0 cold calls, 5 are needed."


# --- looking back ----------------------------------------------------------------------------------------------------


def test_looking_back_is_too_early_at_first(window: Window, qtbot: QtBot) -> None:
    enter(window, "Gate")
    page(window).show_part("past")
    qtbot.waitUntil(lambda: window.findChild(QLabel, "past.sentence") is not None)
    assert said(window, "past.sentence").startswith("No month has begun since the first deal")


def test_looking_back_shows_the_months_that_are_not_decided(busy: Window, qtbot: QtBot) -> None:
    page(busy).show_part("past")
    qtbot.waitUntil(lambda: busy.findChild(QLabel, "past.sentence") is not None)
    assert said(busy, "past.sentence").startswith("Too early to say: of no past month")
    chart = find(busy, SpotCanvas, "past.chart")
    assert "P10" in chart.accessibleDescription()
    page(busy).show_part("outlook")
    assert not find(busy, QLabel, "forecast.past").isVisible(), "too early to say anything"


def test_the_forecast_says_quietly_how_it_did_so_far(window: Window, qtbot: QtBot) -> None:
    for month in range(1, 11):
        deal = enter(window, f"Gate {month}", probability=5_000, on=f"2026-{month:02}-05")
        desk(window).run(win_deal, deal, on=f"2026-{month + 1:02}-10")
    qtbot.waitUntil(lambda: said(window, "forecast.past").startswith("Looking back: At "))
    find(window, QPushButton, "forecast.look_back").click()
    assert page(window).switch.key() == "past"
    assert "of 10 month beginnings what came lay in the range" in said(window, "past.sentence")


# --- what was put off, and currencies --------------------------------------------------------------------------------


def test_deals_put_off_three_times_are_told_as_fiction(window: Window) -> None:
    deal = enter(window, "Gate", expected_close="2026-12-01")
    for day in ("2026-12-08", "2026-12-15", "2026-12-22"):
        desk(window).run(edit_deal, deal, expected_close=day)
    assert said(window, "forecast.slips") == (
        "The expected close of 1 open deal was put off. 1 of them three times or more: its day is fiction."
    )
    worst = find(window, QPushButton, "forecast.slipped").accessibleDescription()
    assert worst.startswith("put off 3 times, by 21 days in all; now ")
    assert worst.endswith(": fiction")
    find(window, QPushButton, "forecast.slips.all").click()
    assert titles(window) == ["Gate"]


def test_a_rate_of_exchange_is_set_and_removed(window: Window) -> None:
    enter(window, "Gate", probability=10_000)
    enter(window, "Dollar", 10_000_00, currency="USD", probability=10_000)
    assert "USD: without a rate its amounts stand apart and are never added." in notes(window)
    worth = find(window, QLineEdit, "forecast.rate.worth")
    QTest.keyClicks(worth, "0.9")
    QTest.keyClick(worth, Qt.Key.Key_Return)
    assert said(window, "forecast.range") == "About €19K with 80%."
    assert said(window, "forecast.rate") == "1 USD = 0.9 EUR, your rate from 26 November 2026 on"
    find(window, QPushButton, "forecast.rate.remove").click()
    assert said(window, "forecast.range").startswith("EUR: About €10K")


def test_a_rate_that_is_none_is_refused(window: Window) -> None:
    enter(window, "Dollar", 10_000_00, currency="USD")
    find(window, QLineEdit, "forecast.rate.worth").setText("much")
    find(window, QPushButton, "forecast.rate.set").click()
    assert "“much” is no rate" in window.messages.text()


def test_of_one_currency_nothing_is_said_of_rates(window: Window) -> None:
    enter(window, "Gate")
    assert not find(window, QLineEdit, "forecast.rate.worth").isVisible()
