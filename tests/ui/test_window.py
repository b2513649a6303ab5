"""The window as scripts see it: by the names of its controls."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
    QTextEdit,
    QWidget,
)

from funnel_desk import i18n, settings
from funnel_desk.app import open_window
from funnel_desk.domain.problems import Trouble
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.storage.acts import Author
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.window import Window

W = TypeVar("W", bound=QWidget)
ME = Author("me", "Max")
Open = Callable[[], Window]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "north.funnel"
    new_workspace(file, ME, playbook_named("security-systems"), currency="EUR", time_zone="Europe/Minsk")
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    shown = open_window(path)
    yield shown
    discard(shown)


def discard(window: Window) -> None:
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def find(window: QWidget, kind: type[W], name: str) -> W:
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def press(window: QWidget, name: str) -> None:
    button = find(window, QAbstractButton, name)
    assert button.isVisible(), name
    assert button.isEnabled(), name
    button.click()


def act(window: QWidget, name: str) -> None:
    action = window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()


def enter_deal(window: Window, title: str = "Cameras for two gates", value: str = "12 400") -> None:
    act(window, "action.new_deal")
    find(window, QLineEdit, "new_deal.title").setText(title)
    find(window, QLineEdit, "new_deal.company").setText("Progress Plant")
    find(window, QLineEdit, "new_deal.value").setText(value)
    press(window, "new_deal.save")


def steps(window: Window) -> list[tuple[str, bool]]:
    model = find(window, QListView, "card.steps").model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [
        (str(i.data()), Qt.CheckState(i.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked) for i in indexes
    ]


def titles(window: Window) -> list[str]:
    model = find(window, QTableView, "deals.table").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_on_return_the_file_is_open_and_the_first_view_filled(window: Window, path: Path) -> None:
    assert window.objectName() == "window"
    assert window.isVisible()
    assert find(window, QWidget, "view.today").isVisible()
    assert window.findChild(QWidget, "view.deals") is None  # made when first shown
    assert path.name in window.windowTitle()
    assert settings.load().last_file == str(path)


def test_a_refused_file_raises_its_trouble_and_leaves_no_window(qapp: QApplication, tmp_path: Path) -> None:
    before = len([widget for widget in qapp.topLevelWidgets() if widget.isVisible()])
    for name, content in (("missing.funnel", None), ("other.funnel", b"no workspace at all")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(Trouble):
            open_window(tmp_path / name)
    assert len([widget for widget in qapp.topLevelWidgets() if widget.isVisible()]) == before


def test_closing_the_window_closes_the_file(qapp: QApplication, path: Path) -> None:
    shown = open_window(path)
    with pytest.raises(Trouble):
        Desk(path, ME)
    discard(shown)
    Desk(path, ME).close()


def test_a_deal_from_entering_it_to_losing_and_reopening_it(window: Window) -> None:
    enter_deal(window)
    assert find(window, QLabel, "card.title").text() == "Cameras for two gates"
    assert titles(window) == ["Cameras for two gates"]
    assert [done for _title, done in steps(window)] == [False, False, False, False]
    model = find(window, QListView, "card.steps").model()
    assert model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert [done for _title, done in steps(window)] == [True, False, False, False]
    press(window, "card.advance")
    assert steps(window)[-1][0] == "Ask what they think of it"
    press(window, "card.lost")
    find(window, QComboBox, "lost.reason").setCurrentText("Too expensive for them")
    press(window, "lost.confirm")
    assert not find(window, QAbstractButton, "card.advance").isVisible()
    assert titles(window) == []  # the list shows open deals; the card stays
    press(window, "card.reopen")
    assert titles(window) == ["Cameras for two gates"]
    press(window, "card.won")
    assert not find(window, QAbstractButton, "card.won").isVisible()


def test_the_script_and_the_next_action_stand_on_the_card(window: Window) -> None:
    enter_deal(window)
    model = find(window, QListView, "card.steps").model()
    model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert find(window, QLabel, "card.next_action").text() == "Find out the details and the date"
    words = find(window, QTextEdit, "card.script").toPlainText()
    assert words
    assert "{" not in words
    assert "*" not in words


def test_ticking_is_undone_and_redone(window: Window) -> None:
    enter_deal(window)
    model = find(window, QListView, "card.steps").model()
    model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    act(window, "action.undo")
    assert not steps(window)[0][1]
    act(window, "action.redo")
    assert steps(window)[0][1]
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert not steps(window)[0][1]
    assert find(window, QWidget, "messages").isVisible()


def test_the_message_offers_the_way_back(window: Window) -> None:
    enter_deal(window)
    model = find(window, QListView, "card.steps").model()
    model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert "is done" in window.messages.text()
    window.messages.findChildren(QAbstractButton)[0].click()
    assert not steps(window)[0][1]


def test_search_finds_whatever_the_case(window: Window) -> None:
    enter_deal(window, "Проходная")
    enter_deal(window, "Barrier gate")
    assert len(titles(window)) == 2
    search = find(window, QLineEdit, "deals.search")
    search.setText("ПРОХОД")
    assert titles(window) == ["Проходная"]
    search.setText("progress plant gate")
    assert titles(window) == ["Barrier gate"]
    search.clear()
    act(window, "action.find")
    assert search.hasFocus() or window.focusWidget() is search


def test_what_cannot_be_read_is_marked_and_not_saved(window: Window) -> None:
    enter_deal(window, value="a lot")
    value = find(window, QLineEdit, "new_deal.value")
    assert value.property("wrong") == "true"
    assert "cannot be read" in window.messages.text()
    value.setText("1.054,50 €")
    press(window, "new_deal.save")
    assert find(window, QLabel, "card.title").isVisible()


def test_a_refusal_is_one_line_and_nothing_changes(window: Window) -> None:
    act(window, "action.redo")
    assert window.messages.text() == "There is nothing to redo."


def test_today_is_worked_through_by_keys(window: Window, qapp: QApplication) -> None:
    enter_deal(window)
    press(window, "nav.today")
    page = find(window, QWidget, "view.today")
    listed = page.findChildren(QListView)[0]
    assert listed.model().rowCount() >= 2
    before = listed.currentIndex().data()
    QTest.keyClick(listed, Qt.Key.Key_1)
    assert "Write the interest down" in window.messages.text()
    assert listed.currentIndex().data() == before or listed.model().rowCount() == 0


def test_views_not_shown_are_refreshed_when_they_are(window: Window) -> None:
    enter_deal(window)
    press(window, "nav.history")
    desk = window._parts.bridge.desk  # type: ignore[union-attr]
    desk.run(new_deal, title="From elsewhere")
    press(window, "nav.deals")
    assert "From elsewhere" in titles(window)


@pytest.mark.parametrize("size", [(900, 600), (1099, 700), (1280, 800), (1900, 1000)])
def test_the_detail_lies_over_the_list_in_a_narrow_window(
    window: Window, qapp: QApplication, size: tuple[int, int]
) -> None:
    enter_deal(window)
    window.resize(*size)
    qapp.processEvents()
    table, card = find(window, QTableView, "deals.table"), find(window, QWidget, "card")
    assert window.width() == size[0]
    assert table.isVisible()
    assert card.isVisible() is (size[0] >= 1100)
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 0)).center()
    )
    assert card.isVisible()
    assert table.isVisible() is (size[0] >= 1100)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert table.isVisible()


def test_the_card_takes_the_whole_place_and_gives_it_back(window: Window, qapp: QApplication) -> None:
    enter_deal(window)
    table, card = find(window, QTableView, "deals.table"), find(window, QWidget, "card")
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert not table.isVisible()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert table.isVisible()


def test_theme_and_language_change_while_it_is_open(qapp: QApplication, path: Path) -> None:
    shown = open_window(path, lang="ru")
    assert find(shown, QAbstractButton, "nav.today").text() == "Сегодня"
    enter_deal(shown)
    session = shown.children()[[type(child).__name__ for child in shown.children()].index("Session")]
    session._choose_theme("dark")  # type: ignore[attr-defined]
    assert settings.load().theme == "dark"
    session._choose_language("en")  # type: ignore[attr-defined]
    assert find(shown, QAbstractButton, "nav.today").text() == "Today"
    assert titles(shown) == ["Cameras for two gates"]
    act(shown, "action.undo")
    assert titles(shown) == []
    session._choose_theme("light")  # type: ignore[attr-defined]
    discard(shown)


def test_every_control_says_what_it_is(window: Window, qapp: QApplication) -> None:
    enter_deal(window)
    for key in ("today", "deals", "history", "funnel"):
        press(window, f"nav.{key}")
        qapp.processEvents()
        page = find(window, QWidget, f"view.{key}")
        controls = [child for child in page.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
        silent = [
            f"{key}: {type(child).__name__} {child.objectName()}"
            for child in controls
            if child.isVisible() and not child.accessibleName() and not getattr(child, "text", lambda: "")()
        ]
        assert not silent


def test_nothing_is_selected_where_nothing_is(window: Window) -> None:
    press(window, "nav.deals")
    assert find(window, QTableView, "deals.table").currentIndex() == QModelIndex()
    assert i18n.language() == "en"


def test_escape_leaves_the_form_of_a_deal_and_nothing_around_it(window: Window) -> None:
    parts = window._parts
    assert parts is not None
    parts.route.go("deals", NewDeal())
    QTest.qWait(1)
    title = window.findChild(QLineEdit, "new_deal.title")
    assert title is not None
    assert title.isVisible()
    QTest.keyClick(title, Qt.Key.Key_Escape)
    QTest.qWait(1)
    assert not title.isVisible()
