"""The table of customers: each row leads to its deals, and columns give way as it becomes narrower."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import text_width
from funnel_desk.ui.views.customers.model import CustomersModel
from funnel_desk.ui.views.customers.rows import COLUMNS
from funnel_desk.ui.widgets.row_table import CELL_PADDING, RowTable

_ARROW = 14  # of the sort order, px
_LOOKED_AT = 60
_LEAST_NAME = 170
# Which columns give way, in this order, as the table becomes narrower.
_GIVES_WAY = ("an_hour", "orders", "share", "time", "last_order", "open", "grade")


class CustomersTable(RowTable):
    """`opened` tells the row that was clicked or entered, `sort_pressed` the column whose heading was clicked."""

    opened = Signal(QModelIndex)
    sort_pressed = Signal(int)

    def __init__(self, look: Look, model: CustomersModel) -> None:
        super().__init__(look, _("Customers"), model, [], 0)
        self._look = look
        self._wanted: dict[str, int] = {}
        self.setObjectName("customers.table")
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self.sort_pressed)
        self.setMouseTracking(True)
        self.clicked.connect(self.opened)
        model.modelReset.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _fit(self) -> None:
        """Each column of figures as wide as what stands in its first rows; the names take the rest."""
        model, small = self.model(), self._look.font("small")
        rows = range(min(model.rowCount(), _LOOKED_AT))
        for place, column in enumerate(COLUMNS[1:], 1):
            font = self._look.font("figures" if column.figures else "body")
            widest = max((text_width(str(model.index(row, place).data() or ""), font) for row in rows), default=0)
            title = text_width(str(model.headerData(place, Qt.Orientation.Horizontal)), small) + _ARROW
            self._wanted[column.key] = 2 * CELL_PADDING + 2 + max(widest, title)
        self._give_way()

    def _give_way(self) -> None:
        """Hide what leaves the names too little room."""
        needed = _LEAST_NAME + sum(self._wanted.values())
        hidden = set()
        for key in _GIVES_WAY:
            if needed > self.viewport().width():
                hidden.add(key)
                needed -= self._wanted.get(key, 0)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column.key in hidden)
            if column.key not in hidden and column.key in self._wanted:
                self.setColumnWidth(place, self._wanted[column.key])  # a column that was hidden comes back without one
