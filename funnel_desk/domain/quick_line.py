"""A deal in one line: "Progress Plant, 120 000 BYN, call tomorrow, ads", in English or Russian.

The parts are divided by commas (semicolons too); each is told by what it looks like. What can be read in two ways is a
``Doubt`` with both readings, never a guess; what is not understood goes to the note. Nothing of the line is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from funnel_desk.domain.quick_day import read_when
from funnel_desk.domain.quick_money import read_money
from funnel_desk.domain.search import folded

Field = Literal["title", "company", "contact", "value", "action", "source", "email", "phone", "tag", "note"]

_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}$")
_PHONE = re.compile(r"^\+?[\d\s().\-–]{7,}$")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
_TAG = re.compile(r"^#\w[\w\-]*(?:\s+#\w[\w\-]*)*$")
_DECIMAL_COMMA = re.compile(r"\d$")

_KINDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "call": "call phone ring звонок звонить позвонить созвон созвониться перезвонить набрать",
        "email": "email e-mail mail letter write письмо написать почта",
        "message": "message text chat сообщение мессенджер",
        "meeting": "meet meeting встреча встретиться переговоры",
        "visit": "visit визит поездка приехать выезд",
        "demo": "demo demonstration show демо демонстрация показ показать презентация",
        "document": "document offer quote proposal contract документ документы кп предложение договор счет",
        "task": "task todo do задача дело сделать",
    }.items()
    for word in words.split()
}
_SOURCES = frozenset(
    [
        "ads",
        "ad",
        "advertising",
        "site",
        "website",
        "referral",
        "advice",
        "recommendation",
        "fair",
        "exhibition",
        "cold",
        "incoming",
        "inbound",
        "outbound",
        "реклама",
        "сайт",
        "рекомендация",
        "совет",
        "выставка",
        "холодный",
        "входящий",
        "исходящий",
        "сарафан",
        "партнер",
        "партнеры",
    ]
)
_COMPANY_FORMS = frozenset(
    [
        "ltd",
        "llc",
        "inc",
        "gmbh",
        "ag",
        "plc",
        "co",
        "corp",
        "sa",
        "srl",
        "oy",
        "ab",
        "as",
        "kft",
        "zrt",
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао",
        "ип",
        "чуп",
        "чп",
        "оду",
        "одо",
        "уп",
        "тоо",
        "руп",
        "гк",
        "завод",
        "plant",
        "factory",
        "company",
        "компания",
        "фирма",
    ]
)
_PLAIN_EVEN_FIRST = frozenset({"email", "phone", "tag"})
_FROM = ("from ", "source ", "source:", "от ", "источник ", "источник:")
_PERSON = ("contact ", "contact:", "контакт ", "контакт:")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line and what it was taken for; ``value`` is as the field keeps it."""

    field: Field
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A piece that can be read in several ways: for an amount minor units, for an action its day or instant."""

    field: Field
    text: str
    readings: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What a line says. ``value`` in minor units of ``currency``; ``when`` a local day, or a day and time HH:MM."""

    company: str = ""
    title: str = ""
    contact: str = ""
    value: int | None = None
    currency: str = ""
    kind: str = ""
    when: str = ""
    source: str = ""
    email: str = ""
    phone: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    parts: tuple[Part, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_line(line: str, today: str, currency: str, sources: Sequence[str] = ()) -> QuickLine:
    """What a line says on a day (ISO), with amounts in a currency unless told; ``sources`` are those known already.

    Never raises: what is not understood is in the note.
    """
    known = {folded(one): one for one in sources if one}
    found: dict[Field, list[Part]] = {}
    parts: list[Part] = []
    doubts: list[Doubt] = []
    money = ""
    for place, piece in enumerate(pieces(line)):
        read = _read(piece, today, currency, known, found, first=place == 0)
        if isinstance(read, Doubt):
            doubts.append(read)
            found.setdefault(read.field, [])
            money = read.kind if read.field == "value" else money
            continue
        part, code = read
        money = code or money
        parts.append(part)
        found.setdefault(part.field, []).append(part)
    return _gathered(found, tuple(parts), tuple(doubts), money)


def pieces(line: str) -> Iterator[str]:
    """The pieces between commas and semicolons; a comma within a number ("12,5") divides nothing."""
    piece = ""
    for place, sign in enumerate(line):
        inside = sign == "," and _DECIMAL_COMMA.search(piece) and line[place + 1 : place + 2].isdigit()
        if sign in ",;\n" and not inside:
            if piece.strip():
                yield " ".join(piece.split())
            piece = ""
        else:
            piece += sign
    if piece.strip():
        yield " ".join(piece.split())


def _read(
    piece: str, today: str, currency: str, known: dict[str, str], found: dict[Field, list[Part]], *, first: bool
) -> tuple[Part, str] | Doubt:
    plain = _told(piece, known)
    wanted = plain is not None and (plain.field == "tag" or plain.field not in found)
    if plain is not None and wanted and (not first or plain.field in _PLAIN_EVEN_FIRST):
        return plain, ""
    if "action" not in found and (acted := _action(piece, today, first=first)) is not None:
        return (acted, "") if isinstance(acted, Part) else acted
    if (
        "value" not in found
        and (amounts := read_money(piece, currency)) is not None
        and not (first and not amounts.told)
    ):
        if len(amounts.readings) > 1:
            return Doubt("value", piece, tuple(str(one) for one in amounts.readings), amounts.currency)
        return Part("value", piece, str(amounts.readings[0])), amounts.currency
    return Part(_who(piece, found), piece, piece), ""


def _told(piece: str, known: dict[str, str]) -> Part | None:
    """What says itself what it is: an address, a number, tags, a source, a contact."""
    lowered, digits = folded(piece), sum(sign.isdigit() for sign in piece)
    named: tuple[tuple[tuple[str, ...], Field], ...] = ((_FROM, "source"), (_PERSON, "contact"))
    for starts, field in named:
        rest = next((piece[len(one) :].strip() for one in starts if lowered.startswith(one)), "")
        if rest:
            return Part(field, piece, known.get(folded(rest), rest) if field == "source" else rest)
    shape: Field | None = None
    if _EMAIL.match(piece):
        shape = "email"
    elif _PHONE.match(piece) and _LEAST_DIGITS <= digits <= _MOST_DIGITS and (piece.startswith("+") or "-" in piece):
        shape = "phone"
    elif _TAG.match(piece):
        shape = "tag"
    elif lowered in known or lowered in _SOURCES:
        return Part("source", piece, known.get(lowered, piece))
    return Part(shape, piece, piece) if shape else None


def _action(piece: str, today: str, *, first: bool) -> Part | Doubt | None:
    """A kind of contact, a day, or both: "call Friday 14:00", "tomorrow", "звонок"; the rest has to be empty."""
    words = piece.split()
    kinds = [_KINDS[folded(word)] for word in words if folded(word) in _KINDS]
    rest = " ".join(word for word in words if folded(word) not in _KINDS)
    if len(kinds) > 1 or (first and not rest):
        return None
    kind = kinds[0] if kinds else "task"
    if not rest:
        return Part("action", piece, kind) if kinds else None
    when = read_when(rest, today)
    if not when:
        return None
    if len(when) > 1:
        return Doubt("action", piece, when, kind)
    return Part("action", piece, f"{kind} {when[0]}")


def _who(piece: str, found: dict[Field, list[Part]]) -> Field:
    """Names come in the order company, title, contact; what is left over is a note."""
    if "company" not in found:
        return "company"
    words = piece.split()
    bare = {folded(word).strip('.«»"') for word in words}
    looks_like_a_person = (
        len(words) in {2, 3}
        and all(word[:1].isupper() and word.replace("-", "").replace(".", "").isalpha() for word in words)
        and not bare & _COMPANY_FORMS
    )
    if looks_like_a_person and "contact" not in found:
        return "contact"
    return "title" if "title" not in found and not looks_like_a_person else "note"


def _gathered(
    found: dict[Field, list[Part]], parts: tuple[Part, ...], doubts: tuple[Doubt, ...], currency: str
) -> QuickLine:
    def first(name: Field) -> str:
        return next((part.value for part in found.get(name, ())), "")

    kind, _space, when = first("action").partition(" ")
    value = first("value")
    return QuickLine(
        company=first("company"),
        title=first("title"),
        contact=first("contact"),
        value=int(value) if value else None,
        currency=currency if value or any(one.field == "value" for one in doubts) else "",
        kind=kind or next((one.kind for one in doubts if one.field == "action"), ""),
        when=when,
        source=first("source"),
        email=first("email"),
        phone=first("phone"),
        tags=tuple(tag.lstrip("#") for part in found.get("tag", ()) for tag in part.value.split()),
        note=", ".join(part.value for part in found.get("note", ())),
        parts=parts,
        doubts=doubts,
    )


def settled(read: QuickLine, doubt: Doubt, reading: str) -> QuickLine:
    """The line with one of its doubts decided by a person."""
    left = tuple(one for one in read.doubts if one is not doubt)
    if doubt.field == "value":
        return replace(read, value=int(reading), currency=doubt.kind, doubts=left)
    return replace(read, kind=doubt.kind, when=reading, doubts=left)
