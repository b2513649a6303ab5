"""A small map of people: their part from top to bottom, their attitude from left to right, their influence as size."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from funnel_desk.domain.stakeholder import ATTITUDE_NAMES, PART_NAMES, PARTS
from funnel_desk.i18n import _, translate
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import draw_text, text_width

_COLUMNS = ("against", "neutral", "unknown", "for")
_INKS = {"against": "bad", "neutral": "dim", "unknown": "warn", "for": "accent"}
_ROW, _HEAD = 26, 20
_RADII = {1: 4.0, 2: 6.0, 3: 8.0}
_MARKS = {"against": "–", "neutral": "·", "unknown": "?", "for": "+"}
_LEAST = 160


@dataclass(frozen=True, slots=True)
class Dot:
    """A person by name, part, attitude and influence (1 to 3)."""

    name: str
    part: str
    attitude: str
    influence: int


class PeopleMap(QWidget):
    """Only the parts that somebody has are drawn. A screen reader hears the same as sentences."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._dots: tuple[Dot, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Show these people."""
        self._dots = tuple(dots)
        self.setAccessibleName(_("Map of people"))
        told = [
            f"{dot.name}: {translate(PART_NAMES[dot.part])}, {translate(ATTITUDE_NAMES[dot.attitude])}" for dot in dots
        ]
        self.setAccessibleDescription("\n".join(told))
        self.setToolTip("\n".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST, _HEAD + _ROW * max(1, len(self._parts())) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parts = self._parts()
        names = [translate(PART_NAMES[part]) for part in parts]
        left = max((text_width(name, look.font("small")) for name in names), default=0) + 10
        wide = (self.width() - left) / len(_COLUMNS)
        for place, attitude in enumerate(_COLUMNS):
            area = QRect(round(left + place * wide), 0, round(wide), _HEAD)
            head = f"{_MARKS[attitude]} {translate(ATTITUDE_NAMES[attitude])}"
            fits = text_width(head, look.font("small")) <= wide
            text = head if fits else _MARKS[attitude]
            draw_text(painter, area, text, look.font("small"), look.colour("dim"), Qt.AlignmentFlag.AlignHCenter)
        for row, (part, name) in enumerate(zip(parts, names, strict=True)):
            top = _HEAD + row * _ROW
            painter.setPen(QPen(look.colour("line")))
            painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
            draw_text(painter, QRect(0, top, left, _ROW), name, look.font("small"), look.colour("dim"))
            for place, attitude in enumerate(_COLUMNS):
                here = [dot for dot in self._dots if (dot.part, dot.attitude) == (part, attitude)]
                self._draw(painter, here, QRectF(left + place * wide, top, wide, _ROW))

    def _draw(self, painter: QPainter, dots: Sequence[Dot], area: QRectF) -> None:
        """The people of one cell beside each other, each with the first letter of the name."""
        step = area.width() / (len(dots) + 1)
        for place, dot in enumerate(dots, start=1):
            ink = self._look.colour(_INKS[dot.attitude])
            centre = QPointF(area.left() + step * place, area.center().y())
            radius = _RADII[dot.influence]
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(ink if dot.attitude in {"for", "against"} else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)

    def _parts(self) -> list[str]:
        return [part for part in PARTS if any(dot.part == part for dot in self._dots)]
