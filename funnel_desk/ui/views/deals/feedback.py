"""Cards for other departments: written from a loss or any time, copied or saved, handed over, answered."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from funnel_desk.domain.feedback import DEPARTMENT_NAMES, DEPARTMENTS, Feedback
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.problems import Trouble
from funnel_desk.exchange.deal_sheets import Sheet, feedback_sheet, save_sheet
from funnel_desk.i18n import _, format_day, translate
from funnel_desk.operations.deal_facts import strike_out
from funnel_desk.operations.feedback import answer_feedback, hand_feedback, write_feedback
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine


class FeedbackCards(DealSection):
    """The reason of a lost deal stands in the words already."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "feedback", _("For other departments"), [("add", _("Write to another department"))])

    def lines(self, card: DealCard) -> list[FactLine]:
        zone = card.situation.rulebook.zone
        return [_line(one, zone) for one in card.around.feedback]

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if act == "answer":
            return [FormField("answer", _("What they answered"), value=self._feedback(key).answer)]
        if act != "add":
            return ()
        departments = tuple((one, translate(DEPARTMENT_NAMES[one])) for one in DEPARTMENTS)
        lost = self.here.situation.present.outcome == "lost"
        reason = phrases.of(self.here.reason) if lost else ""
        said = _("Lost: {reason}", reason=reason) if reason else ""
        return [
            FormField("department", _("Department"), "choice", "marketing", departments),
            FormField("text", _("What should they know?"), value=said),
        ]

    def add(self, act: str, told: Told) -> bool:
        del act
        reason = self.here.situation.present.reason_id
        said = _("The card is written: copy it or save it from its menu.")
        return self.run(said, write_feedback, self.deal_id, told["department"], told["text"], reason_id=reason)

    def act_on(self, act: str, key: str, told: Told) -> bool:
        if act == "copy":
            QGuiApplication.clipboard().setText(self._sheet(key).text())
            self.parts.bridge.tell(_("The card is copied."))
            return True
        if act == "save_as":
            ask_save(
                self.window(),
                (Path.home() / _("Feedback")).with_suffix(".txt"),
                _("Save the card"),
                _("Text (*.txt);;Page (*.html)"),
                "txt",
                lambda path: self._save(key, path),
            )
            return True
        if act == "handed":
            return self.run(_("It is handed over."), hand_feedback, key)
        if act == "answer":
            return self.run(_("The answer is kept."), answer_feedback, key, told["answer"])
        return self.run(_("Deleted."), strike_out, Feedback, key)

    def _save(self, key: str, path: str) -> None:
        try:
            save_sheet(self._sheet(key), Path(path))
        except Trouble as trouble:
            self.parts.bridge.explain(trouble)
            return
        self.parts.bridge.tell(_("Saved: {file}", file=Path(path).name))

    def _sheet(self, key: str) -> Sheet:
        return feedback_sheet(self.here, self._feedback(key))

    def _feedback(self, key: str) -> Feedback:
        return next(one for one in self.here.around.feedback if one.id == key)


def _line(one: Feedback, zone: str) -> FactLine:
    chip = ChipText(_("to hand over"), "warn")
    if one.answered_at:
        chip = ChipText(_("answered"), "accent")
    elif one.handed_at:
        chip = ChipText(_("handed over {day}", day=format_day(day_of(one.handed_at, zone), "short")), "plain")
    acts = [("copy", _("Copy")), ("save_as", _("Save…"))]
    acts += [] if one.handed_at else [("handed", _("It is handed over"))]
    acts += [("answer", _("Their answer…")), ("delete", _("Delete"))]
    head = translate(DEPARTMENT_NAMES[one.department])
    note = "\n".join(part for part in (one.text, _("answer: {text}", text=one.answer) if one.answer else "") if part)
    return FactLine(one.id, head, note, chip, one.answered_at is not None, tuple(acts))
