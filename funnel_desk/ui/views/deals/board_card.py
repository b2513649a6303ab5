"""A deal as a card on the board: title, company and value, the next action and how late it is, and its age."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_days
from funnel_desk.queries.deals import DealRow
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.paged import ROW
from funnel_desk.ui.painting import draw_icon, draw_text, text_width

_Index = QModelIndex | QPersistentModelIndex

CARD_HEIGHT = 104
"""Of a card with the gap under it, px."""
_GAP, _PADDING, _LINE, _ICON, _BETWEEN = 8, 10, 20, 16, 8
_RADIUS = 6
_SLACK = 4  # px: what the width of a text may be wrong by


class CardDelegate(QStyledItemDelegate):
    """Draws the cards; what wants attention says so in a word, not by its colour alone."""

    def __init__(self, look: Look, today: str, zone: str, view: QWidget) -> None:
        super().__init__(view)
        self._look, self.today, self._zone = look, today, zone

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(160, CARD_HEIGHT)

    def words(self, row: DealRow) -> str:
        """All of a card in one line, as it is read aloud."""
        due, _ink = self._due(row)
        age = _("{days} old", days=self._age(row)) if self._age(row) else ""
        parts = (row.title, row.company, phrases.money(row.value, row.currency), _next(row), due, age)
        return ", ".join(part for part in parts if part)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: DealRow | None = index.data(ROW)
        area: QRect = option.rect.adjusted(0, 0, -1, -_GAP)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        look = self._look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("selection" if chosen else "panel"))
        held = chosen and bool(state & QStyle.StateFlag.State_Active)
        painter.setPen(QPen(look.colour("accent" if chosen else "line"), 2 if held else 1))
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        if row is not None:
            self._write(painter, area.adjusted(_PADDING, _PADDING - 1, -_PADDING, 0), row)
        painter.restore()

    def _write(self, painter: QPainter, inside: QRect, row: DealRow) -> None:
        look = self._look
        lines = [QRect(inside.left(), inside.top() + place * _LINE, inside.width(), _LINE) for place in range(4)]
        draw_text(painter, lines[0], row.title, look.font("strong"), look.colour("text"))
        self._write_pair(painter, lines[1], (row.company, "dim"), (phrases.money(row.value, row.currency), "text"))
        told = _next(row)
        if told:
            icon = QRect(lines[2].left(), lines[2].top() + (_LINE - _ICON) // 2, _ICON, _ICON)
            draw_icon(painter, icon, phrases.kind_icon(row.next_kind), "dim", look)
            draw_text(painter, lines[2].adjusted(_ICON + 6, 0, 0, 0), told, look.font("body"), look.colour("dim"))
        due, age = self._due(row), self._age(row)
        both = text_width(due[0], look.font("body")) + _BETWEEN + text_width(age, look.font("figures"))
        self._write_pair(painter, lines[3], due, (age if both + _SLACK <= inside.width() else "", "dim"))

    def _write_pair(self, painter: QPainter, line: QRect, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two texts in one line; the left one gives way."""
        look, (text, ink) = self._look, right
        figures = look.font("figures")
        width = min(line.width(), text_width(text, figures) + 2) if text else 0
        side = QRect(line.right() - width + 1, line.top(), width, line.height())
        draw_text(painter, side, text, figures, look.colour(ink), Qt.AlignmentFlag.AlignRight)
        room = line.adjusted(0, 0, -width - (_BETWEEN if width else 0), 0)
        draw_text(painter, room, left[0], look.font("body"), look.colour(left[1]))

    def _due(self, row: DealRow) -> tuple[str, str]:
        """When the next action is due, and the ink for it."""
        if row.outcome == "open" and not row.next_kind:
            return _("plan one"), "warn"
        told, late = phrases.due(row.next_due, self.today, self._zone)
        return told, "bad" if late else "dim"

    def _age(self, row: DealRow) -> str:
        days = phrases.days_between_days(day_of(row.created_at, self._zone), self.today)
        return format_days(days) if days > 0 else ""


def _next(row: DealRow) -> str:
    return phrases.of(row.next_title) or (phrases.kind_name(row.next_kind) if row.next_kind else "")
