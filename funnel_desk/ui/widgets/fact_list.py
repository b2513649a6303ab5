"""Facts that are known, a row each: what it is, a quiet note, a chip; a key or a click opens what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import CHIP_HEIGHT, ChipText, chip_width, draw_chip, lay_out, text_width
from funnel_desk.ui.widgets.labels import discard_all

_LINE, _NOTE_LINE = 20, 18
_PADDING = 3
_SIDE = 4
_GAP = 8
_LEAST = 80


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact. ``acts`` are what can be done with it: (key, words); ``done`` ones are over and stand back."""

    key: str
    text: str
    note: str = ""
    chip: ChipText | None = None
    done: bool = False
    acts: tuple[tuple[str, str], ...] = ()


class FactList(QWidget):
    """`acted` tells (the key of a line, the key of an act). Up and down walk along the rows."""

    acted = Signal(str, str)

    def __init__(self, look: Look, name: str) -> None:
        """`name` begins the object names of the rows: "obstacles.line.0"."""
        super().__init__()
        self._look, self._name = look, name
        self._lines: tuple[FactLine, ...] = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: Sequence[FactLine]) -> None:
        """Show these; the same ones stay as they are, and the row that had the focus keeps it."""
        if tuple(lines) == self._lines:
            return
        held = next((place for place, row in enumerate(self._rows) if row.hasFocus()), None)
        self._lines = tuple(lines)
        discard_all(self._column)
        self._rows = [_Row(self._look, line) for line in lines]
        for place, row in enumerate(self._rows):
            row.setObjectName(f"{self._name}.line.{place}")
            row.clicked.connect(lambda _checked=False, row=row: self.open_menu(row))
            row.walked.connect(lambda step, place=place: self._walk(place + step))
            self._column.addWidget(row)
        if held is not None and self._rows:
            self._rows[min(held, len(self._rows) - 1)].setFocus()
        self.updateGeometry()

    def lines(self) -> tuple[FactLine, ...]:
        """What is shown."""
        return self._lines

    def open_menu(self, row: "_Row") -> QMenu | None:
        """Offer what can be done with a row; None where nothing can."""
        if not row.line.acts:
            return None
        menu = QMenu(self)
        menu.setObjectName(f"{self._name}.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in row.line.acts:
            action = menu.addAction(words.replace("&", "&&"))
            action.setObjectName(f"{self._name}.{key}")
            action.triggered.connect(lambda _checked=False, key=key: self.acted.emit(row.line.key, key))
        menu.popup(row.mapToGlobal(QPoint(0, row.height())))
        return menu

    def _walk(self, place: int) -> None:
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.TabFocusReason)


class _Row(QAbstractButton):
    """Painted by itself: the words wrap, the chip stands at the right of the first line."""

    walked = Signal(int)

    def __init__(self, look: Look, line: FactLine) -> None:
        super().__init__()
        self._look = look
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if line.acts else Qt.FocusPolicy.NoFocus)
        said = ", ".join(part for part in (line.text, line.chip.text if line.chip else "", line.note) if part)
        self.setAccessibleName(said)
        self.setToolTip(said)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if line.acts:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        note = self._note(width).lineCount() * _NOTE_LINE if self.line.note else 0
        return self._text(width).lineCount() * _LINE + note + 2 * _PADDING

    def sizeHint(self) -> QSize:
        wide = text_width(self.line.text, self._look.font("body")) + self._chip_room() + 2 * _SIDE + 2
        return QSize(wide, self.heightForWidth(max(self.width(), _LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _LINE + 2 * _PADDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk, Enter opens what can be done."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        self.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, line = self._look, self.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or (self.underMouse() and line.acts):
            painter.setPen(look.colour("accent" if self.hasFocus() else "line"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.setPen(look.colour("dim" if line.done else "text"))
        text = self._text(self.width())
        text.draw(painter, QPointF(_SIDE, _PADDING))
        if line.note:
            painter.setPen(look.colour("dim"))
            self._note(self.width()).draw(painter, QPointF(_SIDE, _PADDING + text.lineCount() * _LINE))
        if line.chip is not None:
            wide = chip_width(line.chip, look)
            place = QRect(self.width() - wide - _SIDE, _PADDING + (_LINE - CHIP_HEIGHT) // 2, wide, CHIP_HEIGHT)
            draw_chip(painter, place, line.chip, look)

    def _chip_room(self) -> int:
        return chip_width(self.line.chip, self._look) + _GAP if self.line.chip else 0

    def _text(self, width: int) -> QTextLayout:
        room = max(_LEAST // 2, width - 2 * _SIDE - self._chip_room())
        return lay_out(self.line.text, self._look.font("body"), room, _LINE)

    def _note(self, width: int) -> QTextLayout:
        return lay_out(self.line.note, self._look.font("small"), max(_LEAST // 2, width - 2 * _SIDE), _NOTE_LINE)
