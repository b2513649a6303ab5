"""A chart on screen: the one place in the window that knows matplotlib, imported when the first chart is drawn."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes"], None]

_DOTS_PER_INCH = 96
_SETTLE_MS = 60


class ChartCanvas(QWidget):
    """Draws with a function that is given the axes; draws again in another size, never larger than its place.

    The axes fill the whole widget; what needs room for labels makes it inside. `pressed` tells where somebody clicked,
    in the units of the chart.
    """

    pressed = Signal(float, float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._draw: Draw | None = None
        self._axes: Axes | None = None
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
        self._axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._draw(self._axes)
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._axes is None:
            return
        scale = self.devicePixelRatioF()
        place = event.position()
        x, y = self._axes.transData.inverted().transform((place.x() * scale, (self.height() - place.y()) * scale))
        self.pressed.emit(float(x), float(y))
