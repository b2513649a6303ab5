"""The table of the funnel's numbers: its columns as wide as what stands in them, and as high as its rows."""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.row_table import ROW_HEIGHT, RowTable

_LEAST_NAME = 140
_SCROLL_BAR = 10


class FiguresTable(RowTable):
    """`opened` when a row is entered or double-clicked."""

    opened = Signal()

    def __init__(self, look: Look, model: QAbstractItemModel, key: str = "funnel.table", spoken: str = "") -> None:
        super().__init__(look, spoken or _("The numbers of the funnel"), model, [], -1)
        self.setObjectName(key)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self.opened)
        model.modelReset.connect(self._fit)
        model.dataChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Each column as wide as what stands in it, the first takes the rest; the table is as high as its rows."""
        model = self.model()
        least = self.horizontalHeader().minimumSectionSize()
        wanted = [max(least, self.wanted_width(column)) for column in range(model.columnCount())]
        if not wanted:
            return
        rest = self.viewport().width() - sum(wanted[1:])
        wanted[0] = max(min(wanted[0], _LEAST_NAME), rest)
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, width)
        height = self.horizontalHeader().sizeHint().height() + model.rowCount() * ROW_HEIGHT + 2
        self.setFixedHeight(height + (_SCROLL_BAR if sum(wanted) > self.viewport().width() else 0))
