"""Labels by their part: title, heading of a group, note, key, chip; the style sheet dresses them by `role`."""

from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from funnel_desk.i18n import format_number
from funnel_desk.ui.painting import ChipText, lay_out

Role = Literal["", "title", "name", "heading", "dim", "note", "faint", "warn", "bad", "sentence", "key"]
# Height of a line by the height of its letters, px.
_LINES = {12: 18, 13: 20, 15: 24, 17: 28}
_LEAST_WIDTH = 48

Ground = Literal["plain", "panel", "warn", "rail", "bar", "foot", "side", "line"]


def label(text: str, role: Role = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """A label of plain text; `wrap` breaks it into lines, `name` is its object name."""
    made = Paragraph(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setObjectName(name)
    return made


def key_hint(key: str) -> QLabel:
    """A key by its name ("Ctrl K"), in a small frame."""
    made = label(key, "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def frame(ground: Ground) -> QFrame:
    """A frame with a ground of the theme: plain, panel, rail, bar and so on."""
    made = QFrame()
    made.setProperty("ground", ground)
    return made


def keep_width(wrapping: QLabel, width: int) -> None:
    """Give a wrapping label a width of its own, px; its height follows from it."""
    wrapping.setFixedWidth(width)
    policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    wrapping.setSizePolicy(policy)


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def discard(widget: QWidget) -> None:
    """Throw a widget away. A layout may still mean to show it: without the hiding it would come up as a window."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def discard_all(layout: QLayout) -> None:
    """Take all widgets out of a layout and throw them away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            discard(widget)


def present(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a part of another widget. A widget that was never hidden is shown with its parent, not before."""
    if not shown:
        widget.hide()
    elif widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
        widget.show()


class Elided(QLabel):
    """One line that is cut with an ellipsis where its place is too narrow; the whole of it is its hint then."""

    def __init__(self, text: str = "", role: Role = "", *, name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), int(flags | Qt.TextFlag.TextSingleLine), shown)


class Paragraph(QLabel):
    """Plain text that wraps, on the lines of the type scale: a line is half as high again as its letters."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Layouts also ask about widths that nobody will ever give it.
        width = min(width, self.maximumWidth())
        return self._lines(width if width >= _LEAST_WIDTH else self._natural()).lineCount() * self._line()

    def sizeHint(self) -> QSize:
        width = self.width() if self.minimumWidth() == self.maximumWidth() else self._natural()
        return QSize(self._natural(), self.heightForWidth(max(1, width)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self._line())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines = self._lines(self.width())
        option = lines.textOption()
        option.setAlignment(self.alignment())
        lines.setTextOption(option)
        lines.draw(painter, QPointF(0, 0))

    def _line(self) -> int:
        return _LINES.get(self.font().pixelSize(), round(self.font().pixelSize() * 1.5))

    def _lines(self, width: int) -> QTextLayout:
        return lay_out(self.text(), self.font(), width, self._line())

    def _natural(self) -> int:
        return max(self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n")) + 2


class Chip(QLabel):
    """A state that can be said in one or two words."""

    def __init__(self, chip: ChipText | None = None) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(chip)

    def show_chip(self, chip: ChipText | None) -> None:
        """Say another state; None hides the chip."""
        present(self, shown=chip is not None)
        if chip is not None:
            self.setText(chip.text)
            self.setProperty("tone", chip.tone)
            repolish(self)


class SectionHeading(QWidget):
    """The heading of a group, with how many belong to it."""

    def __init__(self, text: str, count: int | None = None) -> None:
        super().__init__()
        self._text = label(text, "heading")
        self._count = label("", "faint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addWidget(self._count)
        row.addStretch(1)
        self.say(text, count)

    def say(self, text: str, count: int | None = None) -> None:
        """Another heading, another count; None shows no count."""
        self._text.setText(text)
        self._count.setText("" if count is None else format_number(count))
        present(self._count, shown=count is not None)
