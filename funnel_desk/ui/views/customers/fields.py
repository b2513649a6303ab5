"""The fields of companies and contacts: what they are called, and how they are typed and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import N_
from funnel_desk.ui.phrases import money
from funnel_desk.ui.typed import shown_for_typing, typed_amount

FieldKind = Literal["line", "text", "amount", "days", "company"]
_MOST_DAYS = 100_000


@dataclass(frozen=True, slots=True)
class RecordField:
    """A field: its name in the dataclass, what it is called, how it is typed."""

    key: str
    title: str
    kind: FieldKind = "line"


COMPANY_FIELDS = (
    RecordField("name", N_("Company name")),
    RecordField("site", N_("Site")),
    RecordField("industry", N_("Industry")),
    RecordField("usage", N_("Uses it for")),
    RecordField("segment", N_("Segment")),
    RecordField("size", N_("Size")),
    RecordField("price_sensitivity", N_("Price or quality")),
    RecordField("owner", N_("Owner")),
    RecordField("potential", N_("Could buy a year"), "amount"),
    RecordField("touch_every", N_("Talk every, days"), "days"),
    RecordField("tasks", N_("What it solves"), "text"),
    RecordField("troubles", N_("What troubles it"), "text"),
    RecordField("note", N_("Note"), "text"),
)
CONTACT_FIELDS = (
    RecordField("name", N_("Name")),
    RecordField("company_id", N_("Company"), "company"),
    RecordField("email", N_("E-mail")),
    RecordField("phone", N_("Phone")),
    RecordField("messenger", N_("Messenger")),
    RecordField("role", N_("Part in the decision")),
    RecordField("attitude", N_("Attitude")),
    RecordField("note", N_("Note"), "text"),
)
FIELDS = {"company": COMPANY_FIELDS, "contact": CONTACT_FIELDS}


def shown(record: Company | Contact, field: RecordField, company: str) -> str:
    """A value as it stands in its field; ``company`` is the name of a contact's company."""
    value = getattr(record, field.key)
    if field.kind == "company":
        return company
    if field.kind == "amount" and isinstance(record, Company):
        amount = shown_for_typing(record.potential, record.potential_currency)
        return f"{amount} {record.potential_currency}".strip() if amount else ""
    return "" if value is None else str(value)


def read(record: Company | Contact, field: RecordField, company: str) -> str:
    """A value as a person reads it."""
    if field.kind == "amount" and isinstance(record, Company):
        return money(record.potential, record.potential_currency)
    return shown(record, field, company)


def typed(field: RecordField, text: str, currency: str) -> Mapping[str, object] | None:
    """What was typed into a field, as arguments of the operation; None where it cannot be read."""
    text = text.strip()
    if field.kind == "company":
        return {"company": text}
    if field.kind == "amount":
        if not text:
            return {"potential": None, "potential_currency": ""}
        amount = typed_amount(text, currency)
        return {"potential": amount.minor, "potential_currency": amount.currency} if amount else None
    if field.kind == "days":
        if not text:
            return {field.key: None}
        days = int(text) if text.isdecimal() else 0
        return {field.key: days} if 0 < days <= _MOST_DAYS else None
    return {field.key: text}
