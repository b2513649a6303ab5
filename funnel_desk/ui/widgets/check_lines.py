"""A small list to tick off while talking: what to ask, what counts as done. Nothing of it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.widgets.labels import discard_all, label

_BOX = 16
_LINE = 20


class CheckLines(QWidget):
    """Lines with a box each; a long line wraps. The same lines shown again keep their ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._shown: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines, none ticked; nothing changes if they are shown already."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        discard_all(self._column)
        for text in lines:
            self._column.addWidget(_CheckLine(text))
        self.updateGeometry()


class _CheckLine(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._box = QCheckBox()
        self._box.setAccessibleName(text)
        self._box.setFixedSize(_BOX, _LINE)
        self._text: QLabel = label(text, wrap=True)
        self._text.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words ticks the box, as it would for a check box with words of its own."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self._box.toggle()
        return super().eventFilter(watched, event)
