"""Drawing that several delegates and widgets share: a line of text, wrapped text, a chip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption

from funnel_desk.ui.look import Look

Tone = Literal["accent", "warn", "bad", "plain"]

INK = Qt.ItemDataRole.UserRole + 1
"""The role under which a cell may tell the token of its colour; text is the colour of those that do not."""

CHIP_HEIGHT = 16
_CHIP_PADDING = 6


@dataclass(frozen=True, slots=True)
class ChipText:
    """A state in one or two words, and what it means: fine, look here, bad, or just so."""

    text: str
    tone: Tone = "plain"


def draw_text(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text in an area, centred in its height, cut with an ellipsis where it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    line = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, area.width())
    flags = int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
    painter.drawText(area, flags, line)


def text_width(text: str, font: QFont) -> int:
    """How wide a line of text is, px."""
    return QFontMetrics(font).horizontalAdvance(text)


def lay_out(
    text: str,
    font: QFont,
    width: int,
    line_height: int,
    most_lines: int = 0,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> QTextLayout:
    """Text wrapped to a width; no more than `most_lines` if given. Its height is the number of lines times theirs."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    if formats:
        layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    number = 0
    while not most_lines or number < most_lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, number * line_height + (line_height - line.height()) / 2))
        number += 1
    layout.endLayout()
    return layout


def chip_width(chip: ChipText, look: Look) -> int:
    """How wide a chip is when drawn, px."""
    return text_width(chip.text, look.font("small")) + 2 * _CHIP_PADDING


def draw_chip(painter: QPainter, area: QRect, chip: ChipText, look: Look) -> None:
    """A chip that fills an area of `chip_width` by `CHIP_HEIGHT`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(Qt.GlobalColor.transparent) if chip.tone == "plain" else look.colour(f"{chip.tone}_weak")
    ink = look.colour("dim" if chip.tone == "plain" else chip.tone)
    painter.setBrush(ground)
    painter.setPen(QPen(look.colour("line")) if chip.tone == "plain" else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    painter.restore()
    draw_text(painter, area, chip.text, look.font("small"), ink, Qt.AlignmentFlag.AlignHCenter)


def draw_icon(painter: QPainter, area: QRect, icon: str, token: str, look: Look) -> None:
    """An icon in the middle of an area, its side that of the area."""
    look.icon(icon, token, area.width()).paint(painter, area)
