"""Neutral words instead of what tells who somebody is: the same word for the same text, in all columns of a table."""

from collections.abc import Mapping, Sequence

from funnel_desk.i18n import N_, translate as _

PEOPLE: Mapping[str, str] = {
    "company": N_("Company {n}"),
    "contact": N_("Person {n}"),
    "owner": N_("Colleague {n}"),
    "title": N_("Deal {n}"),
    "deal": N_("Deal {n}"),
    "external_id": N_("Key {n}"),
    "contact_email": N_("Address {n}"),
    "email": N_("Address {n}"),
    "site": N_("Address {n}"),
    "contact_phone": N_("Phone {n}"),
    "phone": N_("Phone {n}"),
    "messenger": N_("Phone {n}"),
}
TEXTS = N_("Text {n}")
KEPT = frozenset({
    "pipeline", "stage", "from_stage", "outcome", "lost_stage", "value", "currency", "probability", "kind", "direction",
    "created_at", "first_contact_at", "expected_close", "closed_at", "at", "minutes", "planned_for", "due", "done_at",
    "step",
})  # fmt: skip
"""What stays as it is: figures, days, and words of the pipeline."""
LEFT_OUT = frozenset({"_uid", "_rev"})


class Anonymous:
    """Replaces the cells of a table; what is not known to be harmless is replaced."""

    def __init__(self, what: str, fields: Sequence[str]) -> None:
        self._templates = [None if field in KEPT else _template(what, field) for field in fields]
        self._words: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def row(self, cells: Sequence[str]) -> list[str]:
        """The row with neutral words; empty cells stay empty."""
        return [
            cell if template is None or not cell else self._word(template, cell)
            for template, cell in zip(self._templates, cells, strict=True)
        ]

    def _word(self, template: str, cell: str) -> str:
        key = template, cell.strip().casefold()
        word = self._words.get(key)
        if word is None:
            number = self._counts[template] = self._counts.get(template, 0) + 1
            word = self._words[key] = _(template, n=number)
        return word


def anonymous_headers(fields: Sequence[str]) -> list[str]:
    """The fields without ids, own fields with neutral names."""
    kept = [field for field in fields if field not in LEFT_OUT]
    own = iter(range(1, len(kept) + 1))
    return [f"custom:{next(own)}" if field.startswith("custom:") else field for field in kept]


def _template(what: str, field: str) -> str:
    if field == "name":
        return PEOPLE["company" if what == "companies" else "contact"]
    return PEOPLE.get(field, TEXTS)
