"""The history for a screen: the keys of all acts, newest first, and the lines of some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from funnel_desk.domain.search import folded
from funnel_desk.storage.history import next_redo, next_undo, read_arguments, undone_by
from funnel_desk.storage.reader import Reader

_COUNTS = "key NOT IN (SELECT batch FROM withdrawn)"
_OF_KIND: Mapping[str, str] = {
    "undoing": "kind IN ('undo', 'redo')",
    "import": "label LIKE 'Import %'",
    "merged": "key IN (SELECT batch FROM merged_batch)",
}


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
    author_id: str = ""


ActKind = Literal["", "undoing", "import", "merged"]


KINDS: Mapping[str, ActKind] = {"": "", "undoing": "undoing", "import": "import", "merged": "merged"}


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Which acts: those whose words hold all of ``words`` (folded), by one author, of one kind, about one root.

    ``labels`` are the folded words of each label in the person's language, since only the screen knows that. A kind:
    ``undoing`` (undo and redo), ``import``, ``merged`` (came by a merge).
    """

    words: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    kind: ActKind = ""


def act_keys(read: Reader, only: ActFilter = ActFilter()) -> list[int]:
    """The keys of these acts, by default of all, newest first."""
    where, values = [_COUNTS], list[object]()
    if only.author:
        where.append("author = ?")
        values.append(only.author)
    if only.kind:
        where.append(_OF_KIND[only.kind])
    rows = read.sql(f"SELECT key, label, arguments FROM batch WHERE {' AND '.join(where)} ORDER BY key DESC", *values)
    if not only.words:
        return [row[0] for row in rows]
    return [
        key
        for key, label, arguments in rows
        if all(word in only.labels.get(label, label) or word in folded(arguments) for word in only.words)
    ]


def labels_and_authors(read: Reader) -> tuple[list[str], list[str]]:
    """The labels that acts of this file have, and the names of those who acted."""
    labels = [row[0] for row in read.sql(f"SELECT DISTINCT label FROM batch WHERE {_COUNTS}")]
    return labels, [row[0] for row in read.sql(f"SELECT DISTINCT author FROM batch WHERE {_COUNTS} ORDER BY author")]


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
        " + (SELECT count(*) FROM mark WHERE mark.batch = batch.key), arguments, author_id"
        f" FROM batch WHERE key IN ({','.join('?' * len(keys))})",
        *keys,
    )
    return [
        ActRow(
            key, batch, kind, label, at, author, changes, undone.get(batch, ""), read_arguments(arguments), author_id
        )
        for key, batch, kind, label, at, author, changes, arguments, author_id in rows
    ]


def since(read: Reader, batch: str, author_id: str) -> tuple[int, int]:
    """How many acts an author did from a batch on, it included, that still stand, and of how many changes."""
    rows = read.sql(
        "SELECT id, (SELECT count(*) FROM change WHERE change.batch = batch.key) FROM batch"
        f" WHERE key >= (SELECT key FROM batch WHERE id = ?) AND author_id = ? AND kind = 'act' AND {_COUNTS}",
        batch,
        author_id,
    )
    undone = undone_by(read.connection)
    standing = [changes for one, changes in rows if one not in undone]
    return len(standing), sum(standing)
