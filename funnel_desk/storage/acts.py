"""One act in the journal: who did what and when, and the digest that shows a damaged or forged batch."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from funnel_desk.storage.types import dumps, natural

ERASE = "erase"
"""The kind of a batch that erases; the others are new, act, undo and redo."""

SEPARATOR, END = "\x1f", "\x1e"  # JSON escapes both, so no value can hold them


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: from the user's profile, never from the file (a copied file must not carry a copied identity)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What an act changed: the names of the tables and the ids of the roots (deals, pipelines, companies …)."""

    tables: frozenset[str]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be done: the words for it (a template and its arguments), who does it, when (UTC) and where."""

    label: str
    author: Author
    now: str
    zone: str
    new_id: Callable[[], str]
    arguments: Mapping[str, object] = field(default_factory=dict)
    kind: str = "act"
    target: str | None = None
    siblings: Sequence[str] = ()


def digested(*parts: object) -> bytes:
    """One change or mark as the digest of its batch reads it."""
    return (SEPARATOR.join(["" if part is None else str(part) for part in parts]) + END).encode(
        "utf-8", "surrogatepass"
    )


def next_keys(connection: Connection) -> tuple[int, int, int]:
    """The next batch key, the next Lamport counter (1 + the greatest in the file) and the next change key."""
    batch, lamport, change = (
        int(connection.exec_driver_sql(f"SELECT coalesce(max({column}), 0) FROM {table}").scalar_one())
        for table, column in (("batch", "key"), ("batch", "lamport"), ("change", "key"))
    )
    return batch + 1, lamport + 1, change + 1


def open_batch(connection: Connection, act: Act) -> tuple[int, str, int]:
    """Begin a batch: its key and id, and the key of its first change. Its digest is written when it is closed."""
    key, lamport, first = next_keys(connection)
    batch_id = act.new_id()
    connection.exec_driver_sql(
        "INSERT INTO batch (key, id, kind, label, arguments, at, author_id, author, lamport, target, siblings, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            key,
            batch_id,
            act.kind,
            act.label,
            _arguments(act),
            act.now,
            act.author.id,
            act.author.name,
            lamport,
            act.target,
            dumps(list(act.siblings)),
        ),
    )
    return key, batch_id, first


def seal(connection: Connection, key: int, act: Act, content: str) -> None:
    """Finish a batch: the words for it and the siblings, now that all is known, and the digest of it all.

    ``content`` is the digest of its changes and marks.
    """
    connection.exec_driver_sql(
        "UPDATE batch SET arguments = ?, siblings = ? WHERE key = ?",
        (_arguments(act), dumps(list(act.siblings)), key),
    )
    connection.exec_driver_sql("UPDATE batch SET digest = ? WHERE key = ?", (sealed(connection, key, content), key))


def sealed(connection: Connection, key: int, content: str, words: Callable[[str], str] = str) -> str:
    """The digest of a whole batch: who, when, what for, and the digest of its changes and marks.

    ``words`` may change the arguments of its label before they are read.
    """
    batch_id, kind, label, arguments, *rest = connection.exec_driver_sql(
        "SELECT id, kind, label, arguments, at, author_id, author, lamport, target, siblings FROM batch WHERE key = ?",
        (key,),
    ).one()
    return hashlib.sha256(digested(batch_id, kind, label, words(arguments), *rest, content)).hexdigest()


def _arguments(act: Act) -> str:
    return dumps({name: natural(value) for name, value in act.arguments.items()})
