"""The path of a deal through its stages: one chevron a stage, with the time spent there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import draw_text, text_width
from funnel_desk.ui.widgets.labels import discard

Standing = Literal["past", "now", "ahead", "won", "lost"]

_HEIGHT = 40
_POINT = 8
_TEXT_FROM = 18
_LEAST = 24
_BARE = 24
_ANY_WIDTH = 16_777_215
_WIDEST = 180
_GROUNDS: dict[Standing, str] = {
    "past": "accent_weak",
    "now": "accent",
    "ahead": "rail",
    "won": "accent",
    "lost": "bad_weak",
}
_INKS: dict[Standing, str] = {"past": "text", "now": "on_accent", "ahead": "dim", "won": "on_accent", "lost": "bad"}
_NOTE_INKS: dict[Standing, str] = {"past": "dim", "now": "on_accent", "ahead": "dim", "won": "on_accent", "lost": "bad"}


@dataclass(frozen=True, slots=True)
class StageMark:
    """One stage of the path: `note` is the time spent ("6 days, usual 5"), `spoken` what a screen reader says."""

    key: str
    name: str
    standing: Standing
    note: str = ""
    spoken: str = ""


class StagePath(QWidget):
    """The chevrons. Left and right walk along them, Enter or a click chooses one: `chosen` tells its key."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: list[_Chevron] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: Sequence[StageMark]) -> None:
        """Another path; the chevron that had the focus keeps it if its stage is still there."""
        held = next((mark.stage.key for mark in self._marks if mark.hasFocus()), None)
        if [mark.stage.key for mark in self._marks] != [stage.key for stage in stages]:
            self._rebuild(stages)
        for mark, stage in zip(self._marks, stages, strict=True):
            mark.show_stage(stage)
        now = next((place for place, stage in enumerate(stages) if stage.standing in {"now", "won", "lost"}), 0)
        for place, mark in enumerate(self._marks):
            mark.setFocusPolicy(Qt.FocusPolicy.TabFocus if place == now else Qt.FocusPolicy.ClickFocus)
            mark.important = place == now
            if held == mark.stage.key:
                mark.setFocus()
        self._share_width()

    def stages(self) -> list[StageMark]:
        """The path as it is shown."""
        return [mark.stage for mark in self._marks]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the path."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        held = next((place for place, mark in enumerate(self._marks) if mark.hasFocus()), None)
        if step is None or held is None:
            super().keyPressEvent(event)
            return
        if 0 <= held + step < len(self._marks):
            self._marks[held + step].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """All alike where there is room; else each by the length of its words; else only now and next have words."""
        natural = [mark.natural_width() for mark in self._marks]
        alike = not natural or self.width() // len(natural) >= max(natural)
        worded = self._worded(natural)
        for place, (mark, width) in enumerate(zip(self._marks, natural, strict=True)):
            mark.put_words(shown=place in worded)
            self._row.setStretch(place, 1 if alike else width if place in worded else 0)

    def _worded(self, natural: Sequence[int]) -> Sequence[int]:
        """The places of the chevrons whose words fit."""
        if sum(natural) <= self.width():
            return range(len(natural))
        now = next((place for place, mark in enumerate(self._marks) if mark.important), 0)
        pair = natural[now : now + 2]
        others = _BARE * (len(natural) - len(pair))
        return range(now, now + 2) if sum(pair) + others <= self.width() else (now,)

    def _rebuild(self, stages: Sequence[StageMark]) -> None:
        for mark in self._marks:
            self._row.removeWidget(mark)
            discard(mark)
        self._marks = [_Chevron(self._look, stage) for stage in stages]
        for mark in self._marks:
            mark.clicked.connect(lambda _checked=False, mark=mark: self.chosen.emit(mark.stage.key))
            self._row.addWidget(mark)


class _Chevron(QAbstractButton):
    def __init__(self, look: Look, stage: StageMark) -> None:
        super().__init__()
        self._look = look
        self.stage = stage
        self.important = False
        self._bare = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def show_stage(self, stage: StageMark) -> None:
        self.stage = stage
        self.setText("" if self._bare else stage.name)
        said = stage.spoken or ", ".join(part for part in (stage.name, stage.note) if part)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def put_words(self, *, shown: bool) -> None:
        """Show the name, or only the shape of the chevron; a screen reader and a hint say the name all the same."""
        if self._bare is shown:
            self._bare = not shown
            self.setText(self.stage.name if shown else "")
            self.setFixedWidth(_BARE) if self._bare else self.setMaximumWidth(_ANY_WIDTH)
            self.setMinimumWidth(_BARE if self._bare else 0)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(_BARE if self._bare else self.natural_width(), _HEIGHT)

    def natural_width(self) -> int:
        """How wide it is with its words, px."""
        widest = max(
            text_width(self.stage.name, self._look.font("body")), text_width(self.stage.note, self._look.font("small"))
        )
        return min(widest, _WIDEST) + 2 * _POINT + 12

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self.important else QSize(_LEAST, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        standing = self.stage.standing
        shape = self._shape()
        painter.setBrush(self._look.colour(_GROUNDS[standing]))
        painter.drawPolygon(shape)
        if self.hasFocus() or (self.underMouse() and standing != "now"):
            pen = QPen(self._look.colour("text" if standing == "now" else "accent"))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(shape)
        self._write(painter, self._look.colour(_INKS[standing]), self._look.colour(_NOTE_INKS[standing]))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _shape(self) -> QPolygonF:
        """A band with a notch on the left and a point on the right; neighbours keep a gap of two pixels."""
        right, bottom, middle = self.width() - 2.5, self.height() - 0.5, self.height() / 2
        points = [
            QPointF(0.5, 0.5),
            QPointF(right - _POINT, 0.5),
            QPointF(right, middle),
            QPointF(right - _POINT, bottom),
            QPointF(0.5, bottom),
            QPointF(0.5 + _POINT, middle),
        ]
        return QPolygonF(points)

    def _write(self, painter: QPainter, ink: QColor, note_ink: QColor) -> None:
        if self._bare:
            return
        left = _TEXT_FROM if self.width() >= self.natural_width() + _POINT else _POINT + 4
        width = self.width() - left - _POINT - 2
        name = QRect(left, 2, width, 20)
        draw_text(painter, name, self.stage.name, self._look.font("body"), ink)
        fits = text_width(self.stage.note, self._look.font("small")) <= width
        if self.stage.note and (fits or self.important):
            draw_text(painter, QRect(left, 21, width, 16), self.stage.note, self._look.font("small"), note_ink)
