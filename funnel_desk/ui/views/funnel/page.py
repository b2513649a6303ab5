"""The page of the funnel: the choices, the picture, the same numbers as a table, and beside them what they mean."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import funnel as chart
from funnel_desk.charts.captions import funnel_caption
from funnel_desk.charts.style import Style, load_style
from funnel_desk.domain.bottleneck import bottleneck
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_day, format_number
from funnel_desk.progress import Progress
from funnel_desk.queries import pipelines
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter, deal_totals
from funnel_desk.queries.funnel import FunnelReport, funnel
from funnel_desk.queries.funnel_deals import Number, funnel_deals
from funnel_desk.ui.models.stage_figures import StageFiguresModel, StageRow
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.funnel.choices import Choices
from funnel_desk.ui.views.funnel.groups import Groups
from funnel_desk.ui.views.funnel.side import SidePanel, Told
from funnel_desk.ui.widgets.chart_canvas import ChartCanvas
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.figures_table import FiguresTable
from funnel_desk.ui.widgets.labels import frame, label, present

MANY_DEALS = 5_000
"""From so many on the funnel is counted apart from the window."""

_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 900


class FunnelPage(Page):
    """A stage is chosen in the picture or in the table; beside them stand its losses and the way to its deals."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._report: FunnelReport | None = None
        self._asked = 0
        self._choices = Choices(parts.bridge.today())
        self._canvas = ChartCanvas(_("Funnel"))
        self._canvas.setObjectName("funnel.chart")
        self._model = StageFiguresModel(self)
        self._table = FiguresTable(parts.look, self._model)
        self._note = label("", "note", wrap=True)
        self._groups = Groups(parts.look)
        self._side = SidePanel()
        self._no_deals = EmptyState(parts.look, "funnel", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._no_deals)
        self._recall()
        self._choices.changed.connect(self.refresh)
        self._choices.picture_wanted.connect(self._save_picture)
        self._canvas.named.connect(self._bar_pressed)
        self._table.selectionModel().currentChanged.connect(self._stage_chosen)
        self._table.opened.connect(partial(self._show_deals, "reached"))
        self._groups.chosen.connect(self._show)
        self._side.deals_wanted.connect(self._show_deals)
        self._no_deals.begun.connect(self._begin)
        parts.look.changed.connect(self._draw)
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Funnel"), of(self._report.pipeline.name) if self._report else "")

    @Slot()
    def refresh(self) -> None:
        """Count again; a large file is counted apart from the window."""
        bridge, choices = self._parts.bridge, self._choices
        found = bridge.ask(pipelines.pipelines)
        choices.show_pipelines([(row.pipeline.id, of(row.pipeline.name)) for row in found])
        if not found:
            self._say_empty(_("A funnel needs a pipeline. Choose how you sell, and every deal will show here."), "")
            return
        try:
            period = choices.chosen_period()
        except Problem as problem:
            bridge.explain(problem)
            return
        scope = Scope(choices.pipeline_id, choices.chosen_basis, period, choices.group)
        deals = bridge.ask(deal_totals, DealFilter(pipeline_id=scope.pipeline_id)).count
        self._asked += 1
        if deals < MANY_DEALS:
            self._take(self._asked, bridge.ask(funnel, scope, now=bridge.desk.clock()))
            return

        def count(_progress: Progress) -> FunnelReport:
            return bridge.ask(funnel, scope, now=bridge.desk.clock())

        self._parts.jobs.read(_("Counting the funnel"), count, partial(self._take, self._asked))

    def keep(self) -> None:
        choices, memory = self._choices, self._parts.memory
        memory.put("funnel.basis", choices.chosen_basis)
        memory.put("funnel.period", str(choices.period.currentData()))
        memory.put("funnel.by", choices.group or "")
        memory.put("funnel.pipeline", choices.pipeline_id)

    def _recall(self) -> None:
        memory = self._parts.memory
        self._choices.choose(
            basis=memory.get("funnel.basis"), period=memory.get("funnel.period"), by=memory.get("funnel.by")
        )

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, _MARGIN)
        column.setSpacing(0)
        column.addLayout(_inset(self._choices, _MARGIN))
        column.addSpacing(4)
        column.addWidget(self._canvas, 1)
        column.addLayout(_inset(self._note, _MARGIN))
        column.addSpacing(8)
        column.addLayout(_inset(self._table, _MARGIN // 2))
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(_inset(self._groups, _MARGIN // 2))
        beside.addWidget(self._side, 1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _take(self, asked: int, report: FunnelReport) -> None:
        """Show a report, unless another was asked for since."""
        if asked != self._asked:
            return
        self._report = report
        present(self._groups, shown=report.scope.by is not None)
        if report.scope.by is not None:
            self._groups.show_report(report, self._choices.by.currentText().capitalize())
        if report.deals_since is None:
            self._say_empty(_("Here you will see how far your deals come, and where they are lost."), _("New deal"))
        else:
            self._stack.setCurrentIndex(0)
            self._show()
        self.caption_changed.emit()

    def _say_empty(self, sentence: str, button: str) -> None:
        self._no_deals.say(sentence, button)
        self._stack.setCurrentWidget(self._no_deals)

    @Slot()
    def _show(self) -> None:
        """Show the report, or the group of it that is chosen."""
        report = self._shown()
        if report is None:
            return
        rows = [StageRow(stage, figures) for stage, figures in zip(report.stages, report.funnel.stages, strict=True)]
        self._model.show_rows(rows)
        self._note.setText(self._said(report))
        self._draw()
        leak = bottleneck([row.figures.resolved for row in rows], [row.stage.name for row in rows])
        self._side.show_told(Told(report.funnel, leak, dict(report.reasons), ()), self._chosen())

    def _shown(self) -> FunnelReport | None:
        report, group = self._report, self._groups.group
        if report is None or report.scope.by is None or group is None:
            return report
        return replace(report, funnel=report.groups[group])

    @Slot()
    def _draw(self) -> None:
        report = self._shown()
        if report is None:
            return
        picture = replace(chart.measure(report), captioned=False)
        style = self._style()
        least = QSize(*(round(side) for side in chart.least_size(picture)))
        self._canvas.show_chart(lambda axes: chart.draw(axes, picture, style), _spoken(picture), least)

    def _style(self) -> Style:
        look = self._parts.look
        return load_style("dark" if look.tokens.dark else "light", look.font("body").family())

    def _said(self, report: FunnelReport) -> str:
        since = _("Deals since {day}.", day=format_day(report.deals_since, "long")) if report.deals_since else ""
        return f"{funnel_caption(report)} {since}".strip()

    def _chosen(self) -> StageRow | None:
        return self._model.stage_row(self._table.currentIndex().row())

    @Slot()
    def _stage_chosen(self) -> None:
        self._side.show_stage(self._chosen())

    @Slot(str)
    def _bar_pressed(self, name: str) -> None:
        """A click in the picture chooses its stage; one on the number of those who are there now shows them."""
        number, _colon, key = name.partition(":")
        self._table.choose(self._model.place_of(key))
        self._table.setFocus()
        if number == "now":
            self._show_deals("now")

    @Slot(str)
    def _show_deals(self, number: Number) -> None:
        chosen, report = self._chosen(), self._report
        if chosen is None or report is None:
            return
        ids = self._parts.bridge.ask(funnel_deals, report.scope, chosen.stage.key, number, self._groups.group)
        self._parts.route.go("deals", DealFilter(pipeline_id=report.scope.pipeline_id, keys=tuple(ids)))

    @Slot()
    def _save_picture(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_save

        if self._report is not None:
            place = self._parts.bridge.desk.path.parent / f"{_('Funnel')}.png"
            kinds = _("Pictures (*.png);;Drawings (*.svg);;Documents (*.pdf)")
            ask_save(self.window(), place, _("Save picture"), kinds, "png", self._write_picture)

    def _write_picture(self, path: str) -> None:
        from funnel_desk.charts.saving import save

        report = self._shown()
        if report is None:
            return
        name = of(report.pipeline.name)
        try:
            save(chart.CHART, report, Path(path), self._style(), title=_("Funnel"), note=name)
        except Problem as problem:
            self._parts.bridge.explain(problem)
        else:
            self._parts.bridge.tell(_("Picture saved: {file}", file=Path(path).name))

    @Slot()
    def _begin(self) -> None:
        self._parts.route.go("deals", NewDeal())


def _inset(inside: QWidget, margin: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margin, 0, margin, 0)
    row.addWidget(inside)
    return row


def _spoken(picture: chart.FunnelPicture) -> str:
    """The picture in words: each stage with its count, and how many went on."""
    parts = []
    for row in picture.rows:
        went_on = chart.step_text(row.step) if row.step is not None and row.count else ""
        parts.append(", ".join(part for part in (f"{of(row.name)}: {format_number(row.count)}", went_on) if part))
    return "; ".join(parts)
