"""Single changes as a person reads them: of one act, or of one deal, company, contact or pipeline with its past."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.words import Words
from funnel_desk.queries.conflicts import Said, ValueKind, currency_of, value_said
from funnel_desk.queries.names import NAMED, name_of
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.forks import FORK
from funnel_desk.storage.history import read_arguments
from funnel_desk.storage.reader import Reader

CHOICE = "choice"
"""The field of a change that chose between two moves."""

_NAMED_BY = ("title", "name", "says", "text", "question", "reason_id", "reason", "stage_id", "step_id", "kind")
_NOT_WITHDRAWN = "NOT IN (SELECT batch FROM withdrawn)"


@dataclass(frozen=True, slots=True)
class Told:
    """One value and how it is to be said; money in minor units beside its ``currency``."""

    value: Said
    kind: ValueKind = "text"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: of which row (``what``, in which ``table``), which field, what it said before and after.

    ``kind`` is create, set or delete; a creation tells in ``after`` how the row was called. Whether it counts now
    ``undone`` tells, with who took it back and when.
    """

    key: int
    batch: str
    act: str
    label: str
    arguments: Mapping[str, object]
    at: Moment
    author: str
    kind: str
    root: str
    table: str
    row: str
    what: Words | str
    field: str
    before: Told
    after: Told
    undone: bool
    undone_by: str
    undone_at: Moment


def keys_of_act(read: Reader, batch: str) -> Sequence[int]:
    """The changes of an act in their order; of an undo or redo, those that it took back or brought back."""
    found = read.sql(
        "SELECT batch.key, min(change.key), max(change.key), count(change.key) FROM batch"
        " LEFT JOIN change ON change.batch = batch.key WHERE batch.id = ?",
        batch,
    )
    key, first, last, count = found[0]
    if count and last - first + 1 == count:  # as they were written, one after the other
        return range(first, last + 1)
    if count:
        return [row[0] for row in read.sql("SELECT key FROM change WHERE batch = ? ORDER BY seq", key)]
    return [row[0] for row in read.sql("SELECT target FROM mark WHERE batch = ? ORDER BY target", key)]


def keys_of_root(read: Reader, root: str) -> list[int]:
    """All changes of a deal, company, contact or pipeline and of all that belongs to it, the newest first."""
    return [
        row[0]
        for row in read.sql(
            "SELECT change.key FROM change JOIN batch ON batch.key = change.batch"
            f" WHERE root = ? AND batch.key {_NOT_WITHDRAWN} ORDER BY lamport DESC, batch.id DESC, seq",
            root,
        )
    ]


def change_rows(read: Reader, keys: Sequence[int]) -> dict[int, ChangeRow]:
    """These changes, by key."""
    marks = ", ".join("?" * len(keys))
    found = read.sql(
        'SELECT change.key, batch.id, batch.kind, label, arguments, at, author, change.kind, root, tbl, "row", field,'
        " value, change.key IN (SELECT change FROM undone)"
        f" FROM change JOIN batch ON batch.key = change.batch WHERE change.key IN ({marks})",
        *keys,
    )
    before, undone = _before(read, keys), _undone(read, keys)
    names: dict[tuple[str, str], Words | str] = {}
    rows: dict[int, ChangeRow] = {}
    for key, batch, act, label, arguments, at, author, kind, root, table, row, field, value, is_undone in found:
        if (table, row) not in names:
            names[table, row] = name_of(read, table, row) if table in NAMED else _name_of_root(read, root)
            if names[table, row] == table:
                names[table, row] = _name_once(read, row)
        by, when = undone.get(key, ("", "")) if is_undone else ("", "")
        told = _told(read, table, row, field, value, kind)
        earlier = _told(read, table, row, field, *before.get(key, (None, "set"))) if kind == "set" else Told(None)
        rows[key] = ChangeRow(
            key, batch, act, label, read_arguments(arguments), at, author, kind, root, table, row, names[table, row],
            CHOICE if (field or "").startswith(FORK) else (field or "").removesuffix("_id"),
            earlier, told, bool(is_undone), by, when,
        )  # fmt: skip
    return rows


def _name_of_root(read: Reader, root: str) -> Words | str:
    """What the deal or other thing is called to which a row belongs."""
    found = read.sql("SELECT tbl FROM change WHERE \"row\" = ? AND kind = 'create' LIMIT 1", root)
    name = name_of(read, found[0][0], root) if found else ""
    return _name_once(read, root) if not found or name == found[0][0] else name


def _name_once(read: Reader, row: str) -> Words | str:
    """What a row was called that is not there any more."""
    found = read.sql("SELECT tbl, value FROM change WHERE \"row\" = ? AND kind = 'create' LIMIT 1", row)
    if not found:
        return ""
    told = _told(read, found[0][0], row, None, found[0][1], "create").value
    return told if isinstance(told, str | Words) else ""


def _before(read: Reader, keys: Sequence[int]) -> dict[int, tuple[str | None, str]]:
    """What each of these changes replaced: its text and kind; the greatest where it settled a disagreement."""
    marks = ", ".join("?" * len(keys))
    return {
        by: (value, kind)
        for by, value, kind in read.sql(
            'SELECT "by", value, earlier.kind FROM replaced JOIN change AS earlier ON earlier.key = replaced.target'
            f' JOIN batch ON batch.key = earlier.batch WHERE "by" IN ({marks}) ORDER BY lamport, batch.id, seq',
            *keys,
        )
    }


def _undone(read: Reader, keys: Sequence[int]) -> dict[int, tuple[str, Moment]]:
    """Who took these changes back, and when."""
    marks = ", ".join("?" * len(keys))
    return {
        target: (author, at)
        for target, author, at in read.sql(
            "SELECT mark.target, author, at FROM mark JOIN batch ON batch.key = mark.batch"
            f" WHERE mark.target IN ({marks}) AND mark.undone AND mark.batch {_NOT_WITHDRAWN}"
            " ORDER BY lamport, batch.id",
            *keys,
        )
    }


def _told(read: Reader, table: str, row: str, field: str | None, text: str | None, kind: str) -> Told:
    """What a change says of a field; of a creation (or of what it gave a field) what it says there."""
    value: Any = None if text is None else json.loads(text)
    entity = BY_NAME.get(table)
    if kind == "create":
        if entity is None or not isinstance(value, dict):
            return Told(None)
        name = field or next((one for one in _NAMED_BY if value.get(one)), "")
        value, field = value.get(name, entity.defaults.get(name)), name
    if entity is None or field is None or field not in entity.names:
        return Told(None)
    how, said = value_said(read, table, field, value)
    return Told(said, how, currency_of(read, table, row) if how == "money" else "")
