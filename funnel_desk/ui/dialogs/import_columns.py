"""The columns of the file, each with the field that it fills; and the words that have to be explained."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget

from funnel_desk.exchange.fields import CUSTOM
from funnel_desk.i18n import _
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.field_names import field_name, fields_to_choose
from funnel_desk.ui.phrases import of
from funnel_desk.ui.widgets.labels import discard_all, label

_LOOK_FOR_SAMPLES = 20
_FIELD_WIDTH = 200


class ImportColumns(QWidget):
    """`changed` tells a header and the field that it is to fill (empty: left out)."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._headers: tuple[str, ...] = ()
        self._what = ""
        self._combos: dict[str, QComboBox] = {}
        self._samples: dict[str, QLabel] = {}
        self._grid = _grid(self)

    def show_looked(self, looked: Looked) -> None:
        """Show the columns; the same ones again keep their place and the focus."""
        table = looked.table
        if table is None:
            return
        if (table.headers, looked.told.options.what) != (self._headers, self._what):
            self._headers, self._what = table.headers, looked.told.options.what
            self._build(looked)
        rows = table.rows[:_LOOK_FOR_SAMPLES]
        for place, header in enumerate(table.headers):
            sample = next((row.cells[place] for row in rows if row.cells[place].strip()), "")
            self._samples[header].setText(" ".join(sample.split()))
            self._samples[header].setToolTip(sample)
            self._select(self._combos[header], header, looked.field_of(header))

    def _build(self, looked: Looked) -> None:
        discard_all(self._grid)
        self._combos, self._samples = {}, {}
        fields = fields_to_choose(looked.told.options.what)
        for row, header in enumerate(self._headers):
            combo = QComboBox()
            combo.setObjectName(f"import.field.{row + 1}")
            combo.setAccessibleName(_("Column “{header}” is", header=header))
            combo.setFixedWidth(_FIELD_WIDTH)
            combo.addItem(_("leave out"), "")
            for key, name in fields:
                combo.addItem(name, key)
            if self._what == "deals":
                combo.addItem(field_name(CUSTOM + header), CUSTOM + header)
            combo.activated.connect(lambda _place, header=header: self._tell(header))
            self._combos[header] = combo
            self._samples[header] = _cell("", "dim")
            self._grid.addWidget(_cell(header), row, 0)
            self._grid.addWidget(self._samples[header], row, 1)
            self._grid.addWidget(combo, row, 2)

    def _select(self, combo: QComboBox, header: str, field: str) -> None:
        place = combo.findData(field)
        if place < 0 and field:
            combo.addItem(field_name(field), field)
            place = combo.count() - 1
        combo.setCurrentIndex(max(0, place))
        for cell in (self._samples[header],):
            cell.setEnabled(bool(field))

    def _tell(self, header: str) -> None:
        self.changed.emit(header, self._combos[header].currentData())


class ImportWords(QWidget):
    """Words of the stage columns that nothing maps: `changed` tells header, cell and meaning (empty: none yet)."""

    changed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._grid = _grid(self)

    def show_looked(self, looked: Looked) -> bool:
        """Show the words with what they can mean; False if there is none."""
        words = looked.words()
        meanings = _meanings(looked)
        told = dict(looked.told.words)
        shown = (tuple(words), tuple(meanings))
        if shown != self._shown:
            self._shown = shown
            self._build(words, meanings)
        for row, key in enumerate(words):
            item = self._grid.itemAtPosition(row, 2)
            combo = item.widget() if item is not None else None
            if isinstance(combo, QComboBox):
                combo.setCurrentIndex(max(0, combo.findData(told.get(key, ""))))
        return bool(words)

    def _build(self, words: Sequence[tuple[str, str]], meanings: Sequence[tuple[str, str]]) -> None:
        discard_all(self._grid)
        for row, (header, cell) in enumerate(words):
            combo = QComboBox()
            combo.setObjectName(f"import.word.{row + 1}")
            combo.setAccessibleName(_("“{word}” in “{header}” means", word=cell, header=header))
            combo.setFixedWidth(_FIELD_WIDTH)
            combo.addItem(_("choose…"), "")
            for key, name in meanings:
                combo.addItem(name, key)
            combo.activated.connect(lambda _place, key=(header, cell), combo=combo: self._tell(key, combo))
            self._grid.addWidget(_cell(cell), row, 0)
            self._grid.addWidget(_cell(header, "dim"), row, 1)
            self._grid.addWidget(combo, row, 2)

    def _tell(self, key: tuple[str, str], combo: QComboBox) -> None:
        self.changed.emit(*key, combo.currentData())


def _meanings(looked: Looked) -> list[tuple[str, str]]:
    """What a stage word can mean: the stages of the pipeline into which the deals go, won, lost."""
    ground, chosen = looked.ground, looked.told.options.pipeline
    pipeline = chosen or (ground.pipelines[0].id if ground.pipelines else "")
    stages = [(stage.key, of(stage.name)) for stage in ground.pipeline_stages(pipeline)]
    return [*stages, ("won", _("Won")), ("lost", _("Lost"))]


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    grid.setAlignment(Qt.AlignmentFlag.AlignTop)
    return grid


def _cell(text: str, role: str = "") -> QLabel:
    made = label(text, "dim" if role == "dim" else "")
    made.setToolTip(text)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
