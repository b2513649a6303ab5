from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from funnel_desk import i18n
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deals import DealFilter, deal_keys, deal_rows
from funnel_desk.ui.dialogs import import_file
from funnel_desk.ui.dialogs.import_file import ImportDialog
from funnel_desk.ui.view import Parts
from funnel_desk.ui.window import Window
from tests.ui.shop import make_shop, shop_window

GOOD = "Deal,Stage,Amount,Created,Source\nGate,Offer,1200.50,2026-03-25,Site\nYard,Won,800,2026-04-02,Ads\n"

Open = Callable[[str | bytes], ImportDialog]


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", 0), view="history") as shown:
        yield shown


@pytest.fixture
def open_dialog(window: Window, tmp_path: Path) -> Iterator[Open]:
    opened: list[ImportDialog] = []

    def begin(content: str | bytes) -> ImportDialog:
        file = tmp_path / "deals.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        dialog = ImportDialog(window, parts(window), str(file))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.show()
        opened.append(dialog)
        return dialog

    yield begin
    for dialog in opened:
        dialog.reject()
        dialog.deleteLater()


def parts(window: Window) -> Parts:
    assert window._parts is not None
    return window._parts


def desk(window: Window) -> Desk:
    return parts(window).bridge.desk


def combo(dialog: ImportDialog, name: str) -> QComboBox:
    found = dialog.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def pick(dialog: ImportDialog, name: str, key: str) -> None:
    """Choose an entry as a person does."""
    box = combo(dialog, name)
    place = box.findData(key)
    assert place >= 0, [box.itemData(n) for n in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)


def problem(dialog: ImportDialog) -> str:
    found = dialog.findChild(QLabel, "import.problem")
    assert isinstance(found, QLabel)
    return found.text()


def start(dialog: ImportDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "import.start")
    assert isinstance(found, QPushButton)
    return found


def counts(dialog: ImportDialog) -> dict[str, int]:
    return {fate: count for fate, count in dialog._outlook.counts().items() if count and fate != "odd"}


def preview(dialog: ImportDialog) -> list[list[str]]:
    return cells(dialog, "import.preview")


def raw(dialog: ImportDialog) -> list[list[str]]:
    return cells(dialog, "import.raw")


def cells(dialog: ImportDialog, name: str) -> list[list[str]]:
    table = dialog.findChild(QTableView, name)
    assert isinstance(table, QTableView)
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def deals(window: Window) -> dict[str, str]:
    bench = desk(window)
    rows = bench.read(deal_rows, bench.read(deal_keys, DealFilter()))
    return {row.title: row.outcome for row in rows}


def run(dialog: ImportDialog, window: Window, qtbot: QtBot) -> None:
    QTest.mouseClick(start(dialog), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not parts(window).jobs.writing)
    qtbot.waitUntil(lambda: bool(window.messages.text()))


def test_a_plain_file_is_understood_without_a_question(open_dialog: Open) -> None:
    dialog = open_dialog(GOOD)
    assert problem(dialog) == ""
    assert counts(dialog) == {"new": 2}
    assert preview(dialog)[0] == ["2", "Gate", "", "Offer", "€1,200.50", "25 Mar 2026"]
    assert combo(dialog, "import.encoding").currentText() == "found: utf-8"
    assert combo(dialog, "import.delimiter").currentText() == "found: comma ,"
    assert combo(dialog, "import.field.1").currentText() == "Deal"
    assert start(dialog).text() == "Import 2 rows"


