"""A list of one-line rows under headings, for the palette: an icon, what it is, a note, and its keys at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.sections import ENTRY, Entry, Heading, SectionsModel
from funnel_desk.ui.painting import draw_icon, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex

_ROW = 32
_HEADING = 28
_MARGIN = 16
_GAP = 8
_NOTE_SHARE = 2  # a note takes at most one part in so many


class OneLineView(QListView):
    """`picked` tells the key of a row that was clicked; the keyboard belongs to whoever types above."""

    picked = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("role", "panel")
        self.sections = SectionsModel(self)
        self.setModel(self.sections)
        self.setItemDelegate(_Delegate(look, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._clicked)
        look.changed.connect(self.viewport().update)

    def chosen(self) -> Entry | None:
        """The row that is chosen."""
        return self.sections.entry(self.currentIndex())

    def choose(self, key: str = "") -> None:
        """Choose the row of a key, else the first."""
        index = self.sections.index_of(key) if key else QModelIndex()
        rows = self.sections.entry_indexes()
        if not index.isValid() and rows:
            index = rows[0]
        self.setCurrentIndex(index)
        if rows and index == rows[0]:
            self.scrollToTop()

    def step(self, by: int) -> None:
        """Choose the row so many further down; round from the last to the first by single steps."""
        rows = self.sections.entry_indexes()
        if not rows:
            return
        places = [index.row() for index in rows]
        now = places.index(self.currentIndex().row()) if self.currentIndex().row() in places else 0
        place = (now + by) % len(rows) if abs(by) == 1 else min(max(now + by, 0), len(rows) - 1)
        self.setCurrentIndex(rows[place])
        self.scrollTo(self.model().index(0, 0) if place == 0 else rows[place])

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.sections.entry(index)
        if entry is not None:
            self.picked.emit(entry.key)


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _HEADING if isinstance(index.data(ENTRY), Heading) else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ENTRY)
        area: QRect = option.rect
        look = self._look
        painter.save()
        if isinstance(row, Heading):
            line = QRect(area.left() + _MARGIN, area.top() + 6, area.width() - 2 * _MARGIN, 20)
            draw_text(painter, line, row.title, look.font("heading"), look.colour("dim"))
        elif isinstance(row, Entry):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(area, look.colour("selection"))
                painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), look.colour("accent"))
            self._draw(painter, area, row)
        painter.restore()

    def _draw(self, painter: QPainter, area: QRect, row: Entry) -> None:
        look, right_align = self._look, Qt.AlignmentFlag.AlignRight
        left, right, top = area.left() + _MARGIN, area.right() + 1 - _MARGIN, area.top() + (area.height() - 20) // 2
        if row.icon:
            draw_icon(painter, QRect(left, top + 2, 16, 16), row.icon, "dim", look)
        left += 16 + _GAP
        if row.figure:
            width = text_width(row.figure, look.font("small")) + 1
            place = QRect(right - width, top, width, 20)
            draw_text(painter, place, row.figure, look.font("small"), look.colour("dim"), right_align)
            right -= width + 2 * _GAP
        if row.detail:
            wanted = text_width(row.detail, look.font("body")) + 1
            free = right - left - text_width(row.title, look.font("strong")) - 2 * _GAP
            width = min(wanted, max(free, (right - left) // _NOTE_SHARE))
            place = QRect(right - width, top, width, 20)
            draw_text(painter, place, row.detail, look.font("body"), look.colour("dim"), right_align)
            right -= width + 2 * _GAP
        draw_text(painter, QRect(left, top, right - left, 20), row.title, look.font("strong"), look.colour("text"))
