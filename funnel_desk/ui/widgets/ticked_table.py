"""A table of which each row can be ticked, by a click on its box or by Space."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.text_table import TextTableModel
from funnel_desk.ui.widgets.row_table import CellDelegate, RowTable

_BOX = 40
_Index = QModelIndex | QPersistentModelIndex


class TickedModel(TextTableModel):
    """Rows of texts, the first cell of each a box; `ticked` tells that one was ticked or not any more."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._off: set[int] = set()

    def show_ticked(self, headers: Sequence[str], rows: Sequence[Sequence[str]], off: Collection[int]) -> None:
        """Show these rows, all ticked but those whose places are ``off``."""
        self._off = set(off)
        self.show_table(["", *headers], [["", *row] for row in rows])

    def is_ticked(self, row: int) -> bool:
        """Whether the row at this place is ticked."""
        return row not in self._off

    def toggle(self, row: int) -> None:
        """Tick a row, or not any more."""
        self._off ^= {row}
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.ticked.emit()

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and index.column() == 0:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                told = (index.sibling(index.row(), column).data() for column in range(1, self.columnCount()))
                return ", ".join(str(text) for text in told)
        return super().data(index, role)

    def setData(self, index: _Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.toggle(index.row())
        return True


class _BoxDelegate(CellDelegate):
    """Draws the box alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        box = QStyleOptionViewItem(option)
        self.initStyleOption(box, index)
        style, table = box.widget.style(), box.widget
        box.rect = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, box, table)
        box.state &= ~QStyle.StateFlag.State_HasFocus
        box.state |= (
            QStyle.StateFlag.State_On if box.checkState == Qt.CheckState.Checked else QStyle.StateFlag.State_Off
        )
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, table)


class TickedTable(RowTable):
    """The widths are those of the texts, the box has its own; `stretch` counts the texts too."""

    def __init__(self, look: Look, name: str, model: TickedModel, widths: list[int], stretch: int) -> None:
        super().__init__(look, name, model, [_BOX, *widths], stretch + 1)
        self._model = model
        self.setItemDelegateForColumn(0, _BoxDelegate(look, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row under the cursor."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._model.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)
