"""Many deals at once, and named views, by the names of the controls of the list."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QWidget,
)

from funnel_desk.storage import check
from funnel_desk.ui.views.deals.listing import Listing
from funnel_desk.ui.views.deals.model import DealsModel
from funnel_desk.ui.views.deals.table import DealTable
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

Found = TypeVar("Found", bound=QObject)
_PATIENCE = 10.0  # seconds
_DEALS = 200


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with shop_window(qapp, make_shop(tmp_path / "shop.funnel", _DEALS), view="deals") as shown:
        shown.resize(1280, 800)
        yield shown


def find(window: QWidget, kind: type[Found], name: str) -> Found:
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def table(window: Window) -> DealTable:
    return find(window, DealTable, "deals.table")


def model(window: Window) -> DealsModel:
    found = table(window).model()
    assert isinstance(found, DealsModel)
    return found


def listing(window: Window) -> Listing:
    return window.findChildren(Listing)[0]


def settle(window: Window) -> None:
    assert window._parts is not None
    until = time.monotonic() + _PATIENCE
    for _round in range(2):
        QTest.qWait(60)
        while window._parts.jobs._running and time.monotonic() < until:
            QTest.qWait(5)


def choose(window: Window, first: int, last: int) -> None:
    chosen = QItemSelection(model(window).index(first, 0), model(window).index(last, 0))
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table(window).choose(first)
    table(window).selectionModel().select(chosen, flags)


def texts(window: Window, key: str) -> list[str]:
    column = model(window).place_of_column(key)
    return [str(model(window).index(row, column).data()) for row in range(model(window).rowCount())]


def cell(window: Window, row: int, key: str) -> None:
    """Show a column, and put the cursor into one of its cells."""
    shown, all_columns = table(window), model(window).columns
    if key not in shown.chosen_columns:
        shown.show_columns(all_columns, [*shown.chosen_columns, key])
    shown.choose(row, model(window).place_of_column(key))
    shown.setFocus()


def contents(window: Window) -> object:
    assert window._parts is not None
    return window._parts.bridge.ask(lambda read: check.contents(read.connection))


def undo(window: Window) -> None:
    assert window._parts is not None
    window._parts.bridge.undo()
    settle(window)


def test_many_are_moved_lost_changed_and_deleted_each_with_one_undo(window: Window) -> None:
    listing(window).bar.outcome.choose("open")
    before = contents(window)
    choose(window, 0, 9)
    QTest.keyClick(table(window), Qt.Key.Key_M)
    menu = find(window, QMenu, "deals.move.menu")
    stage = menu.actions()[2]
    stage.trigger()
    menu.close()
    settle(window)
    assert "moved to" in window.messages.text()
    undo(window)
    assert contents(window) == before
    choose(window, 0, 9)
    QTest.keyClick(table(window), Qt.Key.Key_L)
    popup = find(window, QWidget, "deals.lose")
    find(popup, QComboBox, "lost.reason").setCurrentText("They went silent all at once")
    find(popup, QAbstractButton, "lost.confirm").click()
    settle(window)
    assert "10 deals closed as lost." in window.messages.text()
    undo(window)
    choose(window, 0, 9)
    QTest.keyClick(table(window), Qt.Key.Key_Delete)
    settle(window)
    assert "10 deals deleted." in window.messages.text()
    undo(window)
    assert contents(window) == before


def test_many_get_an_owner_a_tag_and_a_next_action(window: Window) -> None:
    before = contents(window)
    choose(window, 0, 4)
    QTest.keyClick(table(window), Qt.Key.Key_T)
    line = find(window, QWidget, "deals.line")
    find(line, QLineEdit, "deals.line.text").setText("hot")
    find(line, QAbstractButton, "deals.line.take").click()
    settle(window)
    assert texts(window, "tags")[:5] == ["hot"] * 5
    QTest.keyClick(table(window), Qt.Key.Key_E)
    menu = find(window, QMenu, "deals.edit.menu")
    next(one for one in menu.actions() if one.text() == "Owner…").trigger()
    menu.close()
    line = next(one for one in window.findChildren(QWidget, "deals.line") if one.isVisible())
    find(line, QLineEdit, "deals.line.text").setText("Bo")
    find(line, QAbstractButton, "deals.line.take").click()
    settle(window)
    assert texts(window, "owner")[:5] == ["Bo"] * 5
    QTest.keyClick(table(window), Qt.Key.Key_P)
    popup = find(window, QWidget, "deals.plan")
    find(popup, QLineEdit, "plan.text").setText("ring them all")
    find(popup, QAbstractButton, "plan.save").click()
    settle(window)
    assert "Planned for 5 deals." in window.messages.text()
    for _time in range(3):
        undo(window)
    assert contents(window) == before


def test_those_that_may_not_go_are_named(window: Window) -> None:
    listing(window).bar.outcome.choose("")
    table(window).sort_by(model(window).place_of_column("outcome"))
    table(window).sort_by(model(window).place_of_column("outcome"))
    lost = texts(window, "outcome").index("Lost")
    held = 2
    choose(window, lost - 3, lost + held - 1) if lost >= 3 else choose(window, 0, lost + held - 1)
    QTest.keyClick(table(window), Qt.Key.Key_M)
    menu = find(window, QMenu, "deals.move.menu")
    menu.actions()[-1].trigger()
    menu.close()
    settle(window)
    assert "stay" in window.messages.text()
    assert "Reopen it first." in window.messages.text()


def test_views_are_saved_chosen_by_key_renamed_and_deleted(window: Window) -> None:
    find(window, QLineEdit, "deals.search").setText("cameras")
    table(window).sort_by(model(window).place_of_column("value"))
    views = find(window, QAbstractButton, "deals.views")
    listing(window)._views._save()
    line = find(window, QWidget, "deals.line")
    find(line, QLineEdit, "deals.line.text").setText("Cameras only")
    find(line, QAbstractButton, "deals.line.take").click()
    assert views.text() == "Cameras only"
    count = model(window).rowCount()
    QTest.keyClick(table(window), Qt.Key.Key_V)
    menu = find(window, QMenu, "deals.views.menu")
    QTest.keyClick(menu, Qt.Key.Key_8)
    assert views.text() == "All deals"
    assert model(window).rowCount() == _DEALS
    QTest.keyClick(table(window), Qt.Key.Key_V)
    menu = next(one for one in window.findChildren(QMenu, "deals.views.menu") if one.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_9)
    assert views.text() == "Cameras only"
    assert model(window).rowCount() == count
    assert listing(window)._sort == ("value",)
    listing(window)._views._delete()
    assert views.text() == "View"
    undo(window)
