"""The timeline on the card: the day, what happened, and how."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.timeline import EVENT, TimelineLine, TimelineModel
from funnel_desk.ui.painting import draw_text, lay_out
from funnel_desk.ui.widgets.fitted_list import FittedList

_Index = QModelIndex | QPersistentModelIndex

_LINE = 20
_PADDING = 4
_DAY_WIDTH = 60
_GAP = 12


class Timeline(FittedList):
    """Its events can be walked through by keyboard and are read whole by a screen reader."""

    def __init__(self, look: Look, name: str) -> None:
        self.events = TimelineModel()
        super().__init__(look, self.events, name)
        self.events.setParent(self)
        self._delegate = _TimelineDelegate(look, self)
        self.setItemDelegate(self._delegate)

    def row_height(self, row: int, width: int) -> int:
        line = self.events.line(self.events.index(row))
        return self._delegate.height(line, width) if line else 0


class _TimelineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, self.height(index.data(EVENT), self._view.viewport().width()))

    def height(self, line: TimelineLine, width: int) -> int:
        """How high an event is at a width of the list, px."""
        return self._layout(line, width).lineCount() * _LINE + 2 * _PADDING

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: TimelineLine = index.data(EVENT)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = self._look
        painter.save()
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(look.colour("accent"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        day = QRect(area.left(), area.top() + _PADDING, _DAY_WIDTH, _LINE)
        draw_text(painter, day, line.day, look.font("small_figures"), look.colour("dim"), Qt.AlignmentFlag.AlignRight)
        painter.setPen(look.colour("dim" if line.quiet else "text"))
        place = QPointF(area.left() + _DAY_WIDTH + _GAP, area.top() + _PADDING)
        self._layout(line, area.width()).draw(painter, place)
        painter.restore()

    def _layout(self, line: TimelineLine, width: int) -> QTextLayout:
        text = f"{line.text} · {line.note}" if line.note else line.text
        small = QTextLayout.FormatRange()
        made = QTextCharFormat()
        made.setFont(self._look.font("small"))
        made.setForeground(self._look.colour("dim"))
        small.start, small.length, small.format = len(line.text), len(text) - len(line.text), made
        room = max(40, width - _DAY_WIDTH - _GAP)
        return lay_out(text, self._look.font("body"), room, _LINE, formats=[small])
