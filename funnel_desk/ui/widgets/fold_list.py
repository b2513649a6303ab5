"""Short lines that open: what they say, and under it what to answer."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import discard_all, label, present

_INDENT = 20


class FoldList(QWidget):
    """Each line is a button; pressed, it shows what belongs to it. The same lines shown again stay as they are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[tuple[str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these (line, what is under it), all closed."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        discard_all(self._column)
        for line, under in lines:
            self._column.addWidget(_Fold(self._look, line, under))
        self.updateGeometry()


class _Fold(QWidget):
    def __init__(self, look: Look, line: str, under: str) -> None:
        super().__init__()
        self._look = look
        self._head = QPushButton(line.replace("&", "&&"))
        self._head.setProperty("role", "fold")
        self._head.setCheckable(True)
        self._head.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._head.setIconSize(QSize(12, 12))
        self._head.setAccessibleDescription(under)
        self._head.setToolTip(line)
        self._head.toggled.connect(self._turn)
        self._under = label(under, wrap=True)
        self._under.hide()
        row = QHBoxLayout()
        row.setContentsMargins(_INDENT, 0, 0, 4)
        row.addWidget(self._under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(row)
        self._turn(opened=False)

    def _turn(self, opened: bool) -> None:
        self._look.dress(self._head, "chevron" if opened else "chevron-right", "dim", 12)
        present(self._under, shown=opened)
