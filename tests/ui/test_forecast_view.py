from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.velocity import Velocity
from funnel_desk.operations.deals import new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.acts import Author
from funnel_desk.ui.views.forecast import kept_figures, words
from funnel_desk.ui.views.forecast.outlook import OutlookPart
from funnel_desk.ui.widgets.chart_block import SaveMenu
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas
from funnel_desk.ui.window import Window
from tests.ui.forecast_screen import (
    DEALS,
    chance_of,
    desk,
    enter,
    find,
    notes,
    page,
    said,
    shown_view,
    titles,
    type_goal,
)
from tests.ui.shop import make_shop, open_shop, shop_window


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


# --- nothing, one, seven ---------------------------------------------------------------------------------------------


def test_an_empty_file_says_what_will_stand_here(window: Window) -> None:
    assert "Here you will see what your open deals may bring" in notes(window)
    button = next(one for one in page(window).findChildren(QPushButton) if one.text() == "New deal")
    button.click()
    assert shown_view(window) == "view.deals"


def test_a_file_without_a_pipeline_says_what_is_missing(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "bare.funnel"
    Desk.create(file, Author("max", "Max"), currency="EUR", time_zone="Europe/Minsk")
    with shop_window(qapp, file, view="forecast") as window:
        assert "A forecast needs a pipeline." in notes(window)


def test_one_deal_says_that_it_says_little(window: Window) -> None:
    enter(window, "Gate", probability=5_000)
    assert "1 open deal" in notes(window)
    assert "So few deals say little" in notes(window)
    assert "Too early to say: n = 0 won deals" in said(window, "forecast.pace")


def test_the_range_is_told_in_a_sentence(window: Window) -> None:
    for nth in range(7):
        enter(window, f"Gate {nth}", probability=5_000)
    assert said(window, "forecast.range") == "Between €20K and €50K with 80%, as often above €30K as below."
    assert "7 open deals" in notes(window)
    assert "Every outcome is counted." in notes(window)


def test_of_many_deals_lots_are_drawn(window: Window) -> None:
    for nth in range(26):
        enter(window, f"Gate {nth}")
    assert "10,000 draws of lots." in notes(window)


# --- the goal --------------------------------------------------------------------------------------------------------


def test_the_chance_of_a_goal_counts_what_is_won(window: Window) -> None:
    deal = enter(window, "Yard", 5_000_00)
    desk(window).run(win_deal, deal)
    enter(window, "Gate", probability=4_000)
    type_goal(window, "15 000")
    assert said(window, "forecast.chance") == "The chance of €15,000 or more is 40%."
    type_goal(window, "5000")
    assert said(window, "forecast.chance") == "The goal of €5,000 is reached: €5,000 is won."
    type_goal(window, "99000")
    assert said(window, "forecast.chance") == "Not even all open deals together would bring €99,000."


@pytest.mark.parametrize("text", ["many", "-5", "$100"])
def test_what_is_no_goal_in_the_files_currency_is_marked_and_changes_nothing(window: Window, text: str) -> None:
    enter(window, "Gate")
    type_goal(window, "15 000")
    before = said(window, "forecast.chance")
    type_goal(window, text)
    assert find(window, QLineEdit, "forecast.goal").property("wrong") == "true"
    assert said(window, "forecast.chance") == before


def test_goal_period_and_pipeline_are_remembered_for_this_file(qapp: QApplication, path: Path) -> None:
    desk_of = open_shop(path)
    desk_of.run(new_deal, title="Gate", value=10_000_00)
    desk_of.run(add_pipeline, playbook_named("apartment-doors"))
    desk_of.close()
    with shop_window(qapp, path, view="forecast") as window:
        find(window, QComboBox, "forecast.period").setCurrentIndex(0)
        pipeline = find(window, QComboBox, "forecast.pipeline")
        pipeline.setCurrentIndex(pipeline.count() - 1)
        type_goal(window, "15 000")
        find(window, QCheckBox, "forecast.crisis").click()
        kept = dict(window._memory._kept)
    with shop_window(qapp, path, view="today") as again:
        again._memory._kept.update(kept)
        again.go("forecast")
        assert find(again, QLineEdit, "forecast.goal").text() == "€15,000"
        assert find(again, QComboBox, "forecast.period").currentData() == "month"
        assert find(again, QComboBox, "forecast.pipeline").currentText() == "All pipelines"
        assert find(again, QCheckBox, "forecast.crisis").isChecked()
        assert "belong to one pipeline" in notes(again)


def test_days_of_ones_own(window: Window) -> None:
    enter(window, "Gate", expected_close="2027-02-01")
    period = page(window)._choices.period
    assert "1 more should close after the period" in notes(window)
    period.combo.setCurrentIndex(period.combo.findData("own"))
    period.last.setDate(period.last.date().addDays(1))
    assert period.last.isVisible()
    assert "should close after" not in notes(window)
    period.first.setDate(period.last.date().addDays(1))
    assert "ends on" in window.messages.text()


# --- the months ------------------------------------------------------------------------------------------------------


def test_a_bar_opens_its_deals(window: Window) -> None:
    enter(window, "Late", expected_close="2026-11-01")
    enter(window, "Soon", expected_close="2026-12-01")
    chart = find(window, SpotCanvas, "forecast.chart")
    assert chart.accessibleDescription() == "Day has passed: EUR 1000.00; December 2026: EUR 1000.00"
    spot = next(one for one in chart._spots if one.name == "EUR:overdue")
    at = QPointF(spot.left + 4, (spot.top + spot.bottom) / 2).toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert shown_view(window) == "view.deals"
    assert titles(window) == ["Late"]


def test_the_keyboard_does_so_too(window: Window) -> None:
    enter(window, "Late", expected_close="2026-11-01")
    enter(window, "Soon", expected_close="2026-12-01")
    chart = find(window, SpotCanvas, "forecast.chart")
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    chart.grab()
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert titles(window) == ["Soon"]


def test_each_currency_has_a_line_of_its_own(window: Window) -> None:
    enter(window, "Gate", probability=10_000)
    enter(window, "Kyoto", 900_000, currency="JPY", probability=10_000)
    yen = enter(window, "Won", 7_000_00, currency="USD")
    desk(window).run(win_deal, yen)
    lines = said(window, "forecast.range").split("\n")
    assert lines[0] == "EUR: About €10K with 80%."
    assert lines[1] == "JPY: About ¥900K with 80%."
    assert lines[2] == "USD: $7K is won in the period; no open deal should add to it."


# --- beside it -------------------------------------------------------------------------------------------------------


def test_the_deals_that_move_it_most_open_their_card(window: Window) -> None:
    enter(window, "Small", 100_00, probability=5_000)
    large = enter(window, "Large", 50_000_00, probability=5_000, company="North")
    type_goal(window, "40 000")
    first = find(window, QPushButton, "forecast.mover")
    assert first.accessibleName() == "North · Large"
    assert first.accessibleDescription() == "€50,000 at 50%. The goal: 100% if won, 0% if lost"
    first.click()
    assert shown_view(window) == "view.deals"
    assert desk(window).read(pipelines)  # the card reads the same file
    assert find(window, QLabel, "card.title").text() == "Large"
    assert large


def test_a_probability_is_adopted_and_taken_back(busy: Window) -> None:
    button = next(one for one in page(busy).findChildren(QPushButton) if one.objectName().startswith("forecast.adopt."))
    key = button.objectName().removeprefix("forecast.adopt.")
    before = chance_of(busy, key)
    wanted = int(button.text().removeprefix("Adopt ").removesuffix("%")) * 100
    assert "history says" in notes(busy)
    button.click()
    assert chance_of(busy, key) == wanted != before
    assert busy.messages.text().endswith(f"says {wanted // 100}% now.")
    desk(busy).undo()
    assert chance_of(busy, key) == before


def test_of_many_deals_a_probability_is_adopted_apart(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(kept_figures, "MANY_DEALS", 10)
    with shop_window(qapp, make_shop(tmp_path / "busy.funnel", DEALS), view="forecast") as window:
        qtbot.waitUntil(lambda: cast("OutlookPart", page(window).part).found is not None)
        checks = page(window).findChildren(QPushButton)
        button = next(one for one in checks if one.objectName().startswith("forecast.adopt."))
        key = button.objectName().removeprefix("forecast.adopt.")
        before = chance_of(window, key)
        button.click()
        qtbot.waitUntil(lambda: chance_of(window, key) != before)
        qtbot.waitUntil(lambda: "now." in window.messages.text())


def test_the_pace_shows_its_four_parts(busy: Window) -> None:
    assert said(busy, "forecast.pace").startswith("About €")
    assert all(part in notes(busy) for part in ("Open deals", "Average won", "Win rate", "Days to win"))


def test_a_pace_of_few_is_hidden_with_the_sentence_why() -> None:
    few = Velocity("EUR", 9, None, Rate(0, 0), None, 4)
    assert words.velocity_sentence(few) == (
        "Too early to say: n = 4 won deals with a value and a time to win, 5 are needed."
    )


# --- the switch ------------------------------------------------------------------------------------------------------


def test_the_part_is_changed_by_keys_and_remembered(busy: Window) -> None:
    assert page(busy).switch.key() == "outlook"
    for key in ("plan", "past", "outlook", "plan"):
        QTest.keyClick(busy, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert page(busy).switch.key() == key
    page(busy).keep()
    assert busy._memory.get("forecast.part") == "plan"


@pytest.mark.parametrize("chart", ["forecast.reach", "forecast", "plan", "plan.progress", "past"])
def test_each_chart_is_saved_as_picture_and_as_numbers(busy: Window, tmp_path: Path, chart: str, qtbot: QtBot) -> None:
    type_goal(busy, "900 000")
    for part in ("plan", "past"):
        page(busy).show_part(part)
    qtbot.waitUntil(lambda: busy.findChild(SaveMenu, "past.save") is not None)
    menu = find(busy, SaveMenu, f"{chart}.save")
    for kind in ("png", "svg", "pdf"):
        menu.write_picture(str(tmp_path / f"chart.{kind}"))
        assert (tmp_path / f"chart.{kind}").stat().st_size > 500
    menu.write_numbers(str(tmp_path / "chart.csv"))
    assert len((tmp_path / "chart.csv").read_text("utf-8-sig").splitlines()) > 1


# --- the house -------------------------------------------------------------------------------------------------------


def test_every_number_can_be_explained(busy: Window) -> None:
    QTest.mouseClick(find(busy, QPushButton, "forecast.explain_all"), Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert all(name in popup.accessibleDescription() for name in ("M11", "M14", "M15", "M16"))
    popup.close()


def test_it_is_drawn_anew_in_the_dark(busy: Window) -> None:
    chart = cast("OutlookPart", page(busy).part).months.canvas
    before = chart._picture
    busy._look.choose("dark")
    assert chart._picture is not before


@pytest.mark.parametrize("part", ["outlook", "plan", "past"])
@pytest.mark.parametrize("language", ["ru", i18n.PSEUDO])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_no_sentence_is_cut_off(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot, language: str, size: tuple[int, int], part: str
) -> None:
    i18n.set_language(language)
    with shop_window(qapp, make_shop(tmp_path / "busy.funnel", 60), view="forecast") as window:
        window.resize(*size)
        type_goal(window, "900000")
        page(window).show_part(part)
        if part == "past":
            qtbot.waitUntil(lambda: window.findChild(QLabel, "past.sentence") is not None)
        qapp.processEvents()
        for one in page(window).findChildren(QLabel):
            if one.isVisible() and one.hasHeightForWidth():
                assert one.height() >= one.heightForWidth(one.width()) - 1, one.text()
