"""What may be erased, and what a value says once it is."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.types import dumps

ARGUMENTS = -1
"""Where the place of a change stands, the words for the act itself: the arguments of its label."""
BLANK = "***"
"""What a value says that has to say something."""

ERASABLE: Mapping[str, frozenset[str]] = {
    "contact": frozenset({"name", "email", "phone", "messenger", "role", "attitude", "note"}),
    "company": frozenset({"name", "site", "note", "tasks", "troubles"}),
    "deal": frozenset({"title", "external_id", "note", "custom", "source", "owner"}),
    "stage_event": frozenset({"reason", "because"}),
    "touched_step": frozenset({"result", "note"}),
    "activity": frozenset({"text", "result"}),
    "criterion": frozenset({"evidence"}),
    "obstacle": frozenset({"text", "answer"}),
    "stakeholder": frozenset({"name", "note"}),
    "condition": frozenset({"text"}),
    "risk": frozenset({"text"}),
    "terms_request": frozenset({"text", "answer"}),
    "satisfaction": frozenset({"text"}),
    "claim": frozenset({"text", "answer"}),
    "waiting": frozenset({"text", "on_whom"}),
    "feedback": frozenset({"text", "answer"}),
    "snooze": frozenset({"reason"}),
    "review": frozenset({"text", "decisions"}),
    "saved_view": frozenset({"name"}),
}
"""The fields that may be blanked, by table: plain texts that nothing hangs on."""


class Value(NamedTuple):
    """A value in the journal: the batch and the place of its change (or ARGUMENTS), and the field (or argument)."""

    batch: str
    seq: int
    field: str


def may_be_blanked(table: str, kind: str, own_field: str | None, field: str) -> bool:
    """Whether a field of a change of this kind, which sets ``own_field`` if it is no creation, may be blanked."""
    return field in ERASABLE.get(table, ()) and (kind == "create" or (kind == "set" and own_field == field))


def blanked_change(table: str, kind: str, field: str, said: str) -> str:
    """What a change says without one of its values. Raises ValueError where it cannot be read."""
    defaults = BY_NAME[table].defaults
    if kind == "set":
        return dumps(defaults.get(field, BLANK))
    row = _object(said)
    if field in defaults:
        row.pop(field, None)  # what every row says is not written down
    else:
        row[field] = BLANK
    return dumps(row)


def blanked_arguments(arguments: str, name: str) -> str:
    """The words for an act without one of them. Raises ValueError where they cannot be read, or it is not there."""
    said = _object(arguments)
    if name not in said:
        raise ValueError(arguments)
    return dumps({**said, name: BLANK})


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError(text) from error
    if type(found) is dict:
        return found
    raise ValueError(text)
