"""The past of one thing: every change of a deal, company, contact or pipeline, and the way back from each."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.i18n import _, format_moment
from funnel_desk.ui.bridge import said
from funnel_desk.ui.models.changes import ChangesModel
from funnel_desk.ui.route import PastOf
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.changes_table import ChangesTable
from funnel_desk.ui.widgets.labels import Elided, frame, key_hint

_KEY = "U"
_MARGIN = 16
_INSET = 8


class PastPane(QWidget):
    """The newest change first; what does not count any more is struck out and says who took it back. `left`: enough."""

    left = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._bridge = parts.bridge
        self._of = PastOf("", "")
        self.model = ChangesModel(parts.bridge, story=True, parent=self)
        self.table = ChangesTable(parts, self.model, _("What happened to it"), "past.table")
        self.setFocusProxy(self.table)
        self._what, self._when = Elided("", "name"), Elided("", "note")
        self._take_back = QPushButton(_("Take this act back here"))
        self._take_back.setObjectName("past.take_back")
        self._take_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_back.clicked.connect(self.take_back)
        back = QPushButton(_("Back"))
        back.setObjectName("past.back")
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(self.left)
        self._hint = key_hint(_KEY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inset = QHBoxLayout()
        inset.setContentsMargins(_INSET, 8, _INSET, 0)
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
        for beside in (self._hint, self._take_back, back):
            row.addWidget(beside)
        column.addWidget(foot)
        for key, then in ((_KEY, self.take_back), ("Esc", self.left.emit)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)

    def title(self) -> str:
        """What the top bar says."""
        return _("The past of “{name}”", name=self._of.name)

    def show_past(self, of: PastOf) -> None:
        """Show the past of this."""
        self._of = of
        self.refresh()
        self.table.choose(0)

    @Slot()
    def refresh(self) -> None:
        """Ask again; the person stays at the change that was chosen."""
        from funnel_desk.queries.changes import keys_of_root

        chosen = self.model.key(self.table.currentIndex())
        self.model.show_keys(self._bridge.ask(keys_of_root, self._of.root))
        self.table.choose(max(0, -1 if chosen is None else self.model.place_of(chosen)))
        self._show_chosen()

    @Slot()
    def take_back(self) -> None:
        """Take the act of the chosen change out of this one thing."""
        row = self.model.row_at(self.table.currentIndex())
        if row is not None and self._take_back.isEnabled():
            self._bridge.take_back_from(row.batch, self._of.root, self._of.name)

    @Slot()
    def _show_chosen(self, _current: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        row = self.model.row_at(self.table.currentIndex())
        why = self._bridge.why_closed()
        if row is None:
            self._what.setText("")
            self._when.setText("")
        else:
            words = said(row)
            self._what.setText(words)
            self._what.setToolTip(words)
            when = format_moment(row.at, self._bridge.desk.workspace.time_zone, "long")
            self._when.setText(" · ".join(part for part in (when, row.author) if part))
            if row.act == "new":
                why = _("Here the file begins; that cannot be taken back.")
            elif row.undone:
                why = _("This is taken back already; the list of acts brings it again.")
        self._take_back.setEnabled(row is not None and not why)
        self._take_back.setToolTip(why or _("Elsewhere the act stands"))
        self._hint.setEnabled(self._take_back.isEnabled())
