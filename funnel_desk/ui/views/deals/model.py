"""The model of the list of deals: pages of rows, headings that tell the order, and which cells can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from funnel_desk.queries.deals import DealRow
from funnel_desk.ui.models.paged import Column, PagedModel
from funnel_desk.ui.views.deals.typed_cells import may_be_typed

_Index = QModelIndex | QPersistentModelIndex
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class DealsModel(PagedModel[DealRow]):
    """Rows of deals. Of the columns by which they are sorted, those after the first tell their rank in the heading."""

    def show_columns(self, columns: Sequence[Column[DealRow]]) -> None:
        """Have other columns; the rows stay."""
        if [one.key for one in columns] == [one.key for one in self._columns]:
            return
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def show_order(self, sort: Sequence[str]) -> None:
        """Tell in the headings what the rows are sorted by."""
        self._ranks = {name.removeprefix("-"): (rank, name.startswith("-")) for rank, name in enumerate(sort)}
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    _ranks: dict[str, tuple[int, bool]] = {}  # noqa: RUF012 - replaced as a whole, never changed

    def place_of_column(self, key: str) -> int:
        """The place of a column; -1 if there is none of this key."""
        return next((place for place, one in enumerate(self._columns) if one.key == key), -1)

    def keys_between(self, first: int, last: int) -> Sequence[int]:
        """The keys of the rows from one place to another, both included."""
        return self._keys[first : last + 1]

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and may_be_typed(self._columns[index.column()].key):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        told = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.DisplayRole and told:
            rank, descending = self._ranks.get(self._columns[section].sort, (0, False))
            if rank:
                return f"{told} {'↓' if descending else '↑'}{str(rank + 1).translate(_DIGITS)}"
        return told
