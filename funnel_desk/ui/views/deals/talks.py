"""The plan of negotiations: talks and visits to come, in the order of their days, with what for and with whom."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.moments import add_days
from funnel_desk.domain.problems import Trouble
from funnel_desk.exchange.deal_sheets import save_sheet, talks_sheet
from funnel_desk.i18n import _, format_day
from funnel_desk.operations.activities import delete_activity, edit_activity, finish_activity, plan_activity
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui import phrases
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine


class Talks(DealSection):
    """Numbered as they will be held."""

    def __init__(self, parts: Parts) -> None:
        adds = [("talk", _("Talk or visit…")), ("copy", _("Copy the plan")), ("save_as", _("Save the plan…"))]
        super().__init__(parts, "talks", _("Talks to come"), adds)

    def offered(self) -> Sequence[tuple[str, str]]:
        return super().offered() if self.here.planned else super().offered()[:1]

    def lines(self, card: DealCard) -> list[FactLine]:
        today, zone = self.parts.bridge.today(), card.situation.rulebook.zone
        people = {one.id: one.name for one in card.around.contacts}
        if card.contact is not None:
            people[card.contact.id] = card.contact.name
        return [
            _line(number, one, people.get(one.contact_id or "", ""), phrases.due(one.planned_for, today, zone))
            for number, one in enumerate(card.planned, start=1)
        ]

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if act == "done":
            return [FormField("note", _("What came of it"))]
        if act not in {"talk", "change"}:
            return ()
        one = next((one for one in self.here.planned if one.id == key), None)
        kinds = tuple((kind, phrases.kind_name(kind).capitalize()) for kind in phrases.KINDS)
        people = tuple((person.id, person.name) for person in self.here.around.contacts)
        tomorrow = add_days(self.parts.bridge.today(), 1, working=True)
        day = one.planned_for[:10] if one and one.planned_for else tomorrow
        fields = [
            FormField("text", _("What for"), value=one.text if one else ""),
            FormField("kind", _("Kind"), "choice", one.kind if one else "visit", kinds),
            FormField("day", _("Day"), "day", day),
        ]
        who = (one.contact_id if one else self.here.situation.deal.contact_id) or ""
        return [*fields, FormField("who", _("With whom"), "choice", who, people)] if people else fields

    def add(self, act: str, told: Told) -> bool:
        if act == "copy":
            QGuiApplication.clipboard().setText(talks_sheet(self.here).text())
            self.parts.bridge.tell(_("The plan is copied."))
            return True
        if act == "save_as":
            place = (Path.home() / _("Talks to come")).with_suffix(".txt")
            ask_save(self.window(), place, _("Save the plan"), _("Text (*.txt);;Page (*.html)"), "txt", self._save)
            return True
        day = told["day"] or self.parts.bridge.today()
        said = _("Planned for {day}: {what}", day=format_day(day, "short"), what=told["text"])
        words = told["text"] or phrases.kind_name(told["kind"])
        who = told.get("who") or None
        return self.run(said, plan_activity, self.deal_id, told["kind"], day, text=words, contact_id=who)

    def act_on(self, act: str, key: str, told: Told) -> bool:
        if act == "done":
            return self.run(_("It was held."), finish_activity, key, note=told["note"])
        if act == "delete":
            return self.run(_("Deleted."), delete_activity, key)
        one = next(one for one in self.here.planned if one.id == key)
        moment = one.planned_for if one.planned_for and one.planned_for[:10] == told["day"] else told["day"]
        fields = {"text": told["text"], "kind": told["kind"], "planned_for": moment or one.planned_for}
        fields["contact_id"] = told.get("who") or one.contact_id
        return self.run(_("The plan is changed."), edit_activity, key, **fields)

    def button(self, act: str) -> str:
        return _("It was held") if act == "done" else _("Plan it") if act == "talk" else super().button(act)

    def _save(self, path: str) -> None:
        try:
            save_sheet(talks_sheet(self.here), Path(path))
        except Trouble as trouble:
            self.parts.bridge.explain(trouble)
            return
        self.parts.bridge.tell(_("Saved: {file}", file=Path(path).name))


def _line(number: int, one: Activity, who: str, due: tuple[str, bool]) -> FactLine:
    day, late = due
    note = ", ".join(part for part in (phrases.kind_name(one.kind), who) if part)
    acts = (("done", _("It was held…")), ("change", _("Change or move…")), ("delete", _("Delete")))
    text = f"{number}. {one.text or phrases.kind_name(one.kind)}"
    return FactLine(one.id, text, note, ChipText(day, "bad" if late else "accent") if day else None, acts=acts)
