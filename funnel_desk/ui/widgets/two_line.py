"""The list of sections with rows of two lines: what Today is made of."""

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.i18n import format_number
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
_FOLD = 10
ROWS = "application/x-funnel-desk-rows"
"""What dragged rows are, to whoever takes them: the rows that are chosen."""


class TwoLineView(QListView):
    """One row is always current while there is any: `entry_chosen` tells its key; several may be chosen at once.

    `entry_clicked` when it was clicked, `entry_opened` when it was entered by double click or Enter. `fold_wanted`: a
    section (by its heading's key) is to be folded or opened, by a click on its heading or by the left and right keys.
    `rows_dropped`: the chosen rows were dragged onto a section. `dragging` when a drag begins and when it is over.
    """

    entry_chosen = Signal(str)
    entry_opened = Signal(str)
    entry_clicked = Signal(str)
    fold_wanted = Signal(str, bool)
    rows_dropped = Signal(str)
    dragging = Signal(bool)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.sections = SectionsModel(self, drags=True)
        self.setModel(self.sections)
        self.setItemDelegate(_TwoLineDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
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

    def chosen_keys(self) -> list[str]:
        """The keys of all rows that are chosen, in order."""
        found = (self.sections.entry(index) for index in sorted(self.selectedIndexes(), key=QModelIndex.row))
        return [entry.key for entry in found if entry]

    def choose_all(self, keys: list[str]) -> None:
        """Choose these rows besides the current one, as far as they are there."""
        selection = self.selectionModel()
        for index in (self.sections.index_of(key) for key in keys):
            if index.isValid():
                selection.select(index, selection.SelectionFlag.Select)

    def choose_heading(self, key: str) -> None:
        """Go to a folded section."""
        index = self.sections.index_of_heading(key)
        if index.isValid():
            self.setCurrentIndex(index)

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
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            heading = self.sections.heading(self.currentIndex())
            fold = event.key() == Qt.Key.Key_Left
            if heading is not None and heading.key and heading.folded is not fold:
                self.fold_wanted.emit(heading.key, fold)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds its section, or opens it."""
        row = self.indexAt(event.position().toPoint()).data(ENTRY)
        if isinstance(row, Heading):
            if row.key:
                self.fold_wanted.emit(row.key, not row.folded)
            return
        super().mousePressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry the chosen rows."""
        if not self.chosen_keys():
            return
        carried = QMimeData()
        carried.setData(ROWS, b"")
        drag = QDrag(self)
        drag.setMimeData(carried)
        self.dragging.emit(True)
        drag.exec(Qt.DropAction.MoveAction)
        self.dragging.emit(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only our own rows may be dropped here."""
        event.setAccepted(event.mimeData().hasFormat(ROWS))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Over every section."""
        event.setAccepted(event.mimeData().hasFormat(ROWS) and self._under(event) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """`rows_dropped` tells on which section."""
        heading = self._under(event)
        if heading is not None:
            event.setDropAction(Qt.DropAction.CopyAction)  # nobody is to take rows out of this list
            event.accept()
            self.rows_dropped.emit(heading.key)

    def _under(self, event: QDropEvent) -> Heading | None:
        return self.sections.heading(self.indexAt(event.position().toPoint()))

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
        row = index.data(ENTRY) if index.isValid() else None
        if entry is not None:
            self.entry_opened.emit(entry.key)
        elif isinstance(row, Heading) and row.key:
            self.fold_wanted.emit(row.key, not row.folded)


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
            self._draw_ground(painter, area, option.state)
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
        counted = "" if row.count is None else format_number(row.count)
        draw_text(painter, line, counted, look.font("small_figures"), look.colour("faint"))
        if row.key:
            mark = QRect(area.right() - _MARGIN - _FOLD, area.top() + 15, _FOLD, _FOLD)
            draw_icon(painter, mark, "chevron-right" if row.folded else "chevron", "faint", look)

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
