"""The funnel itself: the choices, the picture, the same numbers as a table, and beside them what they mean."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import beside, funnel as chart, pareto
from funnel_desk.charts.captions import funnel_caption
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_day, format_number
from funnel_desk.queries import pipelines
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.funnel_deals import Number, funnel_deals, lost_deals
from funnel_desk.queries.process_losses import step_uses
from funnel_desk.ui.models.stage_figures import StageFiguresModel, StageRow, definitions
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import NewDeal, ShowStep
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.funnel.choices import Choices
from funnel_desk.ui.views.funnel.counting import Counting
from funnel_desk.ui.views.funnel.groups import Groups
from funnel_desk.ui.views.funnel.held import explained, held_against
from funnel_desk.ui.views.funnel.leak import leak_of
from funnel_desk.ui.views.funnel.reading import Seen, read_funnel
from funnel_desk.ui.views.funnel.side import SidePanel, losses_of
from funnel_desk.ui.widgets.chart_block import ChartBlock, SaveMenu, style_of
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.figures_table import FiguresTable
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas

_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 900
_KEPT = ("basis", "period", "by", "against", "count", "pipeline")


class StagesPage(Page):
    """A stage is chosen in the picture or in the table; beside them stand its losses and the way to its deals."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._seen: Seen | None = None
        self._counting = Counting(self, parts, self.refresh)
        self._looking_up = Counting(self, parts, _nothing)
        self._save = SaveMenu(parts.look, parts.bridge, "funnel", chart.CHART)
        self._choices = Choices(parts.bridge.today(), self._save)
        self._canvas = SpotCanvas(_("Funnel"), parts.look)
        self._canvas.setObjectName("funnel.chart")
        self._model = StageFiguresModel(self)
        self._table = FiguresTable(parts.look, self._model)
        self._note = label("", "note", wrap=True)
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setObjectName("funnel.explain")
        self._explain.setProperty("role", "link")
        self._groups = Groups(parts.look)
        self._beside = ChartBlock(
            parts.look, parts.bridge, "funnel.beside", beside.CHART, _("Side by side"), explained()
        )
        self._side = SidePanel(parts)
        present(self._side, shown=False)  # until there is something to say
        self._no_deals = EmptyState(parts.look, "funnel", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._no_deals)
        self._choices.choose(**{name: parts.memory.get(f"funnel.{name}") for name in _KEPT[:-1]})
        self._choices.changed.connect(self._choose)
        self._choices.counted.connect(self._show)
        self._explain.clicked.connect(self._explain_numbers)
        self._canvas.named.connect(self._bar_pressed)
        self._table.selectionModel().currentChanged.connect(self._stage_chosen)
        self._table.opened.connect(partial(self._show_deals, "reached"))
        self._groups.chosen.connect(self._show)
        self._side.deals_wanted.connect(self._show_deals)
        self._side.reason_wanted.connect(self._show_lost)
        self._side.script_wanted.connect(self._show_script)
        self._no_deals.begun.connect(self._begin)
        parts.look.changed.connect(self._draw)
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Funnel"), of(self._seen.report.pipeline.name) if self._seen else "")

    @Slot()
    def refresh(self) -> None:
        """Count again; a large file is counted apart from the window."""
        bridge, choices = self._parts.bridge, self._choices
        found = bridge.ask(pipelines.pipelines)
        choices.show_pipelines([(row.pipeline.id, of(row.pipeline.name)) for row in found])
        choices.choose_pipeline(self._parts.memory.get("funnel.pipeline"))
        if not found:
            self._say_empty(
                _("A funnel needs a pipeline. Choose how you sell, and every deal will show here."),
                _("Choose a playbook"),
            )
            return
        try:
            scope = Scope(choices.pipeline_id, choices.chosen_basis, choices.chosen_period(), choices.group)
            against = choices.other_period()
        except Problem as problem:
            bridge.explain(problem)
            return
        self._counting.ask(_("Counting the funnel"), partial(read_funnel, bridge, scope, against), self._take)

    @property
    def pipeline_id(self) -> str:
        """The pipeline chosen; empty where there is none."""
        return self._choices.pipeline_id

    @Slot()
    def _choose(self) -> None:
        """Something else is chosen; the pipeline is that of every part of the view."""
        self._parts.memory.put("funnel.pipeline", self._choices.pipeline_id)
        self.refresh()

    def keep(self) -> None:
        choices = self._choices
        told = (
            choices.chosen_basis,
            str(choices.period.currentData()),
            choices.group or "",
            str(choices.against.currentData()),
            choices.chosen_count,
            choices.pipeline_id,
        )
        for name, value in zip(_KEPT, told, strict=True):
            self._parts.memory.put(f"funnel.{name}", value)

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, _MARGIN)
        column.setSpacing(0)
        column.addLayout(_inset(self._choices))
        column.addSpacing(4)
        column.addWidget(self._canvas, 1)
        column.addLayout(_inset(self._note))
        column.addLayout(_inset(self._explain, stretch=True))
        column.addSpacing(8)
        figures = _inset(self._table, margin=_MARGIN // 2)
        figures.setContentsMargins(_MARGIN // 2, 0, 0, 0)  # what scrolls keeps the rest for its bar
        column.addLayout(figures)
        column.addSpacing(_MARGIN)
        column.addLayout(_inset(self._beside))
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addLayout(_inset(self._groups, margin=_MARGIN // 2))
        side.addWidget(self._side, 1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _take(self, seen: Seen) -> None:
        """Show what was read."""
        self._seen = seen
        present(self._groups, shown=seen.report.scope.by is not None)
        if seen.report.scope.by is not None:
            self._groups.show_report(seen.report, self._choices.by.currentText().capitalize())
        if seen.report.deals_since is None:
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
        """Show what was read, or the group of it that is chosen."""
        seen = self._shown()
        if seen is None:
            return
        report, count = seen.report, self._choices.chosen_count
        self._model.show_count(count)
        self._model.show_rows(
            [StageRow(stage, figures) for stage, figures in zip(report.stages, report.funnel.stages, strict=True)]
        )
        since = _("Deals since {day}.", day=format_day(report.deals_since, "long")) if report.deals_since else ""
        self._note.setText(f"{funnel_caption(report, count)} {since}".strip())
        self._draw()
        present(self._side, shown=True)
        self._side.show_seen(seen)
        self._stage_chosen()
        if leak_of(report) is not None:
            pipeline_id = report.scope.pipeline_id
            self._looking_up.ask(
                "", lambda _wanted: self._parts.bridge.ask(step_uses, pipeline_id), self._side.show_uses
            )

    def _shown(self) -> Seen | None:
        if self._seen is None or self._seen.report.scope.by is None:
            return self._seen
        return self._seen.of_group(self._groups.group)

    @Slot()
    def _draw(self) -> None:
        seen = self._shown()
        if seen is None:
            return
        held = held_against(seen, self._seen, self._groups, self._choices)
        count, style = self._choices.chosen_count, style_of(self._parts.look)
        stages = held.comparison.stages if held else None
        than = held.other if held and seen.other is None else ""
        picture = chart.measure(seen.report, seen.other, count, held=stages, than=than)
        self._save.offer(picture, _("Funnel"), of(seen.report.pipeline.name))
        picture = replace(picture, captioned=False)
        width, height = chart.least_size(picture)
        least = QSize(round(width), round((height + chart.size(picture)[1]) / 2))  # bars that can be hit
        self._canvas.show_chart(lambda axes: chart.draw(axes, picture, style), _spoken(picture), least)
        present(self._beside, shown=held is not None)
        if held is not None:
            self._beside.show_report(held.report(seen.report), held.note, later=True)

    @Slot()
    def _stage_chosen(self) -> None:
        self._side.show_stage(self._table.currentIndex().row())

    @Slot(str)
    def _bar_pressed(self, name: str) -> None:
        """A click in the picture chooses its stage, a second one its deals; so does one on those who are there now."""
        number, _colon, key = name.partition(":")
        place = self._model.place_of(key)
        chosen = self._table.currentIndex().row() == place
        self._table.choose(place)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if number == "now":
            self._show_deals("now")
        elif number == "stage" and chosen:
            self._show_deals(self._choices.chosen_count)

    @Slot(str)
    def _show_deals(self, number: Number) -> None:
        chosen = self._model.stage_row(self._table.currentIndex().row())
        if chosen is not None:
            self._look_up(partial(funnel_deals, stage_key=chosen.stage.key, number=number))

    @Slot(str)
    def _show_lost(self, reason: str) -> None:
        """The deals that were lost for a reason, in the stage that is chosen."""
        seen, place = self._shown(), self._table.currentIndex().row()
        chosen = self._model.stage_row(place)
        if seen is None:
            return
        named = [row.loss.key for row in pareto.measure(losses_of(seen.report, place)).rows]
        every = {loss.key for loss in losses_of(seen.report, place)}
        reasons = every - set(named) if reason == pareto.REST else {reason}
        self._look_up(partial(lost_deals, stage_key=chosen.stage.key if chosen else "", reasons=reasons))

    def _look_up(self, query: Callable[..., list[str]]) -> None:
        """Go to the deals that a query of the chosen scope and group finds."""
        if self._seen is None:
            return
        scope, group = self._seen.report.scope, self._groups.group if self._seen.report.scope.by else None
        bridge = self._parts.bridge

        def go(ids: list[str]) -> None:
            self._parts.route.go("deals", DealFilter(pipeline_id=scope.pipeline_id, keys=tuple(ids)))

        self._looking_up.ask(_("Looking up the deals"), lambda _wanted: bridge.ask(query, scope, group=group), go)

    @Slot(str)
    def _show_script(self, step_id: str) -> None:
        if self._seen is not None:
            self._parts.route.go("playbooks", ShowStep(self._seen.report.scope.pipeline_id, step_id))

    @Slot()
    def _explain_numbers(self) -> None:
        NotePopup(definitions(), self).open_above(self._explain)

    @Slot()
    def _begin(self) -> None:
        self._parts.route.go("deals", NewDeal())


def _inset(inside: QWidget, *, margin: int = _MARGIN, stretch: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(margin, 0, margin, 0)
    row.addWidget(inside)
    if stretch:
        row.addStretch(1)
    return row


def _spoken(picture: chart.FunnelPicture) -> str:
    """The picture in words: each stage with its count, and how many went on."""
    parts = []
    for row in picture.rows:
        went_on = chart.step_text(row.step) if row.step is not None and row.count else ""
        parts.append(", ".join(part for part in (f"{of(row.name)}: {format_number(row.count)}", went_on) if part))
    return "; ".join(parts)


def _nothing() -> None:
    """What was looked up for a page that was left is not looked up again."""
