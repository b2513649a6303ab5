"""The deals that move the range most: each a link to itself, with what hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.widgets.labels import discard_all, label

_LINK_PADDING = 4


@dataclass(frozen=True, slots=True)
class Mover:
    """A deal: its id, what it is called, and why it matters."""

    deal_id: str
    title: str
    why: str


class Movers(QWidget):
    """`opened` tells the id of the deal that was pressed."""

    opened = Signal(str)

    def __init__(self, name: str = "forecast.mover") -> None:
        super().__init__()
        self._name = name
        self._shown: tuple[Mover, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_movers(self, movers: Sequence[Mover]) -> None:
        """Show these, the one that moves most first."""
        if tuple(movers) == self._shown:
            return
        self._shown = tuple(movers)
        discard_all(self._column)
        for mover in movers:
            button = _Link(mover.title)
            button.setObjectName(self._name)
            button.setAccessibleDescription(mover.why)
            button.clicked.connect(lambda _checked=False, deal_id=mover.deal_id: self.opened.emit(deal_id))
            why = label(mover.why, "note", wrap=True)
            inset = QHBoxLayout()
            inset.setContentsMargins(_LINK_PADDING, 0, 0, 8)
            inset.addWidget(why)
            under = QWidget()
            under.setLayout(inset)
            self._column.addWidget(button)
            self._column.addWidget(under)
        self.updateGeometry()


class _Link(QPushButton):
    """A link of one line, cut with an ellipsis where its place is too narrow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("role", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - 2 * _LINK_PADDING
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
