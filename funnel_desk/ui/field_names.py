"""What the columns of a table are called on screen."""

from collections.abc import Mapping

from funnel_desk.exchange.fields import CUSTOM, FIELDS, What
from funnel_desk.i18n import N_, _, translate

_NAMES: Mapping[str, str] = {
    "external_id": N_("External number"),
    "title": N_("Deal"),
    "company": N_("Company"),
    "contact": N_("Contact"),
    "contact_email": N_("E-mail of the contact"),
    "contact_phone": N_("Phone of the contact"),
    "pipeline": N_("Pipeline"),
    "stage": N_("Stage"),
    "outcome": N_("Outcome"),
    "lost_stage": N_("Stage where it was lost"),
    "lost_reason": N_("Reason for the loss"),
    "value": N_("Value"),
    "currency": N_("Currency"),
    "probability": N_("Probability"),
    "source": N_("Source"),
    "product": N_("Product"),
    "segment": N_("Segment"),
    "kind": N_("Kind of sale"),
    "owner": N_("Owner"),
    "created_at": N_("Created"),
    "first_contact_at": N_("First contact"),
    "expected_close": N_("Expected to close"),
    "closed_at": N_("Closed"),
    "note": N_("Note"),
    "tags": N_("Tags"),
    "is_won": N_("Won or not"),
    "is_closed": N_("Closed or not"),
    "won_at": N_("Won on"),
    "lost_at": N_("Lost on"),
    "deal": N_("Deal"),
    "at": N_("When"),
    "from_stage": N_("Stage before"),
    "reason": N_("Reason"),
    "name": N_("Name"),
    "site": N_("Website"),
    "industry": N_("Industry"),
    "usage": N_("Uses it for"),
    "size": N_("Size"),
    "price_sensitivity": N_("Price or quality"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "messenger": N_("Messenger"),
    "role": N_("Role"),
    "attitude": N_("Attitude"),
    "direction": N_("In or out"),
    "minutes": N_("Minutes"),
    "result": N_("Result"),
    "text": N_("Text"),
    "planned_for": N_("Planned for"),
    "step": N_("Step"),
    "due": N_("Due"),
    "done_at": N_("Done"),
    "custom": N_("Own fields"),
    "act": N_("What was done"),
}
_OURS = "_"


def field_name(field: str) -> str:
    """A field in the language of now; a field of the person's own by its own name."""
    if field.startswith(CUSTOM):
        return _("Own field “{name}”", name=field.removeprefix(CUSTOM))
    return translate(_NAMES[field]) if field in _NAMES else field


def fields_to_choose(what: What) -> list[tuple[str, str]]:
    """The fields (key, name) that a column of such a table can be."""
    names = {"kind": _("Kind of activity")} if what == "activities" else {}
    return [(field, names.get(field) or field_name(field)) for field in FIELDS[what] if not field.startswith(_OURS)]
