import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from funnel_desk.exchange.exporting import columns_of
from funnel_desk.operations.own_fields import add_own_field
from funnel_desk.queries.deals import DealFilter, deal_totals
from funnel_desk.ui.dialogs.export_file import ExportDialog, start_export
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.export_view import field_of
from funnel_desk.ui.views.deals.page import DealsPage
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

DEALS = 40
WON = DealFilter(outcomes=("won",))


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="history") as shown:
        yield shown


def parts(window: Window) -> Parts:
    assert window._parts is not None
    return window._parts


def take(dialog: ExportDialog, name: str) -> None:
    found = dialog.findChild(QRadioButton, name)
    assert isinstance(found, QRadioButton)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def write(dialog: ExportDialog, window: Window, out: Path, qtbot: QtBot) -> str:
    """Go on to the question of the place, answer it, and wait for what is told."""
    QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    asked = window.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(out))
    asked.reject()
    qtbot.waitUntil(lambda: bool(window.messages.text()))
    return window.messages.text()


def read(out: Path, delimiter: str) -> list[list[str]]:
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_all_deals_for_a_spreadsheet(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "deals.csv"
    told = write(ExportDialog(window, parts(window)), window, out, qtbot)
    assert told == f"deals.csv: {DEALS} rows, counted again in the file."
    assert len(read(out, ";")) == DEALS + 1
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")


def test_those_that_are_shown_exactly(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "won.csv"
    won = parts(window).bridge.ask(deal_totals, WON).count
    dialog = ExportDialog(window, parts(window), WON)
    dialog.show()
    take(dialog, "export.for.exact")
    take(dialog, "export.which.shown")
    write(dialog, window, out, qtbot)
    rows = read(out, ",")
    assert len(rows) == won + 1 > 1
    outcome = rows[0].index("outcome")
    assert {row[outcome] for row in rows[1:]} == {"won"}


def test_stage_histories_of_those_that_are_shown(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "moves.csv"
    won = parts(window).bridge.ask(deal_totals, WON).count
    dialog = ExportDialog(window, parts(window), WON)
    dialog.show()
    take(dialog, "export.what.stage-history")
    take(dialog, "export.which.shown")
    write(dialog, window, out, qtbot)
    deals = {row[0] for row in read(out, ";")[1:]}
    assert len(deals) == won


def test_a_place_that_cannot_be_written_is_told(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    troubles: list[str] = []
    parts(window).bridge.troubled.connect(troubles.append)
    dialog = ExportDialog(window, parts(window))
    QTest.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    asked = window.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "nowhere" / "deals.csv"))
    asked.reject()
    qtbot.waitUntil(lambda: bool(troubles))
    assert "cannot be written" in troubles[0]


def test_without_a_filter_there_is_nothing_to_choose(window: Window) -> None:
    dialog = ExportDialog(window, parts(window), DealFilter())
    assert dialog.findChild(QRadioButton, "export.which.shown") is None
    dialog.reject()


def test_the_list_of_deals_offers_what_it_shows(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="deals") as window:
        page = window.page()
        assert page is not None
        page.arrive(WON)
        start_export(window, parts(window))
        dialog = window.findChild(ExportDialog)
        assert isinstance(dialog, ExportDialog)
        assert dialog.findChild(QRadioButton, "export.which.shown") is not None
        dialog.reject()


def test_deals_without_names(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "deals.csv"
    dialog = ExportDialog(window, parts(window))
    QTest.mouseClick(dialog.anonymous, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.anonymous.height() // 2))
    assert dialog.anonymous.isChecked()
    write(dialog, window, out, qtbot)
    rows = read(out, ";")
    assert [row[1] for row in rows[:3]] == ["Title", "Deal 1", "Deal 2"]


def test_other_records_go_out_too(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(window, parts(window))
    take(dialog, "export.what.steps")
    assert "steps.csv" in write(dialog, window, tmp_path / "steps.csv", qtbot)
    assert read(tmp_path / "steps.csv", ";")[0][:2] == ["Deal", "Step"]


def view_dialog(window: Window) -> ExportDialog:
    """Opened from the page by its action, as the palette does it."""
    action = window.findChild(QAction, "action.deals.export_view")
    assert action is not None
    action.trigger()
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def test_this_view_goes_out_with_its_deals_and_columns(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="deals") as window:
        page = window.page()
        assert isinstance(page, DealsPage)
        parts(window).bridge.run(add_own_field, "Colour", "text")
        page.arrive(WON)
        page._listing.table.show_columns(page._listing.model.columns, ("title", "due", "chance", "own.Colour"))
        told = [label.text() for label in view_dialog(window).findChildren(QLabel)]
        assert [text for text in told if "in no file: When" in text]
        dialog = window.findChild(ExportDialog)
        assert isinstance(dialog, ExportDialog)
        take(dialog, "export.for.exact")
        write(dialog, window, tmp_path / "view.csv", qtbot)
        won = parts(window).bridge.ask(deal_totals, WON).count
        rows = read(tmp_path / "view.csv", ",")
        assert (rows[0], len(rows)) == (["title", "probability"], won + 1)


def test_all_columns_of_this_view_and_other_records(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="deals") as window:
        dialog = view_dialog(window)
        take(dialog, "export.what.steps")
        assert not dialog.columns.isEnabled()
        take(dialog, "export.what.deals")
        take(dialog, "export.columns.all")
        take(dialog, "export.for.exact")
        write(dialog, window, tmp_path / "all.csv", qtbot)
        assert "_uid" in read(tmp_path / "all.csv", ",")[0]


def test_every_column_of_the_list_goes_out_or_is_told(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="deals") as window:
        page = window.page()
        assert isinstance(page, DealsPage)
        known = parts(window).bridge.ask(columns_of, "deals", "exact")
        keys = [one.key for one in page._listing.model.columns]
        assert {field_of(key) for key in keys} - set(known) == {"next", "due", "weighted", "touched", "age", "in_stage"}


def test_the_menu_of_the_views_offers_it(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", DEALS), view="deals") as window:
        button = window.findChild(QToolButton, "deals.views")
        assert button is not None
        button.click()
        action = window.findChild(QAction, "deals.views.export")
        assert action is not None
        action.trigger()
        assert isinstance(window.findChild(ExportDialog), ExportDialog)
