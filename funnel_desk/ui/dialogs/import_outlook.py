"""What will happen: how many rows are new, changed, the same or left out, each with rows to look at."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.exchange.importing import ImportReport
from funnel_desk.exchange.preview import Preview
from funnel_desk.exchange.row_outcomes import Change, RowOutcome
from funnel_desk.exchange.row_reading import Note
from funnel_desk.i18n import N_, _, format_day, format_number, translate
from funnel_desk.ui.dialogs.import_choices import ImportChoices
from funnel_desk.ui.dialogs.import_draft import Looked
from funnel_desk.ui.field_names import field_name
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.phrases import OUTCOMES, money, of
from funnel_desk.ui.widgets.labels import label, present
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable
from funnel_desk.ui.widgets.segmented import Segmented

NEW, CHANGED, SAME, TWINS, LEFT_OUT, ODD = "new", "changed", "same", "twins", "left_out", "odd"
_FATES = (
    (NEW, N_("New")),
    (CHANGED, N_("Changed")),
    (SAME, N_("The same as now")),
    (TWINS, N_("Possible duplicates")),
    (LEFT_OUT, N_("Left out")),
    (ODD, N_("Odd, but taken in")),
)
_MOST_ROWS = 1_000
_WIDEST = 260
_DAY_LENGTH = len("2026-11-22")
_WIPING = {"deals", "companies", "contacts"}

Told = tuple[Sequence[str], Sequence[Sequence[str]], tuple[int, ...]]


class ImportOutlook(QWidget):
    """`choices` are those of the whole import; `wipe` tells whether empty cells empty; `same` tells lines and ids.

    `save_wanted`: the person wants the rows that are left out in a file.
    """

    save_wanted = Signal()
    wipe = Signal(bool)
    same = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.choices = ImportChoices(("pipeline", "match", "only"))
        self._wipe = QCheckBox(_("An empty cell empties what is here"))
        self._wipe.setObjectName("import.wipe")
        self._wipe.clicked.connect(self.wipe)
        self.fates = Segmented([(key, translate(text)) for key, text in _FATES], _("What will happen"))
        self.fates.setObjectName("import.fates")
        self.fates.chosen.connect(self._show_fate)
        self._counts: dict[str, int] = dict.fromkeys(self.fates.keys(), 0)
        self._looked: Looked | None = None
        self._worth = label("", "note", wrap=True)
        self._model = TextTableModel(self)
        self.table = RowTable(look, _("The rows"), self._model, [], -1)
        self.table.setObjectName("import.preview")
        self.table.setMinimumHeight(3 * ROW_HEIGHT)
        self._save = _button("import.save_rejected", _("Save these rows…"))
        self._save.clicked.connect(self.save_wanted)
        self._twins = self._build_twins()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.choices, self._wipe, self.fates, self._worth):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        link = QHBoxLayout()
        link.addWidget(self._save)
        link.addStretch(1)
        column.addWidget(self._twins)
        column.addLayout(link)
        column.addStretch(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def counts(self) -> Mapping[str, int]:
        """How many rows there are of each fate."""
        return self._counts

    def show_looked(self, looked: Looked, file: str = "") -> None:
        """Show the outlook; of a file that cannot be imported yet, that there is none."""
        self._looked = looked
        report = looked.report
        self.choices.show_looked(looked, file=file)
        self._wipe.setChecked(looked.told.options.wipe_empty)
        present(self._wipe, shown=looked.what in _WIPING)
        self._counts = _counted(looked, report) if report else dict.fromkeys(self._counts, 0)
        for key, text in _FATES:
            count = format_number(self._counts[key])
            self.fates.say(key, _("{fate} {count}", fate=translate(text), count=count))
            self.fates.present(key, shown=key in {NEW, LEFT_OUT} or bool(self._counts[key]))
        if not self._counts[self.fates.key()]:
            self.fates.set_key(next((key for key, count in self._counts.items() if count), NEW))
        self._worth.setText(_worth(looked.preview) if looked.preview else "")
        present(self._worth, shown=bool(self._worth.text()))
        for part in (self.fates, self.table):
            present(part, shown=report is not None)
        self._show_fate(self.fates.key())

    @Slot(str)
    def _show_fate(self, key: str) -> None:
        looked = self._looked
        if looked is None:
            return
        row = self.table.currentIndex().row()
        headers, rows, figures = _TABLES[key](looked)
        self._model.show_table(headers, rows, figures=figures)
        for column in range(self._model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.wanted_width(column), _WIDEST))
        if rows:
            self.table.choose(max(0, min(row, len(rows) - 1)))
        present(self._twins, shown=key == TWINS and bool(rows))
        present(self._save, shown=key == LEFT_OUT and bool(rows))

    # --- possible duplicates -----------------------------------------------------------------------------------------

    def _build_twins(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        for name, text, act in (
            ("import.same", _("It is the same"), lambda: self._decide(one=True, same=True)),
            ("import.new", _("It is new"), lambda: self._decide(one=True, same=False)),
            ("import.all_same", _("All are the same"), lambda: self._decide(one=False, same=True)),
            ("import.all_new", _("All are new"), lambda: self._decide(one=False, same=False)),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return made

    def _decide(self, *, one: bool, same: bool) -> None:
        if self._looked is None:
            return
        twins = _twins_of(self._looked)
        place = self.table.currentIndex().row()
        chosen = twins[place : place + 1] if one else twins
        lines = [(line, here if same else "") for line, _name, _other, here in chosen if here]
        if lines:
            self.same.emit(lines)


def _counted(looked: Looked, report: ImportReport) -> dict[str, int]:
    return {
        NEW: report.created,
        CHANGED: report.updated,
        SAME: report.unchanged,
        TWINS: len(_twins_of(looked)),
        LEFT_OUT: report.rejected,
        ODD: len(_odd(report)),
    }


def _odd(report: ImportReport) -> list[Note]:
    twins = {(one.line, one.name) for one in report.alike}
    return [note for note in report.warnings if (note.line, note.value) not in twins]


def _new(looked: Looked) -> Told:
    seen = looked.preview
    if seen is None or looked.what != "deals":
        return _plain(looked.outcomes.rows["created"] if looked.outcomes else [])
    coming = {row.line for row in looked.outcomes.rows["created"]} if looked.outcomes else set()
    headers = [_("Line"), _("Deal"), _("Company"), _("Stage"), _("Value"), _("Created")]
    rows = [
        (
            str(row.line),
            row.title,
            row.company,
            _where(of(row.stage) if row.stage else "", row.outcome),
            money(row.value, row.currency),
            format_day(row.created_at[:_DAY_LENGTH]) if row.created_at else "",
        )
        for row in seen.rows
        if row.line in coming
    ]
    return headers, rows, (0, 4)


def _plain(rows: Sequence[RowOutcome]) -> Told:
    return [_("Line"), _("Name")], [(str(row.line), row.name) for row in rows], (0,)


def _same(looked: Looked) -> Told:
    table, outcomes = looked.table, looked.outcomes
    if table is None or outcomes is None:
        return (), (), ()
    return _as_they_stand(looked, {row.line: () for row in outcomes.rows["unchanged"]})


def _as_they_stand(looked: Looked, lines: Mapping[int, Sequence[str]], *more: str) -> Told:
    """The cells of these lines, with what is to be said of each before them."""
    table = looked.table
    headers = table.headers if table else ()
    cells = {row.line: row.cells for row in table.rows if row.line in lines} if table else {}
    rows = [
        (str(line), *said, *(cells.get(line) or [""] * len(headers))) for line, said in list(lines.items())[:_MOST_ROWS]
    ]
    return [_("Line"), *more, *headers], rows, (0,)


def _changed(looked: Looked) -> Told:
    headers = [_("Line"), _("Name"), _("What"), _("Now"), _("Then")]
    outcomes = looked.outcomes.rows["updated"] if looked.outcomes else []
    rows = [
        (str(row.line), row.name, *_change(looked, change))
        for row in outcomes
        for change in row.changes or (Change("", "", ""),)
    ]
    return headers, rows[:_MOST_ROWS], (0,)


def _change(looked: Looked, change: Change) -> tuple[str, str, str]:
    if change.field == "path":
        stages = {stage.id: of(stage.name) for stage in looked.ground.stages}
        return _("Stage"), "", _where(stages.get(str(change.after), ""), _KINDS.get(str(change.before), "open"))
    if change.field in {"value", "potential"}:
        before, after = (money(one, looked.ground.currency) if isinstance(one, int) else "" for one in change[1:])
        return field_name(change.field), before, after
    return field_name(change.field.removesuffix("_id")), _said(looked, change.before), _said(looked, change.after)


_KINDS = {"won": "won", "lost": "lost"}


def _said(looked: Looked, value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {told}" for name, told in value.items())
    return "" if value is None else looked.names.get(str(value), str(value))


def _twins_of(looked: Looked) -> list[tuple[int, str, str, str]]:
    """Line, name, the name of what is here, its id: those to be decided, and those that were told to be the same."""
    told = dict(one.split("=", 1) for one in looked.told.options.same)
    alike = looked.report.alike if looked.report else ()
    decided = [(int(line), "", looked.names.get(here, here), here) for line, here in told.items()]
    return sorted([*decided, *((one.line, one.name, one.other, one.other_id) for one in alike)])


def _twin_rows(looked: Looked) -> Told:
    told = {int(one.split("=", 1)[0]) for one in looked.told.options.same}
    headers = [_("Line"), _("In the file"), _("Here"), _("Taken as")]
    rows = [
        (str(line), name or _name_in_file(looked, line), other, _("the same") if line in told else _("new"))
        for line, name, other, _here in _twins_of(looked)
    ]
    return headers, rows[:_MOST_ROWS], (0,)


def _name_in_file(looked: Looked, line: int) -> str:
    table, matching = looked.table, looked.matching
    header = (matching.header("title") or matching.header("name")) if matching else None
    if table is None or header is None:
        return ""
    return next((row.cells[table.place(header)] for row in table.rows if row.line == line), "")


def _left_out(looked: Looked) -> Told:
    errors = looked.report.errors if looked.report else ()
    cells = {row.line: row.cells for row in looked.report.bad_rows} if looked.report else {}
    table_headers = looked.table.headers if looked.table else ()
    headers = [_("Line"), _("Column"), _("Why"), *table_headers]
    rows = [
        (str(note.line or ""), note.column or "", note.reason, *_fitted(cells.get(note.line or 0, []), table_headers))
        for note in errors[:_MOST_ROWS]
    ]
    return headers, rows, (0,)


def _fitted(cells: Sequence[str], headers: Sequence[str]) -> list[str]:
    return [*cells, *[""] * len(headers)][: len(headers)]


def _odd_rows(looked: Looked) -> Told:
    notes = _odd(looked.report) if looked.report else []
    headers = [_("Line"), _("Column"), _("Cell"), _("What is odd")]
    rows = [(str(note.line or ""), note.column or "", note.value or "", note.reason) for note in notes[:_MOST_ROWS]]
    return headers, rows, (0,)


_TABLES = {
    NEW: _new,
    CHANGED: _changed,
    SAME: _same,
    TWINS: _twin_rows,
    LEFT_OUT: _left_out,
    ODD: _odd_rows,
}


def _where(stage: str, outcome: str) -> str:
    """The stage, and the outcome where it says more."""
    return stage if outcome == "open" else ", ".join(part for part in (translate(OUTCOMES[outcome]), stage) if part)


def _worth(seen: Preview) -> str:
    parts = [
        _(
            "{n} with a value: from {low} to {high}, together {total}.",
            n=format_number(one.count),
            low=money(one.low, one.currency),
            high=money(one.high, one.currency),
            total=money(one.total, one.currency),
        )
        for one in seen.amounts
    ]
    if seen.days:
        first, last = (format_day(day[:_DAY_LENGTH], "long") for day in seen.days)
        parts.append(_("Created from {first} to {last}.", first=first, last=last))
    return " ".join(parts)


def _button(name: str, text: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("role", "link")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
