"""The cards of one stage: all keys at hand, and only those rows that were looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.queries.deals import DealRow
from funnel_desk.ui.models.paged import ROW

AT_ONCE = 16
"""So many rows are asked for together."""
_KEPT = 640
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class CardsModel(QAbstractTableModel):
    """One column of cards. `fetch` gives rows by key, `words` what a screen reader says of one."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, DealRow]],
        words: Callable[[DealRow], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._words = fetch, words
        self._keys: array[int] = array("q")
        self._rows: OrderedDict[int, DealRow] = OrderedDict()

    def show_keys(self, keys: Iterable[int], known: Mapping[int, DealRow]) -> None:
        """Show the deals with these keys in this order; `known` are rows that were read already."""
        found = array("q", keys)
        self._rows = OrderedDict(known)
        if found == self._keys:
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, 0))
            return
        self.beginResetModel()
        self._keys = found
        self.endResetModel()

    def key(self, place: int) -> int | None:
        """The key of the deal at a place; None where there is none."""
        return self._keys[place] if 0 <= place < len(self._keys) else None

    def place_of(self, key: int) -> int:
        """The place of a deal; -1 if it is not here."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def row(self, place: int) -> DealRow | None:
        """The deal at a place, read with its neighbours if need be; None if it is gone since."""
        key = self.key(place)
        if key is None:
            return None
        if key not in self._rows:
            first = place - place % AT_ONCE
            self._rows.update(self._fetch(self._keys[first : first + AT_ONCE]))
            while len(self._rows) > _KEPT:
                self._rows.popitem(last=False)
        return self._rows.get(key)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {
            ROW,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        row = self.row(index.row())
        if row is None or role == ROW:
            return row
        return row.title if role == Qt.ItemDataRole.DisplayRole else self._words(row)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
