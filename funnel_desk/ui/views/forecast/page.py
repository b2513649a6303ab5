"""The page of the forecast: what open deals may bring, what the goal needs, and how far the forecast was right."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import N_, _, translate
from funnel_desk.operations.own_figures import remove_goal, set_goal
from funnel_desk.queries import pipelines
from funnel_desk.queries.outlook import Wish
from funnel_desk.queries.own_figures import goals
from funnel_desk.ui.phrases import day_words, money, of
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.forecast.choices import Choices
from funnel_desk.ui.views.forecast.kept_figures import KeptFigures
from funnel_desk.ui.views.forecast.looking_back import PastPart
from funnel_desk.ui.views.forecast.outlook import OutlookPart
from funnel_desk.ui.views.forecast.part import MARGIN, Part
from funnel_desk.ui.views.forecast.plan import PlanPart
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.segmented import Segmented

_PARTS = (("outlook", N_("Forecast")), ("plan", N_("The plan")), ("past", N_("Looking back")))
_KEPT = "forecast.part"
_GOAL = "goal"


class ForecastPage(Page):
    """Goals are facts of the file, and their news concern this page alone; all other news outrun what is kept."""

    needs = FACTS | {"rate"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._figures = KeptFigures(parts)
        self._shown: dict[str, Part] = {}
        workspace = parts.bridge.desk.workspace
        self._choices = Choices(parts.bridge.today(), workspace.currency, workspace.id, parts.memory)
        self.switch = Segmented([(key, translate(word)) for key, word in _PARTS], _("Forecast as"))
        self.switch.setObjectName("forecast.switch")
        self.switch.chosen.connect(self.show_part)
        self._places = QStackedWidget()
        self._empty = EmptyState(parts.look, "forecast", "")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._build())
        self._stack.addWidget(self._empty)
        self._choices.changed.connect(self._ask)
        self._choices.goal_wanted.connect(self._set_goal)
        self._empty.begun.connect(lambda: parts.route.go("deals", NewDeal()))
        parts.bridge.touched.connect(self._heard)
        for key, word in _PARTS:
            self.add_deed(f"forecast.{key}", translate(word), partial(self.show_part, key))
        self.add_deed("forecast.next_part", _("Next part of the forecast"), self._next, "Ctrl+Tab")
        self.setFocusProxy(self.switch)
        kept = parts.memory.get(_KEPT)
        self.switch.set_key(kept if kept in dict(_PARTS) else _PARTS[0][0])
        self.refresh()

    @property
    def part(self) -> Part:
        """The part that is shown."""
        return self._part(self.switch.key())

    def caption(self) -> Caption:
        try:
            period = self._choices.wish().period
        except Problem:
            return Caption(_("Forecast"))
        if period.first is None or period.last is None or self.switch.key() == "past":
            return Caption(_("Forecast"))
        first, last = (day_words(day, self._parts.bridge.today()) for day in (period.first, period.last))
        return Caption(_("Forecast"), f"{first} – {last}")

    @Slot()
    def refresh(self) -> None:
        """The deals are others: forget what was reckoned, and reckon what is shown."""
        self._figures.forget()
        found = self._parts.bridge.ask(pipelines.pipelines)
        self._choices.offer_pipelines([(row.pipeline.id, of(row.pipeline.name)) for row in found])
        self._choices.offer_goals(self._parts.bridge.ask(goals))
        if not found:
            self._say_empty(
                _("A forecast needs a pipeline. Choose how you sell, and it begins with the first deal."),
                _("Choose a playbook"),
            )
        elif not self._figures.deals:
            self._say_empty(
                _("Here you will see what your open deals may bring, and what your goal needs."), _("New deal")
            )
        else:
            self._ask()

    def keep(self) -> None:
        self._choices.keep()
        self._parts.memory.put(_KEPT, self.switch.key())

    @Slot(str)
    def show_part(self, key: str) -> None:
        """Show what may come, the plan or the past."""
        self.switch.set_key(key)
        if self._figures.deals:
            self._ask()

    def _next(self) -> None:
        keys = self.switch.keys()
        self.show_part(keys[(keys.index(self.switch.key()) + 1) % len(keys)])

    def _build(self) -> QWidget:
        whole, top = frame("plain"), QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(MARGIN, 12, MARGIN, 0)
        row.setSpacing(12)
        row.addWidget(self.switch)
        row.addStretch(1)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        beside = QHBoxLayout()
        beside.setContentsMargins(MARGIN, 12, MARGIN, 4)
        beside.addWidget(self._choices)
        column.addLayout(beside)
        column.addWidget(self._places, 1)
        return whole

    def _part(self, key: str) -> Part:
        if key not in self._shown:
            made = self._shown[key] = self._make(key)
            self._places.addWidget(made)
            made.shown.connect(self.caption_changed)
        return self._shown[key]

    def _make(self, key: str) -> Part:
        if key == "plan":
            return PlanPart(self._parts, self._figures)
        if key == "past":
            return PastPart(self._parts, self._figures)
        outlook = OutlookPart(self._parts, self._figures)
        outlook.past_wanted.connect(lambda: self.show_part("past"))
        return outlook

    @Slot()
    def _ask(self) -> None:
        try:
            wish = self._choices.wish()
        except Problem as problem:
            self._parts.bridge.explain(problem)
            return
        part = self.part
        self._stack.setCurrentIndex(0)
        self._choices.suit(self.switch.key())
        self._places.setCurrentWidget(part)
        part.show_wish(wish)
        self.caption_changed.emit()

    def _say_empty(self, sentence: str, button: str) -> None:
        self._empty.say(sentence, button)
        self._stack.setCurrentWidget(self._empty)
        self.caption_changed.emit()

    @Slot(object)
    def _heard(self, news: object) -> None:
        """A goal was set, or one taken back: no deal is another."""
        if getattr(news, "tables", frozenset()) == {_GOAL} and self._figures.deals:
            self._choices.offer_goals(self._parts.bridge.ask(goals))
            self._ask()

    @Slot(object)
    def _set_goal(self, minor: int | None) -> None:
        """Keep a goal in the file, or take it away; where nothing can be written it counts as long as it stands."""
        bridge, kept = self._parts.bridge, self._choices.goal_fact()
        wish: Wish = self._choices.wish()
        if bridge.why_not():
            self._choices.try_goal(minor)
        elif minor is not None:
            currency, pipeline = bridge.desk.workspace.currency, wish.pipeline_id or None
            done = bridge.run(set_goal, minor, currency, wish.period, pipeline)
            if done is not None:
                bridge.tell(_("The goal is {amount}.", amount=money(minor, currency)), done)
        elif kept is not None:
            gone = bridge.run(remove_goal, kept.id)
            if gone is not None:
                bridge.tell(_("The goal is taken away."), gone)
