"""The timeline on the card: the day, what happened, and how."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.timeline import EVENT, TimelineLine, TimelineModel
from funnel_desk.ui.painting import draw_text, lay_out

_Index = QModelIndex | QPersistentModelIndex

_LINE = 20
_PADDING = 4
_DAY_WIDTH = 60
_GAP = 12


class Timeline(QListView):
    """As high as its events; they can be walked through by keyboard and are read whole by a screen reader."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.events = TimelineModel(self)
        self.setModel(self.events)
        self.setItemDelegate(_TimelineDelegate(look, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.events.modelReset.connect(self._fit)
        look.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        option = QStyleOptionViewItem()
        rows = range(self.events.rowCount())
        height = sum(self.itemDelegate().sizeHint(option, self.events.index(row)).height() for row in rows)
        self.setFixedHeight(max(1, height))


class _TimelineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = self._layout(index.data(EVENT), self._view.viewport().width()).lineCount()
        return QSize(120, lines * _LINE + 2 * _PADDING)

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
        room = width - _DAY_WIDTH - _GAP
        return lay_out(text, self._look.font("body"), room, _LINE, formats=[small])
