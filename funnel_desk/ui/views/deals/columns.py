"""The columns of the list of deals, and how they are drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_day, format_relative_day, translate
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.paged import ROW, Column
from funnel_desk.ui.painting import CHIP_HEIGHT, ChipText, chip_width, draw_chip, draw_icon, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex

TITLE, COMPANY, STAGE, NEXT, DUE, VALUE, CHANCE, TOUCHED = range(8)
# Which columns give way, in this order, as the list becomes narrower (px).
GIVES_WAY = ((TOUCHED, 1180), (CHANCE, 1080), (NEXT, 960), (COMPANY, 720), (STAGE, 440))
_PADDING = 8
_ICON = 16


def deal_columns(today: str, zone: str) -> list[Column[DealRow]]:
    """The columns as they read on a day."""
    return [
        Column("title", _("Deal"), lambda row: row.title, 220, sort="title"),
        Column("company", _("Company"), lambda row: row.company, 150, sort="company"),
        Column("stage", _("Stage"), lambda row: phrases.of(row.stage), 124, sort="stage"),
        Column("next", _("Next action"), _next, 200),
        Column("due", _("When"), lambda row: _due(row, today, zone), 116, sort="next_due"),
        Column("value", _("Value"), lambda row: phrases.money(row.value, row.currency), 104,
               figures=True, sort="value"),
        Column("chance", _("Chance"), _chance, 72, figures=True, sort="probability"),
        Column("touched", _("Last touch"), lambda row: format_day(day_of(row.last_touch, zone), "short"), 92,
               figures=True, sort="last_touch"),
    ]  # fmt: skip


class DealDelegate(QStyledItemDelegate):
    """Titles stand out, a late day is red and says by how much, what is closed says so in a chip."""

    def __init__(self, look: Look, today: str, zone: str, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._look, self._today, self._zone = look, today, zone

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: DealRow | None = index.data(ROW)
        area: QRect = option.rect
        look = self._look
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, look.colour("selection"))
            if index.column() == TITLE:
                painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), look.colour("accent"))
        if row is not None:
            self._write(painter, area.adjusted(_PADDING * 2 if index.column() == TITLE else _PADDING, 0, -_PADDING, 0),
                        row, index)  # fmt: skip
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, row: DealRow, index: _Index) -> None:
        look, column, text = self._look, index.column(), str(index.data() or "")
        if column == TITLE:
            area = self._draw_outcome(painter, area, row)
            draw_text(painter, area, text, look.font("strong"), look.colour("text"))
            if self._table.isColumnHidden(COMPANY):
                beside = text_width(text, look.font("strong")) + _PADDING
                draw_text(painter, area.adjusted(beside, 0, 0, 0), row.company, look.font("body"), look.colour("dim"))
        elif column == NEXT and row.next_kind:
            icon = QRect(area.left(), area.top() + (area.height() - _ICON) // 2, _ICON, _ICON)
            draw_icon(painter, icon, phrases.kind_icon(row.next_kind), "dim", look)
            draw_text(painter, area.adjusted(_ICON + 6, 0, 0, 0), text, look.font("body"), look.colour("dim"))
        elif column == DUE:
            self._draw_due(painter, area, row, text)
        else:
            figures = column in {VALUE, CHANCE, TOUCHED}
            ink = "text" if column in {VALUE, STAGE} else "dim"
            align = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
            draw_text(painter, area, text, look.font("figures" if figures else "body"), look.colour(ink), align)

    def _draw_outcome(self, painter: QPainter, area: QRect, row: DealRow) -> QRect:
        if row.outcome == "open":
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


def _next(row: DealRow) -> str:
    return phrases.of(row.next_title) or (phrases.kind_name(row.next_kind) if row.next_kind else "")


def _due(row: DealRow, today: str, zone: str) -> str:
    if not row.next_kind:
        return _("plan one") if row.outcome == "open" else ""
    told, late = phrases.due(row.next_due, today, zone)
    return format_relative_day(day_of(row.next_due or today, zone), today) if late else told


def _chance(row: DealRow) -> str:
    return phrases.chance(row.probability) if row.outcome == "open" else ""
