"""History: every act of every person, and the way back from each."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.i18n import N_, _, format_number, ngettext
from funnel_desk.ui.bridge import said
from funnel_desk.ui.models.acts import ActsModel, act_sentence
from funnel_desk.ui.view import FACTS, Caption, Page, Parts, View
from funnel_desk.ui.widgets.acts_table import ActsTable
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame, key_hint, label

_KEY = "U"
_MARGIN = 16
_INSET = 8  # a table's cells keep as much again


class HistoryPage(Page):
    """The acts, the newest first; the one chosen can be taken back, or brought back if it was."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._bridge = parts.bridge
        self.model = ActsModel(parts.bridge, self)
        self.table = ActsTable(parts.look, self.model)
        self._empty = EmptyState(parts.look, "history", _("Whatever you do is kept here, and can be taken back."))
        self._what = label("", "name")
        self._when = label("", "note")
        self._button = QPushButton()
        self._button.setObjectName("history.undo")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self.turn)
        self._hint = key_hint(_KEY)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        key = QShortcut(QKeySequence(_KEY), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.turn)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.refresh()

    def caption(self) -> Caption:
        acts = self.model.rowCount()
        return Caption(_("History"), ngettext("{count} act", "{count} acts", acts, count=format_number(acts)))

    def refresh(self) -> None:
        """Ask again; the person stays at the act that was chosen."""
        chosen = self.model.key(self.table.currentIndex())
        self.model.reload()
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        place = -1 if chosen is None else self.model.place_of(chosen)
        self.table.choose(max(0, place))
        self._show_chosen()
        self.caption_changed.emit()

    @Slot()
    def turn(self) -> None:
        """Take the chosen act back, or bring it back if it is undone; what stays as it is the message bar tells."""
        row = self.model.row_at(self.table.currentIndex())
        if row is None or not self._button.isEnabled():
            return
        self._bridge.undo(row.undone_by or row.batch)

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
        row.addWidget(self._hint)
        row.addWidget(self._button)
        column.addWidget(foot)
        return whole

    @Slot()
    def _show_chosen(self) -> None:
        row = self.model.row_at(self.table.currentIndex())
        if row is None:
            return
        self._what.setText(said(row))
        self._what.setToolTip(said(row))
        self._when.setText(act_sentence(row, self._bridge.desk.workspace.time_zone))
        self._button.setText(_("Redo this act") if row.undone_by else _("Undo this act"))
        able = row.kind != "new"
        self._button.setEnabled(able)
        self._button.setToolTip("" if able else _("Here the file begins; that cannot be taken back."))
        self._hint.setEnabled(able)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if not self.table.indexAt(place).isValid():
            return
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        act = QAction(self._button.text(), menu)
        act.setEnabled(self._button.isEnabled())
        act.triggered.connect(self.turn)
        menu.addAction(act)
        menu.popup(self.table.viewport().mapToGlobal(place))


VIEW = View(key="history", title=N_("History"), icon="history", order=7, make=HistoryPage)
