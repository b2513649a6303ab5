"""A table of rows: whole rows are chosen, Tab leaves it, one column takes the room that is left."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import INK, draw_text, text_width

ROW_HEIGHT = 28
CELL_PADDING = 8

_Index = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """Give it a model; `stretch` is the column that takes what the others leave, `widths` are those of the others."""

    def __init__(self, look: Look, name: str, model: QAbstractItemModel, widths: list[int], stretch: int) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(look, self))
        look.changed.connect(self.viewport().update)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        if stretch >= 0:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def showEvent(self, event: QShowEvent) -> None:
        """A heading is never cut: some language's words may need more than the width that was meant."""
        super().showEvent(event)
        header = self.horizontalHeader()
        for column in range(header.count()):
            if header.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive:
                header.resizeSection(column, max(header.sectionSize(column), header.sectionSizeHint(column)))

    def wanted_width(self, column: int) -> int:
        """How wide a column has to be for what stands in it and over it, px; every row is looked at."""
        model = self.model()
        right = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        font = self._look.font("figures" if right and right & Qt.AlignmentFlag.AlignRight else "body")
        texts = [" ".join(str(model.index(row, column).data() or "").split()) for row in range(model.rowCount())]
        title = text_width(str(model.headerData(column, Qt.Orientation.Horizontal)), self._look.font("small"))
        return 2 * CELL_PADDING + 1 + max([title, *(text_width(text, font) for text in texts)])

    def choose(self, row: int, column: int = 0) -> None:
        """Choose a row and show it; nothing is chosen where there is none."""
        index = self.model().index(min(row, self.model().rowCount() - 1), column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell as lists are drawn here: text to the left, figures of one width to the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = self._look
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.colour("selection"))
        inside = option.rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        right = bool(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        ink = look.colour(index.data(INK) or "text")
        draw_text(painter, inside, str(index.data() or ""), look.font("figures" if right else "body"), ink, side)
        painter.restore()
