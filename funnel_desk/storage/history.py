"""What was done, newest first, and what an undo or a redo would take next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from funnel_desk.domain.words import Words

_COUNTS = "key NOT IN (SELECT batch FROM withdrawn)"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One batch: the words for it (a template and its arguments), when, by whom, how much, whether it is undone."""

    batch: str
    kind: str
    label: str
    arguments: dict[str, object]
    at: str
    author_id: str
    author: str
    changes: int
    undone: bool
    target: str | None


def history(connection: Connection, limit: int | None = None) -> list[HistoryEntry]:
    """The batches of the file, newest first."""
    rows = connection.exec_driver_sql(
        "SELECT id, kind, label, arguments, at, author_id, author,"
        " (SELECT count(*) FROM change WHERE change.batch = batch.key)"
        " + (SELECT count(*) FROM mark WHERE mark.batch = batch.key), target"
        f" FROM batch WHERE {_COUNTS} ORDER BY key DESC LIMIT ?",
        (-1 if limit is None else limit,),
    ).all()
    undone = _undone(connection)
    return [
        HistoryEntry(
            row[0], row[1], row[2], read_arguments(row[3]), row[4], row[5], row[6], row[7], row[0] in undone, row[8]
        )
        for row in rows
    ]


def _undone(connection: Connection) -> set[str]:
    """The batches that are undone now: the last undo or redo about each of them, at whatever remove, decides."""
    target_of: dict[str, str] = {}
    undone: set[str] = set()
    for batch, target in connection.exec_driver_sql(
        f"SELECT id, target FROM batch WHERE kind IN ('undo', 'redo') AND {_COUNTS} ORDER BY lamport, id"
    ):
        target_of[batch] = target
        takes_back, about = True, target
        while about is not None:  # the undo of an undo brings back what that one took
            (undone.add if takes_back else undone.discard)(about)
            takes_back, about = not takes_back, target_of.get(about)
    return undone


def next_undo(connection: Connection, author: str) -> str | None:
    """This author's newest act that is not undone."""
    undone = _undone(connection)
    for batch in connection.exec_driver_sql(
        f"SELECT id FROM batch WHERE author_id = ? AND kind = 'act' AND {_COUNTS} ORDER BY key DESC", (author,)
    ).scalars():
        if batch not in undone:
            return str(batch)
    return None


def next_redo(connection: Connection, author: str) -> str | None:
    """This author's newest undo that is not redone, unless an act came after it."""
    undone = _undone(connection)
    rows: Sequence[Any] = connection.exec_driver_sql(
        f"SELECT id, kind FROM batch WHERE author_id = ? AND kind IN ('act', 'undo') AND {_COUNTS} ORDER BY key DESC",
        (author,),
    ).all()
    for batch, kind in rows:
        if kind == "act":
            return None
        if batch not in undone:
            return str(batch)
    return None


def kind_of(connection: Connection, batch: str) -> tuple[str, str, dict[str, object]] | None:
    """The kind, label and arguments of a batch."""
    row = connection.exec_driver_sql("SELECT kind, label, arguments FROM batch WHERE id = ?", (batch,)).first()
    return None if row is None else (row[0], row[1], read_arguments(row[2]))


def read_arguments(arguments: str) -> dict[str, object]:
    """The arguments of a label as they were given: words in both languages are words again."""
    return {
        name: Words(value.get("en", ""), value.get("ru", "")) if isinstance(value, dict) else value
        for name, value in json.loads(arguments).items()
    }
