"""The table of the history: rows of one line; what is undone is struck out and says so."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.acts import WHAT, ActsModel
from funnel_desk.ui.models.paged import ROW
from funnel_desk.ui.painting import CHIP_HEIGHT, ChipText, chip_width, draw_chip, draw_text, text_width
from funnel_desk.ui.widgets.row_table import CELL_PADDING, CellDelegate, RowTable

_Index = QModelIndex | QPersistentModelIndex


class ActsTable(RowTable):
    """All acts; `model` tells which is chosen."""

    def __init__(self, look: Look, model: ActsModel) -> None:
        super().__init__(look, _("History"), model, [column.width for column in model.columns], WHAT)
        self.setObjectName("history.table")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegateForColumn(WHAT, _WhatDelegate(look, self))


class _WhatDelegate(CellDelegate):
    """Strikes out what is undone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW)
        if row is None or not row.undone_by:
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._look.colour("selection"))
        self._draw_undone(painter, option.rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0), str(index.data() or ""))
        painter.restore()

    def _draw_undone(self, painter: QPainter, area: QRect, text: str) -> None:
        look, font = self._look, self._look.font("body")
        chip = ChipText(_("undone"))
        width = chip_width(chip, look)
        font.setStrikeOut(True)
        room = min(text_width(text, font) + 1, area.width() - width - CELL_PADDING)
        draw_text(painter, QRect(area.left(), area.top(), room, area.height()), text, font, look.colour("dim"))
        top = area.top() + (area.height() - CHIP_HEIGHT) // 2
        draw_chip(painter, QRect(area.left() + room + CELL_PADDING, top, width, CHIP_HEIGHT), chip, look)
