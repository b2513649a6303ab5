"""The words to say: the largest text on the screen, the key question bold, what came from the deal marked."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QVBoxLayout

from funnel_desk.ui.look import Look

SpanStyle = Literal["plain", "bold", "filled"]
Span = tuple[str, SpanStyle]
WordSize = Literal["words", "card_words"]

_ANY_WIDTH = 100_000

_LINE_HEIGHTS: dict[WordSize, int] = {"words": 28, "card_words": 24}
_FILLED_HEIGHTS: dict[WordSize, int] = {"words": 21, "card_words": 19}


class ScriptCard(QFrame):
    """A panel as high as its words. They can be selected and copied, and are read by a screen reader."""

    def __init__(self, look: Look, size: WordSize = "words", name: str = "", *, object_name: str = "") -> None:
        """`name` is what a screen reader calls it, `object_name` that of the text itself."""
        super().__init__()
        self.setProperty("ground", "panel")
        self._words = _Words(look, size)
        self._words.setObjectName(object_name)
        self._words.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 15, 20, 15) if size == "words" else column.setContentsMargins(18, 13, 18, 13)
        column.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def say(self, spans: Sequence[Span]) -> None:
        """Show other words."""
        self._words.say(spans)

    def text(self) -> str:
        """The words as plain text."""
        return self._words.toPlainText()


class _Words(QTextEdit):
    def __init__(self, look: Look, size: WordSize) -> None:
        super().__init__()
        self._look, self._size = look, size
        self._spans: tuple[Span, ...] = ()
        self._filled: list[tuple[int, int]] = []
        self._heights: dict[int, int] = {}
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setStyleSheet("background: transparent; border: none;")
        self.document().setDocumentMargin(0)
        look.changed.connect(self._write_again)

    def say(self, spans: Sequence[Span]) -> None:
        self._spans = tuple(spans)
        self._write_again()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._needed(width)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._needed(_ANY_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._needed(_ANY_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.document().setTextWidth(self.viewport().width())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("accent_weak"))
        for start, end in self._filled:
            for area in self._areas(start, end):
                painter.drawRoundedRect(area, 4, 4)
        painter.end()
        super().paintEvent(event)

    def _write_again(self) -> None:
        """Plain characters only: whatever stands in a script is never read as markup."""
        self.clear()
        self._filled = []
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(_LINE_HEIGHTS[self._size], QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        for text, style in self._spans:
            start = cursor.position()
            cursor.insertText(text.replace("\n", "\u2028"), self._format(style))
            if style == "filled":
                self._filled.append((start, cursor.position()))
        self._heights.clear()
        self.document().setTextWidth(self.viewport().width())
        self.updateGeometry()

    def _format(self, style: SpanStyle) -> QTextCharFormat:
        made = QTextCharFormat()
        font = self._look.font(self._size)
        font.setWeight(QFont.Weight.Bold if style == "bold" else QFont.Weight.Normal)
        made.setFont(font)
        made.setForeground(QBrush(self._look.colour("text")))
        return made

    def _needed(self, width: int) -> int:
        """The height of the words at a width, px."""
        known = self._heights.get(width)
        if known is None:
            held = self.document().textWidth()
            self.document().setTextWidth(width)
            known = self._heights[width] = max(_LINE_HEIGHTS[self._size], round(self.document().size().height()))
            self.document().setTextWidth(held)
        return known

    def _areas(self, start: int, end: int) -> list[QRectF]:
        """Where a piece of the text stands on the screen: one area for each line that it touches."""
        block: QTextBlock = self.document().findBlock(start)
        layout = block.layout()
        offset = layout.position()
        height = _FILLED_HEIGHTS[self._size]
        areas = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start - block.position(), line.textStart())
            last = min(end - block.position(), line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = _x_of(line.cursorToX(first)), _x_of(line.cursorToX(last))
            middle = line.y() + line.height() - line.descent() - line.ascent() / 2 + 1
            area = QRectF(left - 2, middle - height / 2, right - left + 4, height)
            areas.append(area.translated(offset))
        return areas


def _x_of(found: object) -> float:
    """`cursorToX` answers with the place and the position it took, or with the place alone."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
