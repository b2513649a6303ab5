"""What a person tells about columns: `--map 'HEADER=FIELD'` and `--value 'HEADER:from=to'`."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from funnel_desk.exchange.fields import CUSTOM, FIELDS, IGNORE, What
from funnel_desk.exchange.problems import (
    FieldTwice,
    MistypedField,
    MistypedHeader,
    UnknownField,
    UnknownHeader,
    UnreadableRule,
)
from funnel_desk.exchange.words import normalise


def told_columns(rules: Iterable[str], headers: Sequence[str], what: What = "deals") -> dict[str, str]:
    """Each told header with its field, "ignore" or "custom:NAME". A rule is split at its last ``=``.

    Raises: UnreadableRule, UnknownHeader, MistypedHeader, UnknownField, MistypedField, FieldTwice.
    """
    told: dict[str, str] = {}
    owners: dict[str, str] = {}
    for rule in rules:
        written, sign, wanted = rule.rpartition("=")
        if not sign or not written.strip() or not wanted.strip():
            raise UnreadableRule(rule=rule, form="HEADER=FIELD")
        header, field = find_header(written, headers), _find_field(wanted.strip(), what)
        if header in told and told[header] != field:
            raise FieldTwice(name=header, first=told[header], second=field)
        if field != IGNORE and owners.setdefault(field, header) != header:
            raise FieldTwice(name=field, first=owners[field], second=header)
        told[header] = field
    return told


def told_values(rules: Iterable[str], headers: Sequence[str]) -> dict[str, dict[str, str]]:
    """Per header, what each cell is to be read as: ``Stage:In talks=Negotiation``.

    Split at the first ``:`` after the header (which may hold colons itself) and at the last ``=``.

    Raises: UnreadableRule, UnknownHeader, MistypedHeader.
    """
    told: dict[str, dict[str, str]] = {}
    for rule in rules:
        header = max((name for name in headers if rule.startswith(f"{name}:")), key=len, default=None)
        if header is None:
            written, sign, _rest = rule.partition(":")
            if not sign:
                raise UnreadableRule(rule=rule, form="HEADER:from=to")
            header, rest = find_header(written, headers), rule[len(written) + 1 :]
        else:
            rest = rule[len(header) + 1 :]
        before, sign, after = rest.rpartition("=")
        if not sign:
            raise UnreadableRule(rule=rule, form="HEADER:from=to")
        told.setdefault(header, {})[before.strip()] = after.strip()
    return told


def told_lines(rules: Iterable[str]) -> dict[int, str]:
    """Per line of the file, the id of what its row is: ``12=0190…``. Raises UnreadableRule."""
    told: dict[int, str] = {}
    for rule in rules:
        line, sign, wanted = rule.partition("=")
        if not sign or not line.strip().isdecimal() or not wanted.strip():
            raise UnreadableRule(rule=rule, form="LINE=ID")
        told[int(line)] = wanted.strip()
    return told


def find_header(written: str, headers: Sequence[str]) -> str:
    """The header that is meant: exactly this one, or the only one that differs in case and punctuation alone.

    Raises: UnknownHeader, MistypedHeader.
    """
    if written in headers:
        return written
    alike = [header for header in headers if normalise(header) == normalise(written)]
    if len(alike) == 1:
        return alike[0]
    by_name = {normalise(header): header for header in headers}
    close = get_close_matches(normalise(written), by_name, n=1)
    if close:
        raise MistypedHeader(header=written, suggestion=by_name[close[0]])
    raise UnknownHeader(header=written, known=", ".join(headers))


def _find_field(written: str, what: What) -> str:
    if written.startswith(CUSTOM):
        name = written.removeprefix(CUSTOM).strip()
        if not name:
            raise UnreadableRule(rule=written, form="HEADER=custom:NAME")
        return CUSTOM + name
    known = [*FIELDS[what], IGNORE]
    if written in known:
        return written
    alike = normalise(written).replace(" ", "_")
    if alike in known:
        return alike
    close = get_close_matches(alike, known, n=1)
    if close:
        raise MistypedField(field=written, suggestion=close[0])
    raise UnknownField(field=written, known=", ".join(known))
