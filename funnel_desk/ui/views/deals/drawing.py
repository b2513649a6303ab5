"""How the cells of the list of deals are drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from funnel_desk.i18n import translate
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.paged import ROW, PagedModel
from funnel_desk.ui.painting import CHIP_HEIGHT, ChipText, chip_width, draw_chip, draw_icon, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 8
_ICON = 16


class DealDelegate(QStyledItemDelegate):
    """Titles stand out, a late day is red and says by how much, what is closed says so in a chip."""

    def __init__(self, look: Look, today: str, zone: str, table: QTableView, model: PagedModel[DealRow]) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._look, self._today, self._zone = look, today, zone

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: DealRow | None = index.data(ROW)
        area: QRect = option.rect
        look = self._look
        first = self._table.columnViewportPosition(index.column()) == -self._table.horizontalScrollBar().value()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
            if first:
                painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), look.colour("accent"))
        if option.state & QStyle.StateFlag.State_HasFocus and index == self._table.currentIndex():
            painter.setPen(QPen(look.colour("accent"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        if row is not None:
            self._write(painter, area.adjusted(_PADDING * 2 if first else _PADDING, 0, -_PADDING, 0), row, index)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, row: DealRow, index: _Index) -> None:
        look, column, text = self._look, self._model.columns[index.column()], str(index.data() or "")
        if column.key == "title":
            area = self._draw_outcome(painter, area, row)
            draw_text(painter, area, text, look.font("strong"), look.colour("text"))
            if row.company and self._is_hidden("company"):
                beside = text_width(text, look.font("strong")) + _PADDING
                draw_text(painter, area.adjusted(beside, 0, 0, 0), row.company, look.font("body"), look.colour("dim"))
        elif column.key == "next" and row.next_kind:
            icon = QRect(area.left(), area.top() + (area.height() - _ICON) // 2, _ICON, _ICON)
            draw_icon(painter, icon, phrases.kind_icon(row.next_kind), "dim", look)
            draw_text(painter, area.adjusted(_ICON + 6, 0, 0, 0), text, look.font("body"), look.colour("dim"))
        elif column.key == "due":
            self._draw_due(painter, area, row, text)
        else:
            ink = "text" if column.key in {"value", "stage"} else "dim"
            align = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            draw_text(painter, area, text, look.font("figures" if column.figures else "body"), look.colour(ink), align)

    def _is_hidden(self, key: str) -> bool:
        place = next((place for place, one in enumerate(self._model.columns) if one.key == key), -1)
        return place >= 0 and self._table.isColumnHidden(place)

    def _draw_outcome(self, painter: QPainter, area: QRect, row: DealRow) -> QRect:
        if row.outcome == "open" or not self._is_hidden("outcome"):
            return area
        chip = ChipText(translate(phrases.OUTCOMES[row.outcome]).lower(), "accent" if row.outcome == "won" else "plain")
        width = chip_width(chip, self._look)
        top = area.top() + (area.height() - CHIP_HEIGHT) // 2
        draw_chip(painter, QRect(area.right() - width, top, width, CHIP_HEIGHT), chip, self._look)
        return area.adjusted(0, 0, -width - _PADDING, 0)

    def _draw_due(self, painter: QPainter, area: QRect, row: DealRow, text: str) -> None:
        late = phrases.due(row.next_due, self._today, self._zone)[1]
        ink = "bad" if late else "warn" if row.outcome == "open" and not row.next_kind else "dim"
        draw_text(painter, area, text, self._look.font("figures"), self._look.colour(ink))
