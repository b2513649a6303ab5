"""Segments and niches: the deals by what their client is, how each niche is won, and how it moved since a day."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import niches as chart
from funnel_desk.domain.niches import Niche
from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_number, translate
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.niches import (
    NicheCompany,
    NichesReport,
    Trait,
    niche_companies,
    niche_deal_ids,
    niches_report,
)
from funnel_desk.ui.chart_panel import ChartPanel, Figures
from funnel_desk.ui.models.lines import LinesModel
from funnel_desk.ui.route import NewDeal, ShowRecord
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.customers.asking import Latest
from funnel_desk.ui.views.customers.niche_choices import NicheChoices, offer_pipelines
from funnel_desk.ui.views.customers.niche_columns import GIVES_WAY, niche_columns, values_text
from funnel_desk.ui.views.customers.niche_side import NicheSide
from funnel_desk.ui.views.customers.niche_words import moved_sentence, niche_name, spoken
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.lines_table import LinesTable
from funnel_desk.ui.widgets.note_popup import NotePopup

_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 860
_MOST_ROWS = 16


@dataclass(frozen=True, slots=True)
class _Asked:
    by: tuple[Trait, ...]
    pipeline_id: str
    period: Period
    since: str | None


class SegmentsPage(Page):
    """A line is chosen in the table or pressed in the picture; beside it its companies and the way to its deals."""

    needs = FACTS | {"rate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._latest, self._latest_niche = Latest(parts), Latest(parts)
        self._report: NichesReport | None = None
        self._asked = _Asked(("industry",), "", Period(), None)
        self._key: tuple[str, ...] | None = None
        self.choices = NicheChoices(parts)
        self.chart = ChartPanel(parts, chart.CHART, "segments.chart")
        self.model: LinesModel[Niche] = LinesModel(
            niche_columns(self._asked.by, parts.bridge.desk.workspace.currency, moved=False),
            lambda niche: niche.key,
            self,
        )
        self.table = LinesTable(parts.look, _("Niches"), self.model, "segments.table", GIVES_WAY, _MOST_ROWS)
        self.side = NicheSide()
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setObjectName("segments.explain")
        self._explain.setProperty("role", "link")
        self._empty = EmptyState(parts.look, "customers", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        self.setFocusProxy(self.table)
        self.choices.changed.connect(self.refresh)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _niche: self._show_deals())
        self.chart.pressed.connect(self._pressed)
        self.side.deals_wanted.connect(self._show_deals)
        self.side.company_wanted.connect(lambda one: parts.route.go("customers", ShowRecord("company", one)))
        self._explain.clicked.connect(self._explain_numbers)
        self._empty.begun.connect(lambda: parts.route.go("deals", NewDeal()))
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Customers"), _("segments and niches"))

    @Slot()
    def refresh(self) -> None:
        """Count again; a large file is counted apart from the window."""
        bridge, choices = self._parts.bridge, self.choices
        offer_pipelines(self._parts, choices.pipeline)
        try:
            period = choices.period.period()
        except Problem as problem:
            bridge.explain(problem)
            return
        asked = _Asked(choices.by(), str(choices.pipeline.currentData()), period, choices.since())

        def work() -> NichesReport:
            return bridge.ask(
                niches_report, asked.by, now=bridge.desk.clock(), pipeline_id=asked.pipeline_id, period=asked.period,
                since=asked.since,
            )  # fmt: skip

        self._latest.ask(_("Counting the niches"), work, partial(self._take, asked))

    def keep(self) -> None:
        self.choices.keep()

    def _take(self, asked: _Asked, report: NichesReport) -> None:
        self._asked, self._report = asked, report
        if not report.niches and asked.period == Period() and not asked.pipeline_id:
            self._empty.say(
                _("Deals are divided here by what their client is, so that you see where selling goes best."),
                _("New deal"),
            )
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentIndex(0)
        self.model.show_columns(niche_columns(report.by, report.currency, moved=report.since is not None))
        self.model.show_lines(report.niches)
        names = {niche.key: niche_name(report.by, niche.key) for niche in report.niches}
        columns = self.model.columns
        rows = [[column.text(niche) for column in columns] for niche in report.niches]
        told = spoken(report, [values_text(niche.won_value) for niche in report.niches])
        figures = Figures([translate(column.title) for column in columns], rows, told)
        self.chart.show_report(chart.NamedNiches(report, names), figures, self._note())
        self.side.say(moved_sentence(report))
        self._choose(self.table.lines.line(self.table.currentIndex().row()))

    def _note(self) -> str:
        niches = self._report.niches if self._report else ()
        return _("n = {n}", n=format_number(sum(niche.deals for niche in niches)))

    @Slot(object)
    def _choose(self, niche: Niche | None) -> None:
        """Show who is in a niche, and what they told."""
        self._key = niche.key if niche is not None else None
        if niche is None:
            self.side.show_niche("", ())
            return
        asked, key, bridge = self._asked, niche.key, self._parts.bridge

        def work() -> list[NicheCompany]:
            return bridge.ask(niche_companies, asked.by, key, pipeline_id=asked.pipeline_id, period=asked.period)

        name = niche_name(asked.by, key)
        self._latest_niche.ask("", work, lambda found: self.side.show_niche(name, found))

    @Slot(str)
    def _pressed(self, name: str) -> None:
        place = int(name.partition(":")[2])
        if self._report is not None and place < len(self._report.niches):
            self.table.choose(self.model.row_of(self._report.niches[place].key))
            self._show_deals()

    @Slot()
    def _show_deals(self) -> None:
        if self._key is None:
            return
        asked, key, bridge = self._asked, self._key, self._parts.bridge

        def work() -> list[str]:
            return bridge.ask(niche_deal_ids, asked.by, key, pipeline_id=asked.pipeline_id, period=asked.period)

        self._latest_niche.ask("", work, lambda ids: self._parts.route.go("deals", DealFilter(keys=tuple(ids))))

    @Slot()
    def _explain_numbers(self) -> None:
        NotePopup(
            [(translate(column.title), translate(column.definition)) for column in self.model.columns], self
        ).open_above(self._explain)

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, _MARGIN)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        top.addWidget(self.choices)
        column.addLayout(top)
        column.addWidget(self.chart)
        below = QHBoxLayout()
        below.setContentsMargins(_MARGIN // 2, 0, 0, 0)
        below.addWidget(self.table)
        column.addLayout(below)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        foot.addWidget(self._explain)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.side)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])
