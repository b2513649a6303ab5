"""Sources of leads: what came of them, what they cost by lead, by won deal and by unit of money; inbound, outbound."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.charts import sources as chart
from funnel_desk.domain.intervals import TOO_FEW
from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Problem
from funnel_desk.domain.sources import Source
from funnel_desk.i18n import N_, _, translate
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.niches import Trait, niche_deal_ids
from funnel_desk.queries.own_figures import source_costs
from funnel_desk.queries.sources import SourcesReport, sources_report
from funnel_desk.ui.chart_panel import ChartPanel, Figures
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.period_choices import NAMES
from funnel_desk.ui.phrases import money
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.asking import Latest
from funnel_desk.ui.views.customers.cost_form import CostForm
from funnel_desk.ui.views.customers.niche_choices import offer_pipelines, pipeline_choice
from funnel_desk.ui.views.customers.niche_words import trait_value
from funnel_desk.ui.views.customers.source_columns import GIVES_WAY, source_columns
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.lines_table import LinesTable
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.period_field import PeriodField

_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 860
_MOST_ROWS = 14


@dataclass(frozen=True, slots=True)
class _Found:
    report: SourcesReport
    costs: tuple[SourceCost, ...]


class SourcesPage(Page):
    """Enter on a source, or a click on its bar, shows its deals; costs are told beside the tables."""

    needs = FACTS | {"rate", "source_cost"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._latest = Latest(parts)
        self._found: _Found | None = None
        self._asked: tuple[str, Period] = ("", Period())
        self.pipeline = pipeline_choice(parts, "sources.pipeline")
        self.period = PeriodField("sources.period", NAMES, parts.bridge.today())
        self.period.recall(parts.memory.get("customers.sources.period"))
        self.sentence = label("", wrap=True, name="sources.sentence")
        self.chart = ChartPanel(parts, chart.CHART, "sources.chart")
        currency = parts.bridge.desk.workspace.currency
        self.model: LinesModel[Source] = LinesModel(
            source_columns(N_("Source"), currency, _source_name), lambda one: one.name, self
        )
        self.ways: LinesModel[Source] = LinesModel(
            source_columns(N_("Way in"), currency, _way_name), lambda one: one.name, self
        )
        self.table = LinesTable(parts.look, _("Sources"), self.model, "sources.table", GIVES_WAY, _MOST_ROWS)
        self.ways_table = LinesTable(
            parts.look, _("Inbound against outbound"), self.ways, "sources.ways", GIVES_WAY, _MOST_ROWS
        )
        self.costs = CostForm(parts)
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setObjectName("sources.explain")
        self._explain.setProperty("role", "link")
        self._build()
        self.setFocusProxy(self.table)
        self.pipeline.currentIndexChanged.connect(self.refresh)
        self.period.changed.connect(self.refresh)
        self.table.opened.connect(lambda one: self._show_deals("source", one))
        self.ways_table.opened.connect(lambda one: self._show_deals("way_in", one))
        self.chart.pressed.connect(self._pressed)
        self._explain.clicked.connect(self._explain_numbers)
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Customers"), _("sources of leads"))

    @Slot()
    def refresh(self) -> None:
        """Count again; a large file is counted apart from the window."""
        bridge = self._parts.bridge
        offer_pipelines(self._parts, self.pipeline)
        try:
            period = self.period.period()
        except Problem as problem:
            bridge.explain(problem)
            return
        pipeline = str(self.pipeline.currentData())

        def work() -> _Found:
            report = bridge.ask(sources_report, now=bridge.desk.clock(), pipeline_id=pipeline, period=period)
            return _Found(report, bridge.ask(source_costs))

        self._latest.ask(_("Counting the sources"), work, partial(self._take, pipeline, period))

    def keep(self) -> None:
        self._parts.memory.put("customers.sources.period", self.period.kept())

    def _take(self, pipeline: str, period: Period, found: _Found) -> None:
        self._found, self._asked = found, (pipeline, period)
        report = found.report
        self.model.show_lines(report.sources)
        self.ways.show_lines(report.ways)
        names = {one.name: _source_name(one) for one in report.sources}
        columns = self.model.columns
        figures = Figures(
            [translate(column.title) for column in columns],
            [[column.text(one) for column in columns] for one in report.sources],
            "; ".join(_spoken(one, report.currency) for one in report.sources[:10]),
        )
        self.chart.show_report(chart.NamedSources(report.sources, names, report.currency), figures)
        present(self.chart, shown=bool(report.sources))
        self.sentence.setText(_best(report))
        self.costs.show_costs(found.costs, [one.name for one in report.sources], report.apart)

    @Slot(str)
    def _pressed(self, name: str) -> None:
        place = int(name.partition(":")[2])
        if self._found is not None and place < len(self._found.report.sources):
            self._show_deals("source", self._found.report.sources[place])

    def _show_deals(self, trait: Trait, one: Source) -> None:
        (pipeline, period), bridge = self._asked, self._parts.bridge

        def work() -> list[str]:
            return bridge.ask(niche_deal_ids, [trait], [one.name], pipeline_id=pipeline, period=period)

        self._latest.ask("", work, lambda ids: self._parts.route.go("deals", DealFilter(keys=tuple(ids))))

    @Slot()
    def _explain_numbers(self) -> None:
        NotePopup(
            [(translate(column.title), translate(column.definition)) for column in self.model.columns], self
        ).open_above(self._explain)

    def _build(self) -> None:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, _MARGIN)
        column.setSpacing(8)
        above = FlowLayout()
        above.addWidget(self.period)
        above.addWidget(self.pipeline)
        for part in (above, self.sentence):
            row = QHBoxLayout()
            row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            if isinstance(part, FlowLayout):
                row.addLayout(part)
            else:
                row.addWidget(part)
            column.addLayout(row)
        column.addWidget(self.chart)
        column.addLayout(_inset(self.table))
        column.addLayout(_inset(label(_("Inbound against outbound"), "heading"), _MARGIN))
        column.addLayout(_inset(self.ways_table))
        column.addLayout(_inset(self._explain, _MARGIN, stretch=True))
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.costs)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right]))


def _inset(inside: QWidget, margin: int = _MARGIN // 2, *, stretch: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margin, 0, 0, 0)
    row.addWidget(inside)
    if stretch:
        row.addStretch(1)
    return row


def _source_name(one: Source) -> str:
    return trait_value("source", one.name)


def _way_name(one: Source) -> str:
    return trait_value("way_in", one.name)


def _best(report: SourcesReport) -> str:
    """Which source brought most (seed 000), and which wins most cheaply among those whose cost is told."""
    if not report.sources:
        return _("Once deals have a source, it stands here which of them bring buyers, and at what cost.")
    told: list[str] = []
    best = report.sources[0]
    if best.won_value > 0:
        amount = money(best.won_value, report.currency)
        told.append(_("Most comes from {source}: {amount} won.", source=_source_name(best), amount=amount))
    costly = _by_cost(report.sources)
    if len(costly) > 1:
        cheap = costly[0]
        amount = money(cheap.per_win, report.currency)
        told.append(_("A won deal costs least from {source}: {amount}.", source=_source_name(cheap), amount=amount))
    unknown = sum(one.cost is None for one in report.sources)
    if unknown:
        told.append(_("No cost told: {n} of {all} sources.", n=unknown, all=len(report.sources)))
    return " ".join(told)


def _by_cost(found: Sequence[Source]) -> list[Source]:
    """Those whose cost by won deal is known, and of which enough are won to say so; the cheapest first."""
    known = [one for one in found if one.per_win is not None and one.niche.won >= TOO_FEW]
    return sorted(known, key=lambda one: one.per_win or 0)


def _spoken(one: Source, currency: str) -> str:
    counts, cost = chart.counts_text(one.niche.deals, one.niche.won), chart.cost_text(one.cost, one.per_lead, currency)
    return f"{_source_name(one)}: {counts}, {money(one.won_value, currency)}, {cost}"
