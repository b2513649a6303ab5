"""The own fields of a deal, each in an editor of its kind; and the fields themselves: added, renamed, put away."""

from collections.abc import Sequence

from funnel_desk.domain.own_field import FIELD_KINDS, FIELD_NAMES, OwnField
from funnel_desk.i18n import _, format_day, translate
from funnel_desk.operations.own_fields import (
    add_own_field,
    archive_own_field,
    fill_own_field,
    rename_own_field,
    revive_own_field,
)
from funnel_desk.progress import Progress
from funnel_desk.queries.deal import DealCard
from funnel_desk.queries.deal_facts import holders_of
from funnel_desk.ui.bridge import Done
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.deals.section import DealSection, Told
from funnel_desk.ui.widgets.fact_form import FieldLook, FormField
from funnel_desk.ui.widgets.fact_list import FactLine

_MANY = 200
_LOOKS: dict[str, FieldLook] = {"text": "text", "number": "text", "day": "day", "choice": "choice", "yes_no": "choice"}


class OwnFields(DealSection):
    """What came with an import under a name that is no field yet stands here too; it becomes one when it is added."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "fields", _("Own fields"), [("add", _("Add a field"))])

    def lines(self, card: DealCard) -> list[FactLine]:
        values = card.situation.deal.own_fields
        fields = [one for one in card.around.fields if not one.archived or values.get(one.name)]
        known = {one.name for one in card.around.fields}
        found = [_line(one, values.get(one.name, "")) for one in fields]
        found += [
            FactLine(f"+{name}", f"{name}: {value}", acts=(("adopt", _("Make it a field")),))
            for name, value in values.items()
            if name not in known
        ]
        return found

    def count(self, card: DealCard) -> str:
        del card
        return ""

    def asks(self, act: str, key: str) -> Sequence[FormField]:
        if act == "add":
            kinds = tuple((kind, translate(FIELD_NAMES[kind])) for kind in FIELD_KINDS)
            return [
                FormField("name", _("Name of the field")),
                FormField("kind", _("What it holds"), "choice", "text", kinds),
                FormField("choices", _("Choices, with commas between")),
            ]
        if act == "rename":
            return [FormField("name", _("Name of the field"), value=self._field(key).name)]
        if act != "fill":
            return ()
        field = self._field(key)
        value = self.here.situation.deal.own_fields.get(field.name, "")
        return [FormField("value", field.name, _LOOKS[field.kind], value, _choices(field))]

    def add(self, act: str, told: Told) -> bool:
        del act
        choices = tuple(told["choices"].split(","))
        said = _("There is a field “{name}” now.", name=told["name"])
        kind = next(one for one in FIELD_KINDS if one == told["kind"])
        return self.run(said, add_own_field, told["name"], kind, choices=choices)

    def act_on(self, act: str, key: str, told: Told) -> bool:
        if act == "adopt":
            return self.run(_("There is a field “{name}” now.", name=key[1:]), add_own_field, key[1:])
        name = self._field(key).name
        if act == "fill":
            return self.run(_("“{field}” is kept.", field=name), fill_own_field, self.deal_id, key, told["value"])
        if act == "rename":
            return self._rename(key, told["name"])
        if act == "revive":
            return self.run(_("The field “{name}” is back.", name=name), revive_own_field, key)
        return self.run(_("The field “{name}” is put away.", name=name), archive_own_field, key)

    def _rename(self, key: str, name: str) -> bool:
        """At once where few deals say something there, else apart from the window."""
        said, bridge = _("The field is “{name}” now.", name=name), self.parts.bridge
        if bridge.ask(holders_of, self._field(key).name) <= _MANY:
            return self.run(said, rename_own_field, key, name)

        def work(_progress: Progress) -> Done[int]:
            return Done(*bridge.desk.run_named(rename_own_field, key, name))

        return self.parts.jobs.write(_("Renaming the field"), work, lambda done: bridge.tell(said, done))

    def _field(self, key: str) -> OwnField:
        return next(one for one in self.here.around.fields if one.id == key)


def _line(one: OwnField, value: str) -> FactLine:
    away = ("revive", _("Bring the field back")) if one.archived else ("archive", _("Put the field away"))
    acts = (("fill", _("Fill in…")), ("rename", _("Rename the field…")), away)
    chip = ChipText(_("put away"), "plain") if one.archived else None
    text = f"{one.name}: {_shown(one, value)}"
    return FactLine(one.id, text, "", chip, one.archived or not value, acts)


def _shown(one: OwnField, value: str) -> str:
    if one.kind == "yes_no":
        return {"yes": _("yes"), "no": _("no")}.get(value, value or "–")
    if one.kind == "day" and len(value) == len("2026-11-22"):
        return format_day(value, "medium")
    return value or "–"


def _choices(one: OwnField) -> tuple[tuple[str, str], ...]:
    if one.kind == "yes_no":
        return ("", "–"), ("yes", _("yes")), ("no", _("no"))
    return ("", "–"), *((choice, choice) for choice in one.choices)
