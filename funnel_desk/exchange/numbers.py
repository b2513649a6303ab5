"""Numbers as people write them: `1 234,56`, `1.234,56 €`, `$1,234.56`, `(12)`, `25 %`.

A cell is taken apart here; what its commas and points mean is decided for the column as a whole (`decimals.py`).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from funnel_desk.exchange.currency_signs import CURRENCY_SIGNS

DecimalSign = Literal[".", ","]

MANY_DIGITS = 40
"""Beyond this a number is not worked out: nothing that we keep is as large."""

_MINUSES = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"))
_SPACES = re.compile(r"[\s\u200b\u2060\ufeff]+")
_APOSTROPHES = re.compile(r"(?<=\d)['’ʼ`´](?=\d)")
_CODE = re.compile(r"[A-Z]{3}")
_MAYBE_CURRENCY = re.compile(r"[^\W\d_]*[^\w\s.,()%+\-'’ʼ`´\"]|[^\W\d_]+[.]?")
_PLAIN = re.compile(r"(-?)(\d+(?:[.,]\d+)?)")
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<body>\d[\d.,]*|[.,]\d+)(?:[eE](?P<power>[-+]?\d{1,4}))?(?P<after>-?)")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:[.]\d{3})+|\d{1,2}(?:[.]\d{2})+[.]\d{3}")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True, slots=True)
class Written:
    """One cell taken apart: its digits with points and commas still in place."""

    body: str
    negative: bool = False
    power: int = 0
    percent: bool = False
    grouped: bool = False
    """Whether its thousands were apart already, by spaces or apostrophes."""
    currencies: tuple[str, ...] = ()
    """What the sign or code beside it may mean (ISO 4217), the likeliest first."""


def take_apart(cell: str) -> Written | None:
    """The parts of a written number, or None when the cell is not one."""
    if plain_number := _PLAIN.fullmatch(cell):
        return Written(plain_number[2], plain_number[1] == "-")
    text = unicodedata.normalize("NFKC", cell).translate(_MINUSES).strip()
    in_brackets = text.startswith("(") and text.endswith(")")
    text, currencies = _without_currency(text[1:-1] if in_brackets else text)
    percent = text.endswith("%") or text.startswith("%")
    text = text.strip("% \u00a0")
    compact = _SPACES.sub("", text)
    if not _fair_spaces(text):
        return None
    plain = _APOSTROPHES.sub("", compact)
    found = _NUMBER.fullmatch(plain)
    if found is None or (found["after"] and found["sign"]):
        return None
    grouped = plain != compact or bool(re.search(r"\d\s+\d", text))
    negative = in_brackets or "-" in (found["sign"], found["after"])
    return Written(found["body"], negative, int(found["power"] or 0), percent, grouped, currencies)


def _without_currency(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the currency sign or code beside the number, and what that may mean."""
    for word in _MAYBE_CURRENCY.findall(text):
        currencies = CURRENCY_SIGNS.get(word.casefold()) or ((word,) if _CODE.fullmatch(word) else ())
        if currencies:
            before, after = text.split(word, 1)
            if any(sign.isdigit() for sign in before) and any(sign.isdigit() for sign in after):
                return text, ()  # "10 EUR 20" is not one number
            return before.strip() + after.strip(), currencies
    return text, ()


def _fair_spaces(text: str) -> bool:
    """Whether spaces inside part thousands, so that "12 34" or "1 2 3" is no number."""
    return re.fullmatch(r"[-+]?\s*(?:\d{1,3}(?:\s+\d{3})+(?:\s*[.,]\s*\d*)?|\S+)\s*-?", text) is not None


def to_number(cell: str, decimal: DecimalSign) -> Decimal | None:
    """The number of a cell (25 for "25 %"), or None when it is none under this decimal sign."""
    written = take_apart(cell)
    return None if written is None else value_of(written, decimal)


def value_of(written: Written, decimal: DecimalSign) -> Decimal | None:
    """The number that these parts make, or None when they make none under this decimal sign."""
    groups = _COMMA_GROUPS if decimal == "." else _POINT_GROUPS
    whole, sign, rest = written.body.partition(decimal)
    thousands = "," if decimal == "." else "."
    if decimal in rest or thousands in rest:
        return None
    if thousands in whole:
        if not groups.fullmatch(whole):
            return None
        whole = whole.replace(thousands, "")
    if len(whole) > MANY_DIGITS:
        return Decimal(10) ** MANY_DIGITS  # far beyond anything we keep: refused as too large, not as no number
    number = Decimal(f"{whole or '0'}{'.' if sign else ''}{rest}e{written.power}")
    return -number if written.negative else number
