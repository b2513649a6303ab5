"""The portfolio: all open deals at a glance, a column a stage, a row an age, as large as their value."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.i18n import N_, _, translate
from funnel_desk.progress import Progress
from funnel_desk.queries.deals import deal_count
from funnel_desk.queries.portfolio import Portfolio, portfolio, portfolio_ids
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.portfolio_field import PortfolioField, paint_shape
from funnel_desk.ui.views.deals.portfolio_layout import Mark
from funnel_desk.ui.views.deals.portfolio_words import LATENESS, portfolio_words
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import Elided, frame, label, present

MANY_DEALS = 3_000
"""From so many on the portfolio is asked for apart from the window."""
_MARGIN = 16
_SIDE = 14
_SIZE = N_("the larger, the more it is worth")


class PortfolioView(QFrame):
    """`chosen` tells the id of the deal under the cursor, `opened` one that was entered.

    `deals_wanted` carries the filter of a cell that is told as a number. It takes the filter of the list.
    """

    chosen = Signal(str)
    opened = Signal(str)
    deals_wanted = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._parts = parts
        self._filter = DealFilter()
        self._found: Portfolio | None = None
        self._asked = 0
        self.pipeline = QComboBox()
        self.pipeline.setObjectName("portfolio.pipeline")
        self.pipeline.setAccessibleName(_("Pipeline of the portfolio"))
        self.pipeline.activated.connect(lambda _place: self.show_filter(self._filter))
        self.pipeline.hide()
        self.field = PortfolioField(parts.look)
        self.total = label("", "dim", wrap=True, name="portfolio.total")
        self.now = Elided("", name="portfolio.now")
        self._empty = EmptyState(
            parts.look, "deals", _("No open deal is asked for: won and lost ones stand in the table.")
        )
        self._place = QWidget()
        self._stack = QStackedLayout(self._place)
        self._stack.addWidget(self.field)
        self._stack.addWidget(self._empty)
        self._build()
        self.setFocusProxy(self.field)
        self.field.chosen.connect(self._chosen)
        self.field.opened.connect(self._opened)

    def show_filter(self, chosen: DealFilter) -> None:
        """Show the open deals of a filter as they are now; many are asked for apart from the window."""
        self._filter = chosen
        if chosen.pipeline_id is None:
            chosen = replace(chosen, pipeline_id=self.pipeline.currentData())
        self._asked += 1
        asked, bridge = self._asked, self._parts.bridge
        today = bridge.today()

        def ask(_progress: Progress | None = None) -> Portfolio | None:
            return bridge.ask(portfolio, chosen, today=today)

        if bridge.ask(deal_count) > MANY_DEALS:
            self._parts.jobs.read(_("Counting the portfolio"), ask, lambda found: self._show(asked, found))
        else:
            self._show(asked, ask())

    def _show(self, asked: int, found: Portfolio | None) -> None:
        if asked != self._asked or found is None:
            return
        self._found = found
        self.pipeline.clear()
        for one in found.pipelines:
            self.pipeline.addItem(phrases.of(one.name), one.id)
        self.pipeline.setCurrentIndex(self.pipeline.findData(found.pipeline.id))
        present(self.pipeline, shown=self._filter.pipeline_id is None and len(found.pipelines) > 1)
        bridge = self._parts.bridge
        self.field.show_portfolio(found, bridge.today(), bridge.desk.workspace.time_zone)
        self.total.setText(portfolio_words(found))
        closed = bool(self._filter.outcomes) and "open" not in self._filter.outcomes
        self._stack.setCurrentWidget(self._empty if closed else self.field)

    @Slot(object)
    def _chosen(self, mark: Mark | None) -> None:
        nothing = _("Arrows walk among the deals, Enter opens one.")
        self.now.setText(self.field.words(mark) if mark else nothing)
        if mark is not None and mark.deal is not None:
            self.chosen.emit(mark.deal.deal_id)

    @Slot(object)
    def _opened(self, mark: Mark) -> None:
        if mark.deal is not None:
            self.opened.emit(mark.deal.deal_id)
            return
        bridge, chosen, today = self._parts.bridge, self._filter, self._parts.bridge.today()

        def ask(_progress: Progress) -> list[str]:
            return bridge.ask(portfolio_ids, chosen, mark.stage.id, mark.band, today=today)

        def show(ids: list[str]) -> None:
            pipeline = self._found.pipeline.id if self._found else None
            wanted = DealFilter(
                pipeline_id=pipeline, stage_id=mark.stage.id, outcomes=("open",), keys=tuple(ids)
            )  # fmt: skip
            self.deals_wanted.emit(wanted)

        self._parts.jobs.read("", ask, show)

    def _build(self) -> None:
        legend = FlowLayout(spacing=14)
        legend.addWidget(self.pipeline)
        for kind, words in LATENESS.items():
            legend.addWidget(_sample(self._parts.look, kind, translate(words)))
        legend.addWidget(label(translate(_SIZE), "dim"))
        above = QVBoxLayout()
        above.setContentsMargins(_MARGIN, 0, _MARGIN, 8)
        above.setSpacing(6)
        above.addWidget(self.total)
        above.addLayout(legend)
        foot = frame("foot")
        below = QHBoxLayout(foot)
        below.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        below.addWidget(self.now, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self._place, 1)
        column.addWidget(foot)


def _sample(look: Look, kind: str, words: str) -> QWidget:
    """A shape of the legend with what it means."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(_Shape(look, kind))
    row.addWidget(label(words, "dim"))
    return made


class _Shape(QWidget):
    def __init__(self, look: Look, kind: str) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shape(painter, QRectF(1, 1, _SIDE - 2, _SIDE - 2), self._kind, self._look)
