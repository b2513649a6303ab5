"""The palette by keyboard alone: everything found, everything done, and the focus back where it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QTableView, QWidget

from funnel_desk.app import open_window
from funnel_desk.operations.deals import new_deal
from funnel_desk.ui.models.sections import ENTRY
from funnel_desk.ui.window import Window
from tests.ui.keyboard import a_window, chosen, key, palette, rows, wait, write
from tests.ui.shop import make_shop
from tests.ui.test_window import act, discard, find


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with a_window(tmp_path) as shown:
        yield shown


@pytest.fixture
def shop(window: Window) -> Window:
    desk = window._parts.bridge.desk  # type: ignore[union-attr]
    desk.run(new_deal, title="Cameras for two gates", company="Progress Plant", contact="Irina Sokolova", value=5)
    desk.run(new_deal, title="Берёза, привет", company="Лесной дом")
    desk.run(new_deal, title="Old progress hall")
    window.activateWindow()
    wait(window)
    return window


def test_a_deal_is_found_and_opened(shop: Window) -> None:
    palette(shop)
    write(shop, "camer")
    assert chosen(shop) == "Cameras for two gates"
    key(Qt.Key.Key_Return)
    assert not find(shop, QWidget, "palette").isVisible()
    assert find(shop, QLabel, "card.title").text() == "Cameras for two gates"
    palette(shop)
    assert rows(shop)[0] == "Cameras for two gates"  # seen last


def test_the_name_of_what_was_just_made_finds_it_and_does_not_offer_to_undo_it(shop: Window) -> None:
    palette(shop)
    write(shop, "old progress")
    assert chosen(shop) == "Old progress hall"
    assert rows(shop) == ["Old progress hall"]
    find(shop, QLineEdit, "palette.input").clear()
    write(shop, "undo new")
    assert "Old progress hall" in chosen(shop)
    assert chosen(shop).startswith("Undo")


@pytest.mark.parametrize("typed", ["БЕРЕЗА", ",thtpf", "ghbdtn"])
def test_cyrillic_whatever_the_case_the_yo_and_the_layout(shop: Window, typed: str) -> None:
    palette(shop)
    write(shop, typed)
    assert "Берёза, привет" in rows(shop)


def test_what_begins_so_comes_first_and_companies_are_there_too(shop: Window) -> None:
    palette(shop)
    write(shop, "progress")
    listed = rows(shop)
    assert "Progress Plant" in listed
    assert "Old progress hall" in listed
    shop_field = find(shop, QLineEdit, "palette.input")
    shop_field.clear()
    write(shop, "@ irina")
    assert rows(shop) == ["Irina Sokolova"]
    key(Qt.Key.Key_Return)
    wait(shop)
    assert find(shop, QWidget, "view.customers").isVisible()
    assert any("Irina Sokolova" in one.text() for one in shop.findChildren(QLabel) if one.isVisible())


def test_enter_waits_for_what_is_being_looked_up(shop: Window) -> None:
    palette(shop)
    field = find(shop, QLineEdit, "palette.input")
    QTest.keyClicks(field, "old prog")
    key(Qt.Key.Key_Return)
    wait(shop)
    assert find(shop, QLabel, "card.title").text() == "Old progress hall"


def test_escape_gives_the_focus_back(shop: Window) -> None:
    act(shop, "action.go.deals")
    table = find(shop, QTableView, "deals.table")
    table.setFocus()
    palette(shop)
    write(shop, "x")
    key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table
    palette(shop)
    key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)  # the same key leaves
    assert not find(shop, QWidget, "palette").isVisible()


def test_every_command_is_there_once_with_its_key(shop: Window) -> None:
    palette(shop)
    write(shop, "> ")
    listed = rows(shop)
    assert len(listed) == len(set(listed))
    for name in ("New deal", "Undo", "Today", "Shortcuts"):
        assert any(one.startswith(name) for one in listed), name
    model = find(shop, QListView, "palette.list").model()
    entries = {str(model.index(row, 0).data()): model.index(row, 0).data(ENTRY) for row in range(model.rowCount())}
    assert entries["New deal"].figure == "Ctrl+N"
    write(shop, "forecast")
    key(Qt.Key.Key_Return)
    assert find(shop, QWidget, "view.forecast").isVisible()


def test_a_deal_is_moved_and_taken_back_without_leaving_the_keyboard(shop: Window) -> None:
    palette(shop)
    write(shop, "camer")
    key(Qt.Key.Key_Tab)
    assert rows(shop)[0] == "Open the deal"
    write(shop, "move")
    name = chosen(shop)
    key(Qt.Key.Key_Return)
    assert name.startswith("Move to")
    assert "Moved to" in shop.messages.text()
    palette(shop)
    write(shop, "> undo")
    assert chosen(shop).startswith("Undo: Move “Cameras for two gates”")
    key(Qt.Key.Key_Return)
    assert "Undone" in shop.messages.text()


def test_back_from_the_deeds_of_a_deal(shop: Window) -> None:
    palette(shop)
    write(shop, "camer")
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Escape)
    assert find(shop, QLineEdit, "palette.input").text() == "camer"
    assert chosen(shop) == "Cameras for two gates"
    key(Qt.Key.Key_Right)
    write(shop, "lose")
    key(Qt.Key.Key_Return)
    wait(shop)
    assert find(find(shop, QWidget, "card"), QWidget, "lost.reason").isVisible()


def test_a_menu_and_a_palette_never_disagree_about_keys(shop: Window) -> None:
    for action in shop.findChildren(QAction):
        if action.objectName().startswith("action."):
            assert shop.findChildren(QAction, action.objectName()) == [action]


def test_find_in_a_view_without_a_search_of_its_own(shop: Window) -> None:
    act(shop, "action.go.today")
    act(shop, "action.find")
    field = find(shop, QLineEdit, "find.input")
    QTest.keyClicks(field, "camer")
    assert find(shop, QLabel, "find.told").text() == "1 of 1"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert "Cameras" in str(QApplication.focusWidget().currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))  # type: ignore[union-attr]


def test_a_field_takes_its_own_typing_back_first(shop: Window) -> None:
    act(shop, "action.go.deals")
    search = find(shop, QLineEdit, "deals.search")
    search.setFocus()
    QTest.keyClicks(search, "old")
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert search.text() == ""
    assert "Undone" not in shop.messages.text()
    while search.isUndoAvailable():
        search.undo()
    key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Undone" in shop.messages.text()


@pytest.fixture
def large(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    shown = open_window(make_shop(tmp_path / "large.funnel", 2000))
    wait(shown)
    yield shown
    discard(shown)


def test_typing_in_a_large_file_keeps_up(large: Window) -> None:
    palette(large)
    for letter in "house 19":
        QTest.keyClicks(find(large, QLineEdit, "palette.input"), letter)
    wait(large)
    assert any("house 19" in one for one in rows(large))
