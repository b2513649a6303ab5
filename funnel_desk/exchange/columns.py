"""Which column fills which field: by the words for it, or as the person told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from funnel_desk.exchange.currency_signs import CURRENCY_SIGNS
from funnel_desk.exchange.fields import CUSTOM, FIELDS, IGNORE, What, is_service
from funnel_desk.exchange.meanings import flag_of, kind_of, outcome_of
from funnel_desk.exchange.problems import NothingMatched
from funnel_desk.exchange.words import ImportWords, import_words, normalise

How = Literal["told", "name", "part"]
Why = Literal["unknown", "taken", "ambiguous", "told"]

_UNIT = re.compile(r"\s*(?:[(\[](?P<inside>[^()\[\]]*)[)\]]|,\s*(?P<after>[^\s,]{1,5}))\s*\*?\s*$")
_KNOWN_WORDS = {"outcome": outcome_of, "kind": kind_of, "is_closed": flag_of, "is_won": flag_of}
_FEW_HEADERS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """A column that fills a field (a name of `FIELDS`, or ``custom:NAME``)."""

    header: str
    field: str
    how: How
    currency: str = ""
    """ISO 4217, where the header tells it: "Amount (USD)"."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that fills nothing. `fields`: the one that a better column has, or those that it might mean."""

    header: str
    why: Why
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """All columns of a table, in its order: each either fills one field that no other fills, or is left out."""

    columns: tuple[Column, ...]
    left_out: tuple[LeftOut, ...]

    def header(self, field: str) -> str | None:
        """The header of the column that fills a field."""
        return next((column.header for column in self.columns if column.field == field), None)

    @property
    def ignored(self) -> list[str]:
        """The headers to report as ignored: not those that the person said to ignore."""
        return [column.header for column in self.left_out if column.why != "told"]


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """A header's claim to a field; the smaller, the better."""

    form: int
    rank: int
    place: int
    field: str


def match_columns(
    headers: Sequence[str],
    what: What = "deals",
    told: Mapping[str, str] | None = None,
    samples: Mapping[str, Sequence[str]] | None = None,
) -> Matching:
    """Match headers to fields. `told`: header to field, from `--map` (`mapping.py`); `samples`: some different cells.

    A word that may mean several things ("Status", "Type") is judged by the samples.

    Raises: NothingMatched.
    """
    told = told or {}
    words = import_words()
    claims: dict[str, list[_Claim]] = {}
    for place, header in enumerate(headers):
        if header not in told and not is_service(header):
            claims[header] = sorted(_claims(header, place, what, words, (samples or {}).get(header, ())))
    chosen = {header: Column(header, field, "told") for header, field in told.items() if field != IGNORE}
    chosen |= _best(claims, {column.field for column in chosen.values()}, headers)
    if not chosen:
        shown = ", ".join(headers[:_FEW_HEADERS]) + ("…" if len(headers) > _FEW_HEADERS else "")
        raise NothingMatched(headers=shown)
    owners = {column.field: column.header for column in chosen.values()}
    columns = [_with_currency(chosen[header]) for header in headers if header in chosen]
    left = [_left_out(header, told, claims.get(header, []), owners) for header in headers if header not in chosen]
    return Matching(tuple(columns), tuple(column for column in left if not is_service(column.header)))


def known_headers(cells: Sequence[str]) -> int:
    """How many of these cells could be headers of columns that some kind of table has."""
    words = import_words()
    return sum(any(form in words.every_name for form in _forms(cell, words)) for cell in cells if cell.strip())


def _claims(header: str, place: int, what: What, words: ImportWords, samples: Sequence[str]) -> list[_Claim]:
    if header in FIELDS[what] or (header.startswith(CUSTOM) and len(header) > len(CUSTOM)):
        return [_Claim(-1, 0, place, header)]  # an exact export of ours
    found: dict[str, _Claim] = {}
    for form, name in enumerate(_forms(header, words)):
        by_cells = words.if_known.get(what, {}).get(name, {})
        for field, rank in by_cells.items():
            if _all_known(field, samples):
                found.setdefault(field, _Claim(form, rank - len(by_cells) - 100, place, field))
        for field, rank in words.fields[what].get(name, {}).items():
            found.setdefault(field, _Claim(form, rank, place, field))
    return list(found.values())


def _forms(header: str, words: ImportWords) -> list[str]:
    """The whole name; without its unit; without the word for a deal before or after it."""
    forms = [normalise(header)]
    bare = normalise(_UNIT.sub("", header))
    forms.append(bare)
    for name in (forms[0], bare):
        forms += [name.removeprefix(prefix) for prefix in words.before if name.startswith(prefix)]
        forms += [name.removesuffix(suffix) for suffix in words.after if name.endswith(suffix)]
    return [form for form in dict.fromkeys(forms) if form]


def _all_known(field: str, samples: Sequence[str]) -> bool:
    meaning = _KNOWN_WORDS[field]
    return bool(samples) and all(meaning(sample) is not None for sample in samples)


def _best(claims: Mapping[str, list[_Claim]], taken: set[str], headers: Sequence[str]) -> dict[str, Column]:
    """Give out fields, the best claim first; a header that claims two fields equally well gets neither."""
    chosen: dict[str, Column] = {}
    unclear = {header for header, own in claims.items() if _tied(own)}
    for claim in sorted(claim for header, own in claims.items() if header not in unclear for claim in own):
        header = headers[claim.place]
        if header not in chosen and claim.field not in taken:
            taken = taken | {claim.field}
            chosen[header] = Column(header, claim.field, "part" if claim.form > 0 else "name")
    return chosen


def _tied(own: Sequence[_Claim]) -> bool:
    return len(own) > 1 and (own[0].form, own[0].rank) == (own[1].form, own[1].rank)


def _left_out(header: str, told: Mapping[str, str], own: Sequence[_Claim], owners: Mapping[str, str]) -> LeftOut:
    if header in told:
        return LeftOut(header, "told")
    if not own:
        return LeftOut(header, "unknown")
    if _tied(own) and not owners.keys() >= {own[0].field, own[1].field}:
        return LeftOut(header, "ambiguous", (own[0].field, own[1].field))
    return LeftOut(header, "taken", (own[0].field,))


def _with_currency(column: Column) -> Column:
    found = _UNIT.search(column.header)
    if column.field != "value" or found is None:
        return column
    unit = (found["inside"] or found["after"] or "").strip()
    code = unit if re.fullmatch(r"[A-Z]{3}", unit) else "".join(CURRENCY_SIGNS.get(unit.casefold(), ("",))[:1])
    return Column(column.header, column.field, column.how, code)
