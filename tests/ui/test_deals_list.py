"""The list of deals by the names of its controls: filtered, sorted, changed where it stands, many at once, and kept."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QWidget,
)

from funnel_desk.domain.own_field import OwnField
from funnel_desk.operations.deals import edit_deal
from funnel_desk.operations.desk import operation
from funnel_desk.queries.deals import DealFilter, deal_ids
from funnel_desk.storage import check
from funnel_desk.storage.journal import Batch
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


@operation("Own fields")
def add_own_fields(batch: Batch) -> None:
    batch.add(OwnField(batch.new_id(), "Region", "choice", ("North", "South")))
    batch.add(OwnField(batch.new_id(), "Area, m²", "number"))


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


def shown_columns(window: Window) -> list[str]:
    header = table(window).horizontalHeader()
    order = [header.logicalIndex(place) for place in range(header.count())]
    return [model(window).columns[one].key for one in order if not header.isSectionHidden(one)]


def cell(window: Window, row: int, key: str) -> None:
    """Show a column, and put the cursor into one of its cells."""
    shown, all_columns = table(window), model(window).columns
    if key not in shown.chosen_columns:
        shown.show_columns(all_columns, [*shown.chosen_columns, key])
    shown.choose(row, model(window).place_of_column(key))
    shown.setFocus()


def editor_of(window: Window) -> QLineEdit:
    """The editor of the cell that is being changed now; those before it may not have been thrown away yet."""
    return next(one for one in window.findChildren(QLineEdit, "deals.editor") if one.isVisible())


def type_into(window: Window, row: int, key: str, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    cell(window, row, key)
    QTest.keyClick(table(window), Qt.Key.Key_F2)
    editor = editor_of(window)
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, end)


def contents(window: Window) -> object:
    assert window._parts is not None
    return window._parts.bridge.ask(lambda read: check.contents(read.connection))


def undo(window: Window) -> None:
    assert window._parts is not None
    window._parts.bridge.undo()
    settle(window)


def test_the_model_keeps_the_rules_of_models(window: Window) -> None:
    tester = QAbstractItemModelTester(model(window), QAbstractItemModelTester.FailureReportingMode.Warning)
    find(window, QLineEdit, "deals.search").setText("cameras")
    table(window).show_columns(model(window).columns, ["title", "owner"])
    table(window).sort_by(model(window).place_of_column("value"))
    assert model(window).rowCount() > 0
    assert tester.model() is model(window)


def test_filters_combine_and_each_can_be_taken_away(window: Window) -> None:
    everything = model(window).rowCount()
    QTest.keyClick(table(window), Qt.Key.Key_F)
    panel = find(window, QWidget, "deals.filter.panel")
    parts = find(panel, QListWidget, "deals.filter.parts")
    parts.setCurrentRow(1)
    settle(window)
    sources = find(panel, QListWidget, "deals.filter.sources")
    site = next(sources.item(row) for row in range(sources.count()) if sources.item(row).text().startswith("Site"))
    counted = int(site.text().split()[-1])
    site.setCheckState(Qt.CheckState.Checked)
    assert model(window).rowCount() == counted < everything
    parts.setCurrentRow(0)
    find(panel, QCheckBox, "deals.filter.overdue").click()
    assert 0 < model(window).rowCount() <= counted
    panel.close()
    assert find(window, QAbstractButton, "deals.chip.sources").text() == "Source: Site"
    find(window, QAbstractButton, "deals.chip.sources").click()
    assert window.findChild(QAbstractButton, "deals.chip.sources") is None
    find(window, QAbstractButton, "deals.chip.overdue").click()
    assert model(window).rowCount() == everything


def test_an_amount_and_a_period_are_read_as_they_are_typed(window: Window) -> None:
    everything = model(window).rowCount()
    QTest.keyClick(table(window), Qt.Key.Key_F)
    panel = find(window, QWidget, "deals.filter.panel")
    parts = find(panel, QListWidget, "deals.filter.parts")
    parts.setCurrentRow(parts.count() - 1)
    least = find(panel, QLineEdit, "deals.filter.least")
    least.setText("a lot")
    least.editingFinished.emit()
    assert least.property("wrong") == "true"
    assert model(window).rowCount() == everything
    least.setText("1 000")
    least.editingFinished.emit()
    assert 0 < model(window).rowCount() < everything
    parts.setCurrentRow(7)
    created = find(panel, QComboBox, "deals.filter.created")
    created.setCurrentIndex(created.findData("today"))
    created.activated.emit(created.currentIndex())
    assert model(window).rowCount() == 0
    find(panel, QAbstractButton, "deals.filter.clear").click()
    assert model(window).rowCount() == everything


def test_deals_chosen_elsewhere_are_a_chip(window: Window) -> None:
    assert window._parts is not None
    ids = window._parts.bridge.ask(deal_ids, DealFilter())[:3]
    window._parts.route.go("deals", DealFilter(keys=tuple(ids)))
    assert model(window).rowCount() == 3
    chip = find(window, QAbstractButton, "deals.chip.keys")
    assert chip.text() == "3 chosen deals"
    chip.click()
    assert model(window).rowCount() == _DEALS


def test_columns_are_chosen_moved_and_remembered(window: Window) -> None:
    shown = table(window)
    QTest.keyClick(shown, Qt.Key.Key_C)
    menu = find(window, QMenu, "deals.columns.menu")
    next(one for one in menu.actions() if one.objectName() == "deals.column.owner").trigger()
    assert shown_columns(window)[-1] == "owner"
    menu.close()
    shown.choose(0, model(window).place_of_column("owner"))
    for _time in range(6):
        QTest.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert shown_columns(window)[:3] == ["title", "company", "owner"]
    header = shown.horizontalHeader()
    header.moveSection(0, 2)
    assert shown.chosen_columns[:3] == ("company", "owner", "title")
    listing(window).keep()
    again = Listing(window._parts)  # type: ignore[arg-type]
    again.restore()
    assert again.table.chosen_columns == shown.chosen_columns
    again.deleteLater()


def test_columns_sort_by_click_and_further_by_shift(window: Window) -> None:
    listing(window).bar.outcome.choose("")
    place = model(window).place_of_column
    table(window).sort_by(place("source"))
    table(window).sort_by(place("value"), further=True)
    table(window).sort_by(place("value"), further=True)
    rows = [model(window).row(row) for row in range(model(window).rowCount())]
    some = [row for row in rows if row is not None and row.source and row.value is not None]
    assert some == sorted(some, key=lambda row: (row.source, -(row.value or 0)))
    assert str(model(window).headerData(place("value"), Qt.Orientation.Horizontal)) == "Value ↓²"
    cell(window, 0, "owner")
    QTest.keyClick(table(window), Qt.Key.Key_S)
    assert listing(window)._sort == ("owner",)


def test_a_cell_is_changed_where_it_stands(window: Window) -> None:
    before = contents(window)
    type_into(window, 0, "value", "12 400,50 USD")
    assert texts(window, "value")[0] == "$12,400.50"
    type_into(window, 0, "expected", "18.12.2026")
    assert texts(window, "expected")[0] == "18 Dec"
    type_into(window, 0, "chance", "45 %")
    assert texts(window, "chance")[0] == "45%"
    type_into(window, 0, "tags", "hot, new")
    assert texts(window, "tags")[0] == "hot, new"
    for _time in range(4):
        undo(window)
    assert contents(window) == before


def test_what_cannot_be_read_stays_to_be_mended(window: Window) -> None:
    type_into(window, 0, "value", "a lot")
    editor = editor_of(window)
    assert editor.text() == "a lot"
    assert editor.property("wrong") == "true"
    assert "“a lot” cannot be read" in window.messages.text()
    editor.selectAll()
    QTest.keyClicks(editor, "700")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert texts(window, "value")[0] == "€700"


def test_escape_leaves_a_cell_and_tab_goes_on(window: Window) -> None:
    owner = texts(window, "owner")[0]
    type_into(window, 0, "owner", "Somebody", Qt.Key.Key_Escape)
    assert texts(window, "owner")[0] == owner
    cell(window, 0, "source")
    type_into(window, 0, "source", "Fair", Qt.Key.Key_Tab)
    assert texts(window, "source")[0] == "Fair"
    assert editor_of(window).accessibleName()


def test_news_does_not_disturb_who_types(window: Window) -> None:
    assert window._parts is not None
    cell(window, 0, "owner")
    QTest.keyClick(table(window), Qt.Key.Key_F2)
    editor = editor_of(window)
    QTest.keyClicks(editor, "Olga")
    other = model(window).row(3)
    assert other is not None
    window._parts.bridge.run(edit_deal, other.deal_id, expected_close="2027-01-01", note="new")
    assert editor.text() == "Olga"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "Olga" in texts(window, "owner")


def test_own_fields_are_columns_with_their_choices(window: Window) -> None:
    assert window._parts is not None
    window._parts.bridge.run(add_own_fields)
    type_into(window, 0, "own.Region", "west")
    assert "not among the choices" in window.messages.text()
    editor = editor_of(window)
    editor.setText("north")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert texts(window, "own.Region")[0] == "North"
    table(window).sort_by(model(window).place_of_column("own.Region"))
    assert texts(window, "own.Region")[0] == "North"


def test_the_chosen_are_summed_with_their_currencies_apart(window: Window) -> None:
    type_into(window, 0, "value", "100 USD")
    choose(window, 0, 3)
    settle(window)
    told = find(window, QLabel, "deals.chosen").text()
    assert told.startswith("4 deals chosen")
    assert "$100" in told
    assert "€" in told
    table(window).setFocus()
    QTest.keyClick(table(window), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert f"{model(window).rowCount()} deals chosen" in find(window, QLabel, "deals.chosen").text()


def test_letters_mean_the_same_on_a_russian_keyboard(window: Window) -> None:
    QTest.keyClick(table(window), Qt.Key.Key_Slash)
    assert find(window, QLineEdit, "deals.search") is window.focusWidget()
    heard: list[str] = []
    table(window).wanted.connect(heard.append)
    for letter in "ьдуа":
        key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(table(window), key)
    assert heard == ["move", "lose", "edit", "filter"]


def test_nothing_chosen_nothing_done(window: Window) -> None:
    table(window).clearSelection()
    table(window).setCurrentIndex(QModelIndex())
    before = contents(window)
    QTest.keyClick(table(window), Qt.Key.Key_Delete)
    assert contents(window) == before
