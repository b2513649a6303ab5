"""Columns side by side where there is room, each scrolling by itself; one under the other where there is not."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.widgets.labels import discard, frame

SCROLL_BAR = 10
"""The width of a scroll bar, px: what scrolls leaves so much less margin on its right."""


class Columns(QWidget):
    """Give it its columns once, in order; `share` is the part of the width that each takes.

    Narrower than `least_width` they stand under each other, in the order of `pile`.
    """

    def __init__(self, columns: list[tuple[QWidget, int]], least_width: int, pile: list[QWidget]) -> None:
        super().__init__()
        self._columns = [column for column, _share in columns]
        self._pile = pile
        self._shares = [share for _column, share in columns]
        self._least_width = least_width
        self._side_by_side: bool | None = None
        self._places: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._arrange(side_by_side=True)

    @property
    def side_by_side(self) -> bool:
        """Whether the columns stand side by side now."""
        return bool(self._side_by_side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(side_by_side=event.size().width() >= self._least_width)

    def _arrange(self, *, side_by_side: bool) -> None:
        if side_by_side is self._side_by_side:
            return
        self._side_by_side = side_by_side
        self._take_out()
        if side_by_side:
            for number, (column, share) in enumerate(zip(self._columns, self._shares, strict=True)):
                if number:
                    self._add(_rule(), 0)
                self._add(scrolling(column), share)
        else:
            self._add(scrolling(_piled(self._pile)), 1)
        for column in self._columns:
            column.show()

    def _take_out(self) -> None:
        """Take the columns out of where they are, and throw that away."""
        for place in self._places:
            if isinstance(place, QScrollArea):
                place.takeWidget()  # or it goes on giving sizes to what is no longer its own
        for column in self._columns:
            column.setParent(None)
        for place in self._places:
            self._row.removeWidget(place)
            discard(place)
        self._places = []

    def _add(self, place: QWidget, share: int) -> None:
        self._places.append(place)
        self._row.addWidget(place, share)


def scrolling(inside: QWidget) -> QScrollArea:
    """A place that scrolls up and down when what is inside is too high for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the text moves when it comes
    area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll so that a part which has just been shown is seen, once it has its place."""
    inside = widget.parentWidget()
    while inside is not None and not isinstance(inside, QScrollArea):
        inside = inside.parentWidget()
    if isinstance(inside, QScrollArea):
        QTimer.singleShot(0, widget, lambda: inside.ensureWidgetVisible(widget, 0, 12))


def _rule() -> QFrame:
    made = frame("line")
    made.setFixedWidth(1)
    return made


def _piled(columns: list[QWidget]) -> QFrame:
    made = frame("plain")
    pile = QVBoxLayout(made)
    pile.setContentsMargins(0, 0, 0, 0)
    pile.setSpacing(0)
    for column in columns:
        pile.addWidget(column)
    pile.addStretch(1)
    return made
