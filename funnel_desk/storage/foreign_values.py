"""What the fields of a row may say: the values of somebody else's file, before they come near ours.

The types are those of the dataclasses. Beyond them only what the program would stumble over is refused.
"""

import json
import re
import string
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from funnel_desk.domain.moments import parse_instant
from funnel_desk.domain.words import Words
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.forks import FORK

MOMENTS = {
    *("created_at", "first_contact_at", "expected_close", "at", "due", "planned_for"),
    *("raised_at", "removed_at", "met_at", "decided_at", "settled_at", "handed_at", "answered_at", "since", "ended_at"),
    *("expected_on", "until_day", "on_day", "from_day", "to_day", "reviewed_on"),
}
LEAST_LARGEST: Mapping[tuple[str, str], tuple[int, int]] = {
    ("deal", "probability"): (0, 10_000),
    ("stage_event", "probability"): (0, 10_000),
    ("stage", "probability"): (0, 10_000),
    ("stage", "stalled_days"): (0, 100_000),
    ("stage", "hard_days"): (0, 100_000),
    ("deal", "touch_every"): (1, 100_000),
    ("company", "touch_every"): (1, 100_000),
    ("stakeholder", "influence"): (1, 3),
    ("terms_request", "discount"): (0, 10_000),
    ("step", "days"): (0, 100_000),
    ("step", "every"): (1, 100_000),
}
LARGEST_NUMBER = 2**63 - 1
LATEST_YEAR = 9000  # days are counted on from a moment, and years end at 9999

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?", re.ASCII)

Check = Callable[[object], bool]


def fits(table: str, field: str, value: object) -> bool:
    """Whether a field of a table may hold this plain JSON value; fields of a newer program may hold anything."""
    entity = BY_NAME.get(table)
    if entity is None:
        return True
    if table == "deal" and field.startswith(FORK):
        return _is_choice(value)
    if field not in entity.names:
        return True
    if field in {"id", *entity.links, *(name for name in entity.root if name not in entity.refs)}:
        return False  # a row keeps its id, and what it stands on
    return _checks(table)[field](value)


def row_fits(table: str, values: Mapping[str, object]) -> bool:
    """Whether a row of a known table may be created with these plain JSON values."""
    checks = _checks(table)
    return all(checks[name](value) for name, value in values.items() if name in checks)


def is_moment(value: object) -> bool:
    """Whether it is an instant in UTC or a day."""
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:  # moments sort as text, so there is one form
        return False
    try:
        return parse_instant(value).year < LATEST_YEAR
    except ValueError:
        return False


def is_label(template: str) -> bool:
    """Whether the words of an act can be filled with plain names, and with nothing that reaches further."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return False
    return all(
        name is None or (name.isidentifier() and not spec and conversion is None) for _, name, spec, conversion in parts
    )


def is_arguments(text: str) -> bool:
    """Whether it is JSON that can fill a label: words, texts and numbers by name."""
    value = parsed(text)
    if not isinstance(value, dict) or not all(_is_argument(one) for one in value.values()):
        return False
    return "act" not in value or (isinstance(value["act"], str) and is_label(value["act"]))


def is_list_of_texts(text: str) -> bool:
    """Whether it is a JSON list of texts."""
    return _is_texts(parsed(text))


def parsed(text: str) -> object:
    """What JSON says; NotImplemented, which fits nowhere, where it is none that can be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NotImplemented


@lru_cache
def _checks(table: str) -> Mapping[str, Check]:
    entity = BY_NAME[table]
    hints = get_type_hints(entity.kind)
    return {name: _check(entity.name, name, hints[name]) for name in entity.names}


def _check(table: str, field: str, hint: Any) -> Check:  # noqa: ANN401 - an annotation is anything
    parts = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    optional = type(None) in parts
    plain = _plain_check(table, field, next(part for part in parts if part is not type(None)))
    return lambda value: (optional and value is None) or plain(value)


def _plain_check(table: str, field: str, hint: Any) -> Check:  # noqa: ANN401
    if get_origin(hint) is Literal:
        return lambda value: isinstance(value, str) and value in get_args(hint)
    if field in MOMENTS:
        return is_moment
    if field == "time_zone":
        return _is_zone
    if hint is int:
        least, largest = LEAST_LARGEST.get((table, field), (-LARGEST_NUMBER, LARGEST_NUMBER))
        return lambda value: type(value) is int and least <= value <= largest
    by_type: Mapping[object, Check] = {
        bool: lambda value: isinstance(value, bool),
        Words: lambda value: _is_text_by_name(value) and set(value) <= {"en", "ru"},  # type: ignore[call-overload]
        tuple: _is_texts,
        Mapping: _is_text_by_name,
    }
    return by_type.get(hint) or by_type.get(get_origin(hint)) or (lambda value: isinstance(value, str))


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_text_by_name(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _is_argument(value: object) -> bool:
    return value is None or isinstance(value, str | int | float) or _is_texts(value) or _is_text_by_name(value)


def _is_choice(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"chosen", "rejected"} and all(map(_is_texts, value.values()))


def _is_zone(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
