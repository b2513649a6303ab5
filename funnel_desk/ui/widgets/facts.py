"""Facts in two columns: what it is, and what is known of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from funnel_desk.ui.widgets.labels import discard_all, keep_width, label

_NAME_WIDTH = 132


class Facts(QWidget):
    """Rows of a dim name and its value, which wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these (name, value); a fact without a value is left out."""
        known = tuple((name, value) for name, value in facts if value)
        if known == self._shown:
            return
        self._shown = known
        discard_all(self._grid)
        for row, (name, value) in enumerate(known):
            what = label(name, "dim", wrap=True)
            what.ensurePolished()
            keep_width(what, min(what.sizeHint().width(), _NAME_WIDTH))
            told = label(value, wrap=True)
            told.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(what, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, row, 1, Qt.AlignmentFlag.AlignTop)
        self.updateGeometry()
