"""The painted field of a portfolio: only what is seen is drawn; arrows walk among the deals, Enter opens one."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from funnel_desk.i18n import _, format_number, ngettext, translate
from funnel_desk.queries.portfolio import Portfolio
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.painting import draw_text
from funnel_desk.ui.views.deals.portfolio_layout import LEFT, Layout, Mark, lay_out, nearest
from funnel_desk.ui.views.deals.portfolio_words import BAND_NAMES, mark_words

HEAD = 58
_LINE = 18
_AROUND = 3.0
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PortfolioField(QAbstractScrollArea):
    """`chosen` tells the mark under the cursor (or None), `opened` one that was entered or clicked twice."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found: Portfolio | None = None
        self._layout = Layout((), (), 0.0, (), 0.0, 0.0)
        self._today, self._zone = "", ""
        self._current: tuple[str, ...] = ()
        self.setObjectName("portfolio.field")
        self.setAccessibleName(_("Portfolio of open deals"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        look.changed.connect(self.viewport().update)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What can be chosen, from top left to bottom right."""
        return self._layout.marks

    def show_portfolio(self, found: Portfolio, today: str, zone: str) -> None:
        """Show another portfolio; what was chosen stays chosen if it is still there."""
        self._found, self._today, self._zone = found, today, zone
        self._arrange()
        if self.current() is None:
            self._current = ()
        self._tell()

    def current(self) -> Mark | None:
        """The mark that is chosen."""
        return next((mark for mark in self._layout.marks if mark.key == self._current), None)

    def choose(self, mark: Mark) -> None:
        """Choose a mark and bring it into view."""
        self._current = mark.key
        area, view = mark.place, self.viewport()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        room = view.height() - HEAD
        if area.top() < down.value():
            down.setValue(int(area.top()))
        elif area.bottom() > down.value() + room:
            down.setValue(int(area.bottom() - room) + 4)
        if area.left() - LEFT < across.value():
            across.setValue(int(area.left() - LEFT))
        elif area.right() > across.value() + view.width():
            across.setValue(int(area.right() - view.width()) + 4)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk to the nearest, Home and End to the first and the last, Enter and Space open."""
        marks, here, key = self._layout.marks, self.current(), Qt.Key(event.key())
        if not marks:
            super().keyPressEvent(event)
        elif here is None and key in {*_STEPS, Qt.Key.Key_Home}:
            self.choose(marks[0])
        elif here is not None and key in _STEPS:
            there = nearest(marks, here, _STEPS[key])
            if there is not None:
                self.choose(there)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.choose(marks[0 if key == Qt.Key.Key_Home else -1])
        elif here is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(here)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._at(event.position())
        if mark is not None:
            self.choose(mark)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self._at(event.position())
        if mark is not None:
            self.opened.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        """The hint of a mark says in words what its place, size and shape mean."""
        if isinstance(event, QHelpEvent):
            mark = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(mark) if mark else "", self)
            return True
        return super().viewportEvent(event)

    def words(self, mark: Mark) -> str:
        """A mark in words."""
        return mark_words(mark, self._today, self._zone, self._found.currency if self._found else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        seen = QRectF(event.rect()).translated(x, y - HEAD)
        painter.save()
        painter.setClipRect(QRect(int(LEFT), HEAD, self.viewport().width(), self.viewport().height()))
        painter.translate(-x, HEAD - y)
        self._paint_lines(painter)
        for mark in self._layout.marks:
            if mark.place.intersects(seen):
                self._paint_mark(painter, mark)
        painter.restore()
        self._paint_bands(painter, y)
        self._paint_head(painter, x)

    def _arrange(self) -> None:
        if self._found is None:
            return
        view = self.viewport()
        self._layout = lay_out(self._found, view.width())
        self.horizontalScrollBar().setRange(0, max(0, int(self._layout.width - view.width())))
        self.horizontalScrollBar().setPageStep(view.width())
        self.verticalScrollBar().setRange(0, max(0, int(self._layout.height + HEAD - view.height())))
        self.verticalScrollBar().setPageStep(max(1, view.height() - HEAD))
        self.verticalScrollBar().setSingleStep(_LINE)
        view.update()

    def _tell(self) -> None:
        here = self.current()
        self.setAccessibleDescription(self.words(here) if here else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()
        self.chosen.emit(here)

    def _at(self, place: QPointF) -> Mark | None:
        if place.y() < HEAD or place.x() < LEFT:
            return None
        at = QPointF(
            place.x() + self.horizontalScrollBar().value(), place.y() - HEAD + self.verticalScrollBar().value()
        )
        around = (-_AROUND, -_AROUND, _AROUND, _AROUND)
        return next((mark for mark in self._layout.marks if mark.place.adjusted(*around).contains(at)), None)

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.colour("line"), 1))
        for top, height in self._layout.bands:
            y = top + height - 0.5
            painter.drawLine(QPointF(0, y), QPointF(self._layout.width, y))
        for left, _stage in self._layout.columns:
            painter.drawLine(QPointF(left - 0.5, 0), QPointF(left - 0.5, self._layout.height))

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        if mark.deal is None:
            self._paint_cell(painter, mark)
        else:
            self._paint_shape(painter, mark.place, mark.deal.lateness)
        if mark.key == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent" if self.hasFocus() else "faint"), 2))
            painter.drawRoundedRect(mark.place.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND), 4, 4)

    def _paint_shape(self, painter: QPainter, area: QRectF, lateness: str) -> None:
        paint_shape(painter, area, lateness, self._look)

    def _paint_cell(self, painter: QPainter, mark: Mark) -> None:
        look, cell = self._look, mark.cell
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("warn_weak" if cell.late * 2 > cell.count else "accent_weak"))
        painter.drawRoundedRect(mark.place, 4, 4)
        lines = [
            (ngettext("{n} deal", "{n} deals", cell.count, n=format_number(cell.count)), "strong", "text"),
            (
                ngettext("{n} late", "{n} late", cell.late, n=format_number(cell.late)) if cell.late else "",
                "small",
                "warn",
            ),
        ]
        top = mark.place.toRect().adjusted(8, 7, -8, 0)
        for text, font, ink in lines:
            area = QRect(top.left(), top.top(), top.width(), _LINE)
            draw_text(painter, area, text, look.font(font), look.colour(ink))  # type: ignore[arg-type]  # a font's name
            top.translate(0, _LINE)

    def _paint_bands(self, painter: QPainter, y: int) -> None:
        painter.fillRect(QRectF(0, HEAD, LEFT - 1, self.viewport().height()), self._look.colour("ground"))
        for (top, height), name in zip(self._layout.bands, BAND_NAMES, strict=False):
            area = QRect(16, int(top + HEAD - y), int(LEFT) - 20, int(min(height, 40)))
            draw_text(painter, area, translate(name), self._look.font("small"), self._look.colour("dim"))

    def _paint_head(self, painter: QPainter, x: int) -> None:
        look, found = self._look, self._found
        painter.fillRect(QRectF(0, 0, self.viewport().width(), HEAD), look.colour("ground"))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(0, HEAD - 0.5), QPointF(self.viewport().width(), HEAD - 0.5))
        if found is None:
            return
        painter.save()
        painter.setClipRect(QRectF(LEFT, 0, self.viewport().width(), HEAD))
        for left, stage in self._layout.columns:
            total = found.total(stage.id)
            lines = (
                (phrases.of(stage.name), "strong", "text"),
                (ngettext("{n} deal", "{n} deals", total.count, n=format_number(total.count)), "small", "dim"),
                (phrases.money(total.value, found.currency) if total.value else "", "small_figures", "dim"),
            )
            for place, (text, font, ink) in enumerate(lines):
                area = QRect(int(left - x) + 8, 1 + place * _LINE, int(self._layout.column_width) - 12, _LINE)
                draw_text(painter, area, text, look.font(font), look.colour(ink))  # type: ignore[arg-type]
        painter.restore()
        area = QRect(16, 1 + 2 * _LINE, int(LEFT) - 20, _LINE)
        draw_text(painter, area, _("Age"), look.font("small"), look.colour("dim"))


def paint_shape(painter: QPainter, area: QRectF, lateness: str, look: Look) -> None:
    """A disc: the next action is ahead; a diamond: it is late; a ring: there is none."""
    painter.setPen(Qt.PenStyle.NoPen)
    if lateness == "late":
        painter.setBrush(QBrush(look.colour("warn")))
        middle = area.center()
        painter.drawPolygon(
            QPolygonF([
                QPointF(middle.x(), area.top()), QPointF(area.right(), middle.y()),
                QPointF(middle.x(), area.bottom()), QPointF(area.left(), middle.y()),
            ])
        )  # fmt: skip
    elif lateness == "none":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("text"), 2))
        painter.drawEllipse(area.adjusted(1, 1, -1, -1))
    else:
        painter.setBrush(QBrush(look.colour("accent")))
        painter.drawEllipse(area)
