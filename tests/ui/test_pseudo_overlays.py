"""What lies over the window, and the first page of all, in the long languages: translated, and nothing cut off."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from funnel_desk import settings
from funnel_desk.app import Session
from funnel_desk.operations.demo import create_demo
from funnel_desk.ui.overlay import Overlay
from funnel_desk.ui.window import Window
from tests.ui.on_screen import Data
from tests.ui.test_pseudo import Faults, every_language, every_size
from tests.ui.walk import opened, settle

LINE = "Acme Ltd, 1,200 EUR, call 03/04, ads, Ann Bell, gate, ann@acme.com"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "north.funnel"
    create_demo(file)
    return file


@every_size
@every_language
def test_what_lies_over_the_window_is_translated_and_fits(
    qapp: QApplication, demo: Path, language: str, size: tuple[int, int]
) -> None:
    faults = Faults(language, Data(demo, LINE, "1,200 EUR", "03/04", "hopgood"))
    for window in opened(demo, language, size):
        for name in _shown(window):
            faults.look(name, _overlay(window))
    faults.tell()


@every_size
@every_language
def test_the_first_page_is_translated_and_fits(
    qapp: QApplication, demo: Path, language: str, size: tuple[int, int]
) -> None:
    shutil.rmtree(settings.config_folder(), ignore_errors=True)
    faults = Faults(language, Data(demo, "English", "Русский"))
    session = Session(qapp, language)
    session.begin(None, None)
    session.window.resize(*size)
    QTest.qWait(20)
    faults.look("first run", session.window)
    session.window.close()
    session.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    faults.tell()


def _shown(window: Window) -> Iterator[str]:
    for name, field, text in (
        ("palette", "palette.input", ""), ("palette", "palette.input", "hopgood"),
        ("quick_add", "quick_add.line", LINE), ("shortcuts", "shortcuts.search", ""), ("find", "find.input", "zzzz"),
    ):  # fmt: skip
        _act(window, name)
        typed = window.findChild(QLineEdit, field)
        assert isinstance(typed, QLineEdit)
        typed.setText(text)
        settle(window)
        yield f"{name} {text}"
        _overlay(window).leave()


def _act(window: Window, name: str) -> None:
    action = window.findChild(QAction, f"action.{name}")
    assert action is not None
    action.trigger()
    settle(window)


def _overlay(window: Window) -> Overlay:
    found = [one for one in window.findChildren(Overlay) if one.isVisible()]
    assert len(found) == 1, [QWidget.objectName(one) for one in found]
    return found[0]
