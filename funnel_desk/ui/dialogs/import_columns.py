"""The columns of the file, each with the field that it fills; and the words that have to be explained."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.deal import Outcome
from funnel_desk.exchange.column_figures import ColumnFigures, DateFigures
from funnel_desk.exchange.fields import CUSTOM, FIELDS
from funnel_desk.i18n import _, format_day, format_number, format_percent, translate
from funnel_desk.ui.dialogs.import_draft import Looked, Word
from funnel_desk.ui.field_names import field_name, fields_to_choose
from funnel_desk.ui.phrases import OUTCOMES, money, of
from funnel_desk.ui.widgets.labels import discard_all, label, present

_LOOK_FOR_SAMPLES = 20
_FIELD_WIDTH = 220
_DAY_LENGTH = len("2026-11-22")
_OUTCOMES: tuple[Outcome, ...] = ("open", "won", "lost")


class ImportColumns(QWidget):
    """`changed` tells a header and the field that it is to fill (empty: left out)."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._headers: tuple[str, ...] = ()
        self._what = ""
        self._combos: dict[str, QComboBox] = {}
        self._samples: dict[str, QLabel] = {}
        self._figures: dict[str, QLabel] = {}
        self._grid = _grid(self)

    def show_looked(self, looked: Looked) -> None:
        """Show the columns; the same ones again keep their place and the focus."""
        table = looked.table
        if table is None:
            return
        if (table.headers, looked.what) != (self._headers, self._what):
            self._headers, self._what = table.headers, looked.what
            self._build(looked)
        rows = table.rows[:_LOOK_FOR_SAMPLES]
        kinds = FIELDS[looked.what]
        for place, header in enumerate(table.headers):
            sample = next((row.cells[place] for row in rows if row.cells[place].strip()), "")
            self._samples[header].setText(" ".join(sample.split()))
            self._samples[header].setToolTip(sample)
            field = looked.field_of(header)
            said = figures_sentence(looked.figures.get(header, ()), kinds.get(field, "text"))
            self._figures[header].setText(said)
            self._figures[header].setToolTip(said)
            present(self._figures[header], shown=bool(said))
            self._select(self._combos[header], header, field)

    def _build(self, looked: Looked) -> None:
        discard_all(self._grid)
        self._combos, self._samples, self._figures = {}, {}, {}
        fields = fields_to_choose(looked.what)
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
            self._figures[header] = _cell("", "dim")
            self._figures[header].setObjectName(f"import.figures.{row + 1}")
            self._grid.addWidget(_cell(header), 2 * row, 0)
            self._grid.addWidget(self._samples[header], 2 * row, 1)
            self._grid.addWidget(combo, 2 * row, 2)
            self._grid.addWidget(self._figures[header], 2 * row + 1, 1, 1, 2)

    def _select(self, combo: QComboBox, header: str, field: str) -> None:
        place = combo.findData(field)
        if place < 0 and field:
            combo.addItem(field_name(field), field)
            place = combo.count() - 1
        combo.setCurrentIndex(max(0, place))
        self._samples[header].setEnabled(bool(field))

    def _tell(self, header: str) -> None:
        self.changed.emit(header, self._combos[header].currentData())


