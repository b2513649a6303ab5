"""The two columns of call mode: what to say and to ask; what they may object, and what is known of the deal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from funnel_desk import settings
from funnel_desk.domain.calling import Subject
from funnel_desk.domain.qualification import answers_of, is_too_early, met_of
from funnel_desk.domain.script import spans
from funnel_desk.i18n import _, language
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.objections import objection_uses
from funnel_desk.queries.scripts import script_values
from funnel_desk.ui import phrases
from funnel_desk.ui.call.aside import facts_of
from funnel_desk.ui.call.asks import AskLines, FiveQuestions
from funnel_desk.ui.call.cold import ColdCounter
from funnel_desk.ui.call.drafts import Draft
from funnel_desk.ui.call.objections import Objections
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.check_lines import CheckLines
from funnel_desk.ui.widgets.columns import SCROLL_BAR
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import SectionHeading, label, present
from funnel_desk.ui.widgets.script_card import ScriptCard

_MARGIN = 24


class Words(QFrame):
    """What to say and what to ask. `changed`: an answer."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._parts = parts
        self._shown: tuple[str, str] | None = None
        self._step = SectionHeading("")
        self._early = label("", "warn", wrap=True, name="call.too_early")
        self._early.setText(_("The need is not known yet: ask for it before the offer."))
        self._script = ScriptCard(parts.look, "words", _("Words to say"), object_name="call.script")
        self._ask_heading, self.asks = SectionHeading(_("Ask")), AskLines()
        self._done_heading, self._done = SectionHeading(_("Done when")), CheckLines()
        self._five, self.questions = SectionHeading(_("Before the contract")), FiveQuestions()
        self.asks.changed.connect(self.changed)
        self.questions.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN - SCROLL_BAR, 16)
        column.setSpacing(10)
        for part in (self._step, self._early, self._script, self._ask_heading, self.asks, self._done_heading,
                     self._done, self._five, self.questions):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)

    def show_deal(self, card: DealCard, subject: Subject, draft: Draft) -> None:
        """Show the words for this call, and what was answered in it."""
        step = subject.words
        self._step.say(phrases.of(step.title) if step else _("No step asks for this call"))
        present(self._early, shown=bool(subject.step and is_too_early(subject.step, card.around.criteria)))
        profile = settings.load().profile
        me, firm = (profile.author_name, profile.my_company) if profile else ("", "")
        said = phrases.of(step.say) if step else ""
        if not said:
            said = f"**{phrases.of(step.title)}**" if step else _("**Ask what holds the decision.**")
        if subject.planned and subject.planned.text:
            said = f"**{subject.planned.text}**"
        self._script.say(spans(said, script_values(card.facts, me, firm), language()))
        asks, done = (phrases.lines_of(step.ask), phrases.lines_of(step.done_when)) if step else ([], [])
        shown = (card.situation.deal.id, step.id if step else "")
        answers = answers_of(card.around.criteria)
        if shown != self._shown or draft.said != self.asks.said() or draft.ticked != self.asks.ticked():
            self.asks.show_lines(asks, draft.ticked, draft.said)
        self._shown = shown
        self._done.show_lines(done)
        present(self._ask_heading, shown=bool(asks))
        present(self.asks, shown=bool(asks))
        present(self._done_heading, shown=bool(done))
        present(self._done, shown=bool(done))
        self._five.say(_("Before the contract"), met_of(card.around.criteria))
        self.questions.show_answers(answers, draft.answers)

    def begin(self) -> None:
        """Put the cursor where the first answer is missing."""
        self.asks.begin()


class Beside(QFrame):
    """What they may object, what is known of the deal, and how cold calls go while it is one."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setProperty("ground", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._parts = parts
        self.objections = Objections(parts.look)
        self._facts = Facts()
        self._facts.setObjectName("call.facts")
        self._cold = ColdCounter(parts, "call.cold")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, _MARGIN - SCROLL_BAR, 16)
        column.setSpacing(10)
        column.addWidget(self.objections)
        column.addSpacing(6)
        column.addWidget(SectionHeading(_("The deal")))
        column.addWidget(self._facts)
        column.addSpacing(6)
        column.addWidget(self._cold)
        column.addStretch(1)

    def show_deal(self, card: DealCard, draft: Draft | None) -> None:
        """Show what is known; a draft also tells what was heard in this call, without one that stays as it is."""
        self._facts.show_facts(facts_of(card, self._parts.bridge.today()))
        here = card.situation
        if draft is not None:
            uses = self._parts.bridge.ask(objection_uses, here.stage.pipeline_id)
            self.objections.show_catalogue(card.objections, uses, draft.heard)
        cold = bool(here.stages) and here.stage.id == here.stages[0].id
        present(self._cold, shown=cold)
        if cold:
            self._cold.refresh()
