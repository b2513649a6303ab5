"""Who decides, influences, uses and blocks, with a small map of parts and attitudes."""

from collections.abc import Mapping, Sequence

from funnel_desk.domain.people import Contact
from funnel_desk.domain.stakeholder import (
    ATTITUDE_NAMES,
    ATTITUDES,
    MOST_INFLUENCE,
    PART_NAMES,
    PARTS,
    Stakeholder,
)
from funnel_desk.i18n import N_, _, translate
from funnel_desk.operations.deal_facts import strike_out
from funnel_desk.operations.stakeholders import add_stakeholder, edit_stakeholder
from funnel_desk.queries.deal import DealCard
from funnel_desk.ui.painting import ChipText, Tone
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FormField
from funnel_desk.ui.widgets.fact_list import FactLine
from funnel_desk.ui.widgets.people_map import Dot, PeopleMap

_TONES: dict[str, Tone] = {"for": "accent", "neutral": "plain", "against": "bad", "unknown": "warn"}
_INFLUENCE = {1: N_("little influence"), 2: N_("some influence"), 3: N_("much influence")}
_LEAST_ON_MAP = 2


class People(DealSection):
    """The contact of the deal stands first; a stakeholder with a contact's name is linked to it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "people", _("People"), [("add", _("Add a person"))])
        self._map = PeopleMap(parts.look)
        self._map.setObjectName("people.map")
        self.inside.insertWidget(1, self._map)

    def lines(self, card: DealCard) -> list[FactLine]:
        people = sorted(card.around.stakeholders, key=lambda one: (PARTS.index(one.part), -one.influence, one.id))
        known = {one.id: one for one in card.around.contacts}
        found = [_line(one, known.get(one.contact_id or "")) for one in people]
        linked = {one.contact_id for one in people}
        if card.contact is not None and card.contact.id not in linked:
            found.insert(0, _contact_line(card.contact))
        return found

    def show_deal(self, card: DealCard) -> None:
        people = card.around.stakeholders
        self._map.show_dots([Dot(one.name, one.part, one.attitude, one.influence) for one in people])
        super().show_deal(card)
        if len(people) < _LEAST_ON_MAP:
            self._map.hide()

    def count(self, card: DealCard) -> str:
        return str(len(self.list.lines())) if len(card.around.stakeholders) > 1 else ""

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if act in {"delete", "open"}:
            return ()
        one = next((one for one in self.here.around.stakeholders if one.id == key), None)
        contact = next((one for one in self.here.around.contacts if one.id == key), None)
        contacts = tuple((person.name, person.name) for person in self.here.around.contacts)
        name = one.name if one else contact.name if contact else ""
        return [
            FormField("name", _("Name"), "written_choice", name, contacts),
            FormField("part", _("Part"), "choice", one.part if one else "", _choices(PARTS, PART_NAMES)),
            FormField(
                "attitude",
                _("Attitude"),
                "choice",
                one.attitude if one else "unknown",
                _choices(ATTITUDES, ATTITUDE_NAMES),
            ),
            FormField(
                "influence",
                _("Influence"),
                "choice",
                str(one.influence if one else MOST_INFLUENCE - 1),
                tuple((str(level), translate(words)) for level, words in _INFLUENCE.items()),
            ),
            FormField("note", _("Note"), value=one.note if one else ""),
        ]

    def add(self, act: str, told: Told) -> bool:
        del act
        said = _("“{name}” has a say now.", name=told["name"])
        return self.run(said, add_stakeholder, self.deal_id, told["name"], told["part"], **_fields(told))

    def act_on(self, act: str, key: str, told: Told) -> bool:
        if act == "part":  # a contact without a part yet
            return self.add(act, told)
        if act == "open":
            one = next((one for one in self.here.around.stakeholders if one.id == key), None)
            self.parts.route.go("customers", ShowRecord("contact", (one and one.contact_id) or key))
            return True
        if act == "delete":
            return self.run(_("Deleted."), strike_out, Stakeholder, key)
        said, part = _("“{name}” is changed.", name=told["name"]), told["part"]
        return self.run(said, edit_stakeholder, key, name=told["name"], part=part, **_fields(told))


def _fields(told: Told) -> dict[str, object]:
    return {"attitude": told["attitude"], "influence": int(told["influence"]), "note": told["note"]}


def _line(one: Stakeholder, contact: Contact | None) -> FactLine:
    parts = (
        contact.role if contact else "",
        translate(PART_NAMES[one.part]),
        translate(_INFLUENCE[one.influence]),
        one.note,
        contact.phone if contact else "",
    )
    chip = ChipText(translate(ATTITUDE_NAMES[one.attitude]), _TONES[one.attitude])
    acts = [("change", _("Change…")), *([("open", _("Open the contact"))] if contact else []), ("delete", _("Delete"))]
    return FactLine(one.id, one.name, ", ".join(part for part in parts if part), chip, acts=tuple(acts))


def _contact_line(one: Contact) -> FactLine:
    more = (one.role, one.phone, one.email, one.messenger, one.attitude, one.note)
    note = "\n".join(part for part in more if part)
    return FactLine(
        one.id, one.name, note, acts=(("part", _("Say what part they have…")), ("open", _("Open the contact")))
    )


def _choices(keys: Sequence[str], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, translate(names[key])) for key in keys)
