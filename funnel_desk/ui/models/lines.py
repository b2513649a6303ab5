"""Lines of a report as a table: all of them at hand, put in order by any column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.i18n import translate
from funnel_desk.ui.painting import INK

T = TypeVar("T")
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class LineColumn(Generic[T]):
    """A column: its heading, what it means, what it says of a line, how lines are put in order, in which ink."""

    key: str
    title: str
    definition: str
    text: Callable[[T], str]
    order: Callable[[T], Any]
    figures: bool = True
    ink: Callable[[T], str | None] = lambda _line: None


class LinesModel(QAbstractTableModel, Generic[T]):
    """Lines know themselves again by ``key``. The heading of the column that gives the order has an arrow."""

    def __init__(
        self, columns: Sequence[LineColumn[T]], key: Callable[[T], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._lines: list[T] = []
        self._told: Sequence[T] = ()
        self._sort: tuple[int, bool] | None = None

    def show_lines(self, lines: Sequence[T]) -> None:
        """Show these, in the order that the person chose, else as they come."""
        self.beginResetModel()
        self._told = lines
        self._lines = self._in_order()
        self.endResetModel()

    def show_columns(self, columns: Sequence[LineColumn[T]]) -> None:
        """Show other columns; the order is kept where its column is still there."""
        self.beginResetModel()
        sorted_by = self.columns[self._sort[0]].key if self._sort is not None else ""
        place = next((place for place, column in enumerate(columns) if column.key == sorted_by), None)
        self._sort = (place, self._sort[1]) if self._sort is not None and place is not None else None
        self.columns = tuple(columns)
        self._lines = self._in_order()
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """Put them in the order of a column, figures beginning with the greatest; the same again turns it round."""
        same = self._sort is not None and self._sort[0] == column
        descending = not self._sort[1] if same and self._sort else self.columns[column].figures
        self._sort = (column, descending)
        self.show_lines(self._told)

    def line(self, row: int) -> T | None:
        """The line of a row; None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def key_at(self, row: int) -> object:
        """By what the line of a row is known again; None where there is none."""
        line = self.line(row)
        return None if line is None else self._key(line)

    def row_of(self, key: object) -> int:
        """Where the line of a key stands; -1 if it is not here."""
        return next((row for row, line in enumerate(self._lines) if self._key(line) == key), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{translate(column.title)}: {column.text(line)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.figures else _LEFT
        return column.ink(line) if role == INK else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        arrow = ""
        if self._sort is not None and self._sort[0] == section:
            arrow = " ↓" if self._sort[1] else " ↑"
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: translate(column.title) + arrow,
            Qt.ItemDataRole.ToolTipRole: translate(column.definition),
            Qt.ItemDataRole.AccessibleDescriptionRole: translate(column.definition),
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.figures else _LEFT,
        }
        return answers.get(role)

    def _in_order(self) -> list[T]:
        if self._sort is None:
            return list(self._told)
        column, descending = self._sort
        return sorted(self._told, key=self.columns[column].order, reverse=descending)
