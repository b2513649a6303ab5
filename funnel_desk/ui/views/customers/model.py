"""The customers as a table: all of them at hand, in an order of the person's own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.i18n import _, format_number, ngettext, translate
from funnel_desk.ui.painting import INK
from funnel_desk.ui.views.customers.rows import COLUMNS, Line

LINE = Qt.ItemDataRole.UserRole
"""The role under which a row gives its `Line`."""

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CustomersModel(QAbstractTableModel):
    """The heading of the column by which the lines are in order has an arrow."""

    def __init__(self, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._sorted = (-1, False)
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line], column: int, *, descending: bool) -> None:
        """Show these, which are in the order of a column."""
        self.beginResetModel()
        self._lines, self._sorted = lines, (column, descending)
        self.endResetModel()

    def line(self, index: _Index) -> Line | None:
        """The line at an index; None where there is none."""
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def place_of(self, customer_id: str) -> int:
        """Where a customer stands; -1 if it is not here."""
        return next((nth for nth, line in enumerate(self._lines) if line.row.customer.id == customer_id), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        column = COLUMNS[index.column()]
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: column.text(line, self._zone),
            Qt.ItemDataRole.TextAlignmentRole: lambda: _RIGHT if column.figures else _LEFT,
            Qt.ItemDataRole.ToolTipRole: lambda: _hint(line, column.key) or translate(column.definition),
            Qt.ItemDataRole.AccessibleTextRole: lambda: f"{translate(column.title)}: {column.text(line, self._zone)}",
            LINE: lambda: line,
            INK: lambda: "dim" if line.row.customer.grade == "C" and column.key != "name" else None,
        }
        return answers[role]() if role in answers else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        place, descending = self._sorted
        arrow = "" if place != section else " ↓" if descending else " ↑"
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: translate(column.title) + arrow,
            Qt.ItemDataRole.ToolTipRole: translate(column.definition),
            Qt.ItemDataRole.AccessibleDescriptionRole: translate(column.definition),
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.figures else _LEFT,
        }
        return answers.get(role)


def _hint(line: Line, column: str) -> str:
    """What stands behind a number of this customer."""
    customer = line.row.customer
    if column == "name":
        return line.row.name
    if column == "last_order" and customer.days_since_order is not None:
        return ngettext("{n} day ago", "{n} days ago", customer.days_since_order)
    if column == "won" and customer.orders:
        return ngettext("{n} order", "{n} orders", customer.orders, n=format_number(customer.orders))
    if column == "time" and customer.minutes:
        return _("{n} min", n=format_number(customer.minutes))
    return ""
