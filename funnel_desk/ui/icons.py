"""The program's own icons: SVG files in `resources/icons`, drawn in one colour of the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from funnel_desk import resources

SIZE = 16
"""The side of an icon on screen, in px."""
_SCALES = (1.0, 2.0, 3.0)


def icon_names() -> list[str]:
    """The names of all icons, in alphabetical order."""
    return [file.stem for file in resources.files("icons", ".svg")]


def draw_icon(name: str, colour: str, size: int = SIZE) -> QIcon:
    """The icon in a colour (``#rrggbb``), sharp on screens of one to three device pixels a pixel."""
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(draw_pixmap(name, colour, size, scale))
    return icon


def draw_pixmap(name: str, colour: str, size: int = SIZE, scale: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` px for a screen of `scale` device pixels a pixel; raises FileNotFoundError."""
    side = round(size * scale)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing = resources.read_text("icons", f"{name}.svg").replace("currentColor", colour)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(scale)
    return QPixmap.fromImage(image)
