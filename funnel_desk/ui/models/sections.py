"""A list in sections: a heading with its count, then rows of two lines each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.i18n import _
from funnel_desk.ui.painting import ChipText

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which a row gives its `Heading` or `Entry`."""

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a section, and how many rows belong to it (more than are listed, perhaps; None: not counted).

    One with a `key` can be folded; `folded`, its rows are put away and it can be chosen itself.
    """

    title: str
    count: int | None
    key: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: an icon, a title with a chip, a detail with a figure. `key` tells the row again after a refresh."""

    key: str
    title: str
    detail: str
    icon: str
    chip: ChipText | None = None
    figure: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the rows under it."""

    heading: Heading
    entries: tuple[Entry, ...]


class SectionsModel(QAbstractListModel):
    """Headings cannot be selected, and the arrow keys pass over them; of a folded section there is only the heading.

    Rows can be dragged if `drags`.
    """

    def __init__(self, parent: QObject | None = None, *, drags: bool = False) -> None:
        super().__init__(parent)
        self._drags = drags
        self._rows: list[Heading | Entry] = []

    def show_sections(self, sections: Sequence[Section]) -> bool:
        """Show these; sections without rows are left out. False if nothing has changed."""
        rows: list[Heading | Entry] = []
        for section in sections:
            if section.heading.folded:
                rows.append(section.heading)
            elif section.entries:
                rows += [section.heading, *section.entries]
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def entry(self, index: _Index) -> Entry | None:
        """The row at an index; None for a heading or for nothing."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def index_of(self, key: str) -> QModelIndex:
        """Where the row with this key is; an invalid index if it is gone."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Entry) and row.key == key:
                return self.index(place)
        return QModelIndex()

    def heading(self, index: _Index) -> Heading | None:
        """The heading at an index, or that of the section in which the row there stands."""
        if not index.isValid():
            return None
        return next((one for one in reversed(self._rows[: index.row() + 1]) if isinstance(one, Heading)), None)

    def index_of_heading(self, key: str) -> QModelIndex:
        """Where the heading with this key is; an invalid index if it is gone."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Heading) and row.key == key:
                return self.index(place)
        return QModelIndex()

    def entry_indexes(self) -> list[QModelIndex]:
        """The rows that can be selected, in order."""
        return [self.index(place) for place, row in enumerate(self._rows) if isinstance(row, Entry)]

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.entry(index) is not None:
            return chosen | Qt.ItemFlag.ItemIsDragEnabled if self._drags else chosen
        row = self._rows[index.row()] if index.isValid() else None
        return chosen if isinstance(row, Heading) and row.folded else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ENTRY:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{row.detail}" if isinstance(row, Entry) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return None


def _spoken(row: Heading | Entry) -> str:
    if isinstance(row, Heading):
        return ", ".join(
            (row.title, *([] if row.count is None else [str(row.count)]), *([_("folded")] if row.folded else []))
        )
    parts = (row.chip.text if row.chip else "", row.title, row.detail, row.figure)
    return row.spoken or ", ".join(part for part in parts if part)
