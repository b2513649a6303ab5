"""Every view and dialog in a language that brackets and lengthens: what was never translated, and what does not fit.

The same in Russian, which is long too: nothing may be cut off there.
"""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from funnel_desk import i18n
from funnel_desk.exchange.presets import presets
from funnel_desk.operations.demo import create_demo
from funnel_desk.operations.desk import Desk
from funnel_desk.storage.acts import Author
from funnel_desk.ui import views
from funnel_desk.ui.view import listed
from tests.ui.on_screen import Data, cut_off, untranslated
from tests.ui.walk import TABLE, dialog_classes, dialogs, opened, scenes, settle

SIZES = [(1280, 800), (900, 600)]
LANGUAGES = [i18n.PSEUDO, "ru"]

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "north.funnel"
    create_demo(file)
    return file


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    file = tmp_path / "empty.funnel"
    Desk.create(file, Author("me", "Max"), currency="EUR", time_zone="Europe/Minsk")
    return file


@every_size
@every_language
def test_every_view_is_translated_and_fits(
    qapp: QApplication, demo: Path, language: str, size: tuple[int, int]
) -> None:
    faults = Faults(language, Data(demo))
    for window in opened(demo, language, size):
        for name in scenes(window):
            faults.look(name, window)
    faults.tell()


@every_size
@every_language
def test_every_view_of_an_empty_file_is_translated_and_fits(
    qapp: QApplication, empty: Path, language: str, size: tuple[int, int]
) -> None:
    faults = Faults(language, Data(empty))
    for window in opened(empty, language, size):
        for view in listed(views):
            window.go(view.key)
            settle(window)
            faults.look(view.key, window)
    faults.tell()


@every_size
@every_language
def test_every_dialog_is_translated_and_fits(
    qapp: QApplication, demo: Path, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    programs = [name for one in presets() for name in (one.name.en, one.name.ru)]
    faults = Faults(language, Data(demo, TABLE, str(tmp_path / "table.csv"), *programs))
    forgotten = dialog_classes()
    for window in opened(demo, language, size):
        for dialog in dialogs(window, tmp_path):
            dialog.open()
            settle(window)
            faults.look(type(dialog).__name__, dialog)
            forgotten.discard(type(dialog))
            dialog.close()
    assert not forgotten, "show these too, in `dialogs` below"
    faults.tell()


def test_the_eye_sees_both_faults(qapp: QApplication, empty: Path) -> None:
    top, data = QWidget(), Data(empty, "Gate 4")
    column = QVBoxLayout(top)
    i18n.set_language(i18n.PSEUDO)
    for text in (i18n._("Saved"), f"{i18n._('Saved')}: Gate 4, 12 %", "Bare words"):
        column.addWidget(QLabel(text))
    narrow = QPushButton(i18n._("Undo"))
    narrow.setFixedWidth(12)
    column.addWidget(narrow)
    top.show()
    QApplication.processEvents()
    assert untranslated(top, data) == ["QLabel 'Bare words'"]
    assert [fault.split("'")[1] for fault in cut_off(top, headers=True)] == [i18n._("Undo")]
    top.close()


class Faults:
    """What is wrong on the screens looked at: in the pseudo language what is not bracketed, in all what is cut off.

    Headers of tables cut themselves with an ellipsis: they must fit in a real language only.
    """

    def __init__(self, language: str, data: Data) -> None:
        self._pseudo, self._data = language == i18n.PSEUDO, data
        self._found: dict[str, str] = {}

    def look(self, scene: str, top: QWidget) -> None:
        """Look at one screen; a fault is told once, with the first scene that shows it."""
        found = [f"cut off: {fault}" for fault in cut_off(top, headers=not self._pseudo)]
        if self._pseudo:
            found += [f"not translated: {fault}" for fault in untranslated(top, self._data)]
        for fault in found:
            self._found.setdefault(fault, scene)

    def tell(self) -> None:
        """Fail if anything is wrong."""
        assert not self._found, "".join(f"\n{scene}: {fault}" for fault, scene in self._found.items())
