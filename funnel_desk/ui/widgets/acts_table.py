"""The table of the history: rows of one line; what is undone is struck out and says so."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.look import FontKind, Look
from funnel_desk.ui.models.acts import WHAT, ActsModel
from funnel_desk.ui.models.paged import ROW
from funnel_desk.ui.painting import CHIP_HEIGHT, ChipText, chip_width, draw_chip, draw_text, text_width
from funnel_desk.ui.widgets.row_table import RowTable

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 8


class ActsTable(RowTable):
    """All acts; `model` tells which is chosen."""

    def __init__(self, look: Look, model: ActsModel, parent: QWidget | None = None) -> None:
        super().__init__(_("History"), model, [column.width for column in model.columns], WHAT, parent)
        self.setObjectName("history.table")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(_ActsDelegate(look, self))
        look.changed.connect(self.viewport().update)


class _ActsDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, look = index.data(ROW), self._look
        if row is None:
            return
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
        inside = area.adjusted(_PADDING, 0, -_PADDING, 0)
        text = str(index.data() or "")
        if index.column() == WHAT:
            self._draw_what(painter, inside, text, undone=bool(row.undone_by))
        else:
            kind: FontKind = "figures" if index.column() != WHAT + 1 else "body"
            ink = "dim" if index.column() else "text"
            draw_text(painter, inside, text, look.font(kind), look.colour(ink), _align(index))
        painter.restore()

    def _draw_what(self, painter: QPainter, area: QRect, text: str, *, undone: bool) -> None:
        look, font = self._look, self._look.font("body")
        if not undone:
            draw_text(painter, area, text, font, look.colour("text"))
            return
        chip = ChipText(_("undone"))
        width = chip_width(chip, look)
        font.setStrikeOut(True)
        room = min(text_width(text, font) + 1, area.width() - width - _PADDING)
        draw_text(painter, QRect(area.left(), area.top(), room, area.height()), text, font, look.colour("dim"))
        top = area.top() + (area.height() - CHIP_HEIGHT) // 2
        draw_chip(painter, QRect(area.left() + room + _PADDING, top, width, CHIP_HEIGHT), chip, look)


def _align(index: _Index) -> Qt.AlignmentFlag:
    said = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return Qt.AlignmentFlag.AlignRight if said and said & Qt.AlignmentFlag.AlignRight else Qt.AlignmentFlag.AlignLeft
