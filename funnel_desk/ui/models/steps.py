"""The checklist of a deal: steps with a tick each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

STEP = Qt.ItemDataRole.UserRole
"""The role under which a row gives its `StepLine`."""

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as it is shown: `note` is its day, or by how much it is late; `begins` a new stage."""

    key: str
    title: str
    note: str = ""
    late: bool = False
    done: bool = False
    skipped: bool = False
    next: bool = False
    begins: bool = False
    may_tick: bool = True
    spoken: str = ""


Tick = Callable[[StepLine, bool], bool]
"""Asked to do or undo a step; True if it was done. The list shows it when it is told what became of the deal."""


class StepsModel(QAbstractListModel):
    """Checkable rows. A tick is only asked for: the row changes when the deal is shown anew."""

    def __init__(self, tick: Tick, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tick = tick
        self._steps: tuple[StepLine, ...] = ()

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """Show these steps; the same ones in the same order keep their selection."""
        same = [step.key for step in steps] == [step.key for step in self._steps]
        if same:
            self._steps = tuple(steps)
            if steps:
                self.dataChanged.emit(self.index(0), self.index(len(steps) - 1))
            return
        self.beginResetModel()
        self._steps = tuple(steps)
        self.endResetModel()

    def step(self, index: _Index) -> StepLine | None:
        """The step at an index."""
        return self._steps[index.row()] if index.isValid() else None

    def place_of_next(self) -> int:
        """The row of the step to do next; -1 if there is none."""
        return next((place for place, step in enumerate(self._steps) if step.next), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._steps)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        step = self.step(index)
        if step is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if step.may_tick else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self.step(index)
        if step is None:
            return None
        answers: dict[int, object] = {
            STEP: step,
            Qt.ItemDataRole.DisplayRole: step.title,
            Qt.ItemDataRole.ToolTipRole: step.title,
            Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked if step.done else Qt.CheckState.Unchecked,
            Qt.ItemDataRole.AccessibleTextRole: step.spoken or ", ".join(t for t in (step.title, step.note) if t),
        }
        return answers.get(role)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        step = self.step(index)
        if step is None or role != Qt.ItemDataRole.CheckStateRole or not step.may_tick:
            return False
        wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        return wanted != step.done and self._tick(step, wanted)
