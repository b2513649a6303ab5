"""The first start by keyboard alone: a page in the window, in the person's language, and then the first view."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QRadioButton, QWidget

from funnel_desk import settings
from funnel_desk.app import Session
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.ui.dialogs.import_file import ImportDialog
from tests.ui.keyboard import key
from tests.ui.test_window import find, press


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    made = Session(qapp, None)
    made.begin(None, None)
    made.window.activateWindow()
    made.window.resize(1280, 800)
    qapp.processEvents()
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def names(session: Session) -> tuple[str, str]:
    desk = session._desk
    assert desk is not None
    return desk.workspace.currency, desk.read(pipelines)[0].pipeline.name.en


def test_it_is_a_page_and_makes_nothing_before_it_is_answered(session: Session, own_home: Path) -> None:
    assert find(session.window, QWidget, "first_run").isVisible()
    assert not list(own_home.rglob("*.funnel"))


def test_by_keyboard_alone_to_the_first_view(session: Session) -> None:
    name = find(session.window, QLineEdit, "first_run.name")
    assert name.hasFocus()
    QTest.keyClicks(name, "Max")
    key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    currency = find(session.window, QComboBox, "first_run.currency")
    field = currency.lineEdit()
    assert field is not None
    assert currency.hasFocus() or field.hasFocus()
    field.selectAll()
    QTest.keyClicks(field, "byn")
    for _turn in range(12):
        key(Qt.Key.Key_Tab)
        if isinstance(QApplication.focusWidget(), QRadioButton):
            break
    key(Qt.Key.Key_Down)
    taken = QApplication.focusWidget()
    assert isinstance(taken, QRadioButton)
    assert taken.isChecked()
    wanted = taken.objectName().removeprefix("playbook.")
    name.setFocus()
    key(Qt.Key.Key_Return)
    assert find(session.window, QWidget, "view.today").isVisible()
    assert names(session) == ("BYN", playbook_named(wanted).name.en)
    profile = settings.load().profile
    assert profile is not None
    assert profile.author_name == "Max"
    assert settings.load().last_file is not None


def test_another_language_keeps_what_was_told(session: Session) -> None:
    QTest.keyClicks(find(session.window, QLineEdit, "first_run.name"), "Max")
    language = find(session.window, QComboBox, "first_run.language")
    language.setCurrentIndex(language.findData("ru"))
    language.activated.emit(language.currentIndex())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    said = [one.text() for one in find(session.window, QWidget, "first_run").findChildren(QLabel)]
    assert "Как вы продаёте?" in said
    assert find(session.window, QLineEdit, "first_run.name").text() == "Max"
    press(session.window, "first_run.start")
    assert settings.load().language == "ru"
    assert find(session.window, QWidget, "view.today").isVisible()


def test_a_currency_that_is_none_is_refused_in_one_line(session: Session) -> None:
    find(session.window, QComboBox, "first_run.currency").setCurrentText("shells")
    press(session.window, "first_run.start")
    assert "is no currency" in session.window.messages.text()
    assert find(session.window, QWidget, "first_run").isVisible()
    find(session.window, QComboBox, "first_run.currency").setCurrentText("EUR")
    press(session.window, "first_run.start")
    assert find(session.window, QWidget, "view.today").isVisible()


def test_importing_comes_right_after(session: Session) -> None:
    press(session.window, "first_run.import")
    dialog = find(session.window, ImportDialog, "import")
    assert dialog.isVisible()
    dialog.close()


def test_a_pipeline_of_ones_own_begins_with_the_guide(session: Session) -> None:
    press(session.window, "first_run.build")
    QApplication.processEvents()
    assert find(session.window, QWidget, "view.playbooks").isVisible()
    desk = session._desk
    assert desk is not None
    assert desk.read(pipelines) == ()
