"""Fields of a deal as they are typed into a cell of the list or for many deals at once."""

from collections.abc import Callable, Sequence

from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.problems import Refusal
from funnel_desk.exchange.tags import cell_of_tags, tags_of_cell
from funnel_desk.i18n import N_, _, format_day
from funnel_desk.queries.deals import OWN, DealRow
from funnel_desk.ui.typed import shown_for_typing, typed_amount, typed_day, typed_percentage

EDITABLE = (
    "title",
    "company",
    "contact",
    "value",
    "chance",
    "expected",
    "source",
    "product",
    "segment",
    "owner",
    "tags",
)
"""The columns that can be changed where they stand; besides these, own fields."""

COMPLETED = {
    "company": "company", "contact": "contact", "source": "sources", "product": "products", "segment": "segments",
    "owner": "owners", "tags": "tags",
}  # fmt: skip
"""Where known values help to type a column: the name under which they are asked for."""


class Unread(Refusal):
    """What was typed cannot be read as what belongs into the field."""

    message = N_("“{text}” cannot be read as “{field}”. {example}")


class NotOffered(Refusal):
    """A field of choices takes only what it offers."""

    message = N_("“{text}” is not among the choices of “{field}”: {choices}.")


Fields = dict[str, object]


def may_be_typed(key: str) -> bool:
    """Whether a column can be changed where it stands."""
    return key in EDITABLE or key.startswith(OWN)


def shown(key: str, row: DealRow) -> str:
    """A field as it stands in a cell that is about to be changed."""
    if key == "value":
        return shown_for_typing(row.value, row.currency)
    if key == "chance":
        return "" if row.own_probability is None else f"{row.own_probability / 100:g}"
    if key == "expected":
        return format_day(row.expected_close, "long") if row.expected_close else ""
    if key == "tags":
        return cell_of_tags(row.tags)
    if key.startswith(OWN):
        return row.custom.get(key[len(OWN) :], "")
    return str(getattr(row, key))


def typed(key: str, text: str, title: str, currency: str, own: OwnField | None = None) -> Fields:
    """What was typed into a column, as fields of a deal; ``title`` is the column's. Raises Unread and NotOffered.

    Nothing typed takes the value away. An own field is given as the text that is kept for it, under the column's key.
    """
    text = text.strip()
    readers: dict[str, Callable[[str], Fields | None]] = {
        "value": lambda told: _amount(told, currency),
        "chance": _percentage,
        "expected": _day,
        "touch_every": _days,
    }
    if key in readers:
        found = readers[key](text)
        if found is None:
            raise Unread(text=text, field=title, example=_(_EXAMPLES[key]))
        return found
    if key == "tags":
        return {"tags": tags_of_cell(text)}
    if key.startswith(OWN):
        return {key: _own(text, title, own)}
    return {key: text}


_EXAMPLES = {
    "value": N_("Write an amount, such as 12 400 or 1,054.50 USD."),
    "chance": N_("Write a percentage from 0 to 100."),
    "expected": N_("Write a day, such as 2026-12-18 or 18.12.2026."),
    "touch_every": N_("Write a number of days, such as 7."),
}


def _amount(text: str, currency: str) -> Fields | None:
    if not text:
        return {"value": None}
    found = typed_amount(text, currency)
    return None if found is None else {"value": found.minor, "currency": found.currency}


def _percentage(text: str) -> Fields | None:
    found = typed_percentage(text) if text else None
    return None if text and found is None else {"probability": found}


def _day(text: str) -> Fields | None:
    found = typed_day(text) if text else None
    return None if text and found is None else {"expected_close": found}


def _days(text: str) -> Fields | None:
    if not text:
        return {"touch_every": None}
    return {"touch_every": int(text)} if text.isdecimal() and 0 < int(text) < 10_000 else None  # noqa: PLR2004


def _own(text: str, title: str, own: OwnField | None) -> str:
    if not text or own is None or own.kind == "text":
        return text
    if own.kind == "choice":
        return _one_of(text, own.choices, title)
    if own.kind == "yes_no":
        words = {_("yes").casefold(): "yes", _("no").casefold(): "no", "yes": "yes", "no": "no"}
        if text.casefold() not in words:
            raise NotOffered(text=text, field=title, choices=", ".join((_("yes"), _("no"))))
        return words[text.casefold()]
    if own.kind == "day":
        day = typed_day(text)
        if day is None:
            raise Unread(text=text, field=title, example=_(_EXAMPLES["expected"]))
        return day
    if typed_amount(text, "XXX") is None:
        raise Unread(text=text, field=title, example=_("Write a number."))
    return text


def _one_of(text: str, choices: Sequence[str], title: str) -> str:
    found = next((one for one in choices if one.casefold() == text.casefold()), None)
    if found is None:
        raise NotOffered(text=text, field=title, choices=", ".join(choices))
    return found
