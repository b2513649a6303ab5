"""The window by its keyboard: keys go to whatever has the focus."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from funnel_desk.app import open_window
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.ui.models.sections import ENTRY, Entry
from funnel_desk.ui.window import Window
from tests.ui.test_window import ME, discard, find

_PATIENCE = 5.0  # seconds


@contextmanager
def a_window(folder: Path) -> Iterator[Window]:
    """The window on a new workspace."""
    file = folder / "north.funnel"
    new_workspace(file, ME, playbook_named("security-systems"), currency="EUR", time_zone="Europe/Minsk")
    shown = open_window(file)
    shown.activateWindow()
    yield shown
    discard(shown)


def wait(window: Window) -> None:
    until = time.monotonic() + _PATIENCE
    QTest.qWait(60)
    while window._parts is not None and window._parts.jobs._running and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.002)
    QApplication.processEvents()


def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def write(window: Window, text: str) -> None:
    field = find(window, QLineEdit, "palette.input")
    assert field.hasFocus()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)  # the test's keyboard has Latin letters only
    wait(window)


def palette(window: Window) -> QWidget:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    shown = find(window, QWidget, "palette")
    assert shown.isVisible()
    wait(window)
    return shown


def rows(window: Window) -> list[str]:
    model = find(window, QListView, "palette.list").model()
    entries = [model.index(row, 0).data(ENTRY) for row in range(model.rowCount())]
    return [one.title for one in entries if isinstance(one, Entry)]


def chosen(window: Window) -> str:
    index: QModelIndex = find(window, QListView, "palette.list").currentIndex()
    return str(index.data())
