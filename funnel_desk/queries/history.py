"""The history for a screen: the keys of all acts, newest first, and the lines of some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from funnel_desk.storage.history import next_redo, next_undo, read_arguments, undone_by
from funnel_desk.storage.reader import Reader

_COUNTS = "key NOT IN (SELECT batch FROM withdrawn)"


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act: the template that names it and what fills it, when, by whom, and of how many changes it consists.

    ``kind`` is new (it begins the file and cannot be undone), act, undo or redo. ``undone_by`` is the batch that took
    the act back and whose undoing brings it back again; empty while the act stands.
    """

    row_key: int
    batch: str
    kind: str
    label: str
    at: str
    author: str
    changes: int
    undone_by: str
    arguments: Mapping[str, object] = field(default_factory=dict)


def act_keys(read: Reader) -> list[int]:
    """The keys of all acts, newest first."""
    return [row[0] for row in read.sql(f"SELECT key FROM batch WHERE {_COUNTS} ORDER BY key DESC")]


def act_size(read: Reader, batch: str | None, author: str, *, undoing: bool) -> int:
    """Of how many changes an act consists; without its id, the one that the author's next undo (or redo) would take."""
    target = batch or (next_undo if undoing else next_redo)(read.connection, author)
    found = read.sql(
        "SELECT (SELECT count(*) FROM change WHERE change.batch = batch.key)"
        " + (SELECT count(*) FROM mark WHERE mark.batch = batch.key) FROM batch WHERE id = ?",
        target,
    )
    return int(found[0][0]) if found else 0


def act_rows(read: Reader, keys: Sequence[int]) -> list[ActRow]:
    """The lines of these keys, in no order of their own."""
    undone = undone_by(read.connection)
    rows = read.sql(
        "SELECT key, id, kind, label, at, author,"
        " (SELECT count(*) FROM change WHERE change.batch = batch.key)"
        " + (SELECT count(*) FROM mark WHERE mark.batch = batch.key), arguments"
        f" FROM batch WHERE key IN ({','.join('?' * len(keys))})",
        *keys,
    )
    return [
        ActRow(key, batch, kind, label, at, author, changes, undone.get(batch, ""), read_arguments(arguments))
        for key, batch, kind, label, at, author, changes, arguments in rows
    ]
