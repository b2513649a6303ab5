"""Beside the rows of a weekly review: what to ask oneself, the facts of the deal or the week, what can be done."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from funnel_desk.domain.moments import add_days
from funnel_desk.domain.script import spans
from funnel_desk.i18n import _, format_day, format_days, language, ngettext, translate
from funnel_desk.operations import activities, deals
from funnel_desk.operations.reviews import write_review
from funnel_desk.queries.weekly_review import ReviewedDeal
from funnel_desk.ui import phrases
from funnel_desk.ui.route import CloseAsLost
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.today.many import let_rest
from funnel_desk.ui.views.today.rest_form import RestForm
from funnel_desk.ui.views.today.week_note import WeekNote
from funnel_desk.ui.views.today.week_rows import STEPS, Week, WeekDeal, lines_of
from funnel_desk.ui.widgets.columns import SCROLL_BAR, scrolling
from funnel_desk.ui.widgets.day_menu import DayMenu
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.figure_list import FigureList
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.key_button import KeyButton
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.message_bar import KEPT_FREE
from funnel_desk.ui.widgets.plan_form import PlanForm
from funnel_desk.ui.widgets.script_card import ScriptCard

_MARGIN = 24
_LEAST_WIDTH = 380
_OPEN = frozenset({"stalled", "without", "slipped"})
"""Steps about open deals: a next action, a rest, or an end can be given to them."""


class WeekPanel(QFrame):
    """Shows one row of a step; its keys work in the whole `scope`. `next_wanted`: on to the next step."""

    next_wanted = Signal()

    def __init__(self, parts: Parts, scope: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._parts = parts
        self._deal: WeekDeal | None = None
        self._shown = ("", "")
        self._week: Week | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(self._make_body()), 1)
        column.addWidget(self._make_foot(scope))

    def show_row(self, week: Week, step: str, deal: WeekDeal | None) -> None:
        """Show a row of a step; without a deal, the figures of the step or its note."""
        shown = (step, deal.deal_id if deal else "")
        self._week, self._deal = week, deal
        self._place.setText(_("Step {n} of {all}", n=week.steps.index(step) + 1, all=len(week.steps)))
        self._title.setText(translate(STEPS[step].title) if deal is None else _name(deal))
        self._asks.say(spans(translate(STEPS[step].asks), {}, language()))
        self._facts.show_facts(_facts(deal) if deal else [])
        present(self._facts, shown=deal is not None)
        lines = lines_of(week, step)
        self._lines.show_lines(lines)
        present(self._lines, shown=bool(lines))
        self.note.show_note(week.review.week.last or "", week.review.note, week.review.note_before)
        present(self.note, shown=step == "note")
        for key, button in self._buttons.items():
            present(button, shown=_offers(key, step, deal))
        if shown != self._shown:
            self._shown = shown
            self._show_foot()

    def _make_body(self) -> QFrame:
        body = frame("plain")
        self._title, self._place = Elided("", "title"), label("", "dim")
        self._asks = ScriptCard(self._parts.look, "words", _("What to ask yourself"), object_name="week.asks")
        self._facts, self._lines, self.note = Facts(), FigureList(), WeekNote()
        self.note.saved.connect(self._keep_note)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._place)
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, 18, _MARGIN - SCROLL_BAR, 16)
        column.setSpacing(14)
        column.addLayout(head)
        for part in (self._asks, self._facts, self._lines, self.note):
            column.addWidget(part)
        column.addStretch(1)
        return body

    def _make_foot(self, scope: QWidget) -> QWidget:
        foot = frame("plain")
        foot.setProperty(KEPT_FREE, True)
        rule = frame("line")
        rule.setFixedHeight(1)
        self._plan, self._rest = PlanForm(self._parts.look), RestForm()
        self._plan.planned.connect(self._planned)
        self._plan.left.connect(self._show_foot)
        self._rest.rested.connect(self._rested)
        self._rest.left.connect(self._show_foot)
        self._keys = QWidget()
        flow = FlowLayout(self._keys, spacing=4)
        self._buttons: dict[str, KeyButton] = {}
        for key, letter, text, do in (
            ("open", "O", _("open the deal"), self._go_to_deal),
            ("plan", "P", _("plan the next action"), self._begin_plan),
            ("close", "C", _("another closing day"), self._ask_close),
            ("rest", "S", _("let it rest"), self._begin_rest),
            ("lose", "L", _("let it go…"), self._lose),
            ("next", "J", _("next step"), self.next_wanted.emit),
        ):
            button = self._buttons[key] = KeyButton(letter, text, scope)
            button.setObjectName(f"week.{key}")
            button.clicked.connect(do)
            flow.addWidget(button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(rule)
        for part in (self._plan, self._rest, self._keys):
            column.addWidget(part)
        self._show_foot()
        return foot

    @Slot()
    def _show_foot(self, *, plan: bool = False, rest: bool = False) -> None:
        present(self._plan, shown=plan)
        present(self._rest, shown=rest)

    @Slot()
    def _begin_plan(self) -> None:
        self._show_foot(plan=True)
        self._plan.begin(add_days(self._parts.bridge.today(), 1, working=True))

    @Slot()
    def _begin_rest(self) -> None:
        self._show_foot(rest=True)
        self._rest.begin(add_days(self._parts.bridge.today(), 10, working=True))

    @Slot()
    def _ask_close(self) -> None:
        button = self._buttons["close"]
        menu = DayMenu(self._parts.bridge.today(), self._close_on, self)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _close_on(self, day: str) -> None:
        if self._deal is not None:
            done = self._parts.bridge.run(deals.edit_deal, self._deal.deal_id, expected_close=day)
            if done is not None:
                self._parts.bridge.tell(_("To close on {day}.", day=format_day(day, "weekday")), done)

    @Slot(str, str, str)
    def _planned(self, kind: str, day: str, text: str) -> None:
        if self._deal is None:
            return
        words = text or phrases.kind_name(kind)
        done = self._parts.bridge.run(activities.plan_activity, self._deal.deal_id, kind, day, text=words)
        if done is not None:
            self._parts.bridge.tell(_("Planned for {day}: {what}", day=format_day(day, "short"), what=words), done)
            self._show_foot()

    @Slot(str, str)
    def _rested(self, day: str, reason: str) -> None:
        if self._deal is not None and let_rest(self._parts.bridge, [self._deal], day, reason):
            self._show_foot()

    @Slot()
    def _lose(self) -> None:
        if self._deal is not None:
            self._parts.route.go("deals", CloseAsLost(self._deal.deal_id))

    @Slot()
    def _go_to_deal(self) -> None:
        if self._deal is not None:
            self._parts.route.go("deals", self._deal.deal_id)

    @Slot(str, str)
    def _keep_note(self, text: str, decisions: str) -> None:
        if self._week is not None:
            bridge = self._parts.bridge
            done = bridge.run(write_review, self._week.review.week.last or "", text, decisions)
            if done is not None:
                bridge.tell(_("The note is kept with the week."), done)


def _offers(key: str, step: str, deal: WeekDeal | None) -> bool:
    if key == "next":
        return True
    if deal is None:
        return False
    return key == "open" or (step == "slipped" if key == "close" else step in _OPEN)


def _name(deal: WeekDeal) -> str:
    name = deal.title if isinstance(deal, ReviewedDeal) else deal.deal
    return " · ".join(part for part in (deal.company, name) if part)


def _facts(deal: WeekDeal) -> list[tuple[str, str]]:
    facts = [
        (_("Stage"), phrases.of(deal.stage) if deal.stage else ""),
        (_("Value"), phrases.money(deal.value, deal.currency)),
    ]
    if not isinstance(deal, ReviewedDeal):
        return facts
    day = format_day(deal.on_day, "weekday")
    if not deal.slipped_days:
        return [*facts, (_("Closed on"), day), (_("Why lost"), phrases.of(deal.why))]
    times = ngettext("{n} time", "{n} times", deal.times)
    return [
        *facts,
        (_("To close on"), day),
        (_("Put off this week"), _("by {days}", days=format_days(deal.slipped_days))),
        (_("Put off in all"), times),
    ]
