"""Everything about a person, and erasing it, in the real window."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk.operations import backups, deals, people
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.person import mentions
from funnel_desk.ui.dialogs.erase_person import ErasePersonDialog
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.window import Window
from tests.ui.shop import NOW, make_shop, open_shop, shop_window


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = make_shop(tmp_path / "north.funnel", 0)
    desk = open_shop(file)
    desk.run(deals.new_deal, title="Gate for Ann Quarck", company="North", contact="Ann Quarck", value=100_00)
    desk.run(deals.new_deal, title="Yard", company="South", note="Nusha sent them")
    desk.close()
    return file


@pytest.fixture
def window(qapp: QApplication, path: Path) -> Iterator[Window]:
    with shop_window(qapp, path, view="customers") as shown:
        assert shown._parts is not None
        shown._parts.route.go("customers", ShowRecord("contact", contact_id(desk(shown))))
        yield shown


def desk(window: Window) -> Desk:
    assert window._parts is not None
    return window._parts.bridge.desk


def contact_id(desk: Desk) -> str:
    return str(desk.read(lambda read: read.sql("SELECT id FROM contact"))[0][0])


def named(top: QObject, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - a control of this kind
    found = top.findChild(cast("type[QObject]", kind), name)
    assert isinstance(found, kind), name
    return found


def erasing(window: Window, qtbot: QtBot) -> ErasePersonDialog:
    """The dialog, with what was found."""
    named(window, QAction, "contact.erase").trigger()
    dialog: ErasePersonDialog = named(window, ErasePersonDialog, "erase")
    qtbot.waitUntil(lambda: bool(dialog._found))
    return dialog


def says(dialog: ErasePersonDialog) -> list[str]:
    model = named(dialog, QTableView, "erase.values").model()
    return [str(model.index(row, 3).data()) for row in range(model.rowCount())]


def saved(window: Window, action: str, out: Path, kind: str = "") -> None:
    named(window, QAction, action).trigger()
    asked = window.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    if kind:
        asked.filterSelected.emit(kind)
        assert Path(asked.selectedFiles()[0]).name == "Ann Quarck.csv"
    asked.fileSelected.emit(str(out))
    asked.reject()
    asked.setObjectName("done")


def test_everything_goes_out_by_the_card_and_by_the_palette(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "ann.json"
    saved(window, "contact.everything", out)
    qtbot.waitUntil(lambda: "ann.json: all that is known of “Ann Quarck”" in window.messages.text())
    told = json.loads(out.read_text(encoding="utf-8"))
    assert len(told["history"]) == len(desk(window).read(mentions, contact_id(desk(window))))
    window.go("today")
    window.go("customers")
    saved(window, "action.customers.everything", tmp_path / "ann.csv", "Tables (*.csv)")
    qtbot.waitUntil(lambda: "ann.csv" in window.messages.text())
    assert "Gate for Ann Quarck" in (tmp_path / "ann.csv").read_text(encoding="utf-8-sig")


def test_a_place_that_cannot_be_written_is_told(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    assert window._parts is not None
    troubles: list[str] = []
    window._parts.bridge.troubled.connect(troubles.append)
    saved(window, "contact.everything", tmp_path / "nowhere" / "ann.json")
    qtbot.waitUntil(lambda: bool(troubles))
    assert "cannot be written" in troubles[0]


def test_the_list_says_where_and_finds_further_words(window: Window, qtbot: QtBot) -> None:
    dialog = erasing(window, qtbot)
    model = named(dialog, QTableView, "erase.values").model()
    assert ["Contact: Ann Quarck", "Name", "Ann Quarck"] in [
        [model.index(row, column).data() for column in (1, 2, 3)] for row in range(model.rowCount())
    ]
    before = says(dialog)
    assert not [told for told in before if "Nusha" in told]
    words = named(dialog, QLineEdit, "erase.words")
    words.setText("Nusha, ")
    QTest.keyClick(words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(says(dialog)) > len(before))
    assert "Nusha sent them" in says(dialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_click_on_the_box_unticks_a_row_and_it_stays_so(window: Window, qtbot: QtBot) -> None:
    dialog = erasing(window, qtbot)
    table = named(dialog, QTableView, "erase.values")
    box = table.visualRect(table.model().index(1, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 18, box.center().y()))
    told = named(dialog, QLabel, "erase.count")
    before = told.text()
    assert before == f"{len(dialog._found) - 1} of {len(dialog._found)} values are ticked"
    named(dialog, QPushButton, "erase.again").click()
    assert told.text() == "Looking for what is known…"
    qtbot.waitUntil(lambda: told.text() == before)
    dialog.reject()


def test_only_what_is_ticked_goes_and_only_after_the_name(window: Window, qtbot: QtBot) -> None:
    dialog = erasing(window, qtbot)
    table, start = named(dialog, QTableView, "erase.values"), named(dialog, QPushButton, "erase.start")
    kept = next(place for place, one in enumerate(dialog._found) if one.table == "deal" and one.field == "title")
    table.selectRow(kept)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not start.isEnabled()
    QTest.keyClicks(named(dialog, QLineEdit, "erase.confirm"), "ann quarc")
    assert not start.isEnabled()
    QTest.keyClicks(named(dialog, QLineEdit, "erase.confirm"), "k")
    assert start.isEnabled()
    count = len(dialog._found) - 1
    start.click()
    qtbot.waitUntil(lambda: f"{count} values are erased for ever." in window.messages.text())
    facts = desk(window).read(lambda read: read.sql("SELECT contact.name, title FROM deal JOIN contact"))
    assert [tuple(row) for row in facts if row[1] != "Yard"] == [("***", "Gate for Ann Quarck")]


def test_nothing_is_left_and_older_backups_go(window: Window, qtbot: QtBot) -> None:
    own = desk(window)
    backups.back_up(own.path, NOW)
    own.run(people.new_company, name="East")
    backups.back_up(own.path, "2026-11-26T10:00:00Z")
    dialog = erasing(window, qtbot)
    forget = named(dialog, QCheckBox, "erase.forget")
    assert forget.text() == f"Delete the older backups ({backups.how_many(own.path)})"
    forget.setChecked(True)
    named(dialog, QLineEdit, "erase.confirm").setText("Ann Quarck")
    named(dialog, QPushButton, "erase.start").click()
    qtbot.waitUntil(lambda: "are erased for ever. " in window.messages.text())
    assert "older backup" in window.messages.text()
    assert backups.how_many(own.path) == 1
    assert "Quarck" not in own.path.read_bytes().decode("utf-8", "ignore")


def test_a_backup_that_stays_is_told_after_the_erasing(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = desk(window)
    backups.back_up(own.path, "2026-11-25T10:00:00Z")
    dialog = erasing(window, qtbot)
    troubles: list[str] = []
    dialog._parts.bridge.troubled.connect(troubles.append)
    named(dialog, QCheckBox, "erase.forget").setChecked(True)
    named(dialog, QLineEdit, "erase.confirm").setText("Ann Quarck")
    unlink = Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.parent == backups.folder_of(own.path) and path.suffix == ".funnel":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    own.run(people.new_company, name="East")
    named(dialog, QPushButton, "erase.start").click()
    qtbot.waitUntil(lambda: bool(troubles))
    assert "cannot be deleted: Permission denied. It keeps what was erased" in troubles[0]
    assert "are erased for ever." in window.messages.text()


def test_with_no_contact_the_palette_says_so(qapp: QApplication, tmp_path: Path) -> None:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", 0), view="customers") as window:
        named(window, QAction, "action.customers.erase").trigger()
        assert window.messages.text() == "Choose a contact first."
