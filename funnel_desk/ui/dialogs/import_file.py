"""The import dialog: a CSV file, what is understood of it, and what will happen with each row."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.importing import ImportReport, run_import, write_rejected
from funnel_desk.exchange.out_file import refuse_same_file, text_file
from funnel_desk.exchange.plan import ImportOptions, ImportPlan, read_file
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.progress import Progress
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.dialogs.files import ask_import, ask_save
from funnel_desk.ui.dialogs.import_choices import ImportChoices
from funnel_desk.ui.dialogs.import_columns import ImportColumns, ImportWords
from funnel_desk.ui.dialogs.import_draft import Looked, Told, look
from funnel_desk.ui.dialogs.import_outlook import ImportOutlook
from funnel_desk.ui.dialogs.import_sentences import problem_sentence, result_sentence
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label, present

SMALL = 100_000
"""A file of fewer bytes is read at once, a larger one apart from the window."""

_SIZE = (1080, 680)
_SPLIT = [500, 560]


def start_import(window: QWidget, parts: Parts, file: str = "") -> None:
    """Open the import dialog over the window, with a file if there is one already (it was dropped, say)."""
    ImportDialog(window, parts, file).open()


class ImportDialog(QDialog):
    """One file, from choosing it to the act that takes it in; that runs on after the dialog has closed."""

    def __init__(self, window: QWidget, parts: Parts, file: str = "") -> None:
        super().__init__(window)
        self.setObjectName("import")
        self.setWindowTitle(_("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self._parts = parts
        self._path: Path | None = None
        self._data = b""
        self._told = Told()
        self._looked: Looked | None = None
        self._asked = 0
        self._build()
        if file:
            self.take(Path(file))

    @Slot(str)
    def take(self, path: Path | str) -> None:
        """Begin with a file; one that cannot be read is told, and the dialog waits for another."""
        try:
            self._data = read_file(Path(path))
        except Problem as problem:
            self._parts.bridge.explain(problem)
            return
        self._path = Path(path)
        self._told = Told()
        self._name.setText(self._path.name)
        self._name.setToolTip(str(self._path))
        self._stack.setCurrentIndex(1)
        self._look_again()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file that was dropped."""
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            event.acceptProposedAction()
            self.take(path)

    # --- what it is made of ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._waiting = EmptyState(
            self._parts.look, "import", _("Drop a CSV file here, or choose one."), _("Choose a file…")
        )
        self._waiting.begun.connect(self._choose)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._build_draft())
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self._state = label("", "dim")
        self._start = QPushButton(_("Import"))
        self._start.setObjectName("import.start")
        self._start.setProperty("role", "primary")
        self._start.setDefault(True)
        self._start.setEnabled(False)
        self._start.clicked.connect(self._run)
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        row.addWidget(self._state, 1)
        row.addWidget(cancel)
        row.addWidget(self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _build_draft(self) -> QWidget:
        draft = frame("plain")
        self._name = label("", "title")
        another = QPushButton(_("Another file…"))
        another.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(another)
        self._choices = ImportChoices()
        self._choices.changed.connect(self._options_changed)
        self._problem, self._why = _banner()
        self._words_heading, self._words = SectionHeading(_("What these words mean")), ImportWords()
        self._words.changed.connect(self._word_changed)
        self._columns_heading, self._columns = SectionHeading(_("What the columns are")), ImportColumns()
        self._columns.changed.connect(self._field_changed)
        left = frame("plain")
        pile = QVBoxLayout(left)
        pile.setContentsMargins(20, 0, 12, 12)
        pile.setSpacing(6)
        for heading, body in ((self._words_heading, self._words), (self._columns_heading, self._columns)):
            pile.addWidget(heading)
            pile.addWidget(body)
        self._words.setContentsMargins(0, 0, 0, 12)
        pile.addStretch(1)
        self._outlook = ImportOutlook(self._parts.look)
        self._outlook.save_wanted.connect(self._ask_where_to_save)
        right = frame("plain")
        beside = QVBoxLayout(right)
        beside.setContentsMargins(16, 0, 20, 12)
        beside.addWidget(self._outlook)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(scrolling(left))
        split.addWidget(right)
        split.setSizes(_SPLIT)
        column = QVBoxLayout(draft)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(12)
        top = QVBoxLayout()
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(12)
        top.addLayout(head)
        top.addWidget(self._choices)
        top.addWidget(self._problem)
        column.addLayout(top)
        column.addWidget(split, 1)
        return draft

    # --- what the person tells ---------------------------------------------------------------------------------------

    @Slot()
    def _choose(self) -> None:
        place = self._path.parent if self._path else self._parts.bridge.desk.path.parent
        ask_import(self, place, self.take)

    @Slot(object)
    def _options_changed(self, options: ImportOptions) -> None:
        anew = options.what != self._told.options.what
        self._told = Told(options) if anew else Told(options, self._told.fields, self._told.words)
        self._look_again()

    @Slot(str, str)
    def _field_changed(self, header: str, wanted: str) -> None:
        self._told = self._told.with_field(header, wanted)
        self._look_again()

    @Slot(str, str, str)
    def _word_changed(self, header: str, cell: str, meaning: str) -> None:
        self._told = self._told.with_word(header, cell, meaning)
        self._look_again()

    def _look_again(self) -> None:
        if self._path is None:
            return
        self._asked += 1
        asked, desk, data, name, told = self._asked, self._parts.bridge.desk, self._data, self._path.name, self._told
        if len(data) < SMALL:
            self._show(asked, look(desk, data, name, told))
            return
        self._start.setEnabled(False)
        self._state.setText(_("Reading…"))

        def work(progress: Progress) -> Looked:
            return look(desk, data, name, told, progress)

        self._parts.jobs.read("", work, partial(self._show, asked))

    def done(self, result: int) -> None:
        """Nobody waits any more for what is still being read."""
        self._asked += 1
        super().done(result)

    # --- what comes of it --------------------------------------------------------------------------------------------

    def _show(self, asked: int, looked: Looked) -> None:
        if asked != self._asked:
            return
        self._looked = looked
        self._choices.show_looked(looked)
        self._why.setText(problem_sentence(looked.problem) if looked.problem else "")
        present(self._problem, shown=looked.problem is not None)
        words = self._words.show_looked(looked)
        for part in (self._words_heading, self._words):
            present(part, shown=words)
        self._columns.show_looked(looked)
        present(self._columns_heading, shown=looked.table is not None)
        self._columns_heading.say(_("What the columns are"), len(looked.table.headers) if looked.table else None)
        self._outlook.show_looked(looked)
        self._say_state(looked)

    def _say_state(self, looked: Looked) -> None:
        report = looked.report
        coming = report.created + report.updated if report else 0
        self._start.setEnabled(bool(coming))
        count = format_number(coming)
        self._start.setText(
            ngettext("Import {count} row", "Import {count} rows", coming, count=count) if coming else _("Import")
        )
        if report is not None and not coming:
            self._state.setText(_("There is nothing new in this file."))
        elif report is not None:
            self._state.setText(_("A backup is made before; undo takes all of it back."))
        else:
            self._state.setText("")

    @Slot()
    def _run(self) -> None:
        looked = self._looked
        if looked is None or looked.plan is None or looked.report is None:
            return
        if _begin(self._parts, looked.plan, looked.report):
            self.accept()
        else:
            self._state.setText(_("Something else is being written. Wait until it has ended."))

    @Slot()
    def _ask_where_to_save(self) -> None:
        if self._path is not None:
            place = self._path.with_name(_("{name} - left out", name=self._path.stem) + ".csv")
            ask_save(self, place, _("Save the rows that are left out"), _("Tables (*.csv)"), "csv", self._save)

    def _save(self, path: str) -> None:
        looked, source = self._looked, self._path
        if looked is None or looked.plan is None or looked.report is None or source is None:
            return
        try:
            refuse_same_file(Path(path), source, self._parts.bridge.desk.path)
            with text_file(Path(path), "utf-8") as out:
                write_rejected(looked.plan, looked.report, out)
        except Problem as problem:
            self._parts.bridge.explain(problem)
        else:
            self._state.setText(_("Saved: {file}", file=Path(path).name))


def _begin(parts: Parts, plan: ImportPlan, tried: ImportReport) -> bool:
    """Take the file in, in a thread of its own; what came of it is told with the way back."""
    desk, bridge = parts.bridge.desk, parts.bridge

    def work(progress: Progress) -> ImportReport:
        return run_import(desk, plan, progress)

    def tell(report: ImportReport) -> None:
        bridge.tell(result_sentence(plan.file, report, tried), Done(report, report.batch))

    return parts.jobs.write(_("Importing {file}", file=plan.file), work, tell)


def _banner() -> tuple[QFrame, QLabel]:
    """A place for what stands in the way."""
    ground, text = frame("warn"), label("", wrap=True)
    text.setObjectName("import.problem")
    inside = QHBoxLayout(ground)
    inside.setContentsMargins(12, 8, 12, 8)
    inside.addWidget(text)
    return ground, text
