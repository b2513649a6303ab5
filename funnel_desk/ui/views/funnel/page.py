"""The page of the funnel: the choices, the picture, the same numbers as a table, and beside them what they mean."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import funnel as chart
from funnel_desk.charts.captions import funnel_caption
from funnel_desk.charts.style import Style, load_style
from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.import_problems import CannotWrite
from funnel_desk.i18n import _, format_day, format_number
from funnel_desk.progress import Progress
from funnel_desk.queries import pipelines
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter, deal_totals
from funnel_desk.queries.funnel import FunnelReport
from funnel_desk.queries.funnel_deals import Number, funnel_deals
from funnel_desk.ui.models.stage_figures import StageFiguresModel, StageRow, definitions
from funnel_desk.ui.phrases import of
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.funnel.choices import Choices
from funnel_desk.ui.views.funnel.groups import Groups
from funnel_desk.ui.views.funnel.reading import Seen, read_funnel
from funnel_desk.ui.views.funnel.side import SidePanel
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.figures_table import FiguresTable
from funnel_desk.ui.widgets.labels import frame, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas

MANY_DEALS = 5_000
"""From so many on the funnel is counted apart from the window."""

_MARGIN = 16
_SHARES = (776, 320)
_LEAST_WIDTH = 900
_KEPT = ("basis", "period", "by", "against", "pipeline")


class FunnelPage(Page):
    """A stage is chosen in the picture or in the table; beside them stand its losses and the way to its deals."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._seen: Seen | None = None
        self._asked = 0
        self._choices = Choices(parts.look, parts.bridge.today())
        self._canvas = SpotCanvas(_("Funnel"), parts.look)
        self._canvas.setObjectName("funnel.chart")
        self._model = StageFiguresModel(self)
        self._table = FiguresTable(parts.look, self._model)
        self._note = label("", "note", wrap=True)
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setObjectName("funnel.explain")
        self._explain.setProperty("role", "link")
        self._groups = Groups(parts.look)
        self._side = SidePanel()
        present(self._side, shown=False)  # until there is something to say
        self._no_deals = EmptyState(parts.look, "funnel", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._no_deals)
        self._choices.choose(**{name: parts.memory.get(f"funnel.{name}") for name in _KEPT[:-1]})
        self._choices.changed.connect(self.refresh)
        self._choices.picture_wanted.connect(self._save_picture)
        self._explain.clicked.connect(self._explain_numbers)
        self._canvas.named.connect(self._bar_pressed)
        self._table.selectionModel().currentChanged.connect(self._stage_chosen)
        self._table.opened.connect(partial(self._show_deals, "reached"))
        self._groups.chosen.connect(self._show)
        self._side.deals_wanted.connect(self._show_deals)
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
        if self._seen is None:
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
        self._asked += 1
        take = partial(self._take, self._asked)
        if bridge.ask(deal_totals, DealFilter(pipeline_id=scope.pipeline_id)).count < MANY_DEALS:
            take(read_funnel(bridge, scope, against))
            return

        def count(_progress: Progress) -> Seen:
            return read_funnel(bridge, scope, against)

        self._parts.jobs.read(_("Counting the funnel"), count, take)

    def keep(self) -> None:
        choices = self._choices
        told = (
            choices.chosen_basis,
            str(choices.period.currentData()),
            choices.group or "",
            str(choices.against.currentData()),
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
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(_inset(self._groups, margin=_MARGIN // 2))
        beside.addWidget(self._side, 1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _take(self, asked: int, seen: Seen) -> None:
        """Show what was read, unless something else was asked for since."""
        if asked != self._asked:
            return
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
        report = seen.report
        self._model.show_rows(
            [StageRow(stage, figures) for stage, figures in zip(report.stages, report.funnel.stages, strict=True)]
        )
        since = _("Deals since {day}.", day=format_day(report.deals_since, "long")) if report.deals_since else ""
        self._note.setText(f"{funnel_caption(report)} {since}".strip())
        self._draw()
        present(self._side, shown=True)
        self._side.show_seen(seen)
        self._stage_chosen()

    def _shown(self) -> Seen | None:
        if self._seen is None or self._seen.report.scope.by is None:
            return self._seen
        return self._seen.of_group(self._groups.group)

    @Slot()
    def _draw(self) -> None:
        seen = self._shown()
        if seen is None:
            return
        picture = replace(chart.measure(seen.report, seen.other), captioned=False)
        style = self._style()
        least = QSize(*(round(side) for side in chart.least_size(picture)))
        self._canvas.show_chart(lambda axes: chart.draw(axes, picture, style), _spoken(picture), least)

    def _style(self) -> Style:
        look = self._parts.look
        return load_style("dark" if look.tokens.dark else "light", look.font("body").family())

    @Slot()
    def _stage_chosen(self) -> None:
        self._side.show_stage(self._table.currentIndex().row())

    @Slot(str)
    def _bar_pressed(self, name: str) -> None:
        """A click in the picture chooses its stage; one on the number of those who are there now shows them."""
        number, _colon, key = name.partition(":")
        self._table.choose(self._model.place_of(key))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if number == "now":
            self._show_deals("now")

    @Slot(str)
    def _show_deals(self, number: Number) -> None:
        chosen, seen = self._model.stage_row(self._table.currentIndex().row()), self._seen
        if chosen is None or seen is None:
            return
        scope, group = seen.report.scope, self._groups.group if seen.report.scope.by else None
        ids = self._parts.bridge.ask(funnel_deals, scope, chosen.stage.key, number, group)
        self._parts.route.go("deals", DealFilter(pipeline_id=scope.pipeline_id, keys=tuple(ids)))

    @Slot()
    def _explain_numbers(self) -> None:
        NotePopup(definitions(), self).open_above(self._explain)

    @Slot()
    def _save_picture(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_save

        if self._seen is not None:
            place = self._parts.bridge.desk.path.with_name(_("Funnel") + ".png")
            kinds = _("Pictures (*.png);;Drawings (*.svg);;Documents (*.pdf)")
            ask_save(self.window(), place, _("Save picture"), kinds, "png", self._write_picture)

    def _write_picture(self, path: str) -> None:
        from funnel_desk.charts.saving import save

        seen = self._shown()
        if seen is None:
            return
        report: FunnelReport = seen.report
        try:
            save(chart.CHART, report, Path(path), self._style(), title=_("Funnel"), note=of(report.pipeline.name))
        except Problem as problem:
            self._parts.bridge.explain(problem)
        except OSError as error:
            self._parts.bridge.explain(CannotWrite(file=path, why=error.strerror or str(error)))
        else:
            self._parts.bridge.tell(_("Picture saved: {file}", file=Path(path).name))

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
