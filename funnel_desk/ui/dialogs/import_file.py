"""The import dialog: a table, what is understood of it, what will happen with each row, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
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
from funnel_desk.ui.dialogs.import_draft import Looked, Told, glimpse, look
from funnel_desk.ui.dialogs.import_frame import banner, foot_button, one_file
from funnel_desk.ui.dialogs.import_mapping import ImportMapping
from funnel_desk.ui.dialogs.import_memory import forget, recalled, remember
from funnel_desk.ui.dialogs.import_outlook import ImportOutlook
from funnel_desk.ui.dialogs.import_reading import ImportReading
from funnel_desk.ui.dialogs.import_result import ImportResult
from funnel_desk.ui.dialogs.import_sentences import page_of, problem_sentence, result_sentence
from funnel_desk.ui.route import ShowActs
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.segmented import Segmented

SMALL = 10_000
"""A file of fewer bytes is read at once, a larger one apart from the window."""

_SIZE = (1080, 680)
_PAGES = ("file", "columns", "outlook")
_WAITING, _RESULT = 0, len(_PAGES) + 1


def start_import(window: QWidget, parts: Parts, file: str = "") -> None:
    """Open the import dialog over the window, with a file if there is one already (it was dropped, say)."""
    ImportDialog(window, parts, file).open()


class ImportDialog(QDialog):
    """One file, from choosing it to the act that takes it in; that runs on if the dialog is closed meanwhile."""

    def __init__(self, window: QWidget, parts: Parts, file: str = "") -> None:
        super().__init__(window)
        self.setObjectName("import")
        self.setWindowTitle(_("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(_SIZE[0], _SIZE[1])
        self._parts = parts
        self._path: Path | None = None
        self._file = ""
        self._data = b""
        self._told = Told()
        self._looked: Looked | None = None
        self._first = True
        self._asked = 0
        self._running = False
        self._batch: str | None = None
        self._build()
        parts.jobs.advanced.connect(self._advance)
        parts.jobs.stopped.connect(self._stopped)
        parts.jobs.failed.connect(self._stopped)
        if file:
            self.take(Path(file))

    @Slot(str)
    def take(self, path: Path | str) -> None:
        """Begin with a file; one that cannot be read is told, and the dialog waits for another."""
        try:
            data = read_file(Path(path))
        except Problem as problem:
            self._parts.bridge.explain(problem)
            return
        self._path = Path(path)
        self._begin(data, self._path.name)

    @Slot()
    def paste(self) -> None:
        """Begin with what was copied in a spreadsheet, or with a file that was copied."""
        copied = QGuiApplication.clipboard().mimeData()
        path = one_file(copied)
        if path:
            self.take(path)
        elif copied.hasText() and copied.text().strip():
            self._path = None
            self._begin(copied.text().encode(), _("Pasted rows"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes what was copied; a field that is being written in takes it itself."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._running:
            self.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if one_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file that was dropped."""
        path = one_file(event.mimeData())
        if path and not self._running:
            event.acceptProposedAction()
            self.take(path)

    # --- what it is made of ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look_of = self._parts.look
        sentence = _("Drop a table here, choose one, or paste rows that were copied in a spreadsheet (Ctrl+V).")
        self._waiting = EmptyState(look_of, "import", sentence, _("Choose a file…"))
        self._waiting.begun.connect(self._choose)
        self._reading, self._mapping = ImportReading(look_of), ImportMapping(self._parts)
        self._outlook, self._result = ImportOutlook(look_of), ImportResult()
        self._outlook.setContentsMargins(20, 0, 20, 12)
        self._stack = QStackedWidget()
        for page in (self._waiting, self._reading, self._mapping, self._outlook, self._result):
            self._stack.addWidget(page)
        self._head = self._build_head()
        self._problem, self._why = banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._problem)
        column.addSpacing(12)
        column.addWidget(self._stack, 1)
        column.addWidget(self._build_foot())
        for part in (self._reading, self._outlook.choices):
            part.changed.connect(self._options_changed)
        self._reading.forgotten.connect(self._forget)
        self._mapping.field_changed.connect(self._field_changed)
        self._mapping.word_changed.connect(self._word_changed)
        self._mapping.add_stages.connect(lambda on: self._options_changed(replace(self._told.options, add_stages=on)))
        self._outlook.wipe.connect(lambda on: self._options_changed(replace(self._told.options, wipe_empty=on)))
        self._outlook.same.connect(self._same_changed)
        self._outlook.save_wanted.connect(self._ask_where_to_save)
        self._result.stop.connect(self._parts.jobs.cancel)
        self._result.undo.connect(self._undo)
        self._result.save.connect(self._ask_where_to_save)
        self._result.history.connect(self._show_history)
        self._go(_WAITING)

    def _build_head(self) -> QWidget:
        head = frame("plain")
        self._name = Elided("", "title", name="import.file")
        texts = (_("File"), _("Columns"), _("What will happen"))
        self.pages = Segmented(list(zip(_PAGES, texts, strict=True)), _("Page"))
        self.pages.setObjectName("import.pages")
        self.pages.chosen.connect(lambda key: self._go(1 + _PAGES.index(key)))
        another = QPushButton(_("Another file…"))
        another.setObjectName("import.another")
        another.clicked.connect(self._choose)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 16, 20, 12)
        row.setSpacing(12)
        row.addWidget(self._name, 1)
        row.addWidget(self.pages)
        row.addWidget(another)
        return head

    def _build_foot(self) -> QWidget:
        self._cancel = foot_button("import.cancel", _("Cancel"), self.reject)
        self._back = foot_button("import.back", _("Back"), lambda: self._go(self._stack.currentIndex() - 1))
        self._next = foot_button("import.next", _("Next"), lambda: self._go(self._stack.currentIndex() + 1))
        self._start = foot_button("import.start", _("Import"), self._run)
        self._start.setProperty("role", "primary")
        self._start.setEnabled(False)
        self._state = label("", "dim", name="import.state")
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        row.addWidget(self._state, 1)
        for button in (self._cancel, self._back, self._next, self._start):
            row.addWidget(button)
        return foot

    def _go(self, page: int) -> None:
        """Show a page, with the buttons that lead from it."""
        self._stack.setCurrentIndex(page)
        drafting = _WAITING < page < _RESULT
        if drafting:
            self.pages.set_key(_PAGES[page - 1])
        present(self._head, shown=drafting)
        present(self._problem, shown=drafting and bool(self._why.text()))
        present(self._back, shown=drafting and page > 1)
        present(self._next, shown=drafting and page < len(_PAGES))
        present(self._start, shown=drafting)
        self._cancel.setText(_("Close") if page == _RESULT else _("Cancel"))
        (self._start if page == len(_PAGES) else self._next).setDefault(True)

    # --- what the person tells ---------------------------------------------------------------------------------------

    @Slot()
    def _choose(self) -> None:
        place = self._path.parent if self._path else self._parts.bridge.desk.path.parent
        ask_import(self, place, self.take)

    def _begin(self, data: bytes, file: str) -> None:
        self._data, self._file = data, file
        self._told, self._looked, self._first = Told(), None, True
        self._name.setText(file)
        self._name.setToolTip(str(self._path or ""))
        self._go(1)
        self._look_again()

    @Slot(object)
    def _options_changed(self, options: ImportOptions) -> None:
        known = self._told.options
        anew = (options.what, options.any_kind, options.sheet) != (known.what, known.any_kind, known.sheet)
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

    @Slot(object)
    def _same_changed(self, lines: Sequence[tuple[int, str]]) -> None:
        self._told = self._told.with_same(lines)
        self._look_again()

    @Slot()
    def _forget(self) -> None:
        if self._looked is not None and self._looked.table is not None:
            forget(self._parts.memory, self._looked.table.headers)
        self._told = Told()
        self._look_again()

    def _look_again(self) -> None:
        self._asked += 1
        asked, desk, data, file, told = self._asked, self._parts.bridge.desk, self._data, self._file, self._told
        recall = partial(recalled, self._parts.memory) if self._first else None
        before = None if self._first else self._looked
        if len(data) < SMALL:
            self._show(asked, look(desk, data, file, told, recall=recall, before=before))
            return
        self._start.setEnabled(False)
        self._state.setText(_("Reading…"))
        if before is None and (seen := glimpse(data, told)) is not None:
            self._reading.show_table(seen)

        def work(progress: Progress) -> Looked:
            return look(desk, data, file, told, progress, recall=recall, before=before)

        self._parts.jobs.read("", work, partial(self._show, asked))

    def done(self, result: int) -> None:
        """Nobody waits any more for what is still being read."""
        self._asked += 1
        super().done(result)

    # --- what comes of it --------------------------------------------------------------------------------------------

    def _show(self, asked: int, looked: Looked) -> None:
        if asked != self._asked:
            return
        self._looked, self._told = looked, looked.told
        self._why.setText(problem_sentence(looked.problem) if looked.problem else "")
        present(self._problem, shown=looked.problem is not None)
        steps = (
            lambda: self._reading.show_looked(looked, self._data, self._file),
            lambda: self._mapping.show_looked(looked),
            lambda: self._outlook.show_looked(looked, self._file),
            lambda: self._shown(looked),
        )
        self._one_by_one(asked, steps, apart=len(self._data) >= SMALL)

    def _one_by_one(self, asked: int, steps: Sequence[Callable[[], None]], *, apart: bool) -> None:
        """The pages of a large file are filled in turns of their own, so that the window stays quick."""
        if asked != self._asked or not steps:
            return
        steps[0]()
        if apart:
            QTimer.singleShot(0, self, lambda: self._one_by_one(asked, steps[1:], apart=True))
        else:
            self._one_by_one(asked, steps[1:], apart=False)

    def _shown(self, looked: Looked) -> None:
        if looked.problem is not None and self._first:
            self._go(1 + _PAGES.index(page_of(looked.problem)))
            self._reading.wrong.setChecked(page_of(looked.problem) == _PAGES[0])
        self._first = False
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
        if looked is None or looked.plan is None or looked.report is None or looked.table is None:
            return
        plan, tried, bridge, desk = looked.plan, looked.report, self._parts.bridge, self._parts.bridge.desk

        def work(progress: Progress) -> ImportReport:
            return run_import(desk, plan, progress)

        def tell(report: ImportReport) -> None:
            bridge.tell(result_sentence(plan.file, report, tried), Done(report, report.batch))
            self._finish(asked, plan, report)

        self._asked += 1
        asked = self._asked
        if not self._parts.jobs.write(_("Importing {file}", file=plan.file), work, tell):
            self._state.setText(_("Something else is being written. Wait until it has ended."))
            return
        remember(self._parts.memory, looked.table.headers, looked.told)
        self._running = True
        self._result.begin(plan.file)
        self._state.setText("")
        self._go(_RESULT)

    def _finish(self, asked: int, plan: ImportPlan, report: ImportReport) -> None:
        if asked != self._asked:
            return
        self._running, self._batch = False, report.batch
        self._result.show_report(plan.file, report)

    @Slot(int, int, str)
    def _advance(self, done: int, total: int, what: str) -> None:
        if self._running:
            self._result.advance(done, total, what)

    @Slot()
    def _stopped(self) -> None:
        if self._running:
            self._running = False
            self._go(len(_PAGES))
            self._state.setText(_("Stopped. Nothing was changed."))

    @Slot()
    def _undo(self) -> None:
        if self._batch is not None:
            self._parts.bridge.undo(self._batch)
            self.accept()

    @Slot()
    def _show_history(self) -> None:
        self.accept()
        self._parts.route.go("history", ShowActs("import"))

    @Slot()
    def _ask_where_to_save(self) -> None:
        source = self._path or self._parts.bridge.desk.path
        place = source.with_name(_("{name} - left out", name=Path(self._file).stem) + ".csv")
        ask_save(self, place, _("Save the rows that are left out"), _("Tables (*.csv)"), "csv", self._save)

    def _save(self, path: str) -> None:
        looked, source = self._looked, self._path
        if looked is None or looked.plan is None or looked.report is None:
            return
        try:
            refuse_same_file(Path(path), *([source] if source else []), self._parts.bridge.desk.path)
            with text_file(Path(path), "utf-8") as out:
                write_rejected(looked.plan, looked.report, out)
        except Problem as problem:
            self._parts.bridge.explain(problem)
        else:
            self._state.setText(_("Saved: {file}", file=Path(path).name))
