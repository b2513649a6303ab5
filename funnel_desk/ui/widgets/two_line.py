"""The list of sections with rows of two lines: what Today is made of."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.sections import ENTRY, Entry, Heading, SectionsModel
from funnel_desk.ui.painting import CHIP_HEIGHT, chip_width, draw_chip, draw_icon, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 52
_HEADING_HEIGHT = 32
_MARGIN = 16
_ICON = 16
_TEXT_FROM = 46
_GAP = 8


class TwoLineView(QListView):
    """One row is always selected while there is any: `entry_chosen` tells its key.

    `entry_clicked` when it was clicked, `entry_opened` when it was entered by double click or Enter.
    """

    entry_chosen = Signal(str)
    entry_opened = Signal(str)
    entry_clicked = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.sections = SectionsModel(self)
        self.setModel(self.sections)
        self.setItemDelegate(_TwoLineDelegate(look, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._changed)
        self.doubleClicked.connect(self._opened)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.viewport().update)

    def chosen_key(self) -> str:
        """The key of the selected row; empty if there is none."""
        entry = self.sections.entry(self.currentIndex())
        return entry.key if entry else ""

    def choose(self, key: str, near: int = 0) -> None:
        """Select the row with this key, else the one that stands now where `near` (a place among the rows) was."""
        index = self.sections.index_of(key)
        if not index.isValid():
            rows = self.sections.entry_indexes()
            if not rows:
                return
            index = rows[min(near, len(rows) - 1)]
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def place(self) -> int:
        """The place of the selected row among the rows, from 0."""
        key = self.chosen_key()
        keys = [entry.key for index in self.sections.entry_indexes() if (entry := self.sections.entry(index))]
        return keys.index(key) if key in keys else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        entry = self.sections.entry(current)
        if entry is not None:
            self.entry_chosen.emit(entry.key)

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.sections.entry(index)
        if entry is not None:
            self.entry_clicked.emit(entry.key)

    def _opened(self, index: QModelIndex) -> None:
        entry = self.sections.entry(index)
        if entry is not None:
            self.entry_opened.emit(entry.key)


class _TwoLineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(index.data(ENTRY), Heading)
        return QSize(200, _HEADING_HEIGHT if heading else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ENTRY)
        area: QRect = option.rect
        painter.save()
        if isinstance(row, Heading):
            self._draw_heading(painter, area, row)
        elif isinstance(row, Entry):
            self._draw_ground(painter, area, option.state)
            self._draw_entry(painter, area, row)
        painter.restore()

    def _draw_heading(self, painter: QPainter, area: QRect, row: Heading) -> None:
        look = self._look
        line = QRect(area.left() + _MARGIN, area.top() + 10, area.width() - 2 * _MARGIN, 20)
        draw_text(painter, line, row.title, look.font("heading"), look.colour("dim"))
        line.setLeft(line.left() + text_width(row.title, look.font("heading")) + _GAP)
        draw_text(painter, line, str(row.count), look.font("small_figures"), look.colour("faint"))

    def _draw_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        if not state & QStyle.StateFlag.State_Selected:
            return
        painter.fillRect(area, self._look.colour("selection"))
        painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), self._look.colour("accent"))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(self._look.colour("accent"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _draw_entry(self, painter: QPainter, area: QRect, row: Entry) -> None:
        look = self._look
        left, right = area.left() + _TEXT_FROM, area.right() + 1 - _MARGIN
        first, second = area.top() + 6, area.top() + 26
        draw_icon(painter, QRect(area.left() + 18, first + 2, _ICON, _ICON), row.icon, "dim", look)
        end = right
        if row.chip is not None:
            width = chip_width(row.chip, look)
            draw_chip(painter, QRect(right - width, first + 1, width, CHIP_HEIGHT), row.chip, look)
            end = right - width - _GAP
        draw_text(painter, QRect(left, first, end - left, 20), row.title, look.font("strong"), look.colour("text"))
        end = right
        if row.figure:
            width = text_width(row.figure, look.font("figures")) + 1
            figure = QRect(right - width, second, width, 20)
            draw_text(
                painter, figure, row.figure, look.font("figures"), look.colour("dim"), Qt.AlignmentFlag.AlignRight
            )
            end = right - width - _GAP
        draw_text(painter, QRect(left, second, end - left, 20), row.detail, look.font("body"), look.colour("dim"))
