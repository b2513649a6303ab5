"""A chart whose parts can be reached with the keyboard: arrows go from one to the next, Enter is the click."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen

from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.chart_canvas import ChartCanvas

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
_AROUND = 3


class SpotCanvas(ChartCanvas):
    """As a `ChartCanvas`, with a frame around the part that Enter would press."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__(name)
        self._look = look
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def spot_names(self) -> list[str]:
        """What can be pressed, in order, each once."""
        return list(dict.fromkeys(spot.name for spot in self._spots))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter and Space press."""
        names = self.spot_names()
        key = Qt.Key(event.key())
        if names and key in _STEPS:
            self._place = min(max(0, self._place + _STEPS[key]), len(names) - 1)
            self.update()
        elif names and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.named.emit(names[min(self._place, len(names) - 1)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        names = self.spot_names()
        if not self.hasFocus() or not names:
            return
        name = names[min(self._place, len(names) - 1)]
        spots = [spot for spot in self._spots if spot.name == name]
        left, top = min(spot.left for spot in spots), min(spot.top for spot in spots)
        right, bottom = max(spot.right for spot in spots), max(spot.bottom for spot in spots)
        around = QRectF(left, top, right - left, bottom - top).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent"), 1))
        painter.drawRoundedRect(around, 4, 4)
