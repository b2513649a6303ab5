"""What happened with a deal, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

EVENT = Qt.ItemDataRole.UserRole
"""The role under which a row gives its `TimelineLine`."""

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One event: its day, what happened, and in few words how ("call, 8 min"); a `quiet` one is a move of the deal."""

    key: str
    day: str
    text: str
    note: str = ""
    quiet: bool = False


class TimelineModel(QAbstractListModel):
    """The events of one deal, or the acts of a journal."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[TimelineLine, ...] = ()

    def show_lines(self, lines: Sequence[TimelineLine]) -> None:
        """Show these."""
        if tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, index: _Index) -> TimelineLine | None:
        """The event at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        answers: dict[int, object] = {
            EVENT: line,
            Qt.ItemDataRole.DisplayRole: line.text,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(t for t in (line.day, line.text, line.note) if t),
        }
        return answers.get(role)
