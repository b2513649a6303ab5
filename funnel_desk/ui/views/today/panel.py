"""The action beside the list of today: whom to call, what to say, what to ask, and what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from funnel_desk import settings
from funnel_desk.domain import results
from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.moments import add_days, day_of
from funnel_desk.domain.script import Span, spans
from funnel_desk.i18n import _, format_day, language, ngettext
from funnel_desk.operations import activities
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.queries.scripts import script_values
from funnel_desk.queries.today import TodayItem
from funnel_desk.ui import phrases
from funnel_desk.ui.route import CloseAsLost
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.today.answers import LOSE, PLAN, WAKE, after_success, answers, give_answer, state_of
from funnel_desk.ui.views.today.many import let_rest, move_to, rhythm_menu, set_rhythm, wake
from funnel_desk.ui.views.today.rest_form import RestForm
from funnel_desk.ui.views.today.rows import DUE, is_hard
from funnel_desk.ui.widgets.check_lines import CheckLines
from funnel_desk.ui.widgets.columns import SCROLL_BAR, scrolling
from funnel_desk.ui.widgets.day_menu import DayMenu
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.fold_list import FoldList
from funnel_desk.ui.widgets.key_button import KeyButton
from funnel_desk.ui.widgets.labels import Elided, SectionHeading, frame, label, present
from funnel_desk.ui.widgets.message_bar import KEPT_FREE
from funnel_desk.ui.widgets.plan_form import PlanForm
from funnel_desk.ui.widgets.result_row import ResultRow
from funnel_desk.ui.widgets.script_card import ScriptCard

_MARGIN = 24
_LEAST_WIDTH = 380


class ActionPanel(QFrame):
    """Shows one item, or says that there are several; its keys work in the whole `scope`. `finished` when answered.

    `call_wanted`: with the words alone, and with whom else a call is due.
    """

    finished = Signal()
    call_wanted = Signal()

    def __init__(self, parts: Parts, scope: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setMinimumWidth(_LEAST_WIDTH)
        self._parts, self._scope = parts, scope
        self._item: TodayItem | None = None
        self._many: Sequence[TodayItem] = ()
        self._card: DealCard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(self._make_body()), 1)
        column.addWidget(self._make_foot())
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._item, self._card, self._many = None, None, ()
        self._body.hide()
        self._foot.hide()

    def show_items(self, items: Sequence[TodayItem]) -> None:
        """Show these as they are now: one with its words, several with what can be done to all of them."""
        self._many = items
        if not items:
            self.clear()
        elif len(items) == 1:
            self._show_item(items[0])
        else:
            self._show_several(len(items))

    def _show_several(self, count: int) -> None:
        self._item = self._card = None
        self._title.setText(ngettext("{n} deal chosen", "{n} deals chosen", count))
        self._about.setText("")
        told = _("Move them **to another day**, let them **rest** for a reason, or set how often to **keep in touch**.")
        self._script.say(spans(told, {}, language()))
        for block in self._blocks:
            block.hide()
        self._results.show_results([])
        for part in (self._open, self._then, self._then_what, self._then_day, self._write_note):
            present(part, shown=False)
        present(self._another_day, shown=True)
        self._show_foot()
        self._body.show()
        self._foot.show()

    def _show_item(self, item: TodayItem) -> None:
        bridge = self._parts.bridge
        card = bridge.ask(deal_card, item.deal_id, bridge.today())
        if card is None:
            self.clear()
            return
        other = self._item is None or (item.deal_id, item.section) != (self._item.deal_id, self._item.section)
        self._item, self._card = item, card
        state = state_of(item, card)
        present(self._open, shown=True)
        self._say_head(item, card)
        self._script.say(self._words(item, card, state))
        self._show_lists(card, state)
        self._results.show_results(answers(item, card))
        self._say_then(item, card)
        if other:
            self._note.clear()
            self._show_foot()
        self._body.show()
        self._foot.show()

    def _make_body(self) -> QFrame:
        self._body = frame("plain")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(_MARGIN, 18, _MARGIN - SCROLL_BAR, 16)
        column.setSpacing(14)
        self._title, self._about = Elided("", "title"), Elided("", "dim")
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the title goes first
        self._open = QPushButton(_("Open the deal"))
        self._open.setProperty("role", "link")
        self._open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._open.clicked.connect(self._go_to_deal)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        head.addWidget(self._open)
        self._script = ScriptCard(self._parts.look, "words", _("Words to say"), object_name="today.script")
        self._ask, self._done, self._facts, self._says = CheckLines(), CheckLines(), Facts(), FoldList(self._parts.look)
        self._blocks = [
            _block(_("Ask"), self._ask),
            _block(_("Done when"), self._done),
            _block(_("The deal"), self._facts),
            _block(_("If they say"), self._says),
        ]
        grid = QGridLayout()
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(18)
        for place, block in enumerate(self._blocks):
            grid.addWidget(block, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place % 2, 1)
        column.addLayout(head)
        column.addWidget(self._script)
        column.addLayout(grid)
        column.addStretch(1)
        return self._body

    def _make_foot(self) -> QWidget:
        self._foot = frame("plain")
        self._foot.setProperty(KEPT_FREE, True)
        rule = frame("line")
        rule.setFixedHeight(1)
        self._note = QLineEdit()
        self._note.setObjectName("today.note")
        self._note.setPlaceholderText(_("Note, kept with the result"))
        self._note.setAccessibleName(_("Note"))
        self._plan = PlanForm(self._parts.look)
        self._plan.planned.connect(self._planned)
        self._plan.left.connect(self._show_foot)
        self._rest = RestForm()
        self._rest.rested.connect(self._rested)
        self._rest.left.connect(self._show_foot)
        self._results = ResultRow(self._scope)
        self._results.chosen.connect(self._answered)
        self._note.returnPressed.connect(self._results.setFocus)
        self._then, self._then_what, self._then_day = label(_("then:"), "dim"), Elided("", "name"), label("", "dim")
        self._another_day = KeyButton("D", _("another day"), self._scope)
        self._another_day.clicked.connect(self._ask_day)
        self._write_note = KeyButton("N", _("note"), self._scope)
        self._write_note.clicked.connect(lambda: self._show_foot(note=True))
        self._let_rest = KeyButton("S", _("let it rest"), self._scope)
        self._let_rest.clicked.connect(self._begin_rest)
        self._touch = KeyButton("T", _("keep in touch"), self._scope)
        self._touch.clicked.connect(self._ask_rhythm)
        self._call = KeyButton("Ctrl+Return", _("call"), self._scope)
        self._call.clicked.connect(self.call_wanted)
        for key, button in (("day", self._another_day), ("note", self._write_note), ("rest", self._let_rest),
                            ("touch", self._touch), ("call", self._call)):  # fmt: skip
            button.setObjectName(f"today.{key}")
        hints = QHBoxLayout()
        hints.setSpacing(6)
        for part in (self._then, self._then_what, self._then_day):
            hints.addWidget(part)
        hints.addStretch(1)
        keys = QWidget()
        flow = FlowLayout(keys, spacing=4)
        for button in (self._call, self._another_day, self._write_note, self._let_rest, self._touch):
            flow.addWidget(button)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        column.setSpacing(8)
        column.addWidget(rule)
        column.addSpacing(8)
        column.addWidget(self._plan)
        column.addWidget(self._rest)
        column.addWidget(self._note)
        column.addWidget(self._results)
        column.addLayout(hints)
        column.addWidget(keys)
        return self._foot

    def _say_head(self, item: TodayItem, card: DealCard) -> None:
        contact, company = card.contact, card.company
        who = contact.name if contact else company.name if company else ""
        if item.section in DUE:
            self._title.setText(phrases.to_do(item.kind, who, phrases.of(item.title)))
        else:
            self._title.setText(item.deal)
        about = (contact.role, contact.phone or contact.email) if contact else (company.name if company else "", "")
        self._about.setText(" · ".join(part for part in about if part))

    def _words(self, item: TodayItem, card: DealCard, state: StepState | None) -> list[Span]:
        """The script of the step; where there is none, what the item is about."""
        if state is not None and state.step.say:
            profile = settings.load().profile
            me, firm = (profile.author_name, profile.my_company) if profile else ("", "")
            values = script_values(card.facts, me, firm)
            return spans(phrases.of(state.step.say), values, language())
        if item.section == "resting":
            told = _(
                "This deal rests until {day}: **{reason}**", day=format_day(item.until, "long"), reason=item.rested
            )
        elif item.section == "no_next_action":
            told = _("Nothing is planned for this deal. **What is its next step, and on which day?**")
        elif item.section == "stalled":
            told = ngettext(
                "Nobody has touched this deal for {n} day. **Keep it or let it go?**",
                "Nobody has touched this deal for {n} days. **Keep it or let it go?**",
                item.days_late,
            )
            if is_hard(item):
                told = " ".join((told, _("Its stage lets nothing wait longer than {n} days.", n=item.hard_limit)))
        else:
            told = f"**{phrases.of(item.title)}**"
        if item.rested and item.section in {"no_next_action", "stalled"}:
            told = " ".join((told, _("It has rested until {day}: {reason}.", day=format_day(item.until, "short"),
                                     reason=item.rested)))  # fmt: skip
        return spans(told, {}, language())

    def _show_lists(self, card: DealCard, state: StepState | None) -> None:
        here = card.situation
        self._ask.show_lines(phrases.lines_of(state.step.ask) if state else [])
        self._done.show_lines(phrases.lines_of(state.step.done_when) if state else [])
        worth = phrases.money(here.deal.value, here.deal.currency)
        self._facts.show_facts(
            [
                (_("Stage"), phrases.stage_and_days(here.stage.name, card.facts.stage_days)),
                (_("Value"), ", ".join(part for part in (worth, phrases.chance(here.probability)) if part)),
                (_("Product"), here.deal.product),
                (_("Source"), here.deal.source),
                (_("Need"), here.deal.note),
            ]
        )
        self._says.show_lines([(phrases.quoted(one.says), phrases.of(one.answer)) for one in card.objections])
        shown = (bool(state and state.step.ask), bool(state and state.step.done_when), True, bool(card.objections))
        for block, is_shown in zip(self._blocks, shown, strict=True):
            present(block, shown=is_shown)

    def _say_then(self, item: TodayItem, card: DealCard) -> None:
        title, due = after_success(item, card, self._parts.bridge)
        zone = card.situation.rulebook.zone
        self._then_what.setText(title)
        self._then_day.setText(format_day(day_of(due, zone), "short") if due else "")
        present(self._then, shown=bool(title))
        present(self._then_what, shown=bool(title))
        present(self._then_day, shown=bool(due))
        present(self._another_day, shown=item.section != "resting")
        present(self._write_note, shown=item.section in DUE)

    @Slot()
    def _show_foot(self, *, note: bool = False, plan: bool = False, rest: bool = False) -> None:
        present(self._note, shown=note)
        present(self._plan, shown=plan)
        present(self._rest, shown=rest)
        present(self._results, shown=not plan and not rest)
        if note:
            self._note.setFocus()

    @Slot(str)
    def _answered(self, key: str) -> None:
        item, card = self._item, self._card
        if item is None or card is None:
            return
        if key == PLAN:
            self._show_foot(plan=True)
            self._plan.begin(add_days(self._parts.bridge.today(), 1, working=True))
        elif key == WAKE:
            wake(self._parts.bridge, [item])
        elif key == LOSE:
            self._parts.route.go("deals", CloseAsLost(item.deal_id))
        elif give_answer(self._parts.bridge, item, card, key, self._note.text().strip()):
            self._note.clear()
            self._show_foot()
            self.finished.emit()
            if results.offers_lost(key):
                self._parts.route.go("deals", CloseAsLost(item.deal_id))

    @Slot(str, str, str)
    def _planned(self, kind: str, day: str, text: str) -> None:
        if self._item is None:
            return
        words = text or phrases.kind_name(kind)
        done = self._parts.bridge.run(activities.plan_activity, self._item.deal_id, kind, day, text=words)
        if done is not None:
            self._parts.bridge.tell(_("Planned for {day}: {what}", day=format_day(day, "short"), what=words), done)
            self._show_foot()
            self.finished.emit()

    @Slot(str, str)
    def _rested(self, day: str, reason: str) -> None:
        if let_rest(self._parts.bridge, self._many, day, reason):
            self._show_foot()
            self.finished.emit()

    @Slot()
    def _begin_rest(self) -> None:
        self._show_foot(rest=True)
        self._rest.begin(add_days(self._parts.bridge.today(), 10, working=True))

    @Slot()
    def _ask_rhythm(self) -> None:
        many, bridge = self._many, self._parts.bridge
        menu = rhythm_menu(lambda every: set_rhythm(bridge, many, every), self)
        menu.popup(self._touch.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    @Slot()
    def _ask_day(self) -> None:
        many, bridge = self._many, self._parts.bridge
        if many:
            menu = DayMenu(bridge.today(), lambda day: move_to(bridge, many, day), self)
            menu.popup(self._another_day.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    @Slot()
    def _go_to_deal(self) -> None:
        if self._item is not None:
            self._parts.route.go("deals", self._item.deal_id)


def _block(title: str, inside: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(SectionHeading(title))
    column.addWidget(inside)
    return made
