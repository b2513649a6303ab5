"""Fields that the user adds to what the program knows of a deal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, get_args

from funnel_desk.i18n import N_

FieldKind = Literal["text", "number", "day", "choice", "yes_no"]
FIELD_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
FIELD_NAMES: Mapping[str, str] = {
    "text": N_("text"),
    "number": N_("number"),
    "day": N_("day"),
    "choice": N_("choice"),
    "yes_no": N_("yes or no"),
}
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class OwnField:
    """An own field of deals: the values stand in ``Deal.custom`` under ``name``. ``choices`` are those of a choice."""

    id: str
    name: str
    kind: FieldKind = "text"
    choices: tuple[str, ...] = ()
    position: int = 0
    archived: bool = False


def kept_value(field: OwnField, told: str) -> str | None:
    """What is kept of a told value; None where the field cannot hold it. Nothing told is kept as nothing.

    A number is kept as plain decimal text, a day as ``YYYY-MM-DD``, a yes or no as one of ``YES_NO``.
    """
    told = told.strip()
    if not told or field.kind == "text":
        return told
    if field.kind == "number":
        return _number(told)
    if field.kind == "day":
        return _day(told)
    among = YES_NO if field.kind == "yes_no" else field.choices
    return told if told in among else None


def _number(told: str) -> str | None:
    try:
        number = Decimal(told)
    except InvalidOperation:
        return None
    return format(number, "f") if number.is_finite() else None


def _day(told: str) -> str | None:
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        return None
