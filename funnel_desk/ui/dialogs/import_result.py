"""The last page: an import while it runs, and what came of it, with the way back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from funnel_desk.exchange.importing import ImportReport
from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.labels import Elided, label, present


class ImportResult(QWidget):
    """`stop`, `undo`, `save` and `history` tell what the person wants."""

    stop = Signal()
    undo = Signal()
    save = Signal()
    history = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Elided("", "title", name="import.result")
        self._doing = label("", "dim", name="import.doing")
        self.bar = QProgressBar()
        self.bar.setObjectName("import.progress")
        self.bar.setAccessibleName(_("How far the import is"))
        self.bar.setTextVisible(False)
        self.counts = FigureList()
        self._notes = label("", "note", wrap=True)
        self.buttons = {
            name: self._button(name, text, signal)
            for name, text, signal in (
                ("stop", _("Stop; take nothing in"), self.stop),
                ("undo", _("Undo this import"), self.undo),
                ("save", _("Save the rows that were left out…"), self.save),
                ("history", _("Show all imports"), self.history),
            )
        }
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 12)
        column.setSpacing(10)
        for part in (self._title, self._doing, self.bar, self.counts, self._notes):
            column.addWidget(part)
        column.addLayout(row)
        column.addStretch(1)

    def begin(self, file: str) -> None:
        """It runs now."""
        self._title.setText(_("Importing {file}", file=file))
        self.bar.setRange(0, 0)
        self._notes.setText(_("Everything comes in, or nothing. This window may be closed; the import goes on."))
        self._doing.setText("")
        self._show(running=True, report=None)

    @Slot(int, int, str)
    def advance(self, done: int, total: int, what: str) -> None:
        """How far it is."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self._doing.setText(
            _(
                "{what}: {done} of {total}",
                what=what or _("Rows"),
                done=format_number(done),
                total=format_number(total),
            )
        )

    def show_report(self, file: str, report: ImportReport) -> None:
        """What came of it."""
        coming = report.created + report.updated
        said = ngettext("{count} row of {file} is in", "{count} rows of {file} are in", coming, file=file, count=coming)
        self._title.setText(said)
        self.counts.show_lines(
            [
                (_("New"), format_number(report.created)),
                (_("Changed"), format_number(report.updated)),
                (_("The same as before"), format_number(report.unchanged)),
                (_("Possible duplicates"), format_number(len(report.alike))),
                (_("Left out"), format_number(report.rejected)),
            ]
        )
        backup = [note.reason for note in report.warnings if note.line is None and note.column is None]
        self._notes.setText(" ".join(dict.fromkeys(backup)))
        self._show(running=False, report=report)

    def _show(self, *, running: bool, report: ImportReport | None) -> None:
        for part in (self.bar, self._doing, self.buttons["stop"]):
            present(part, shown=running)
        present(self.counts, shown=report is not None)
        present(self.buttons["undo"], shown=report is not None and report.batch is not None)
        present(self.buttons["save"], shown=report is not None and bool(report.rejected))
        present(self.buttons["history"], shown=report is not None)
        present(self._notes, shown=bool(self._notes.text()))

    def _button(self, name: str, text: str, signal: object) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"import.{name}")
        made.clicked.connect(lambda _checked=False: signal.emit())  # type: ignore[attr-defined]  # a bound signal
        return made
