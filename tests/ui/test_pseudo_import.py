"""The pages of an import in a made-up language, which shows what is not translated, and in a small window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_bytes
from funnel_desk.exchange.presets import presets
from funnel_desk.operations.demo import create_demo
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.import_ground import import_ground
from funnel_desk.storage.acts import Author
from funnel_desk.ui.dialogs.import_file import ImportDialog
from funnel_desk.ui.window import Window
from tests.ui.on_screen import Data
from tests.ui.test_pseudo import Faults, every_language, every_size
from tests.ui.walk import opened, parts, settle

HERE = "Id,Title,Company,Value\n1,Gate 1,North,5\n2,Gate 2,North,6\n"
TABLE = (
    "Id,Title,Company,Stage,Value,Created\n1,Gate 1,North,,7,\n,Gate 2,North,,8,2026-03-04\n"
    "3,Yard,,,x,\n2,Gate 2,North,,6,\n"
)
UNKNOWN = "Title;Stage;Value;Created\nGate;Elsewhere;1200;03/04/2026\n"
WORDS = ("Gate 1", "Gate 2", "North", "Yard", "Elsewhere", "Id", "Title", "Company", "Stage", "Value", "Created", "x")
PROGRAMS = tuple(one.name.en for one in presets()) + tuple(one.name.ru for one in presets())
_AROUND = (20, 60)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "north.funnel"
    create_demo(file)
    desk = Desk(file, Author("me", "Max"))
    run_import(desk, plan_bytes(HERE.encode(), "here.csv", ImportOptions(), desk.read(import_ground)))
    desk.close()
    return file


@every_size
@every_language
def test_every_page_of_an_import_is_translated_and_fits(
    qapp: QApplication, begun: Path, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    faults = Faults(language, Data(begun, *WORDS, TABLE, UNKNOWN, "table.csv", "utf-8", *PROGRAMS))
    for window in opened(begun, language, size):
        for name, dialog in _pages(window, tmp_path, size):
            faults.look(name, dialog)
    faults.tell()


def _pages(window: Window, folder: Path, size: tuple[int, int]) -> Iterator[tuple[str, ImportDialog]]:
    file = folder / "table.csv"
    for table in (UNKNOWN, TABLE):
        file.write_text(table, encoding="utf-8")
        dialog = ImportDialog(window, parts(window), str(file))
        dialog.resize(min(dialog.width(), size[0] - _AROUND[0]), min(dialog.height(), size[1] - _AROUND[1]))
        dialog.open()
        settle(window)
        for page in ("file", "columns", "outlook"):
            dialog.pages.choose(page)
            dialog._reading.wrong.setChecked(page == "file")
            settle(window)
            yield page, dialog
        if dialog._looked is not None and dialog._looked.report is not None:
            for fate, count in dialog._outlook.counts().items():
                if count:
                    dialog._outlook.fates.choose(fate)
                    settle(window)
                    yield fate, dialog
            dialog._start.click()
            settle(window)
            yield "result", dialog
        dialog.reject()
