from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.operations.deals import edit_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.ui import bridge
from funnel_desk.ui.views.history.page import HistoryPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, open_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "north.funnel", 0)


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="history") as shown:
        yield shown


def page(window: Window) -> HistoryPage:
    return cast("HistoryPage", window.page())


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def cells(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_acts_are_told_with_day_time_words_author_and_number_of_changes(window: Window) -> None:
    desk(window).run(new_deal, title="Gate", company="North")
    assert cells(page(window).table, 0) == ["today", "12:00", "New deal “Gate”", "Max", "2"]
    assert page(window).caption().note == "2 acts"


def test_a_day_is_said_once_but_a_screen_reader_hears_it_each_time(window: Window) -> None:
    desk(window).run(new_deal, title="Gate")
    desk(window).run(new_deal, title="Yard")
    model = page(window).table.model()
    assert [model.index(row, 0).data() for row in range(2)] == ["today", ""]
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "today"


def test_an_earlier_act_is_undone_by_the_key_and_says_so(window: Window) -> None:
    desk(window).run(new_deal, title="Gate")
    desk(window).run(new_deal, title="Yard")
    table = page(window).table
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_U)
    assert window.messages.text() == "Undone: New deal “Gate”"
    assert table.currentIndex().row() == 2  # still at the same act: above it is the undo now
    spoken = table.model().index(2, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "New deal “Gate”, undone"
    assert button(window).text() == "Redo this act"


def test_an_undone_act_is_brought_back_by_the_button(window: Window) -> None:
    desk(window).run(new_deal, title="Gate")
    desk(window).undo()
    page(window).table.choose(1)
    QTest.mouseClick(button(window), Qt.MouseButton.LeftButton)
    assert [entry.undone for entry in desk(window).history(3)] == [False, True, False]
    assert button(window).text() == "Undo this act"


def test_what_was_changed_since_is_kept_and_told(window: Window) -> None:
    bench = desk(window)
    deal = bench.run(new_deal, title="Gate")
    bench.run(edit_deal, deal.id, title="Yard", note="two posts")
    bench.run(edit_deal, deal.id, title="Barrier")
    page(window).table.choose(1)
    QTest.keyClick(page(window).table, Qt.Key.Key_U)
    assert window.messages.text() == "Undone: Change “Gate”. Kept: Barrier (changed since)."


def test_the_making_of_the_file_cannot_be_taken_back(window: Window) -> None:
    page(window).table.choose(0)
    assert not button(window).isEnabled()
    QTest.keyClick(page(window).table, Qt.Key.Key_U)
    assert len(desk(window).history()) == 1


def test_thousands_of_acts_are_read_by_pages(qapp: QApplication, path: Path) -> None:
    full = open_shop(path)
    deal = full.run(new_deal, title="Gate")
    for number in range(300):
        full.run(edit_deal, deal.id, note=str(number))
    full.close()
    with shop_window(qapp, path, view="history") as window:
        model = page(window).model
        assert model.rowCount() == 302
        assert sum(len(rows) for rows in model._pages.values()) < 200
        assert cells(page(window).table, 301)[2] == "New workspace"


def test_in_russian(qapp: QApplication, path: Path) -> None:
    i18n.set_language("ru")
    with shop_window(qapp, path, view="history") as window:
        desk(window).run(new_deal, title="Ворота")
        assert cells(page(window).table, 0)[0] == "сегодня"


def button(window: Window) -> QPushButton:
    found = window.findChild(QPushButton, "history.undo")
    assert isinstance(found, QPushButton)
    return found


def test_a_large_act_is_taken_back_apart_from_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "MANY_CHANGES", 1)
    desk(window).run(new_deal, title="Gate", company="North")
    page(window).table.choose(0)
    QTest.keyClick(page(window).table, Qt.Key.Key_U)
    assert window._parts is not None
    assert window._parts.jobs.writing
    qtbot.waitUntil(lambda: window.messages.text() == "Undone: New deal “Gate”")
    window._parts.bridge.redo()
    qtbot.waitUntil(lambda: window.messages.text() == "Done again: New deal “Gate”")
    assert [entry.undone for entry in desk(window).history(3)] == [False, True, False]
