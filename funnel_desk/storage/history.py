"""What was done, newest first, and what an undo or a redo would take next."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_

GONE_BACK = N_("All since “{act}”")
"""What going back to before an act takes back. The argument ``act`` is the label of that act, filled by the others."""
TAKEN_OUT = N_("“{act}” in “{inside}”")
"""What taking an act out of one deal (or company, or pipeline) takes back; elsewhere the act stands."""

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
    undone = undone_by(connection)
    return [
        HistoryEntry(
            row[0], row[1], row[2], read_arguments(row[3]), row[4], row[5], row[6], row[7], row[0] in undone, row[8]
        )
        for row in rows
    ]


def undone_by(connection: Connection) -> dict[str, str]:
    """Of every batch that is undone now, the one that decided it: the last about it, at whatever remove."""
    about: dict[str, dict[str, bool]] = {}  # of each undo and redo: the batches that it takes back (or brings back)
    decided: dict[str, str] = {}
    for batch, label, target in connection.exec_driver_sql(
        f"SELECT id, label, target FROM batch WHERE kind IN ('undo', 'redo') AND {_COUNTS} ORDER BY lamport, id"
    ).all():
        about[batch] = {target: True}
        if target not in about:  # not the undo or redo of these two
            about[batch] = _covered(connection, batch) if label == GONE_BACK else about[batch]
            about[batch] = {} if label == TAKEN_OUT else about[batch]
        waiting = list(about[batch].items())
        while waiting:  # the undo of an undo brings back what that one took
            one, takes_back = waiting.pop()
            if takes_back:
                decided[one] = batch
            else:
                decided.pop(one, None)
            waiting.extend((other, took != takes_back) for other, took in about.get(one, {}).items())
    return decided


def _covered(connection: Connection, batch: str) -> dict[str, bool]:
    """The acts that going back took back, or brought back: those whose changes its marks are about."""
    rows = connection.exec_driver_sql(
        "SELECT made.id, max(undone) FROM batch JOIN mark ON mark.batch = batch.key"
        " JOIN change ON change.key = mark.target JOIN batch AS made ON made.key = change.batch WHERE batch.id = ?"
        " GROUP BY made.id",
        (batch,),
    ).all()
    return {row[0]: bool(row[1]) for row in rows}


def next_undo(connection: Connection, author: str) -> str | None:
    """This author's newest act that is not undone."""
    undone = undone_by(connection)
    for batch in connection.exec_driver_sql(
        f"SELECT id FROM batch WHERE author_id = ? AND kind = 'act' AND {_COUNTS} ORDER BY key DESC", (author,)
    ).scalars():
        if batch not in undone:
            return str(batch)
    return None


def next_redo(connection: Connection, author: str) -> str | None:
    """This author's newest undo that is not redone, unless an act came after it."""
    undone = undone_by(connection)
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
