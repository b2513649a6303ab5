"""Looking back: the forecasts of past month beginnings beside what came, and what that says of today's."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from funnel_desk.charts import forecast_past
from funnel_desk.domain.backtest import BackTest
from funnel_desk.domain.chances import AS_USUAL
from funnel_desk.i18n import _
from funnel_desk.queries.backtest import backtest_report
from funnel_desk.queries.outlook import CRISIS, Wish
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.forecast import past_words
from funnel_desk.ui.views.forecast.kept_figures import KeptFigures
from funnel_desk.ui.views.forecast.part import BETWEEN, MARGIN, Part, inset, without_keys
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import discard_all, frame, label

MOST_UNASKED = 5_000
"""Of so many deals the past is looked back upon without being asked for."""


class PastPart(Part):
    """A chart for each currency, under the sentence that it comes to."""

    def __init__(self, parts: Parts, figures: KeptFigures) -> None:
        super().__init__(parts, figures)
        self._wish: Wish | None = None
        inside = frame("plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 12, 0, MARGIN)
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def show_wish(self, wish: Wish) -> None:
        self._wish = wish
        work = partial(look_back, self._parts.bridge, wish)
        key = ("past", wish.pipeline_id, wish.crisis)
        self._figures.ask(key, _("Looking back"), work, partial(self._take, wish), apart=True)

    def _take(self, asked: Wish, found: dict[str, BackTest]) -> None:
        if self._wish is None or (asked.pipeline_id, asked.crisis) != (self._wish.pipeline_id, self._wish.crisis):
            return
        discard_all(self._column)
        if not any(one.days for one in found.values()):
            sentence = label(past_words.nothing_yet(), "title", wrap=True, name="past.sentence")
            self._column.addWidget(inset(sentence))
        for nth, (currency, past) in enumerate(found.items()):
            if past.days:
                self._column.addWidget(self._block(currency, past, several=len(found) > 1, nth=nth))
                self._column.addSpacing(BETWEEN)
        self._column.addStretch(1)
        self.shown.emit()

    def _block(self, currency: str, past: BackTest, *, several: bool, nth: int) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        name = f"past.{currency}" if nth else "past"
        said = past_words.sentence(past)
        title = label(f"{currency}: {said}" if several else said, "title", wrap=True, name=f"{name}.sentence")
        column.addWidget(inset(title))
        for line in past_words.details(past):
            column.addWidget(inset(label(line, wrap=True)))
        block = without_keys(
            ChartBlock(
                self._parts.look, self._parts.bridge, name, forecast_past.CHART, _("Forecasts of the past"),
                past_words.definitions(),
            )
        )  # fmt: skip
        column.addWidget(inset(block))
        block.show_report((currency, past), past_words.note(past))
        return made


def look_back(bridge: Bridge, wish: Wish) -> dict[str, BackTest]:
    """The back-test of each currency, of the pipeline asked for; the main currency comes first."""
    shock = CRISIS if wish.crisis else AS_USUAL
    found = bridge.ask(backtest_report, now=bridge.desk.clock(), pipeline_id=wish.pipeline_id, shock=shock)
    return found.currencies
