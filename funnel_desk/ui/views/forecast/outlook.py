"""What open deals may bring: the answer in a sentence, the range and the months as pictures, and what hangs on what."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import forecast as months_chart, forecast_range as range_chart
from funnel_desk.domain.backtest import BackTest
from funnel_desk.i18n import _
from funnel_desk.operations.own_figures import remove_rate, set_rate
from funnel_desk.operations.stages import set_stage_probability
from funnel_desk.progress import Progress
from funnel_desk.queries import pipelines
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.outlook import Outlook, Wish, expected_deals, outlook
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.phrases import chance, of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.forecast import past_words, words
from funnel_desk.ui.views.forecast.kept_figures import KeptFigures
from funnel_desk.ui.views.forecast.looking_back import MOST_UNASKED, look_back
from funnel_desk.ui.views.forecast.part import BETWEEN, MARGIN, Part, inset, without_keys
from funnel_desk.ui.views.forecast.rates import RatesEditor
from funnel_desk.ui.views.forecast.side import SidePanel
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.labels import frame, label, present

_SHARES = (776, 320)
_LEAST_WIDTH = 860


class OutlookPart(Part):
    """A bar of a month opens its deals, a deal that moves the range opens its card. `past_wanted`: to look back."""

    past_wanted = Signal()

    def __init__(self, parts: Parts, figures: KeptFigures) -> None:
        super().__init__(parts, figures)
        self.found: Outlook | None = None
        self._wish: Wish | None = None
        self._sentence = label("", "title", wrap=True, name="forecast.range")
        self._goal = label("", wrap=True, name="forecast.chance")
        look, bridge, told = parts.look, parts.bridge, words.definitions()
        self.range = without_keys(
            ChartBlock(look, bridge, "forecast.reach", range_chart.CHART, _("What the period may bring"), told[1:3])
        )
        self.months = ChartBlock(look, bridge, "forecast", months_chart.CHART, _("By month"), told[:1])
        self._past = label("", "note", wrap=True, name="forecast.past")
        self._look_back = QPushButton(_("How often was the forecast right?"))
        self._look_back.setObjectName("forecast.look_back")
        self._look_back.setProperty("role", "link")
        self._look_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rates = RatesEditor(look, bridge.today(), bridge.desk.workspace.currency)
        self._side = SidePanel()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(frame("plain"))  # as long as nothing is reckoned
        self._stack.addWidget(self._build())
        self.months.pressed.connect(self._show_month)
        self._look_back.clicked.connect(self.past_wanted)
        self._side.deal_wanted.connect(lambda deal_id: parts.route.go("deals", deal_id))
        self._side.deals_wanted.connect(self._show_deals)
        self._side.adopt_wanted.connect(self._adopt)
        self._rates.set_wanted.connect(lambda *told: parts.bridge.run(set_rate, *told))
        self._rates.remove_wanted.connect(lambda rate_id: parts.bridge.run(remove_rate, rate_id))

    def show_wish(self, wish: Wish) -> None:
        self._wish = wish
        bare = Wish(wish.period, wish.pipeline_id, None, wish.crisis)
        self._figures.ask(
            ("outlook", bare), _("Reckoning the forecast"), partial(self._reckon, bare), partial(self._take, bare)
        )

    def _reckon(self, wish: Wish) -> Outlook:
        bridge = self._parts.bridge
        return bridge.ask(outlook, wish, now=bridge.desk.clock())

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, MARGIN)
        column.setSpacing(0)
        for part in (self._sentence, self._goal):
            column.addWidget(inset(part))
        column.addSpacing(12)
        column.addWidget(inset(self.range))
        column.addWidget(inset(self._past))
        column.addWidget(inset(self._look_back, stretch=True))
        column.addSpacing(BETWEEN)
        column.addWidget(inset(self.months))
        column.addSpacing(BETWEEN)
        column.addWidget(inset(self._rates))
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._side, 1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _take(self, bare: Wish, found: Outlook) -> None:
        """Show what was reckoned, unless something else was asked for since; the goal needs no further look."""
        wish = self._wish
        if wish is None or bare != Wish(wish.period, wish.pipeline_id, None, wish.crisis):
            return
        found = self.found = found.for_goal(wish.goal)
        self._stack.setCurrentIndex(1)
        self._sentence.setText("\n".join(self._sentences(found)))
        said = words.goal_sentence(found)
        self._goal.setText(said)
        present(self._goal, shown=bool(said))
        picture = range_chart.measure(found)
        present(self.range, shown=bool(picture.rows))
        note = words.range_note(found)
        self.range.show_report(found, note)
        self.months.show_report(found.forecast, " ".join([words.months_note(found), *([] if picture.rows else [note])]))
        self._rates.show_rates(found.foreign, found.rates)
        self._side.show_outlook(found)
        self._ask_past()
        self.shown.emit()

    def _sentences(self, found: Outlook) -> list[str]:
        """One line a currency; the main one alone needs no name."""
        bounds = {one.forecast.currency: one.range for one in (found.forecast.main, *found.forecast.others)}
        told = [code for code, one in bounds.items() if one.n or found.won.get(code)]
        codes = [*told, *found.only_won] or [found.currency]
        lines = [words.range_sentence(found.won.get(code, 0), bounds.get(code), code) for code in codes]
        return lines if len(codes) == 1 else [f"{code}: {line}" for code, line in zip(codes, lines, strict=True)]

    def _ask_past(self) -> None:
        """One quiet sentence of how the forecast did so far; where that is long work only once somebody looked back."""
        wish = self._wish
        if wish is None:
            return
        key = ("past", wish.pipeline_id, wish.crisis)
        asked = self._figures.deals < MOST_UNASKED or self._figures.known(key) is not None
        present(self._past, shown=False)
        present(self._look_back, shown=not asked)
        if asked:
            work = partial(look_back, self._parts.bridge, wish)
            self._figures.ask(key, "", work, partial(self._say_past, wish), apart=True)

    def _say_past(self, asked: Wish, found: dict[str, BackTest]) -> None:
        if self._wish is None or (asked.pipeline_id, asked.crisis) != (self._wish.pipeline_id, self._wish.crisis):
            return
        main = found.get(self._parts.bridge.desk.workspace.currency)
        said = past_words.quiet_sentence(main) if main else ""
        self._past.setText(said)
        present(self._past, shown=bool(said))
        present(self._look_back, shown=bool(said))

    @Slot(str)
    def _show_month(self, name: str) -> None:
        """The deals behind a bar."""
        if self.found is None:
            return
        currency, _colon, place = name.partition(":")
        wish, today = self.found.wish, self.found.today
        self._show_deals(self._parts.bridge.ask(expected_deals, wish, currency, place, today=today))

    @Slot(object)
    def _show_deals(self, ids: list[str]) -> None:
        self._parts.route.go("deals", DealFilter(outcomes=("open",), keys=tuple(ids)))

    @Slot(str, int)
    def _adopt(self, stage_id: str, probability: int) -> None:
        """Let a stage say what history says. It changes every deal that stands there: many of them apart."""
        bridge = self._parts.bridge
        if not self._figures.many:
            done = bridge.run(set_stage_probability, stage_id, probability)
            if done is not None:
                self._say_adopted(done.value.id, probability, done.batch)
            return
        if bridge.refuses():
            return

        def work(_progress: Progress) -> str | None:
            return bridge.desk.run_named(set_stage_probability, stage_id, probability)[1]

        then = partial(self._say_adopted, stage_id, probability)
        self._parts.jobs.write(_("Setting the probability"), work, then)

    def _say_adopted(self, stage_id: str, probability: int, batch: str | None) -> None:
        rows = [row.stage for one in self._parts.bridge.ask(pipelines.pipelines) for row in one.stages]
        name = next((of(stage.name) for stage in rows if stage.id == stage_id), "")
        sentence = _("“{stage}” says {percent} now.", stage=name, percent=chance(probability))
        self._parts.bridge.tell(sentence, Done(None, batch))
