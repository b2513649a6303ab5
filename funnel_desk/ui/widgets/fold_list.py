"""Short lines that open: what they say, and under it what to answer."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import draw_icon, lay_out, text_width
from funnel_desk.ui.widgets.labels import discard_all, label, present

_INDENT = 20
_LINE = 20
_PADDING = 2
_ICON = 12


class FoldList(QWidget):
    """Each line is a button; pressed, it shows what belongs to it. The same lines shown again stay as they are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[tuple[str, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these (line, what is under it), all closed."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        discard_all(self._column)
        for line, under in lines:
            self._column.addWidget(_Fold(self._look, line, under))
        self.updateGeometry()


class _Fold(QWidget):
    def __init__(self, look: Look, line: str, under: str) -> None:
        super().__init__()
        self._head = _Head(look, line)
        self._head.setAccessibleDescription(under)
        self._head.toggled.connect(self._turn)
        self._under = label(under, wrap=True)
        self._under.hide()
        row = QHBoxLayout()
        row.setContentsMargins(_INDENT, 0, 0, 4)
        row.addWidget(self._under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(row)
        self._turn(opened=False)

    def _turn(self, opened: bool) -> None:
        present(self._under, shown=opened)


class _Head(QAbstractButton):
    """A chevron and a line that wraps."""

    def __init__(self, look: Look, line: str) -> None:
        super().__init__()
        self._look = look
        self.setText(line.replace("&", "&&"))
        self._line = line
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(width).lineCount() * _LINE + 2 * _PADDING

    def sizeHint(self) -> QSize:
        return QSize(text_width(self._line, self._look.font("body")) + _INDENT + 2, _LINE + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _LINE + 2 * _PADDING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        icon = "chevron" if self.isChecked() else "chevron-right"
        draw_icon(painter, QRect(2, _PADDING + (_LINE - _ICON) // 2, _ICON, _ICON), icon, "dim", look)
        painter.setPen(look.colour("accent" if self.underMouse() else "text"))
        self._lines(self.width()).draw(painter, QPointF(_INDENT, _PADDING))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _lines(self, width: int) -> QTextLayout:
        return lay_out(self._line, self._look.font("body"), max(40, width - _INDENT - 2), _LINE)
