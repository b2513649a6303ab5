"""The acts of the history: search and filters, the list, each change of the one that is chosen, and the ways back."""

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.models.acts import ActsModel
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.history.detail import ActDetail
from funnel_desk.ui.views.history.foot import ActFoot
from funnel_desk.ui.widgets.acts_table import ActsTable
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.master_detail import MasterDetail

UNDO_KEY, BACK_KEY = "U", "G"
_KINDS = (
    ("", N_("All kinds")),
    ("import", N_("Imports")),
    ("merged", N_("Came by a merge")),
    ("undoing", N_("Undo and redo")),
)
_MARGIN = 16
_SEARCH_WIDTH = 220
_SHARES = (660, 436)
_WAIT_MS = 150


class ActsPane(QWidget):
    """The newest act first; the one chosen can be taken back or brought back, or all since it. `changed`: the list."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.model = ActsModel(parts.bridge, self)
        self.table = ActsTable(parts.look, self.model)
        self.detail = ActDetail(parts)
        self.foot = ActFoot(parts, UNDO_KEY, BACK_KEY)
        self._make_filters()
        self._empty = EmptyState(parts.look, "history", _("Whatever you do is kept here, and can be taken back."))
        self._none = label(_("No act is like this."), "dim", wrap=True)
        self._both = MasterDetail(parts.look, self._build_list(), self.detail, _SHARES)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        for key, act in ((UNDO_KEY, self.foot.turn), (BACK_KEY, self.foot.look_back)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.activated.connect(lambda _index: self._both.open_detail())
        self.refresh()

    def count(self) -> int:
        """How many acts are listed."""
        return self.model.rowCount()

    @Slot()
    def refresh(self) -> None:
        """Ask again; the person stays at the act that was chosen."""
        chosen = self.model.key(self.table.currentIndex())
        self._fill_authors()
        self.model.reload(self._words(), self.author.currentData() or "", self.kind.currentData() or "")
        filtered = self._is_filtered()
        self._stack.setCurrentIndex(0 if self.model.rowCount() or filtered else 1)
        present(self._none, shown=filtered and not self.model.rowCount())
        place = -1 if chosen is None else self.model.place_of(chosen)
        self.table.choose(max(0, place))
        self._show_chosen()
        self.changed.emit()

    def show_kind(self, kind: str) -> None:
        """List the acts of one kind."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.refresh()

    def start_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _is_filtered(self) -> bool:
        return bool(self._words() or self.author.currentData() or self.kind.currentData())

    def _words(self) -> tuple[str, ...]:
        return tuple(folded(self.search.text()).split())

    def _make_filters(self) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("history.search")
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search the history"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.author, self.kind = QComboBox(), QComboBox()
        for combo, name, spoken in (
            (self.author, "history.author", _("By whom")), (self.kind, "history.kind", _("Kind of act")),
        ):  # fmt: skip
            combo.setObjectName(name)
            combo.setAccessibleName(spoken)
            combo.setToolTip(spoken)
            combo.activated.connect(self.refresh)
        for key, text in _KINDS:
            self.kind.addItem(translate(text), key)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT_MS)
        self._waiting.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._waiting.start())

    def _fill_authors(self) -> None:
        from funnel_desk.queries.history import labels_and_authors

        _labels, authors = self._parts.bridge.ask(labels_and_authors)
        wanted = ["", *authors]
        if [self.author.itemData(place) for place in range(self.author.count())] == wanted:
            return
        chosen = self.author.currentData()
        self.author.clear()
        for author in wanted:
            self.author.addItem(author or _("Everybody"), author)
        self.author.setCurrentIndex(max(0, self.author.findData(chosen)))
        present(self.author, shown=len(authors) > 1)

    def _build(self) -> QWidget:
        whole = frame("plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._both, 1)
        column.addWidget(self.foot)
        return whole

    def _build_list(self) -> QFrame:
        made = frame("plain")
        filters = FlowLayout()
        for part in (self.search, self.author, self.kind):
            filters.addWidget(part)
        column = QVBoxLayout(made)
        column.setContentsMargins(_MARGIN // 2, 0, 0, 0)
        column.setSpacing(4)
        inset = QVBoxLayout()
        inset.setContentsMargins(_MARGIN // 2, 0, _MARGIN // 2, 4)
        inset.addLayout(filters)
        inset.addWidget(self._none)
        column.addLayout(inset)
        column.addWidget(self.table, 1)
        return made

    @Slot()
    def _show_chosen(self, _current: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self.foot.show_act(row)
        self.detail.show_act(row)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if not self.table.indexAt(place).isValid():
            return
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, then in ((self.foot.undo, self.foot.turn), (self.foot.back, self.foot.look_back)):
            act = QAction(button.text(), menu)
            act.setEnabled(button.isEnabled())
            act.triggered.connect(partial(_call, then))
            menu.addAction(act)
        menu.popup(self.table.viewport().mapToGlobal(place))


def _call(then: object, _checked: bool = False) -> None:
    if callable(then):
        then()
