"""The plan: the goal in leads, what is to be done today, how far it is, and what other figures would change."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import forecast_progress, plan as plan_chart
from funnel_desk.domain.cohort import Grouping
from funnel_desk.domain.cold_calls import calls_needed
from funnel_desk.domain.flow import Filling
from funnel_desk.domain.on_track import on_track
from funnel_desk.i18n import _
from funnel_desk.queries.outlook import Wish
from funnel_desk.queries.plan import PlanReport
from funnel_desk.queries.plan_desk import PlanDesk, plan_desk
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.forecast import plan_words
from funnel_desk.ui.views.forecast.kept_figures import KeptFigures
from funnel_desk.ui.views.forecast.part import BETWEEN, MARGIN, Part, inset, without_keys
from funnel_desk.ui.views.forecast.what_if import WhatIf
from funnel_desk.ui.widgets.chart_block import ChartBlock
from funnel_desk.ui.widgets.columns import SCROLL_BAR, Columns
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label, present
from funnel_desk.ui.widgets.segmented import Segmented

_SHARES = (776, 320)
_LEAST_WIDTH = 860
_ALL = ""
_KEPT = "forecast.plan_by"


class PlanPart(Part):
    """The goal is set above; all of this is reckoned anew as it is typed, without a look at the file."""

    def __init__(self, parts: Parts, figures: KeptFigures) -> None:
        super().__init__(parts, figures)
        self.found: PlanDesk | None = None
        self._wish: Wish | None = None
        self._sentence = label("", "title", wrap=True, name="plan.sentence")
        self._today = label("", wrap=True, name="plan.today")
        self._pace = label("", wrap=True, name="plan.pace")
        look, bridge, told = parts.look, parts.bridge, plan_words.definitions()
        self.progress = without_keys(
            ChartBlock(look, bridge, "plan.progress", forecast_progress.CHART, _("Progress"), told[1:2])
        )
        self.way = without_keys(ChartBlock(look, bridge, "plan", plan_chart.CHART, _("The way to the goal"), told[:1]))
        self.by = Segmented([(_ALL, _("Whole")), ("product", _("By product")), ("segment", _("By segment"))],
                            _("Divide the goal"))  # fmt: skip
        self.by.setObjectName("plan.by")
        kept = parts.memory.get(_KEPT)
        self.by.set_key(kept if kept in ("product", "segment") else _ALL)
        self._groups, self._filling = Facts(), Facts()
        self._groups.setObjectName("plan.groups")
        self._filling.setObjectName("plan.filling")
        self.what_if = WhatIf()
        self._calls = label("", wrap=True, name="plan.calls")
        self._with_goal: list[QWidget] = []
        self._stack = QStackedLayout(self)
        self._stack.addWidget(frame("plain"))  # as long as nothing is reckoned
        self._stack.addWidget(self._build())
        self.by.chosen.connect(self._divide)

    def show_wish(self, wish: Wish) -> None:
        self._wish = wish
        if not wish.pipeline_id or wish.goal is None:
            self._say_only(plan_words.no_goal() if wish.pipeline_id else plan_words.no_pipeline())
            return
        by = self.by.key()
        self._figures.ask(
            ("plan", wish.period, wish.pipeline_id, by),
            _("Reckoning the plan"),
            partial(self._reckon, wish, by),
            partial(self._take, wish, by),
        )

    def _reckon(self, wish: Wish, by: str) -> PlanDesk:
        bridge = self._parts.bridge
        grouping: Grouping | None = by if by in ("product", "segment") else None  # type: ignore[assignment]  # it is one
        return bridge.ask(plan_desk, wish.pipeline_id, wish.period, now=bridge.desk.clock(), by=grouping)

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, MARGIN)
        column.setSpacing(0)
        for part in (self._sentence, self._today):
            column.addWidget(inset(part))
        self._groups_place, self._by_place = inset(self._groups), inset(self.by, stretch=True)
        self._progress_place, self._way_place = inset(self.progress), inset(self.way)
        column.addSpacing(12)
        column.addWidget(inset(self._pace))
        column.addSpacing(4)
        column.addWidget(self._progress_place)
        column.addSpacing(BETWEEN)
        column.addWidget(self._way_place)
        column.addSpacing(12)
        column.addWidget(self._by_place)
        column.addSpacing(8)
        column.addWidget(self._groups_place)
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(MARGIN, MARGIN, MARGIN - SCROLL_BAR, MARGIN)
        beside.setSpacing(4)
        self._with_goal += [self._pace, self._progress_place, self._by_place]
        for heading, body in (
            (_("What if?"), self.what_if),
            (_("Stages against the goal"), self._filling),
            (_("Cold calls"), self._calls),
        ):
            section = QWidget()
            inside = QVBoxLayout(section)
            inside.setContentsMargins(0, 0, 0, BETWEEN)
            inside.setSpacing(4)
            inside.addWidget(SectionHeading(heading))
            inside.addWidget(body)
            section.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            beside.addWidget(section)
            self._with_goal.append(section)
        beside.addStretch(1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _say_only(self, sentence: str) -> None:
        self.found = None
        self._stack.setCurrentIndex(1)
        self._sentence.setText(sentence)
        for part in (*self._with_goal, self._today, self._way_place, self._groups_place):
            present(part, shown=False)
        self.shown.emit()

    def _take(self, asked: Wish, by: str, found: PlanDesk) -> None:
        """Show the plan for the goal as it is now, unless something else was asked for since."""
        wish = self._wish
        if wish is None or wish.goal is None or by != self.by.key():
            return
        if (asked.period, asked.pipeline_id) != (wish.period, wish.pipeline_id):
            return
        self.found = found
        self._stack.setCurrentIndex(1)
        report = found.ground.plan(wish.goal)
        for part in self._with_goal:
            present(part, shown=True)
        self._sentence.setText(plan_words.plan_sentence(report.plan, report.currency, found.today, wish.period))
        self._show_track(report)
        picture = plan_chart.measure(report)
        needed = bool(picture.rows) and picture.rows[0].gross > 0
        present(self._way_place, shown=needed)
        if needed:
            self.way.show_report(report, plan_words.plan_note(report.plan, report.currency, report.unknown_path))
        self._show_groups(report)
        self.what_if.show_plan(report, found.days_to_win, found.today)
        self._show_beside(report)
        self.shown.emit()

    def _show_track(self, report: PlanReport) -> None:
        found, period = self.found, report.period
        if found is None or period.first is None or period.last is None:
            return
        track = on_track(report.plan, period.first, period.last, found.today)
        said = plan_words.today_sentence(track)
        self._today.setText(said)
        present(self._today, shown=bool(said))
        self._pace.setText(plan_words.pace_sentence(track, report.currency))
        self.progress.show_report((track, report.currency))

    def _show_groups(self, report: PlanReport) -> None:
        present(self._groups_place, shown=bool(report.groups))
        largest_first = sorted(report.groups.items(), key=lambda item: (-item[1].goal, item[0]))
        self._groups.show_facts(
            [(group or _("without a name"), plan_words.group_text(plan, report.currency))
             for group, plan in largest_first]
        )  # fmt: skip

    def _show_beside(self, report: PlanReport) -> None:
        found, last = self.found, report.period.last
        if found is None:
            return
        left = date.fromisoformat(last).toordinal() - date.fromisoformat(found.today).toordinal() + 1 if last else 0
        rows = zip(report.stages, report.plan.stages, found.loads, strict=True)
        self._filling.show_facts(
            [(of(stage.name), plan_words.filling_text(Filling(load.there, need.net, max(0, left), load.days)))
             for stage, need, load in rows]
        )  # fmt: skip
        leads = report.plan.leads_after_open
        needed = calls_needed(leads, found.calls) if leads is not None else None
        self._calls.setText(plan_words.calls_sentence(leads, found.calls, needed))

    @Slot(str)
    def _divide(self, key: str) -> None:
        self._parts.memory.put(_KEPT, key)
        if self._wish is not None:
            self.show_wish(self._wish)
