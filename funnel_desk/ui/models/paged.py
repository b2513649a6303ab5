"""A table over any number of rows: it holds the keys in order, and only those pages of rows that were looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
Fetch = Callable[[Sequence[int]], Mapping[int, Row]]
"""Given keys, the rows that still exist, by key."""

ROW = Qt.ItemDataRole.UserRole
"""The role under which an index gives its whole row (None if it is gone)."""

PAGE_ROWS = 64
_PAGES_KEPT = 48
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading, what it says of a row, and how; `sort` is the query's name for its order, if any."""

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 120
    figures: bool = False
    sort: str = ""


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Rows are fetched by key, a page at a time, when the view asks for them. `sort_wanted`: (name, descending)."""

    sort_wanted = Signal(str, bool)

    def __init__(self, columns: Sequence[Column[Row]], fetch: Fetch[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._keys: array[int] = array("q")
        self._pages: OrderedDict[int, Mapping[int, Row]] = OrderedDict()

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns, in order."""
        return self._columns

    def show_keys(self, keys: Iterable[int]) -> bool:
        """Show the rows with these keys in this order. The same keys again only read their rows anew: then False."""
        found = array("q", keys)
        self._pages.clear()
        if found == self._keys:
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, len(self._columns) - 1))
            return False
        self.beginResetModel()
        self._keys = found
        self.endResetModel()
        return True

    def key(self, index: _Index) -> int | None:
        """The key of the row at an index."""
        return self._keys[index.row()] if index.isValid() else None

    def place_of(self, key: int) -> int:
        """The place of the row with this key; -1 if it is not here."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def row(self, place: int) -> Row | None:
        """The row at a place, fetched with its page if need be; None if it is gone since."""
        page = place // PAGE_ROWS
        rows = self._pages.get(page)
        if rows is None:
            rows = self._pages[page] = self._fetch(self._keys[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows.get(self._keys[place])

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[index.column()].figures else _LEFT
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, ROW}:
            return None
        row = self.row(index.row())
        if role == ROW or row is None:
            return row
        return self._columns[index.column()].text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].figures else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; whoever shows the keys sorts them."""
        if 0 <= column < len(self._columns) and self._columns[column].sort:
            self.sort_wanted.emit(self._columns[column].sort, order is Qt.SortOrder.DescendingOrder)
