"""A share of a whole as a bar, with a mark where the benchmark stands."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from funnel_desk.ui.look import Look

_HEIGHT, _BAR = 18, 8
_RADIUS = 3


class ShareBar(QWidget):
    """Shares from 0 to 1. Its words stand beside it; a screen reader hears them through `say`."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._share, self._mark = 0.0, 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def say(self, share: float, mark: float, spoken: str) -> None:
        """Show a share and the benchmark."""
        self._share, self._mark = share, mark
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (_HEIGHT - _BAR) / 2
        for part, token in ((1.0, "line"), (self._share, "accent")):
            if part > 0:
                painter.setBrush(self._look.colour(token))
                painter.drawRoundedRect(QRectF(0, top, self.width() * part, _BAR), _RADIUS, _RADIUS)
        painter.setPen(QPen(self._look.colour("text"), 1.5))
        place = self.width() * self._mark
        painter.drawLine(QRectF(place, 1, 0, _HEIGHT - 2).topLeft(), QRectF(place, 1, 0, _HEIGHT - 2).bottomLeft())