class ImportWords(QWidget):
    """Words that nothing maps: `changed` tells header, cell and meaning (empty: none yet); `add` whether to add them.

    Either those that have to be explained, or (not ``needed``) those that may come in as they are.
    """

    changed = Signal(str, str, str)
    add = Signal(bool)

    def __init__(self, *, needed: bool) -> None:
        super().__init__()
        self._needed = needed
        self._shown: tuple[object, ...] = ()
        self._combos: list[QComboBox] = []
        self._add = QCheckBox(_("Make new stages of the words for stages that are left"))
        self._add.setObjectName("import.add_stages")
        self._add.clicked.connect(self.add)
        place = QWidget()
        self._grid = _grid(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(place)
        column.addWidget(self._add)

    def show_looked(self, looked: Looked) -> bool:
        """Show the words with what they can mean; False if there is none."""
        words = [word for word in looked.words() if word.needed is self._needed]
        meanings = {one.field: _meanings(looked, one.field) for one in words}
        told = dict(looked.told.words)
        shown = (tuple(words), tuple((name, tuple(listed)) for name, listed in meanings.items()))
        if shown != self._shown:
            self._shown = shown
            self._build(words, meanings)
        for word, combo in zip(words, self._combos, strict=True):
            combo.setCurrentIndex(max(0, combo.findData(told.get((word.header, word.cell), ""))))
        adds = looked.told.options.add_stages
        stages = (adds and self._needed) or any(word.field in {"stage", "lost_stage", "from_stage"} for word in words)
        self._add.setChecked(adds)
        present(self._add, shown=stages)
        return bool(words) or stages

    def _build(self, words: Sequence[Word], meanings: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        discard_all(self._grid)
        self._combos = []
        for row, word in enumerate(words):
            combo = QComboBox()
            combo.setObjectName(f"import.{'word' if self._needed else 'new_word'}.{row + 1}")
            combo.setAccessibleName(_("“{word}” in “{header}” means", word=word.cell, header=word.header))
            combo.setFixedWidth(_FIELD_WIDTH)
            combo.addItem(_("choose…") if word.needed else _("take it as it is"), "")
            for key, name in meanings[word.field]:
                combo.addItem(name, key)
            combo.activated.connect(
                lambda _place, word=word, combo=combo: self.changed.emit(word.header, word.cell, combo.currentData())
            )
            self._combos.append(combo)
            self._grid.addWidget(_cell(word.cell), row, 0)
            self._grid.addWidget(_cell(word.header, "dim"), row, 1)
            self._grid.addWidget(combo, row, 2)


def figures_sentence(figures: ColumnFigures, kind: str) -> str:
    """What the cells of a column come to; empty for one without numbers and dates."""
    if isinstance(figures, DateFigures):
        first, last = (format_day(moment[:_DAY_LENGTH]) for moment in (figures.first, figures.last))
        return _("{n} dates, {first} to {last}", n=format_number(figures.many), first=first, last=last)
    parts = []
    for one in figures:
        values = one.low, one.high, one.total
        if kind == "money":
            low, high, total = (money(value, one.currency) for value in values)
        elif kind == "probability":
            low, high = (format_percent(value / 10_000) for value in values[:2])
            parts.append(_("{n} numbers, {low} to {high}", n=format_number(one.many), low=low, high=high))
            continue
        else:
            low, high, total = (format_number(value) for value in values)
        parts.append(
            _(
                "{n} numbers, {low} to {high}, together {total}",
                n=format_number(one.many),
                low=low,
                high=high,
                total=total,
            )
        )
    return "; ".join(parts)


def _meanings(looked: Looked, field: str) -> list[tuple[str, str]]:
    """What a word of this column can mean: stages of the pipeline into which the deals go, won, lost; and so on."""
    ground, chosen = looked.ground, looked.told.options.pipeline
    if field == "outcome":
        return [(key, translate(OUTCOMES[key])) for key in _OUTCOMES]
    if field == "lost_reason":
        return [(of(reason.name), of(reason.name)) for reason in ground.reasons if not reason.archived]
    if field == "source":
        return [(source, source) for source in looked.sources]
    pipeline = chosen or (ground.pipelines[0].id if ground.pipelines else "")
    stages = [(stage.key, of(stage.name)) for stage in ground.pipeline_stages(pipeline)]
    return [*stages, ("won", _("Won")), ("lost", _("Lost"))]


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 3)
    grid.setAlignment(Qt.AlignmentFlag.AlignTop)
    return grid


def _cell(text: str, role: str = "") -> QLabel:
    made = label(text, "dim" if role == "dim" else "")
    made.setToolTip(text)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made
