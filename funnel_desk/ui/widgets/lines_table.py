"""A table of the lines of a report: a heading puts it in order, Enter opens a line, columns give way."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.painting import text_width
from funnel_desk.ui.widgets.row_table import CELL_PADDING, ROW_HEIGHT, RowTable

_LOOKED_AT = 60
_LEAST_NAME = 150
_ARROW = 14


class LinesTable(RowTable):
    """`opened` tells the line that was entered or clicked twice, `chosen` the one under the cursor (or None).

    ``gives_way`` names the columns that are hidden first. With ``most`` it is as high as its rows, up to so many.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, look: Look, name: str, model: LinesModel[Any], object_name: str, gives_way: Sequence[str], most: int = 0
    ) -> None:
        super().__init__(look, name, model, [], 0)
        self.lines = model
        self._gives_way, self._most = tuple(gives_way), most
        self._wanted: dict[str, int] = {}
        self._held: object = None
        self.setObjectName(object_name)
        if most:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(model.sort_by)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._find_held)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.line(index.row())))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._tell(now.row()))
        self._fit()

    def several(self) -> None:
        """Let several lines be chosen at once."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def chosen_lines(self) -> list[Any]:
        """The lines that are chosen, in order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [line for row in rows if (line := self.lines.line(row)) is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform; Alt and a digit put the lines in the order of that column."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            line = self.lines.line(self.currentIndex().row())
            if line is not None:
                self.opened.emit(line)
            return
        digit = event.key() - Qt.Key.Key_1.value
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= digit < len(self.lines.columns):
            self.lines.sort_by(digit)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _tell(self, row: int) -> None:
        self.chosen.emit(self.lines.line(row))

    @Slot()
    def _hold(self) -> None:
        self._held = self.lines.key_at(self.currentIndex().row())

    @Slot()
    def _find_held(self) -> None:
        self._fit()
        row = self.lines.row_of(self._held) if self._held is not None else -1
        if row >= 0:
            self.choose(row)
        else:
            self.chosen.emit(None)

    def _fit(self) -> None:
        rows = range(min(self.lines.rowCount(), _LOOKED_AT))
        small = self._look.font("small")
        for place, column in enumerate(self.lines.columns[1:], 1):
            font = self._look.font("figures" if column.figures else "body")
            texts = [column.text(line) for row in rows if (line := self.lines.line(row)) is not None]
            title = text_width(str(self.lines.headerData(place, Qt.Orientation.Horizontal)), small) + _ARROW
            self._wanted[column.key] = 2 * CELL_PADDING + 2 + max([title, *(text_width(text, font) for text in texts)])
        self._give_way()
        if self._most:
            shown = min(self._most, max(1, self.lines.rowCount()))
            self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * ROW_HEIGHT + 2)

    def _give_way(self) -> None:
        """Hide what leaves the names too little room."""
        needed = _LEAST_NAME + sum(self._wanted.values())
        hidden = set()
        for key in self._gives_way:
            if needed > self.viewport().width():
                hidden.add(key)
                needed -= self._wanted.get(key, 0)
        for place, column in enumerate(self.lines.columns):
            self.setColumnHidden(place, column.key in hidden)
            if column.key not in hidden and column.key in self._wanted:
                self.setColumnWidth(place, self._wanted[column.key])
