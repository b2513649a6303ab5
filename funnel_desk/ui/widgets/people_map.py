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
_GAP = 4


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
            area = QRect(round(left + place * wide) + _GAP, 0, round(wide) - _GAP, _HEAD)
            words = translate(ATTITUDE_NAMES[attitude])
            heads = (f"{_MARKS[attitude]} {words}", words, _MARKS[attitude])
            text = next((head for head in heads if text_width(head, look.font("small")) <= wide - _GAP), heads[-1])
            draw_text(painter, area, text, look.font("small"), look.colour("dim"))
        for row, (part, name) in enumerate(zip(parts, names, strict=True)):
            top = _HEAD + row * _ROW
            painter.setPen(QPen(look.colour("line")))
            painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
            draw_text(painter, QRect(0, top, left, _ROW), name, look.font("small"), look.colour("dim"))
            for place, attitude in enumerate(_COLUMNS):
                here = [dot for dot in self._dots if (dot.part, dot.attitude) == (part, attitude)]
                self._draw(painter, here, QRectF(left + place * wide, top, wide, _ROW))

    def _draw(self, painter: QPainter, dots: Sequence[Dot], area: QRectF) -> None:
        """The people of one cell beside each other, each with as much of the name as there is room for."""
        step = area.width() / max(1, len(dots))
        for place, dot in enumerate(dots):
            ink = self._look.colour(_INKS[dot.attitude])
            radius = _RADII[dot.influence]
            left = area.left() + step * place + _GAP
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(ink if dot.attitude in {"for", "against"} else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + radius, area.center().y()), radius, radius)
            text = left + 2 * radius + _GAP
            room = area.left() + step * (place + 1) - text
            font = self._look.font("small")
            said = next((name for name in _shorter(dot.name) if text_width(name, font) <= room), "")
            place_of_name = QRect(round(text), round(area.top()), round(room), _ROW)
            draw_text(painter, place_of_name, said, font, self._look.colour("text"))

    def _parts(self) -> list[str]:
        return [part for part in PARTS if any(dot.part == part for dot in self._dots)]


def _shorter(name: str) -> tuple[str, ...]:
    """A name as a whole, by its first word, by its initials."""
    words = name.split()
    return name, words[0] if words else "", "".join(word[0] for word in words)
