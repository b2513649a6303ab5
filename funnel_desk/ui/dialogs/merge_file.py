"""Merging a colleague's file: what would come, in words and by example, and then all of it or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_moment, format_number, ngettext, translate_problem
from funnel_desk.progress import Progress
from funnel_desk.ui.bridge import said
from funnel_desk.ui.dialogs.files import ask_merge
from funnel_desk.ui.merge_words import Recorded, merge_words
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.route import ShowMerge
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import Elided, SectionHeading, frame, label, present
from funnel_desk.ui.widgets.row_table import RowTable

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.operations.sharing import Outlook

_SIZE = (720, 520)
_WIDTHS = [170, 120, 320, 90]
_WHAT = 2
_MOST_COLLEAGUES = 4


def ask_merge_file(window: QWidget, parts: Parts) -> None:
    """Ask which file, then show what it would bring."""
    ask_merge(window, parts.bridge.desk.path.parent, lambda path: start_merge(window, parts, path))


def start_merge(window: QWidget, parts: Parts, path: str) -> None:
    """Show what merging this file would bring."""
    MergeDialog(window, parts, Path(path)).open()


class MergeDialog(QDialog):
    """One page. The file is read apart from the window; a hostile or damaged one is told in a sentence."""

    def __init__(self, window: QWidget, parts: Parts, path: Path) -> None:
        super().__init__(window)
        self.setObjectName("merge")
        self.setWindowTitle(_("Merge a file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._window, self._parts, self._path = window, parts, path
        self._reading = False
        self._outlook: Outlook | None = None
        self._build()
        self._read()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever closes it does not want the reading to go on."""
        self._stop()
        super().closeEvent(event)

    def reject(self) -> None:
        """Leave, and stop what is still being read."""
        self._stop()
        super().reject()

    def _stop(self) -> None:
        if self._reading:
            self._parts.jobs.cancel()
            self._reading = False

    def _build(self) -> None:
        look = self._parts.look
        self._name = Elided(self._path.name, "title", name="merge.file")
        self._what = label(_("Reading the file…"), "name", wrap=True, name="merge.what")
        self._who = label("", "dim", wrap=True, name="merge.who")
        self._again = QCheckBox(_("Bring back what of it was withdrawn here"))
        self._again.setObjectName("merge.again")
        self._again.setChecked(True)
        self._again.toggled.connect(self._offer)
        self._before = label("", "warn", wrap=True, name="merge.before")
        self._model = TextTableModel(self)
        self._model.show_table(_headers(), [])
        self._heading = SectionHeading(_("The newest acts in it"))
        self.table = RowTable(look, _("The newest acts in it"), self._model, _WIDTHS, _WHAT)
        self.table.setObjectName("merge.acts")
        self._note = label(
            _("A backup is made first. All of it comes in or nothing, and a merge can be withdrawn as a whole."),
            "note",
            wrap=True,
        )
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("merge.cancel")
        cancel.clicked.connect(self.reject)
        self.start = QPushButton(_("Merge this file"), self)
        self.start.setObjectName("merge.start")
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self._run)
        body = QVBoxLayout()
        body.setContentsMargins(20, 16, 20, 12)
        body.setSpacing(8)
        for part in (self._name, self._what, self._who, self._before, self._again, self._heading):
            body.addWidget(part)
        body.addWidget(self.table, 1)
        body.addStretch(0)
        body.addWidget(self._note)
        foot = frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body, 1)
        column.addWidget(foot)
        for later in (self._who, self._before, self._again, self._heading, self.table):
            present(later, shown=False)

    def _read(self) -> None:
        from funnel_desk.operations.sharing import look_into

        desk, path = self._parts.bridge.desk, self._path

        def work(progress: Progress) -> "Outlook | Problem":
            try:
                return look_into(desk, path, progress=progress)
            except Problem as problem:
                return problem

        self._reading = True
        self._parts.jobs.read(_("Reading {file}", file=path.name), work, self._show)

    def _show(self, found: "Outlook | Problem") -> None:
        if not self._reading:
            return
        self._reading = False
        if isinstance(found, Problem):
            self._what.setText(translate_problem(found))
            present(self._note, shown=False)
            return
        self._outlook = found
        self._what.setText(merge_words(found.merge))
        self._who.setText(_colleagues(found))
        self._before.setText(
            ngettext(
                "{count} act of it was withdrawn here.",
                "{count} acts of it were withdrawn here.",
                found.withdrawn,
                count=format_number(found.withdrawn),
            )
        )
        zone = self._parts.bridge.desk.workspace.time_zone
        self._model.show_table(
            _headers(),
            [
                (format_moment(act.at, zone), act.author, said(act), format_number(act.changes))
                for act in found.examples
            ],
            figures=(3,),
        )
        for part, is_shown in (
            (self._who, bool(found.colleagues)),
            (self._before, found.withdrawn > 0),
            (self._again, found.withdrawn > 0),
            (self._heading, bool(found.examples)),
            (self.table, bool(found.examples)),
        ):
            present(part, shown=is_shown)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        why = self._parts.bridge.why_closed()
        self.start.setEnabled(self._outlook is not None and bool(self._outlook.merge.new_changes) and not why)
        self.start.setToolTip(why)

    @Slot()
    def _run(self) -> None:
        from funnel_desk.operations.sharing import merge_file

        desk, path, again = self._parts.bridge.desk, self._path, self._again.isChecked()
        self.accept()
        self._parts.jobs.write(
            _("Merging {file}", file=path.name),
            lambda progress: merge_file(desk, path, again=again, progress=progress),
            self._tell,
        )

    def _tell(self, found: Recorded) -> None:
        bridge = self._parts.bridge
        bridge.tell(_("{file} is merged: {what}.", file=self._path.name, what=merge_words(found)))
        if found.record:
            self._parts.route.go("history", ShowMerge(found.record))


def _headers() -> tuple[str, ...]:
    return _("When"), _("By whom"), _("What was done"), _("Changes")


def _colleagues(found: "Outlook") -> str:
    """Whose acts they are: "Ann: 12 acts, 37 changes"."""
    lines = []
    for one in found.colleagues[:_MOST_COLLEAGUES]:
        acts = ngettext("{count} act", "{count} acts", one.acts, count=format_number(one.acts))
        changes = ngettext("{count} change", "{count} changes", one.changes, count=format_number(one.changes))
        lines.append(_("{who}: {acts}, {changes}", who=one.author or _("Somebody"), acts=acts, changes=changes))
    rest = len(found.colleagues) - _MOST_COLLEAGUES
    if rest > 0:
        lines.append(ngettext("and {count} more", "and {count} more", rest, count=format_number(rest)))
    return " · ".join(lines)
