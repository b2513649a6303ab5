"""A part of the forecast: one of the three that its switch shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from funnel_desk.queries.outlook import Wish
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.forecast.kept_figures import KeptFigures
from funnel_desk.ui.widgets.chart_block import ChartBlock

MARGIN, BETWEEN = 16, 20


class Part(QWidget):
    """It is made when it is first shown, and told what is asked for; figures come from what is kept.

    `empty` says why there is nothing to show, and what its button begins; ("", "") where there is something.
    `shown` when something was shown.
    """

    empty = Signal(str, str)
    shown = Signal()

    def __init__(self, parts: Parts, figures: KeptFigures) -> None:
        super().__init__()
        self._parts, self._figures = parts, figures

    def show_wish(self, wish: Wish) -> None:
        """Show what is asked for, now or as soon as it is reckoned."""
        raise NotImplementedError


def inset(inside: QWidget, *, stretch: bool = False) -> QWidget:
    """A part with the margin of the page at both sides."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(MARGIN, 0, MARGIN, 0)
    row.addWidget(inside)
    if stretch:
        row.addStretch(1)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def without_keys(block: ChartBlock) -> ChartBlock:
    """A chart in which nothing can be pressed: the keyboard passes it by."""
    block.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return block
