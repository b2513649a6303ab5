"""A seller comes back after months: 200 stalled deals are cleaned up in minutes, and all of it is taken back."""

import time
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu, QWidget

from funnel_desk.storage import check
from funnel_desk.ui.views.deals.model import DealsModel
from funnel_desk.ui.views.deals.table import DealTable
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

Found = TypeVar("Found", bound=QObject)
DEALS, STALLED = 1_400, 200
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_PATIENCE = 20.0  # seconds


def test_two_hundred_stalled_deals(qapp: QApplication, tmp_path: Path) -> None:
    path = make_shop(tmp_path / "shop.funnel", DEALS)
    with shop_window(qapp, path, view="deals") as window:
        bridge = window.page()._parts.bridge  # type: ignore[union-attr]
        before = bridge.desk.read(lambda read: check.contents(read.connection))
        acts = len(bridge.desk.history())
        look_at(window, "Stalled")
        stalled = rows(window)
        assert stalled >= STALLED
        lose_the_first(window, 120, "They went silent all at once")
        assert rows(window) == stalled - 120
        move_the_first(window, 20)
        plan_for_all(window, "ring them once more")
        assert rows(window) == 0  # what has a plan is not stalled
        done = len(bridge.desk.history()) - acts
        assert done == 3
        assert bridge.desk.read(lambda read: check.differences(read.connection, read.zone)) == []
        for _act in range(done):
            bridge.undo()
            settle(window)
        assert bridge.desk.read(lambda read: check.contents(read.connection)) == before
        assert bridge.desk.read(lambda read: check.findings(read.connection)) == []
        assert rows(window) == stalled
        for _act in range(done):
            bridge.redo()
            settle(window)
        assert rows(window) == 0


def look_at(window: Window, view: str) -> None:
    QTest.keyClick(table(window), Qt.Key.Key_V)
    menu = visible(window, QMenu, "deals.views.menu")
    digit = next(number for number, one in enumerate(menu.actions(), 1) if view in one.text())
    QTest.keyClick(menu, Qt.Key(Qt.Key.Key_0 + digit))
    settle(window)
    assert find(window, QAbstractButton, "deals.views").text() == view


def choose_first(window: Window, count: int) -> None:
    table(window).setFocus()
    QTest.keyClick(table(window), Qt.Key.Key_Home, CTRL)
    for _row in range(count - 1):
        QTest.keyClick(table(window), Qt.Key.Key_Down, SHIFT)


def lose_the_first(window: Window, count: int, reason: str) -> None:
    choose_first(window, count)
    QTest.keyClick(table(window), Qt.Key.Key_L)
    popup = visible(window, QWidget, "deals.lose")
    find(popup, QComboBox, "lost.reason").setCurrentText(reason)
    find(popup, QAbstractButton, "lost.confirm").click()
    settle(window)
    assert f"{count} deals closed as lost." in window.messages.text()


def move_the_first(window: Window, count: int) -> None:
    choose_first(window, count)
    QTest.keyClick(table(window), Qt.Key.Key_M)
    menu = visible(window, QMenu, "deals.move.menu")
    menu.actions()[0].trigger()
    menu.close()
    settle(window)


def plan_for_all(window: Window, text: str) -> None:
    table(window).setFocus()
    QTest.keyClick(table(window), Qt.Key.Key_A, CTRL)
    QTest.keyClick(table(window), Qt.Key.Key_P)
    popup = visible(window, QWidget, "deals.plan")
    find(popup, QLineEdit, "plan.text").setText(text)
    find(popup, QAbstractButton, "plan.save").click()
    settle(window)


def table(window: Window) -> DealTable:
    return find(window, DealTable, "deals.table")


def rows(window: Window) -> int:
    model = table(window).model()
    assert isinstance(model, DealsModel)
    return model.rowCount()


def find(window: QWidget, kind: type[Found], name: str) -> Found:
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def visible(window: QWidget, kind: type[QWidget], name: str) -> QWidget:
    return next(one for one in window.findChildren(kind, name) if one.isVisible())


def settle(window: Window) -> None:
    """Wait until nothing is under way any more."""
    assert window._parts is not None
    until = time.monotonic() + _PATIENCE
    for _round in range(2):
        QTest.qWait(60)
        while window._parts.jobs._running and time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.002)
    QApplication.processEvents()
