"""The checklist on the card: a box to tick, what to do, and when."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from funnel_desk.ui.look import Look
from funnel_desk.ui.models.steps import STEP, StepLine, StepsModel, Tick
from funnel_desk.ui.painting import draw_icon, draw_text, lay_out, text_width
from funnel_desk.ui.widgets.fitted_list import FittedList

_Index = QModelIndex | QPersistentModelIndex

_LINE = 20
_PADDING = 5
_NEW_STAGE = 8
_BOX = 14
_TEXT_FROM = 36
_GAP = 12
_LEAST_ROOM = 130


class StepList(FittedList):
    """Space ticks the selected step, a click on its box too."""

    def __init__(self, look: Look, tick: Tick, name: str) -> None:
        self.steps = StepsModel(tick)
        super().__init__(look, self.steps, name)
        self.steps.setParent(self)
        self._delegate = _StepDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.viewport().setMouseTracking(True)

    def choose_next(self) -> None:
        """Select the step to do next, if there is one."""
        place = self.steps.place_of_next()
        self.setCurrentIndex(self.steps.index(place) if place >= 0 else QModelIndex())

    def row_height(self, row: int, width: int) -> int:
        step = self.steps.step(self.steps.index(row))
        return self._delegate.height(step, width) if step else 0


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, self.height(index.data(STEP), self._view.viewport().width()))

    def height(self, step: StepLine, width: int) -> int:
        """How high a step is at a width of the list, px."""
        lines = lay_out(step.title, self._font(step), self._room(step, width), _LINE).lineCount()
        under = _LINE if self._is_under(step, width) else 0
        return lines * _LINE + under + 2 * _PADDING + (_NEW_STAGE if step.begins else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        step: StepLine = index.data(STEP)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        area = area.adjusted(0, _NEW_STAGE if step.begins else 0, 0, 0)
        look = self._look
        painter.save()
        self._draw_ground(painter, area, state)
        self._draw_box(painter, _box(area), step)
        quiet = step.done or step.skipped
        painter.setPen(look.colour("dim" if quiet else "text"))
        room = self._room(step, area.width())
        layout = lay_out(step.title, self._font(step), room, _LINE)
        layout.draw(painter, area.topLeft().toPointF() + QPoint(_TEXT_FROM, _PADDING).toPointF())
        width = text_width(step.note, look.font("figures")) + 1
        if self._is_under(step, area.width()):
            below = area.top() + _PADDING + layout.lineCount() * _LINE
            note = QRect(area.left() + _TEXT_FROM, below, width, _LINE)
        else:
            note = QRect(area.right() - 7 - width, area.top() + _PADDING, width, _LINE)
        ink = look.colour("bad" if step.late else "dim")
        draw_text(painter, note, step.note, look.font("figures"), ink, Qt.AlignmentFlag.AlignRight)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A click on the box, or Space, asks for the tick."""
        step: StepLine | None = index.data(STEP)
        if step is None or not step.may_tick:
            return False
        if isinstance(event, QMouseEvent):
            area: QRect = option.rect
            near = _box(area.adjusted(0, _NEW_STAGE if step.begins else 0, 0, 0)).adjusted(-7, -7, 7, 7)
            wanted = event.type() == QEvent.Type.MouseButtonRelease and near.contains(event.position().toPoint())
        else:
            wanted = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not wanted:
            return False
        state = Qt.CheckState.Unchecked if step.done else Qt.CheckState.Checked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _font(self, step: StepLine) -> QFont:
        return self._look.font("strong" if step.next else "body")

    def _room(self, step: StepLine, width: int) -> int:
        """The width for the title."""
        beside = 0 if self._is_under(step, width) else self._note_width(step)
        return max(60, width - _TEXT_FROM - beside - 8)

    def _is_under(self, step: StepLine, width: int) -> bool:
        """Whether the note goes under the title, because beside it too little room would be left."""
        return bool(step.note) and width - _TEXT_FROM - self._note_width(step) - 8 < _LEAST_ROOM

    def _note_width(self, step: StepLine) -> int:
        return text_width(step.note, self._look.font("figures")) + _GAP if step.note else 0

    def _draw_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        if not state & QStyle.StateFlag.State_Selected:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange
        painter.setPen(QPen(self._look.colour("accent")) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("selection"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _draw_box(self, painter: QPainter, box: QRect, step: StepLine) -> None:
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if step.skipped:
            draw_icon(painter, box.adjusted(1, 1, -1, -1), "skip", "dim", look)
            return
        painter.setBrush(look.colour("accent" if step.done else "panel"))
        painter.setPen(QPen(look.colour("accent" if step.done else "faint")))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if step.done:
            draw_icon(painter, box.adjusted(2, 2, -2, -2), "check", "on_accent", look)


def _box(area: QRect) -> QRect:
    return QRect(area.left() + 8, area.top() + _PADDING + (_LINE - _BOX) // 2, _BOX, _BOX)
