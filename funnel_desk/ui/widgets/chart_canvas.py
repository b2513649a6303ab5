"""A chart on screen: the one place in the window that knows matplotlib, imported when the first chart is drawn."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Spot

Draw = Callable[["Axes"], "Sequence[Spot]"]

_DOTS_PER_INCH = 96
_SETTLE_MS = 60


class ChartCanvas(QWidget):
    """Draws with a function that is given the axes; draws again in another size, never larger than its place.

    The axes fill the whole widget; what needs room for labels makes it inside. `named` tells the name of what somebody
    clicked, as the chart calls its spots.
    """

    named = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._draw: Draw | None = None
        self._spots: Sequence[Spot] = ()
        self._picture: QImage | None = None
        self._least = QSize(320, 160)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.draw_again)

    def show_chart(self, draw: Draw, spoken: str, least: QSize | None = None) -> None:
        """Show another chart; `spoken` says for a screen reader what it shows, `least` how small it may become."""
        self._draw = draw
        self._least = least or self._least
        self.setMinimumSize(self._least)
        self.setAccessibleDescription(spoken)
        self.draw_again()

    def draw_again(self) -> None:
        """Draw now: another theme, another size."""
        self._settle.stop()
        if self._draw is None or not self.width() or not self.height():
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        scale = self.devicePixelRatioF()
        size = (self.width() / _DOTS_PER_INCH, self.height() / _DOTS_PER_INCH)
        figure = Figure(figsize=size, dpi=_DOTS_PER_INCH * scale)
        figure.patch.set_alpha(0)
        canvas = FigureCanvasAgg(figure)
        self._spots = self._draw(figure.add_axes((0.0, 0.0, 1.0, 1.0)))
        canvas.draw()  # type: ignore[no-untyped-call]
        width, height = canvas.get_width_height(physical=True)
        pixels = bytes(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        kind = QImage.Format.Format_RGBA8888
        self._picture = QImage(pixels, width, height, kind).copy()
        self._picture.setDevicePixelRatio(scale)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is not None:
            painter = QPainter(self)
            painter.drawImage(0, 0, self._picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._draw is None:
            return
        if self._picture is None:
            self.draw_again()
        else:
            self._settle.start()

    def spot_at(self, place: QPointF) -> str:
        """The name of what is drawn at a place; empty if nothing has a name there."""
        return next((spot.name for spot in reversed(self._spots) if spot.holds(place.x(), place.y())), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape = Qt.CursorShape.PointingHandCursor if self.spot_at(event.position()) else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        name = self.spot_at(event.position())
        if name:
            self.named.emit(name)
