"""The five questions before a contract, each with how one knows."""

from funnel_desk.domain.qualification import QUESTION_NAMES, QUESTIONS, answers_of, met_of
from funnel_desk.i18n import _, ngettext, translate
from funnel_desk.operations.qualification import answer_question, forget_answer
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui.painting import ChipText, Tone
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine
from funnel_desk.ui.widgets.labels import label, present


class Questions(DealSection):
    """Always five rows; how many are met stands beside the heading, and what to ask before going on, below."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "questions", _("Before the contract"), ())
        self._hint = label("", "warn", wrap=True, name="questions.hint")
        self.inside.addWidget(self._hint)

    def lines(self, card: DealCard) -> list[FactLine]:
        answers = answers_of(card.around.criteria)
        unknown: Tone = "warn" if answers or card.offers_next else "plain"  # nobody asks at the first word
        found = []
        for question in QUESTIONS:
            one = answers.get(question)
            chip = ChipText(_("yes"), "accent") if one and one.met else ChipText(_("no"), "bad")
            acts = [("yes", _("Yes…")), ("no", _("No…"))] + ([("unknown", _("Not known"))] if one else [])
            found.append(
                FactLine(
                    question,
                    translate(QUESTION_NAMES[question]),
                    one.evidence if one else "",
                    chip if one else ChipText(_("not known"), unknown),
                    acts=tuple(acts),
                )
            )
        return found

    def count(self, card: DealCard) -> str:
        met = met_of(card.around.criteria)
        self._hint.setText(_hint(card))
        present(self._hint, shown=bool(self._hint.text()))
        return _("{met} of {all}", met=met, all=len(QUESTIONS))

    def asks(self, act: str, key: str) -> list[FormField]:
        if act == "unknown":
            return []
        one = answers_of(self.here.around.criteria).get(key)
        return [FormField("evidence", _("How do you know?"), value=one.evidence if one else "")]

    def act_on(self, act: str, key: str, told: Told) -> bool:
        deal_id, question = self.deal_id, translate(QUESTION_NAMES[key])
        if act == "unknown":
            return self.run(_("“{question}”: not known.", question=question), forget_answer, deal_id, key)
        met = act == "yes"
        said = _("“{question}”: yes.", question=question) if met else _("“{question}”: no.", question=question)
        return self.run(said, answer_question, deal_id, key, met=met, evidence=told["evidence"])

    def show_deal(self, card: DealCard) -> None:
        super().show_deal(card)
        if not self._hint.text():
            self._hint.hide()


def _hint(card: DealCard) -> str:
    """What to ask before the deal goes on: told only where its steps are through and it is open."""
    if (
        card.situation.present.outcome != "open"
        or not card.offers_next
        or met_of(card.around.criteria) == len(QUESTIONS)
    ):
        return ""
    left = len(QUESTIONS) - met_of(card.around.criteria)
    return ngettext("{n} of these is open: ask before you go on.", "{n} of these are open: ask before you go on.", left)