def test_it_comes_in_as_one_act_and_undo_takes_it_back(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    run(open_dialog(GOOD), window, qtbot)
    assert window.messages.text() == "deals.csv: 2 new."
    assert deals(window) == {"Gate": "open", "Yard": "won"}
    undo = next(one for one in window.messages.findChildren(QPushButton) if one.text() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert deals(window) == {}


def test_the_same_file_again_has_nothing_new(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    numbered = "Id,Deal,Stage\n7,Gate,Offer\n"
    run(open_dialog(numbered), window, qtbot)
    dialog = open_dialog(numbered)
    assert counts(dialog) == {"same": 1}
    assert not start(dialog).isEnabled()


def test_unknown_stage_words_are_explained_one_by_one(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    dialog = open_dialog("Deal,Stage\nGate,In talks\nYard,Closed for good\n")
    assert problem(dialog) == "The file has words for stages that are not known here: tell what they mean."
    assert not start(dialog).isEnabled()
    assert combo(dialog, "import.word.1").accessibleName() == "“In talks” in “Stage” means"
    pick(dialog, "import.word.1", "objections")
    assert not start(dialog).isEnabled()
    pick(dialog, "import.word.2", "lost")
    assert problem(dialog) == ""
    assert [row[3] for row in preview(dialog)] == ["Objections", "Lost"]
    run(dialog, window, qtbot)
    assert deals(window) == {"Gate": "open", "Yard": "lost"}


def test_dates_that_may_be_two_things_are_asked_for(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Created\nGate,03/04/2026\nYard,05/06/2026\n")
    assert "choose how days are written" in problem(dialog)
    pick(dialog, "import.date_order", "dmy")
    assert [row[5] for row in preview(dialog)] == ["3 Apr 2026", "5 Jun 2026"]


def test_amounts_that_may_be_two_things_are_asked_for(open_dialog: Open) -> None:
    dialog = open_dialog('Deal,Amount\nGate,"1,234"\n')
    assert "choose how amounts are written" in problem(dialog)
    pick(dialog, "import.decimal", ".")
    assert preview(dialog)[0][4] == "€1,234"
    pick(dialog, "import.decimal", ",")
    assert preview(dialog)[0][4] == "€1.23"


def test_a_column_can_be_another_field_or_left_out(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Who,Stage\nGate,North,Offer\n")
    pick(dialog, "import.field.2", "company")
    assert preview(dialog)[0][2] == "North"
    pick(dialog, "import.field.2", "")
    assert preview(dialog)[0][2] == ""
    pick(dialog, "import.field.2", "custom:Who")
    assert combo(dialog, "import.field.2").currentText() == "Own field “Who”"


def test_a_field_has_one_column(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Name,Stage\nGate,Yard,Offer\n")
    pick(dialog, "import.field.1", "company")
    pick(dialog, "import.field.2", "company")
    assert combo(dialog, "import.field.1").currentData() == ""
    assert preview(dialog)[0][2] == "Yard"


def test_columns_that_nobody_knows_are_told_by_hand(open_dialog: Open) -> None:
    dialog = open_dialog("abc,xyz\nGate,7\n")
    assert problem(dialog) == "No column is known by its name. Tell below what the columns are."
    pick(dialog, "import.field.1", "title")
    assert preview(dialog)[0][1] == "Gate"


def test_bad_rows_are_left_out_and_can_be_saved(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog("Deal,Stage,Created\nGate,Offer,2026-03-25\nYard,Offer,2026-02-31\n")
    assert counts(dialog) == {"new": 1, "left_out": 1}
    dialog._outlook.fates.choose("left_out")
    assert preview(dialog)[0][:2] == ["3", "Created"]
    assert preview(dialog)[0][3:] == ["Yard", "Offer", "2026-02-31"]
    out = tmp_path / "left out.csv"
    dialog._save(str(out))
    assert "Yard,Offer,2026-02-31,3," in out.read_text()
    dialog._save(str(tmp_path / "deals.csv"))  # never over the file that is read
    assert "Gate" in (tmp_path / "deals.csv").read_text()


def test_old_encodings_are_found_and_can_be_told(open_dialog: Open) -> None:
    dialog = open_dialog("Сделка;Этап;Сумма\nВорота;Предложение;1 234,56\nЗабор;Договор;10,00\n".encode("cp1251"))
    assert combo(dialog, "import.encoding").currentText() == "found: cp1251"
    assert combo(dialog, "import.delimiter").currentText() == "found: semicolon ;"
    assert preview(dialog)[0][1] == "Ворота"
    assert preview(dialog)[0][4] == "€1,234.56"
    pick(dialog, "import.encoding", "cp866")
    assert raw(dialog)[0][0] != "Ворота"


def test_a_file_that_is_no_table_says_so(open_dialog: Open) -> None:
    dialog = open_dialog(b"PK\x03\x04 whatever")
    assert "save it as CSV" in problem(dialog)
    assert not start(dialog).isEnabled()


def test_a_file_may_be_dropped(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog(GOOD)
    other = tmp_path / "more.csv"
    other.write_text("Deal\nBarrier\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(other))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    dialog.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert counts(dialog) == {"new": 1}


def test_stage_histories_come_in_too(open_dialog: Open, window: Window, qtbot: QtBot) -> None:
    dialog = open_dialog("Deal,Stage,At\nGate,Details,2026-03-01\nGate,Offer,2026-03-09\n")
    pick(dialog, "import.what", "stage-history")
    assert start(dialog).isEnabled(), problem(dialog)
    run(dialog, window, qtbot)
    assert deals(window) == {"Gate": "open"}


def test_a_large_file_is_read_apart_from_the_window(
    open_dialog: Open, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "SMALL", 10)
    dialog = open_dialog("Deal,Stage\n" + "".join(f"Gate {n},Offer\n" for n in range(3000)))
    qtbot.waitUntil(lambda: start(dialog).isEnabled())
    assert counts(dialog)["new"] == 3_000
    run(dialog, window, qtbot)
    assert window.messages.text() == "deals.csv: 3,000 new."


def test_a_dialog_that_was_closed_hears_no_more(
    open_dialog: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "SMALL", 10)
    dialog = open_dialog(GOOD)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog._parts.jobs._running)
    assert not start(dialog).isEnabled()


def test_everything_can_be_heard(open_dialog: Open) -> None:
    dialog = open_dialog("Deal,Stage\nGate,In talks\n")
    assert all(box.accessibleName() for box in dialog.findChildren(QComboBox))
    assert all(button.text() or button.accessibleName() for button in dialog.findChildren(QPushButton))


def test_in_russian(qapp: QApplication, tmp_path: Path) -> None:
    i18n.set_language("ru")
    file = tmp_path / "deals.csv"
    file.write_text(GOOD)
    with shop_window(qapp, make_shop(tmp_path / "north.funnel", 0), view="history") as window:
        dialog = ImportDialog(window, parts(window), str(file))
        assert preview(dialog)[0][3] == "Предложение"
        dialog.reject()
