"""The window keeps backups of the file that is open in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from funnel_desk.app import open_window
from funnel_desk.operations import backups
from funnel_desk.operations.deals import new_deal
from funnel_desk.ui.backups import Backups
from funnel_desk.ui.window import Window
from tests.desks import a_desk


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    desk = a_desk(tmp_path)
    desk.close()
    shown = open_window(desk.path)
    yield shown
    shown.close()
    shown.deleteLater()


def test_a_backup_is_taken_and_told_in_the_rail(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    keeper = window.findChild(Backups)
    assert isinstance(keeper, Backups)
    path = tmp_path / "desk.funnel"
    assert backups.newest(path) is None
    keeper.take()
    qtbot.waitUntil(lambda: any("backed up" in label.text() for label in window.rail.findChildren(QLabel)))
    first = backups.newest(path)
    assert first is not None
    assert window._parts is not None
    window._parts.bridge.run(new_deal, title="Gate")
    assert backups.back_up_if_changed(path, "2035-01-01T10:00:00Z") != first
