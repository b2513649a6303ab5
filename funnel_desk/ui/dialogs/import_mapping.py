"""The page of columns: which field each fills, what unknown words mean, and keeping that as a preset."""

import re

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.kept_plan import save_plan
from funnel_desk.i18n import _
from funnel_desk.ui.dialogs.import_columns import ImportColumns, ImportWords
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label, present

_NAME_WIDTH = 220


class ImportMapping(QWidget):
    """`field_changed` tells header and field, `word_changed` header, cell and meaning, `add_stages` yes or no."""

    field_changed = Signal(str, str)
    word_changed = Signal(str, str, str)
    add_stages = Signal(bool)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._looked: Looked | None = None
        self._words_heading, self._words = SectionHeading(_("What these words mean")), ImportWords(needed=True)
        self._others_heading, self._others = SectionHeading(_("Words that are new here")), ImportWords(needed=False)
        for words in (self._words, self._others):
            words.changed.connect(self.word_changed)
        self._words.add.connect(self.add_stages)
        self._columns_heading, self._columns = SectionHeading(_("What the columns are")), ImportColumns()
        self._columns.changed.connect(self.field_changed)
        pile = frame("plain")
        inside = QVBoxLayout(pile)
        inside.setContentsMargins(20, 0, 20, 12)
        inside.setSpacing(6)
        for heading, part in (
            (self._words_heading, self._words),
            (self._columns_heading, self._columns),
            (self._others_heading, self._others),
        ):
            inside.addWidget(heading)
            inside.addWidget(part)
            part.setContentsMargins(0, 0, 0, 12)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(pile), 1)
        column.addLayout(self._build_keeping())

    def show_looked(self, looked: Looked) -> None:
        """Show the columns and the words of a file."""
        self._looked = looked
        for heading, words in ((self._words_heading, self._words), (self._others_heading, self._others)):
            shown = words.show_looked(looked)
            for part in (heading, words):
                present(part, shown=shown)
        self._columns.show_looked(looked)
        present(self._columns_heading, shown=looked.table is not None)
        self._columns_heading.say(_("What the columns are"), len(looked.table.headers) if looked.table else None)
        self._offer()

    def _build_keeping(self) -> QHBoxLayout:
        self._name = QLineEdit()
        self._name.setObjectName("import.preset_name")
        self._name.setAccessibleName(_("Name of the preset"))
        self._name.setPlaceholderText(_("Name of the preset"))
        self._name.setFixedWidth(_NAME_WIDTH)
        self._name.textChanged.connect(self._offer)
        self._keep = QPushButton(_("Keep as a preset"))
        self._keep.setObjectName("import.keep_preset")
        self._keep.setAutoDefault(False)
        self._keep.setToolTip(_("The next table with these columns is understood in the same way"))
        self._keep.clicked.connect(self._save)
        self._kept = label("", "dim", name="import.preset_kept")
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._keep)
        row.addWidget(self._kept, 1)
        return row

    @Slot()
    def _offer(self) -> None:
        self._keep.setEnabled(bool(self._looked and self._looked.plan and self._name.text().strip()))

    @Slot()
    def _save(self) -> None:
        plan, name = self._looked.plan if self._looked else None, self._name.text().strip()
        if plan is None or not name:
            return
        try:
            save_plan(preset_key(name), plan, name)
        except Problem as problem:
            self._parts.bridge.explain(problem)
        except OSError as error:
            self._kept.setText(error.strerror or str(error))
        else:
            self._kept.setText(_("Kept: {name}", name=name))


def preset_key(name: str) -> str:
    """The key under which a preset of this name is kept: its Latin letters and digits, else a number made of it."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40].strip("-")
    if plain and plain not in {"auto", "none"} and name.isascii():
        return plain
    return f"own-{sum((place + 1) * ord(letter) for place, letter in enumerate(name)) % 10**8}"
