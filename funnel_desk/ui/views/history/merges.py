"""The merges: what came by each, and the way back from it."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_moment
from funnel_desk.queries.merges import MergeRow, merges
from funnel_desk.ui.merge_words import merge_words
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import Elided, frame, present
from funnel_desk.ui.widgets.row_table import RowTable

_MARGIN = 16
_INSET = 8
_WIDTHS = [170, 170, 120, 260, 90]
_WORDS = 3


class MergesPane(QWidget):
    """The newest merge first; it can be withdrawn, here only, and brought back."""

    disagreements_wanted = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._bridge = parts, parts.bridge
        self._rows: list[MergeRow] = []
        self._model = TextTableModel(self)
        self._model.show_table(_headers(), [])
        self.table = RowTable(parts.look, _("Merges"), self._model, _WIDTHS, _WORDS)
        self.table.setObjectName("merges.table")
        self._what, self._when = Elided("", "name"), Elided("", "note")
        self.turn = _button("", "merges.turn")
        self.turn.clicked.connect(self._turn)
        self.look = _button(_("Look at the disagreements"), "merges.disagreements")
        self.look.clicked.connect(self.disagreements_wanted)
        self._empty = EmptyState(
            parts.look,
            "customers",
            _("Share your file, merge a colleague's: each of you keeps all, and nobody's work is overwritten."),
            _("Merge a file…"),
        )
        self._empty.begun.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)

    def count(self) -> int:
        """How many merges are listed."""
        return len(self._rows)

    @Slot()
    def refresh(self) -> None:
        """Ask again; the person stays at the merge that was chosen."""
        chosen = self._chosen()
        self._rows = self._bridge.ask(merges)
        zone = self._bridge.desk.workspace.time_zone
        self._model.show_table(
            _headers(),
            [
                (
                    format_moment(row.at, zone),
                    row.file,
                    row.author,
                    merge_words(row),
                    _("withdrawn") if row.withdrawn else "",
                )
                for row in self._rows
            ],
        )
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self.choose(chosen.record if chosen else "")

    def choose(self, record: str) -> None:
        """Choose a merge by its record; the newest if there is none."""
        places = [place for place, row in enumerate(self._rows) if row.record == record]
        self.table.choose(places[0] if places else 0)
        self._show_chosen()

    def _chosen(self) -> MergeRow | None:
        place = self.table.currentIndex().row()
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @Slot()
    def _show_chosen(self, _current: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        row = self._chosen()
        if row is None:
            return
        self._what.setText(f"{row.file}: {merge_words(row)}")
        state = _("withdrawn: nothing of it counts here") if row.withdrawn else _("counts here")
        self._when.setText(state)
        self.turn.setText(_("Bring it back") if row.withdrawn else _("Withdraw this merge"))
        why = self._bridge.why_closed()
        self.turn.setEnabled(not why)
        self.turn.setToolTip(why or _("Here only: your colleague's file stays as it is"))
        present(self.look, shown=bool(row.conflicts) and not row.withdrawn)

    @Slot()
    def _turn(self) -> None:
        from funnel_desk.operations.sharing import bring_back_merge

        row, desk, bridge = self._chosen(), self._bridge.desk, self._bridge
        if row is None or self._bridge.refuses():
            return
        if row.withdrawn:
            told = _("{file} counts again.", file=row.file)
            self._parts.jobs.write(
                _("Bringing the merge back"),
                lambda _progress: bring_back_merge(desk, row.record),
                lambda _count: bridge.tell(told),
            )
        else:
            told = _("{file} is withdrawn: nothing of it counts here.", file=row.file)
            self._parts.jobs.write(
                _("Withdrawing the merge"), lambda _progress: desk.undo(row.record), lambda _found: bridge.tell(told)
            )

    @Slot()
    def _begin(self) -> None:
        from funnel_desk.ui.dialogs.merge_file import ask_merge_file

        ask_merge_file(self.window(), self._parts)

    def _build(self) -> QWidget:
        whole = frame("plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QHBoxLayout()
        inset.setContentsMargins(_INSET, 0, _INSET, 0)
        inset.addWidget(self.table)
        column.addLayout(inset, 1)
        foot = frame("foot")
        words = QVBoxLayout()
        words.setSpacing(0)
        for part in (self._what, self._when):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            words.addWidget(part)
        row = QHBoxLayout(foot)
        row.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.look)
        row.addWidget(self.turn)
        column.addWidget(foot)
        return whole


def _headers() -> tuple[str, ...]:
    return _("When"), _("File"), _("By whom"), _("What came"), _("State")


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
