"""A deal in one line, by keyboard alone: understood, corrected, asked about, saved and taken back as one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from funnel_desk.ui.window import Window
from tests.ui.keyboard import a_window, key, palette, wait, write
from tests.ui.test_window import act, find


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with a_window(tmp_path) as shown:
        yield shown


def begin(window: Window, line: str) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    field = find(window, QLineEdit, "quick_add.line")
    assert field.hasFocus()
    field.insert(line)
    wait(window)


def shown(window: Window, name: str) -> str:
    return find(window, QLineEdit, f"quick_add.{name}").text()


def test_a_line_becomes_a_deal_with_all_that_belongs_to_it(window: Window) -> None:
    begin(window, "Завод Прогресс, 120 000 BYN, звонок завтра, реклама, Ирина Соколова, +375 29 123-45-67, Проходная")
    assert shown(window, "company") == "Завод Прогресс"
    assert shown(window, "value") == "120000 BYN"
    assert find(window, QComboBox, "quick_add.kind").currentData() == "call"
    assert "call:" in find(window, QLabel, "quick_add.meaning").text()
    key(Qt.Key.Key_Return)
    assert not find(window, QWidget, "quick_add").isVisible()
    assert "Проходная" in window.messages.text()
    read = window._parts.bridge.desk.read  # type: ignore[union-attr]
    found = read(lambda one: one.sql(
        "SELECT deal.value, deal.currency, deal.source, company.name, contact.name, contact.phone, activity.kind"
        " FROM deal JOIN company ON company.id = deal.company_id JOIN contact ON contact.id = deal.contact_id"
        " JOIN activity ON activity.deal_id = deal.id"
    ))  # fmt: skip
    assert tuple(found[0]) == (
        12_000_000, "BYN", "реклама", "Завод Прогресс", "Ирина Соколова", "+375 29 123-45-67", "call",
    )  # fmt: skip
    act(window, "action.undo")
    left = "SELECT (SELECT count(*) FROM deal) + (SELECT count(*) FROM company) + (SELECT count(*) FROM activity)"
    assert read(lambda one: one.sql(left))[0][0] == 0


def test_what_is_ambiguous_is_asked_by_keyboard(window: Window) -> None:
    begin(window, "Acme, 1,200 EUR")
    key(Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.objectName() == "quick_add.value.0"
    assert focused.text() == "€1,200"
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert shown(window, "value") == "1200 EUR"
    key(Qt.Key.Key_Return)
    assert "Acme" in window.messages.text()


def test_a_part_is_corrected_and_stays_so(window: Window) -> None:
    begin(window, "Acme, gate")
    field = find(window, QLineEdit, "quick_add.value")
    field.setFocus()
    QTest.keyClicks(field, "a lot")
    assert "cannot be read" in find(window, QLabel, "quick_add.meaning").text()
    key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is field
    field.selectAll()
    QTest.keyClicks(field, "3k")
    line = find(window, QLineEdit, "quick_add.line")
    line.setFocus()
    QTest.keyClicks(line, ", call Friday 14:00")
    assert shown(window, "value") == "3k"
    assert shown(window, "when").endswith("14:00")
    key(Qt.Key.Key_Return)
    assert "gate" in window.messages.text()


def test_it_is_reached_from_the_palette(window: Window) -> None:
    window.activateWindow()
    palette(window)
    write(window, "+ Acme, 5k")
    key(Qt.Key.Key_Return)
    assert find(window, QLineEdit, "quick_add.line").text() == "Acme, 5k"
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is find(window, QLineEdit, "quick_add.company")
    key(Qt.Key.Key_Escape)
    assert not find(window, QWidget, "quick_add").isVisible()
