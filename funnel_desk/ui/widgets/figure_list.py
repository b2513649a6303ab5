"""Short lines with a figure each, under hairlines: reasons and how often, months and how much."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from funnel_desk.ui.widgets.labels import discard_all, frame, label

_ROW = 26


class FigureList(QWidget):
    """Rows of a name, which wraps, and a figure at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What it shows now."""
        return self._shown

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these (name, figure)."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        discard_all(self._grid)
        for place, (name, figure) in enumerate(lines):
            told = label(name)
            told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            told.setToolTip(name)
            told.setAccessibleName(f"{name}: {figure}")
            told.setFixedHeight(_ROW)
            rule = frame("line")
            rule.setFixedHeight(1)
            self._grid.addWidget(told, 2 * place, 0)
            self._grid.addWidget(
                label(figure), 2 * place, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            self._grid.addWidget(rule, 2 * place + 1, 0, 1, 2)
        self.updateGeometry()
