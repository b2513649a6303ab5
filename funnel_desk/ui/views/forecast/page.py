"""The page of the forecast: the answer in a sentence, the range and the months as pictures, the way to the goal."""

from functools import partial
from importlib import import_module

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.charts import forecast as months_chart, forecast_range as range_chart, plan as plan_chart
from funnel_desk.charts.style import Style, load_style
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_number
from funnel_desk.operations.stages import set_stage_probability
from funnel_desk.progress import Progress
from funnel_desk.queries import pipelines
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.outlook import Outlook, Wish, expected_deals, number_of_deals, outlook
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.phrases import chance, day_words, money, of
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.forecast import words
from funnel_desk.ui.views.forecast.choices import Choices
from funnel_desk.ui.views.forecast.side import SidePanel
from funnel_desk.ui.widgets.chart_canvas import ChartCanvas
from funnel_desk.ui.widgets.columns import Columns
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import SectionHeading, frame, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas

MANY_DEALS = 500
"""From so many on the forecast is reckoned, and a probability set, apart from the window."""

_MARGIN, _BETWEEN = 16, 20
_SHARES = (776, 320)
_LEAST_WIDTH = 860


class ForecastPage(Page):
    """A bar of a month opens its deals, a deal that moves the range opens its card."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._found: Outlook | None = None
        self._asked = self._deals = 0
        workspace = parts.bridge.desk.workspace
        self._choices = Choices(parts.bridge.today(), workspace.currency, workspace.id, parts.memory)
        self._sentence = label("", "title", wrap=True, name="forecast.range")
        self._goal = label("", wrap=True, name="forecast.chance")
        self._range_note, self._months_note, self._plan_note = (label("", "note", wrap=True) for _nth in range(3))
        self._range, self._plan = ChartCanvas(_("What the period may bring")), ChartCanvas(_("The way to the goal"))
        self._range.setObjectName("forecast.range_chart")
        self._plan.setObjectName("forecast.plan_chart")
        self._months = SpotCanvas(_("Forecast by month"), parts.look)
        self._months.setObjectName("forecast.chart")
        self._plan_sentence = label("", wrap=True, name="forecast.plan")
        self._explain = QPushButton(_("What are these numbers?"))
        self._explain.setObjectName("forecast.explain")
        self._explain.setProperty("role", "link")
        self._explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._side = SidePanel()
        self._empty = EmptyState(parts.look, "forecast", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        self._choices.changed.connect(self.refresh)
        self._months.named.connect(self._show_deals)
        self._side.deal_wanted.connect(lambda deal_id: parts.route.go("deals", deal_id))
        self._side.adopt_wanted.connect(self._adopt)
        self._explain.clicked.connect(self._explain_numbers)
        self._empty.begun.connect(lambda: parts.route.go("deals", NewDeal()))
        parts.look.changed.connect(self._draw)
        self.refresh()

    def caption(self) -> Caption:
        found = self._found
        if found is None or found.wish.period.first is None or found.wish.period.last is None:
            return Caption(_("Forecast"))
        first, last = (day_words(day, found.today) for day in (found.wish.period.first, found.wish.period.last))
        return Caption(_("Forecast"), f"{first} – {last}")

    @Slot()
    def refresh(self) -> None:
        """Reckon again; where there are many deals apart from the window."""
        bridge = self._parts.bridge
        found = bridge.ask(pipelines.pipelines)
        names = {row.pipeline.id: of(row.pipeline.name) for row in found}
        self._choices.offer_pipelines(list(names.items()))
        if not found:
            self._say_empty(
                _("A forecast needs a pipeline. Choose how you sell, and it begins with the first deal."),
                _("Choose a playbook"),
            )
            return
        try:
            wish = self._choices.wish()
        except Problem as problem:
            bridge.explain(problem)
            return
        self._asked += 1
        take = partial(self._take, self._asked)
        self._deals = bridge.ask(number_of_deals)
        if self._deals < MANY_DEALS:
            take(self._reckon(wish))
        else:
            work = partial(self._reckon_apart, wish)
            self._parts.jobs.read(_("Reckoning the forecast"), work, take)

    def keep(self) -> None:
        self._choices.keep()

    def _reckon(self, wish: Wish) -> Outlook:
        bridge = self._parts.bridge
        return bridge.ask(outlook, wish, now=bridge.desk.clock())

    def _reckon_apart(self, wish: Wish, _progress: Progress) -> Outlook:
        import_module("funnel_desk.charts.paper")  # what draws takes its time to load: better here than in the window
        return self._reckon(wish)

    def _build(self) -> QWidget:
        left, right = frame("plain"), frame("plain")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, _MARGIN)
        column.setSpacing(0)
        column.addWidget(_inset(self._choices))
        column.addSpacing(_MARGIN)
        for part in (self._sentence, self._goal):
            column.addWidget(_inset(part))
        column.addSpacing(4)
        column.addWidget(self._range)
        column.addWidget(_inset(self._range_note))
        for heading, body, note in (
            (_("By month"), self._months, self._months_note),
            (_("The way to the goal"), self._plan, self._plan_note),
        ):
            column.addSpacing(_BETWEEN)
            column.addWidget(_inset(SectionHeading(heading)))
            column.addSpacing(4)
            if body is self._plan:
                column.addWidget(_inset(self._plan_sentence))
                column.addSpacing(8)
            column.addWidget(body)
            column.addWidget(_inset(note))
        column.addSpacing(8)
        column.addWidget(_inset(self._explain, stretch=True))
        column.addStretch(1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._side, 1)
        return Columns([(left, _SHARES[0]), (right, _SHARES[1])], _LEAST_WIDTH, [left, right])

    def _take(self, asked: int, found: Outlook) -> None:
        """Show what was reckoned, unless something else was asked for since."""
        if asked != self._asked:
            return
        self._found = found
        if not found.deals:
            self._say_empty(
                _("Here you will see what your open deals may bring, and what your goal needs."), _("New deal")
            )
            return
        self._stack.setCurrentIndex(0)
        self._sentence.setText("\n".join(self._sentences(found)))
        said = words.goal_sentence(found)
        self._goal.setText(said)
        present(self._goal, shown=bool(said))
        self._range_note.setText(words.range_note(found))
        self._months_note.setText(words.months_note(found))
        self._plan_sentence.setText(words.plan_sentence(found))
        plan = found.plan.plan if found.plan else None
        self._plan_note.setText(words.plan_note(found, plan) if plan else "")
        present(self._plan_note, shown=plan is not None)
        self._side.show_outlook(found)
        self._draw()
        self.caption_changed.emit()

    def _sentences(self, found: Outlook) -> list[str]:
        """One line a currency; the main one alone needs no name."""
        bounds = {one.forecast.currency: one.range for one in (found.forecast.main, *found.forecast.others)}
        told = [code for code, one in bounds.items() if one.n or found.won.get(code)]
        codes = [*told, *found.only_won] or [found.currency]
        lines = [words.range_sentence(found.won.get(code, 0), bounds.get(code), code) for code in codes]
        return lines if len(codes) == 1 else [f"{code}: {line}" for code, line in zip(codes, lines, strict=True)]

    def _say_empty(self, sentence: str, button: str) -> None:
        self._empty.say(sentence, button)
        self._stack.setCurrentWidget(self._empty)
        self.caption_changed.emit()

    @Slot()
    def _draw(self) -> None:
        found = self._found
        if found is None:
            return
        style = self._style()
        bounds, months = range_chart.measure(found), months_chart.measure(found.forecast)
        self._show(self._range, range_chart, bounds, style, self._sentence.text() + " " + self._goal.text())
        self._show(self._months, months_chart, months, style, _spoken_months(months))
        plan = plan_chart.measure(found.plan) if found.plan else plan_chart.PlanPicture(())
        needed = bool(plan.rows) and plan.rows[0].gross > 0
        present(self._range, shown=bool(bounds.rows))
        present(self._plan, shown=needed)
        if needed:
            self._show(self._plan, plan_chart, plan, style, _spoken_plan(plan))

    def _show(self, canvas: ChartCanvas, chart: object, picture: object, style: Style, spoken: str) -> None:
        """Give a canvas its picture, as high as that needs."""
        made = chart.CHART  # type: ignore[attr-defined]  # every chart's file has one
        least = QSize(*(round(side) for side in made.least_size(picture)))
        canvas.setMaximumHeight(least.height())
        canvas.show_chart(lambda axes: made.draw(axes, picture, style), spoken, least)

    def _style(self) -> Style:
        look = self._parts.look
        return load_style("dark" if look.tokens.dark else "light", look.font("body").family())

    @Slot(str)
    def _show_deals(self, name: str) -> None:
        """The deals behind a bar."""
        if self._found is None:
            return
        currency, _colon, place = name.partition(":")
        wish, today = self._found.wish, self._found.today
        ids = self._parts.bridge.ask(expected_deals, wish, currency, place, today=today)
        self._parts.route.go("deals", DealFilter(outcomes=("open",), keys=tuple(ids)))

    @Slot(str, int)
    def _adopt(self, stage_id: str, probability: int) -> None:
        """Let a stage say what history says. It changes every deal that stands there: many of them apart."""
        bridge = self._parts.bridge
        if self._deals < MANY_DEALS:
            done = bridge.run(set_stage_probability, stage_id, probability)
            if done is not None:
                self._say_adopted(done.value.id, probability, done.batch)
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

    @Slot()
    def _explain_numbers(self) -> None:
        NotePopup(words.definitions(), self).open_above(self._explain)


def _inset(inside: QWidget, *, stretch: bool = False) -> QWidget:
    """A part with the margin of the page at both sides."""
    from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
    row.addWidget(inside)
    if stretch:
        row.addStretch(1)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def _spoken_months(picture: months_chart.ForecastPicture) -> str:
    return "; ".join(
        f"{line.name}: {money(line.weighted, group.forecast.currency)}"
        for group in picture.groups
        for line in group.lines
    )


def _spoken_plan(picture: plan_chart.PlanPicture) -> str:
    parts = []
    for row in picture.rows:
        name = _("Wins") if row.name is None else of(row.name)
        needed = _("{gross} needed, {net} still to come", gross=format_number(row.gross), net=format_number(row.net))
        parts.append(f"{name}: {needed}")
    return "; ".join(parts)
