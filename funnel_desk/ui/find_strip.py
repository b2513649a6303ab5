"""Finding in the view that is shown: a narrow strip that goes from one row with these words to the next."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QTableView, QWidget

from funnel_desk.domain.search import folded
from funnel_desk.i18n import _, ngettext
from funnel_desk.ui.overlay import Overlay
from funnel_desk.ui.widgets.labels import label

_SIZE = (420, 44)
_MOST_ROWS = 5_000
"""Rows of a list that are looked through; longer lists have a search of their own."""

Place = tuple[QAbstractItemView, int, int]


class FindStrip(Overlay):
    """Enter or Down goes on, Shift+Enter or Up goes back, Escape leaves with the row chosen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "find", _("Find here"), _SIZE)
        self._page: QWidget | None = None
        self._places: list[Place] = []
        self._at = -1
        self.input = QLineEdit()
        self.input.setObjectName("find.input")
        self.input.setAccessibleName(_("Find here"))
        self.input.setPlaceholderText(_("Find in this view"))
        self._told = label("", "note", name="find.told")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.input, 1)
        row.addWidget(self._told)
        self.input.textChanged.connect(self._look)

    def open(self, page: QWidget) -> None:
        """Come for a page."""
        self._page = page
        self.come(self.input)
        self.input.selectAll()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On and back."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(-1 if back else 1)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            found = self._places[self._at][0] if 0 <= self._at < len(self._places) else None
            self.leave(back=found is None)
            if found is not None:
                found.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        event.accept()

    @Slot()
    def _look(self) -> None:
        wanted = folded(self.input.text()).split()
        self._places = list(_found(self._page, wanted)) if wanted and self._page is not None else []
        self._at = -1
        if self._places:
            self._step(1)
        else:
            self._say(_("Nothing found") if wanted else "")

    def _step(self, by: int) -> None:
        if not self._places:
            return
        self._at = (self._at + by) % len(self._places)
        view, row, column = self._places[self._at]
        model = view.model()
        if row >= model.rowCount():  # it has changed since
            self._look()
            return
        index = model.index(row, column)
        view.setCurrentIndex(index)
        view.scrollTo(index)
        count = len(self._places)
        self._say(ngettext("{place} of {n}", "{place} of {n}", count, place=self._at + 1))

    def _say(self, text: str) -> None:
        self._told.setText(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def _found(page: QWidget, words: list[str]) -> "list[Place]":
    found: list[Place] = []
    for view in page.findChildren(QAbstractItemView):
        model = _model(view)
        if model is None or not view.isVisible():
            continue
        columns = range(model.columnCount() if isinstance(view, QTableView) else 1)
        for row in range(min(model.rowCount(), _MOST_ROWS)):
            texts = [_text(model.index(row, column)) for column in columns]
            whole = folded(" ".join(texts))
            enabled = model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable
            if enabled and all(word in whole for word in words):
                found.append((view, row, 0))
    return found


def _model(view: QAbstractItemView) -> QAbstractItemModel | None:
    return view.model()


def _text(index: QModelIndex) -> str:
    said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    return str(said or "")
