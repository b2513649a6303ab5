"""Keys are found, changed, fought over and brought back by keyboard alone, and are the same tomorrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from funnel_desk import settings
from funnel_desk.app import open_window
from funnel_desk.ui.shortcut_sheet import ShortcutSheet
from funnel_desk.ui.window import Window
from tests.ui.keyboard import a_window, key
from tests.ui.test_window import discard, find, press

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with a_window(tmp_path) as shown:
        yield shown


def sheet(window: Window) -> ShortcutSheet:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F1)
    shown = find(window, ShortcutSheet, "shortcuts")
    assert shown.isVisible()
    return shown


def choose(window: Window, words: str) -> None:
    field = find(window, QLineEdit, "shortcuts.search")
    field.clear()
    QTest.keyClicks(field, words)


def keys(window: Window, name: str) -> list[str]:
    action = window.findChild(QAction, f"action.{name}")
    assert action is not None
    return [one.toString() for one in action.shortcuts()]


def test_all_keys_by_place_as_text_to_print(window: Window) -> None:
    text = sheet(window).text()
    for line in (
        "Everywhere",
        "Ctrl+K\tFind or do",
        "Views",
        "Ctrl+2\tDeals",
        "In the table of deals",
        "L\tLose",
        "F\tFilter the deals",
        "In every list",
    ):
        assert line in text
    press(window, "shortcuts.copy")
    assert QApplication.clipboard().text() == text


def test_another_key_works_at_once_and_tomorrow(window: Window, tmp_path: Path) -> None:
    sheet(window)
    choose(window, "find or do")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_G, CTRL)
    assert keys(window, "palette") == ["Ctrl+G"]
    assert settings.load().shortcuts == {"palette": "Ctrl+G"}
    key(Qt.Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_G, CTRL)
    assert find(window, QWidget, "palette").isVisible()
    window.close()
    again = open_window(tmp_path / "north.funnel")
    assert keys(again, "palette") == ["Ctrl+G"]
    discard(again)


def test_a_conflict_is_told_and_decided(window: Window) -> None:
    sheet(window)
    choose(window, "export")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_I, CTRL)
    told = find(window, QLabel, "shortcuts.keys")
    assert "does “Import” already" in told.text()
    assert keys(window, "export") == ["Ctrl+E"]
    key(Qt.Key.Key_Return)
    assert (keys(window, "export"), keys(window, "import")) == (["Ctrl+I"], [])
    choose(window, "import")
    press(window, "shortcuts.reset")
    assert "does “Export” now" in told.text()
    press(window, "shortcuts.reset_all")
    assert (keys(window, "export"), keys(window, "import")) == (["Ctrl+E"], ["Ctrl+I"])
    assert settings.load().shortcuts == {}


def test_escape_keeps_backspace_removes_and_lists_keep_theirs(window: Window) -> None:
    sheet(window)
    choose(window, "export")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Escape)
    assert keys(window, "export") == ["Ctrl+E"]
    assert find(window, QWidget, "shortcuts").isVisible()
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Backspace)
    assert keys(window, "export") == []
    key(Qt.Key.Key_Delete)
    assert keys(window, "export") == ["Ctrl+E"]


def test_the_key_of_a_view_is_shown_in_the_rail(window: Window) -> None:
    action = window.findChild(QAction, "action.go.deals")
    assert action is not None
    action.setShortcut(QKeySequence("Alt+2"))
    assert find(window, QWidget, "nav.deals").toolTip() == "Alt+2"
