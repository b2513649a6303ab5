"""The pages of the import dialog: what is found, what was chosen before, duplicates, the end, and equal results."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from funnel_desk.exchange import importing
from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_file
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.import_ground import import_ground
from funnel_desk.ui.dialogs import import_file
from funnel_desk.ui.dialogs.import_choices import sample_as
from funnel_desk.ui.dialogs.import_file import ImportDialog
from funnel_desk.ui.dialogs.import_mapping import preset_key
from funnel_desk.ui.window import Window
from tests.exchange.tables import ask
from tests.exchange.workbooks import a_workbook
from tests.ui.shop import make_shop, open_shop, shop_window
from tests.ui.test_import_dialog import (
    GOOD,
    Open,
    cells,
    combo,
    counts,
    desk,
    open_dialog,
    parts,
    pick,
    problem,
    raw,
    run,
    start,
    window,
)

__all__ = ["open_dialog", "window"]
PEOPLE = "Name,Company,E-mail,Phone\nIvan,North,i@north.by,+375291112233\n"


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton), name
    assert button.isEnabled(), name
    button.click()


def text(dialog: QWidget, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert isinstance(found, QLabel), name
    return found.text()


def test_one_goes_back_and_forth_by_keyboard(open_dialog: Open) -> None:
    dialog = open_dialog(GOOD)
    assert dialog.pages.key() == "file"
    for there in ("columns", "outlook"):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.pages.key() == there
    for there in ("columns", "file"):
        press(dialog, "import.back")
        assert dialog.pages.key() == there


def test_a_question_opens_the_page_where_it_is_answered(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Stage\nGate,In talks\n")
    assert dialog.pages.key() == "columns"
    dialog = open_dialog("Deal,Created\nGate,03/04/2026\n")
    assert dialog.pages.key() == "file"
    assert combo(dialog, "import.date_order").isVisible()


def test_what_the_rows_are_is_found_and_can_be_changed(open_dialog: Open) -> None:
    dialog = open_dialog(PEOPLE)
    assert combo(dialog, "import.what").currentText() == "found: contacts"
    assert counts(dialog) == {"new": 1}
    pick(dialog, "import.what", "companies")
    assert combo(dialog, "import.field.1").currentData() == "name"


def test_each_column_says_what_it_comes_to(open_dialog: Open) -> None:
    dialog = open_dialog(GOOD)
    assert text(dialog, "import.figures.3") == "2 numbers, €800 to €1,200.50, together €2,000.50"
    assert text(dialog, "import.figures.4") == "2 dates, 25 Mar 2026 to 2 Apr 2026"


def test_letters_are_never_chosen_blind(open_dialog: Open) -> None:
    data = "Сделка;Этап\nВорота;Offer\n".encode("cp1251")
    assert sample_as(data, "cp1251") == "Сделка"
    assert sample_as(data, "utf-8") is None
    dialog = open_dialog(data)
    box = combo(dialog, "import.encoding")
    texts = [box.itemText(place) for place in range(box.count())]
    assert "cp1251: Сделка" in texts
    assert not any(one.startswith("utf-8") for one in texts)
    pick(dialog, "import.encoding", "koi8-r")
    assert raw(dialog)[0][0] != "Ворота"


def test_rows_may_be_pasted(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    dialog = open_dialog(GOOD)
    QGuiApplication.clipboard().setText("Deal\tStage\nFence\tOffer\n")
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert text(dialog, "import.file") == "Pasted rows"
    assert raw(dialog) == [["Fence", "Offer"]]
    run(dialog, window, qtbot)
    assert window.messages.text() == "Pasted rows: 1 new."


def test_the_sheet_is_asked_for(open_dialog: Open, window: Window, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(a_workbook({"May": [["Deal"], ["Gate"]], "June": [["Deal"], ["Yard"]]}))
    dialog = open_dialog(GOOD)
    dialog.take(book)
    assert problem(dialog) == 'The workbook has several sheets with rows: "May", "June". Choose which one to take in.'
    pick(dialog, "import.sheet", "June")
    assert raw(dialog) == [["Yard"]]
    assert counts(dialog) == {"new": 1}


def test_the_next_such_file_is_taken_as_the_last(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    dialog = open_dialog("Deal,Who,Stage\nGate,North,In talks\n")
    pick(dialog, "import.field.2", "company")
    pick(dialog, "import.word.1", "offer")
    run(dialog, window, qtbot)
    assert "import.files" in parts(window).memory._kept
    dialog = open_dialog("Deal,Who,Stage\nYard,South,In talks\n")
    assert problem(dialog) == ""
    assert combo(dialog, "import.field.2").currentData() == "company"
    press(dialog, "import.forget")
    assert "stages that are not known" in problem(dialog)


def test_what_is_remembered_badly_is_not_used(open_dialog: Open, window: Window) -> None:
    parts(window).memory.put("import.files", json.dumps({"x": 1}) + "}")
    assert counts(open_dialog(GOOD)) == {"new": 2}


def test_a_mapping_is_kept_as_a_preset(open_dialog: Open) -> None:
    table = "Deal,Who,Stage\nGate,North,Offer\n"
    dialog = open_dialog(table)
    pick(dialog, "import.field.2", "company")
    name = dialog.findChild(QLineEdit, "import.preset_name")
    assert isinstance(name, QLineEdit)
    name.setText("Our table")
    press(dialog, "import.keep_preset")
    assert text(dialog, "import.preset_kept") == "Kept: Our table"
    dialog = open_dialog(table)
    assert combo(dialog, "import.preset").currentText() == "looks like: Our table"
    pick(dialog, "import.preset", "none")
    assert combo(dialog, "import.field.2").currentData() == ""
    assert preset_key("Наша таблица").startswith("own-")


def test_possible_duplicates_are_decided_one_by_one(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    run(open_dialog("Deal,Company\nMain gate,North\nFence,South\n"), window, qtbot)
    dialog = open_dialog("Deal,Company,Source\nMain gates,North,Ads\nFence,South,Ads\n")
    assert counts(dialog) == {"new": 2, "twins": 2}
    dialog._outlook.fates.choose("twins")
    assert cells(dialog, "import.preview") == [
        ["2", "Main gates", "Main gate", "new"],
        ["3", "Fence", "Fence", "new"],
    ]
    press(dialog, "import.same")
    assert counts(dialog) == {"new": 1, "changed": 1, "twins": 2}
    assert cells(dialog, "import.preview")[0] == ["2", "Main gates", "Main gate", "the same"]
    press(dialog, "import.all_same")
    assert counts(dialog) == {"changed": 2, "twins": 2}
    dialog._outlook.fates.choose("changed")
    assert cells(dialog, "import.preview")[0] == ["2", "Main gate", "Source", "", "Ads"]
    run(dialog, window, qtbot)
    assert window.messages.text() == "deals.csv: 2 changed."


def test_new_stages_can_be_made_of_the_words(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Stage\nGate,In talks\nYard,Nearly done\n")
    pick(dialog, "import.word.1", "offer")
    press(dialog, "import.add_stages")
    assert problem(dialog) == ""
    assert [row[3] for row in cells(dialog, "import.preview")] == ["Offer", "Nearly done"]


def test_an_outcome_that_is_none_is_explained(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Outcome\nGate,won\nYard,signed at last\n")
    pick(dialog, "import.field.2", "outcome")
    assert counts(dialog) == {"new": 1, "left_out": 1}
    pick(dialog, "import.word.1", "won")
    assert counts(dialog) == {"new": 2}


def test_the_end_tells_what_came_in_with_the_way_back(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    dialog = open_dialog(GOOD)
    run(dialog, window, qtbot)
    assert text(dialog, "import.result") == "2 rows of deals.csv are in"
    assert dict(dialog._result.counts.lines())["New"] == "2"
    press(dialog, "import.history")
    assert window.page() is not None
    assert desk(window).history(1)[0].label.startswith("Import")
    dialog = open_dialog("Deal,Stage\nBarrier,Offer\n")
    run(dialog, window, qtbot)
    press(dialog, "import.undo")
    assert desk(window).history(1)[0].kind == "undo"


def test_stopped_in_the_middle_it_leaves_the_file_as_it_was(
    open_dialog: Open, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = parts(window).jobs
    dialog = open_dialog("Deal,Stage\n" + "".join(f"Gate {n},Offer\n" for n in range(1500)))
    qtbot.waitUntil(lambda: start(dialog).isEnabled())
    path = desk(window).path
    before = path.read_bytes()
    whole = importing._write

    def stopped(*args: object) -> object:
        jobs.cancel()
        return whole(*args)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(importing, "_write", stopped)
    start(dialog).click()
    qtbot.waitUntil(lambda: not jobs.writing)
    qtbot.waitUntil(lambda: text(dialog, "import.state") == "Stopped. Nothing was changed.")
    assert path.read_bytes() == before
    assert dialog.pages.key() == "outlook"


def test_a_large_file_shows_its_first_rows_at_once(
    open_dialog: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "SMALL", 10)
    dialog = open_dialog("Deal,Stage\n" + "".join(f"Gate {n},Offer\n" for n in range(3000)))
    assert raw(dialog)[0] == ["Gate 0", "Offer"]
    qtbot.waitUntil(lambda: start(dialog).isEnabled())


TABLES = {
    "deals.csv": "Id;Deal;Company;Stage;Amount;Date\n1;Gate;North;Offer;1 200,50;25.03.2026\n2;Yard;;Won;8,00;\n",
    "people.csv": PEOPLE,
    "history.csv": "Deal,Stage,At\nGate,Details,2026-03-01\nGate,Offer,2026-03-09\n",
    "old.csv": "Сделка;Этап;Сумма\nВорота;Предложение;1 234,56\n",
}
FACTS = (
    "SELECT title, external_id, value, currency, created_at, custom FROM deal ORDER BY title",
    "SELECT contact.name, email, phone, company.name FROM contact LEFT JOIN company ON company.id = company_id",
    "SELECT stage_event.kind, at, title FROM stage_event JOIN deal ON deal.id = deal_id ORDER BY title, at",
)


def facts(bench: Desk) -> list[list[tuple[object, ...]]]:
    return [ask(bench, statement) for statement in FACTS]


@pytest.fixture
def two(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Window, Desk]]:
    other = open_shop(make_shop(tmp_path / "south.funnel", 0))
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", 0), view="history") as shown:
        yield shown, other
    other.close()


def test_both_ways_make_equal_workspaces(two: tuple[Window, Desk], tmp_path: Path, qtbot: QtBot) -> None:
    shown, other = two
    for name, table in TABLES.items():
        path = tmp_path / name
        path.write_bytes(table.encode("cp1251" if name == "old.csv" else "utf-8"))
        dialog = ImportDialog(shown, parts(shown), str(path))
        assert dialog._looked is not None
        by_hand = plan_file(path, ImportOptions(any_kind=True), other.read(import_ground))
        assert dialog._looked.plan is not None
        assert dialog._looked.plan.options == by_hand.options
        dialog.show()
        run(dialog, shown, qtbot)
        dialog.reject()
        run_import(other, by_hand)
    assert facts(desk(shown)) == facts(other)
    assert facts(other)[0][0]


def test_the_progress_is_shown(open_dialog: Open, window: Window) -> None:
    dialog = open_dialog(GOOD)
    dialog._running = True
    dialog._result.begin("deals.csv")
    parts(window).jobs.advanced.emit(500, 1000, "Writing deals")
    assert text(dialog, "import.doing") == "Writing deals: 500 of 1,000"
    dialog._running = False
