"""The middle of the card: what to do next, the words to say, what happened so far, a line to log what happens now."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from funnel_desk import settings
from funnel_desk.domain import results
from funnel_desk.domain.checklist import StepState
from funnel_desk.domain.qualification import is_too_early
from funnel_desk.domain.script import spans
from funnel_desk.i18n import _, language
from funnel_desk.operations import activities, steps
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.scripts import script_values
from funnel_desk.ui import phrases
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.route import StartCalls
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.happened import Happened
from funnel_desk.ui.views.deals.talks import Talks
from funnel_desk.ui.widgets.check_lines import CheckLines
from funnel_desk.ui.widgets.labels import Chip, SectionHeading, label, present
from funnel_desk.ui.widgets.result_row import Result, ResultRow
from funnel_desk.ui.widgets.script_card import ScriptCard

_MARGIN = 16


class Talk(QFrame):
    """Shows the words of the step that is chosen, by default of the next one, and asks what came of it.

    Digits press the results anywhere in `scope`. `loss_wanted`: they refused.
    """

    loss_wanted = Signal()

    def __init__(self, parts: Parts, scope: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self._parts = parts
        self._card: DealCard | None = None
        self._state: StepState | None = None
        self._kind = "call"
        self._next = label("", "name", wrap=True, name="card.next_action")
        self._due = Chip()
        self._say = SectionHeading(_("Say"))
        self._script = ScriptCard(parts.look, "card_words", _("Words to say"), object_name="card.script")
        self._ask_heading, self._ask = SectionHeading(_("Ask")), CheckLines()
        self._results = ResultRow(scope)
        self._results.chosen.connect(self._answer)
        self._early = label("", "warn", wrap=True, name="card.too_early")
        self._early.setText(_("The need is not known yet: ask for it before the offer."))
        self._talks = Talks(parts)
        self._happened = Happened(parts, self._make_log_line())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._next, 1)
        head.addWidget(self._due, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._make_call(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN - 10, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._early)
        column.addWidget(self._say)
        column.addWidget(self._script)
        column.addWidget(self._ask_heading)
        column.addWidget(self._ask)
        column.addWidget(self._results)
        column.addSpacing(8)
        column.addWidget(self._talks)
        column.addWidget(self._happened)
        column.addStretch(1)
        self.show_step(None)

    def _make_call(self) -> QToolButton:
        call = QToolButton()
        call.setObjectName("card.call")
        call.setProperty("role", "quiet")
        call.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        call.setAccessibleName(_("Call"))
        call.setToolTip(_("Call: the words alone, with the objections and a clock (Ctrl+Return)"))
        call.clicked.connect(self._call)
        self._parts.look.dress(call, "call")
        return call

    @Slot()
    def _call(self) -> None:
        """Begin a call about the step that is shown, if it is one to call for."""
        if self._card is not None:
            step = self._state.step.id if self._state is not None and self._state.step.kind == "call" else ""
            deal = self._card.situation.deal.id
            self._parts.route.go("call", StartCalls([deal], step_id=step, back="deals"))

    def show_deal(self, card: DealCard) -> None:
        """Show what comes next for this deal, and what was."""
        self._card = card
        self._say_next(card)
        self._talks.show_deal(card)
        self._happened.show_deal(card)
        self._warn()

    def show_step(self, state: StepState | None) -> None:
        """Show the words of a step; without one there is nothing to say."""
        self._state = state if state and state.status == "open" else None
        offered = results.results_of(self._state.step) if self._state else ()
        self._results.show_results([Result(one.key, phrases.of(one.label)) for one in offered])
        present(self._results, shown=bool(offered))
        self._warn()
        words = state.step.say if state else None
        for part in (self._say, self._script):
            present(part, shown=bool(words))
        asks = phrases.lines_of(state.step.ask) if state else []
        self._ask.show_lines(asks)
        present(self._ask_heading, shown=bool(asks))
        present(self._ask, shown=bool(asks))
        if not words or self._card is None:
            return
        profile = settings.load().profile
        me, firm = (profile.author_name, profile.my_company) if profile else ("", "")
        self._script.say(spans(phrases.of(words), script_values(self._card.facts, me, firm), language()))

    def _warn(self) -> None:
        """Before an offer is made, not after: whether the need is known."""
        step = self._state.step if self._state else None
        early = step is not None and self._card is not None and is_too_early(step, self._card.around.criteria)
        present(self._early, shown=early)

    def _say_next(self, card: DealCard) -> None:
        here, action = card.situation, card.situation.action
        if action is None:
            ahead = here.next_stage
            if here.present.outcome == "lost":
                told = _("Lost in “{stage}”.", stage=phrases.of(here.stage.name))
            elif card.offers_next and ahead is not None:
                told = _("Everything here is done: on to “{stage}”?", stage=phrases.of(ahead.name))
            else:
                told = _("Nothing is planned.")
            self._next.setText(told)
            self._due.show_chip(ChipText(_("plan one"), "warn") if here.present.outcome == "open" else None)
            return
        who = card.contact.name if card.contact else ""
        title = phrases.of(action.title)
        self._next.setText(title or phrases.to_do(action.kind, who, title))
        day, late = phrases.due(action.due, self._parts.bridge.today(), here.rulebook.zone)
        self._due.show_chip(ChipText(day, "bad" if late else "accent") if day else None)

    def _make_log_line(self) -> QHBoxLayout:
        self._kind_button = QToolButton()
        self._kind_button.setObjectName("log.kind")
        self._kind_button.setProperty("role", "quiet")
        self._kind_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._kind_button.clicked.connect(self._choose_kind)
        self._log = QLineEdit()
        self._log.setObjectName("log.text")
        self._log.setPlaceholderText(_("Log a call, a letter, a visit, a message…"))
        self._log.setAccessibleName(_("What happened just now"))
        self._log.returnPressed.connect(self._log_it)
        self._take_kind("call")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._kind_button)
        row.addWidget(self._log, 1)
        return row

    @Slot()
    def _choose_kind(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in phrases.KINDS:
            action = menu.addAction(self._parts.look.icon(kind, "dim"), phrases.kind_name(kind).capitalize())
            action.triggered.connect(lambda _checked=False, kind=kind: self._take_kind(kind))
        menu.popup(self._kind_button.mapToGlobal(QPoint(0, self._kind_button.height())))

    def _take_kind(self, kind: str) -> None:
        self._kind = kind
        self._parts.look.dress(self._kind_button, phrases.kind_icon(kind))
        name = _("Kind: {kind}", kind=phrases.kind_name(kind))
        self._kind_button.setAccessibleName(name)
        self._kind_button.setToolTip(name)

    @Slot(str)
    def _answer(self, key: str) -> None:
        """Tick the step that is shown with this result; what stands in the log line is kept with it."""
        if self._state is None or self._card is None:
            return
        step, note = self._state.step, self._log.text().strip()
        done = self._parts.bridge.run(steps.tick_step, self._card.situation.deal.id, step.id, result=key, note=note)
        if done is None:
            return
        self._log.clear()
        word = next(phrases.of(label) for known, label in results.results_of(step) if known == key)
        told = _("“{step}”: {result}", step=phrases.of(step.title), result=word)
        if key == results.DONE and is_too_early(step, self._card.around.criteria):
            told = ". ".join([told, _("The need is not known yet: ask for it.")])
        self._parts.bridge.tell(told, done)
        if results.offers_lost(key):
            self.loss_wanted.emit()

    @Slot()
    def _log_it(self) -> None:
        text = self._log.text().strip()
        if not text or self._card is None:
            return
        deal = self._card.situation.deal
        done = self._parts.bridge.run(activities.log_activity, deal.id, self._kind, text=text)
        if done is not None:
            self._log.clear()
            self._parts.bridge.tell(_("Logged: {what}", what=phrases.kind_name(self._kind)), done)
