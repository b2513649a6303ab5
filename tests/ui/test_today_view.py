"""Today in the real window: its sections, moving by key and by drag, rest, grouping, and what is remembered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as some
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from funnel_desk.domain.hygiene import Hygiene
from funnel_desk.domain.intervals import Rate
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.rescheduling import put_off
from funnel_desk.operations.snoozes import snooze_deal
from funnel_desk.queries.day_lists import Away, DayList, DayLists, day_lists, week_after
from funnel_desk.storage import check
from funnel_desk.ui.models.sections import ENTRY, Entry, Heading
from funnel_desk.ui.views.today import page as page_of_today
from funnel_desk.ui.views.today.drop_places import near_days
from funnel_desk.ui.views.today.rows import Rows
from funnel_desk.ui.widgets.segmented import Segmented
from funnel_desk.ui.widgets.two_line import ROWS, TwoLineView
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window

NO_HYGIENE = Hygiene(Rate(0, 0), Rate(0, 0), Rate(0, 0))
TODAY, TOMORROW = "2026-11-26", "2026-11-27"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    for title, company in (("Gate", "Alfa"), ("Yard", "Beta"), ("Roof", "Alfa")):
        desk.run(new_deal, title=title, company=company)
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path) as shown:
        QTest.qWait(1)
        yield shown
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk_of(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def listed(window: Window) -> TwoLineView:
    found = window.findChild(TwoLineView, "today.list")
    assert found is not None
    return found


def sections(window: Window) -> dict[str, list[str]]:
    model, found = listed(window).model(), dict[str, list[str]]()
    for row in (model.index(place, 0).data(ENTRY) for place in range(model.rowCount())):
        if isinstance(row, Heading):
            found[row.title] = []
        elif isinstance(row, Entry):
            found[list(found)[-1]].append(row.title)
    return found


def deals_in(window: Window, section: str) -> set[str]:
    lists = desk_of(window).read(day_lists, TODAY).lists
    return {item.deal for one in lists if one.section == section for item in one.items}


def contents(window: Window) -> object:
    return desk_of(window).read(lambda read: check.contents(read.connection))


def test_moved_to_tomorrow_by_keys_alone_and_back_by_one_undo(window: Window, qapp: QApplication) -> None:
    rows = listed(window)
    rows.setFocus()
    before = contents(window)
    assert set(sections(window)) == {"Today"}
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qapp.processEvents()
    assert len(rows.chosen_keys()) == 2
    QTest.keyClick(rows, Qt.Key.Key_Plus)
    assert len(deals_in(window, "today")) == 1
    assert "2 deals" in window.messages.text()
    desk_of(window).undo()
    assert contents(window) == before


def test_another_day_from_the_menu_by_keys_alone(window: Window, qapp: QApplication, qtbot: QtBot) -> None:
    rows = listed(window)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_D)
    menu = next(one for one in window.findChildren(QMenu) if one.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(deals_in(window, "today")) == 2)
    assert "next action on" in window.messages.text()


def test_a_deal_is_laid_to_rest_by_keys_alone_looked_at_and_woken(window: Window, qapp: QApplication) -> None:
    desk, rows = desk_of(window), listed(window)
    deal = rows.chosen_key().partition(":")[2]
    before = contents(window)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_S)
    reason = window.findChild(QLineEdit, "rest.reason")
    assert reason is not None
    assert window.focusWidget() is reason
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert window.messages.text() == "Say in a few words why it may rest."
    QTest.keyClicks(reason, "budget comes later")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    (told,) = desk.read(lambda read: read.sql("SELECT deal_id, reason, until_day FROM snooze"))
    assert tuple(told) == (deal, "budget comes later", "2026-12-10")
    assert sections(window)["Resting"] == [], "folded until somebody wants to see it"
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_End)
    QTest.keyClick(rows, Qt.Key.Key_Right)
    qapp.processEvents()
    assert len(sections(window)["Resting"]) == 1
    assert rows.chosen_key() == f"resting:{deal}"
    QTest.keyClick(rows, Qt.Key.Key_1)
    assert "Resting" not in sections(window)
    for _act in range(2):
        desk.undo()
    assert contents(window) == before


def test_rows_dragged_onto_a_section_or_a_day_move_there(window: Window, qtbot: QtBot) -> None:
    desk, rows = desk_of(window), listed(window)
    first = rows.chosen_key().partition(":")[2]
    desk.run(put_off, first, TOMORROW)
    qtbot.waitUntil(lambda: "Tomorrow" in sections(window))
    model = rows.sections
    rows.choose(model.entry(model.index(1)).key)  # type: ignore[union-attr]
    carried = QMimeData()
    carried.setData(ROWS, b"")
    place = QPointF(rows.visualRect(model.index_of_heading("tomorrow")).center())
    actions, button, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    rows.dropEvent(QDropEvent(place, actions, carried, button, none))
    qtbot.waitUntil(lambda: len(deals_in(window, "today")) == 1)
    rows.dragging.emit(True)
    on_monday = window.findChild(QWidget, "today.place.monday")
    assert on_monday is not None
    assert on_monday.isVisible()
    on_monday.dropEvent(QDropEvent(QPointF(2, 2), actions, carried, button, none))
    rows.dragging.emit(False)
    assert not on_monday.isVisible()
    assert desk.history(1)[0].label == put_off.label


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_days_near_by_lie_in_the_sections_of_their_names(day: date) -> None:
    today = day.isoformat()
    near = near_days(today)
    tomorrow, sunday = week_after(today)
    assert near["tomorrow"] == tomorrow
    assert tomorrow < near.get("week", sunday) <= sunday or tomorrow == sunday
    assert ("week" in near) is (tomorrow < sunday)
    assert date.fromisoformat(near["monday"]).weekday() == 0
    assert today < near["monday"] <= (day + timedelta(days=7)).isoformat()


def test_on_a_monday_this_week_means_its_friday() -> None:
    assert near_days("2026-11-23") == {
        "today": "2026-11-23",
        "tomorrow": "2026-11-24",
        "week": "2026-11-27",
        "monday": "2026-11-30",
    }


def test_grouped_by_company_and_remembered_with_what_is_folded(window: Window, qapp: QApplication) -> None:
    group = window.findChild(Segmented, "today.group")
    assert group is not None
    group.choose("company")
    assert sections(window) == {"Alfa": ["Gate", "Roof"], "Beta": ["Yard"]} or set(sections(window)) == {"Alfa", "Beta"}
    rows = listed(window)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Left)
    first = next(iter(sections(window)))
    assert sections(window)[first] == []
    page = window.page()
    assert page is not None
    page.keep()
    memory = window._memory
    assert memory.get("today.group") == "company"
    assert f"company:{first}" in memory.get("today.folded")
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert sections(window)[first]


def test_the_figures_lead_to_their_deals(window: Window, qapp: QApplication) -> None:
    figure = window.findChild(QPushButton, "today.hygiene.without")
    assert figure is not None
    assert figure.text() == "No next action 0/3 · 0%"
    assert "nothing is planned" in figure.toolTip()
    figure.click()
    page = window.page()
    assert page is not None
    assert page.objectName() == "view.deals"


def test_how_often_to_keep_in_touch_is_set_for_all_that_are_chosen(window: Window, qapp: QApplication) -> None:
    rows = listed(window)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qapp.processEvents()
    assert len(rows.chosen_keys()) == 3
    QTest.keyClick(rows, Qt.Key.Key_T)
    menu = window.findChild(QMenu, "today.rhythms")
    assert menu is not None
    menu.actions()[2].trigger()
    menu.close()
    every = desk_of(window).read(lambda read: read.sql("SELECT touch_every FROM deal"))
    assert [row[0] for row in every] == [30, 30, 30]
    desk_of(window).undo()
    assert (
        desk_of(window).read(lambda read: read.sql("SELECT count(*) FROM deal WHERE touch_every IS NOT NULL"))[0][0]
        == 0
    )


def test_long_lists_show_their_first_rows_and_more_when_asked(qapp: QApplication, tmp_path: Path) -> None:
    path = make_shop(tmp_path / "long.funnel", 400)
    with shop_window(qapp, path) as window:
        rows = listed(window)
        model = rows.sections
        more = model.index_of("more:overdue")
        assert more.isValid()
        before = model.rowCount()
        heading = model.heading(model.index(0))
        assert heading is not None
        assert heading.count is not None
        assert heading.count > 100
        rows.entry_clicked.emit("more:overdue")
        assert model.rowCount() > before


def test_what_waited_for_its_day_comes_back_and_says_why(qapp: QApplication, path: Path) -> None:
    desk = open_shop(path)
    rows = desk.read(lambda read: read.sql("SELECT id FROM deal ORDER BY id LIMIT 1"))
    desk.clock = lambda: "2026-06-01T09:00:00Z"
    desk.run(snooze_deal, str(rows[0][0]), "2026-09-01", "the owner is away")
    desk.close()
    late = open_shop(path)
    late.clock = lambda: "2027-03-01T09:00:00Z"
    found = {one.section: one for one in late.read(day_lists, "2027-03-01").lists}
    assert "the owner is away" in {item.rested for item in found["stalled"].items}
    late.close()


def test_a_large_file_is_read_apart_and_no_answer_is_given_twice(
    qapp: QApplication, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_today, "_AT_ONCE", 0)
    with shop_window(qapp, path) as window:
        rows = listed(window)
        qtbot.waitUntil(lambda: rows.model().rowCount() == 4)
        rows.setFocus()
        deal = rows.chosen_key()
        QTest.keyClick(rows, Qt.Key.Key_1)
        for _again in range(3):
            QTest.keyClick(rows, Qt.Key.Key_1)
        touched = desk_of(window).read(lambda read: read.sql("SELECT count(*) FROM touched_step"))[0][0]
        assert touched == 1
        qtbot.waitUntil(lambda: rows.chosen_key() != deal or rows.model().rowCount() != 4 or touched == 1)
        window._parts.jobs.close()  # type: ignore[union-attr]


def test_what_was_missed_stands_apart_from_what_is_late(qapp: QApplication, path: Path) -> None:
    desk = open_shop(path)
    deal = desk.read(lambda read: read.sql("SELECT id FROM deal ORDER BY id LIMIT 1"))[0][0]
    desk.run(put_off, str(deal), "2026-11-25")
    found = desk.read(day_lists, TODAY, Away("2026-11-24T15:00:00Z", "2026-11-26T06:00:00Z"))
    desk.close()
    (first, *_rest) = Rows(TODAY, "Europe/Minsk").by_time(found, ())
    assert first.heading.title == "Missed while the program was closed"
    assert [entry.chip.text for entry in first.entries if entry.chip] == ["1 day"]


@pytest.mark.parametrize(("late", "word", "tone"), [(20, "limit 14", "plain"), (29, "at most 28", "bad")])
def test_the_soft_and_the_hard_limit_differ_in_word_and_in_colour(path: Path, late: int, word: str, tone: str) -> None:
    desk = open_shop(path)
    item = desk.read(day_lists, "2027-03-01").lists[0].items[0]
    desk.close()
    item = replace(item, section="stalled", days_late=late, limit=14, hard_limit=28)
    found = DayLists("2027-03-01", (DayList("stalled", 1, (item,)),), NO_HYGIENE)
    (section,) = Rows("2027-03-01", "Europe/Minsk").by_time(found, ())
    (entry,) = section.entries
    assert entry.chip is not None
    assert word in entry.chip.text
    assert entry.chip.tone == tone
    assert ("decide now" in entry.detail) is (tone == "bad")
