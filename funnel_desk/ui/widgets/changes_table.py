"""The table of single changes: what is taken back is struck out; Enter shows the past of what a line is about."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from funnel_desk.ui.models.changes import ChangesModel
from funnel_desk.ui.models.paged import ROW
from funnel_desk.ui.painting import draw_text
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import PastOf
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.row_table import CELL_PADDING, CellDelegate, RowTable

_Index = QModelIndex | QPersistentModelIndex


class ChangesTable(RowTable):
    """Changes of an act, or of one thing."""

    def __init__(self, parts: Parts, model: ChangesModel, name: str, object_name: str) -> None:
        places = [column.key for column in model.columns]
        super().__init__(parts.look, name, model, [column.width for column in model.columns], places.index("after"))
        self.setObjectName(object_name)
        self._parts, self._model = parts, model
        self._struck = _StruckOut(parts.look, self)
        for key in ("field", "before", "after"):
            self.setItemDelegateForColumn(places.index(key), self._struck)
        self.doubleClicked.connect(lambda _index: self.show_past())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.show_past()
            return
        super().keyPressEvent(event)

    def show_past(self) -> None:
        """Show the past of what the chosen change is about."""
        row = self._model.row_at(self.currentIndex())
        if row is not None:
            self._parts.route.go("history", PastOf(row.root, of(row.what)))


class _StruckOut(CellDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW)
        if row is None or not row.undone:
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._look.colour("selection"))
        font = self._look.font("body")
        font.setStrikeOut(True)
        area = option.rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        draw_text(painter, area, str(index.data() or ""), font, self._look.colour("dim"))
        painter.restore()
