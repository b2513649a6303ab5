"""The share file: the journal alone, in a form that is the same bytes from equal journals on any desk.

One SQLite file. Changes and marks are named as the journal names them for ever (batch and place in it), never by keys
that are local to a workspace; rows lie in the order of their names. The manifest tells how many there are, which
program wrote them, and a digest over all of them. What is local to a workspace does not travel, and neither does what
is derived.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.types import dumps

APPLICATION_ID = 0x464E4C53  # "FNLS"
VERSION = 2  # of one with erasures; without them it is as version 1 was
PORTION = 1_000
PAGE = 4_096
# SQLite writes its own version here; one and the same journal has to give one and the same file under all of them.
VERSION_PLACE, WRITTEN_VERSION = 96, 3_037_000

SCHEMA: Mapping[str, str] = {
    "manifest": "CREATE TABLE manifest (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "batch": (
        "CREATE TABLE batch (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,"
        " arguments TEXT NOT NULL, at TEXT NOT NULL, author_id TEXT NOT NULL, author TEXT NOT NULL,"
        " lamport INTEGER NOT NULL, target TEXT, siblings TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID"
    ),
    "change": (
        "CREATE TABLE change (batch TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, root TEXT NOT NULL,"
        ' tbl TEXT NOT NULL, "row" TEXT NOT NULL, field TEXT, value TEXT, PRIMARY KEY (batch, seq))'
        " STRICT, WITHOUT ROWID"
    ),
    "replaced": (
        "CREATE TABLE replaced (batch TEXT NOT NULL, seq INTEGER NOT NULL, target_batch TEXT NOT NULL,"
        " target_seq INTEGER NOT NULL, PRIMARY KEY (batch, seq, target_batch, target_seq)) STRICT, WITHOUT ROWID"
    ),
    "mark": (
        "CREATE TABLE mark (batch TEXT NOT NULL, seq INTEGER NOT NULL, target_batch TEXT NOT NULL,"
        " target_seq INTEGER NOT NULL, undone INTEGER NOT NULL, PRIMARY KEY (batch, seq)) STRICT, WITHOUT ROWID"
    ),
    "mark_replaced": (
        "CREATE TABLE mark_replaced (batch TEXT NOT NULL, seq INTEGER NOT NULL, target_batch TEXT NOT NULL,"
        " target_seq INTEGER NOT NULL, PRIMARY KEY (batch, seq, target_batch, target_seq)) STRICT, WITHOUT ROWID"
    ),
}
"""The tables of a share file, in the order in which they are written, as SQLite keeps their text."""
ERASURES = (
    "CREATE TABLE erasure (batch TEXT NOT NULL, seq INTEGER NOT NULL, target_batch TEXT NOT NULL,"
    " target_seq INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (batch, seq)) STRICT, WITHOUT ROWID"
)
"""One more, where something was erased."""

# CROSS JOIN walks the batches by name and the rest by their places: what comes is in order, and nothing is sorted.
_LINKS = (
    "SELECT batch.id, made.seq, target.id, earlier.seq FROM batch CROSS JOIN {of} AS made ON made.batch = batch.key"
    ' CROSS JOIN {links} ON {links}."by" = made.key JOIN {of} AS earlier ON earlier.key = {links}.target'
    " JOIN batch AS target ON target.key = earlier.batch ORDER BY 1, 2, 3, 4"
)
_ROWS: Mapping[str, str] = {
    "batch": (
        "SELECT id, kind, label, arguments, at, author_id, author, lamport, target, siblings, digest"
        " FROM batch ORDER BY id"
    ),
    "change": (
        'SELECT batch.id, seq, change.kind, root, tbl, "row", field, value FROM batch'
        " CROSS JOIN change ON change.batch = batch.key ORDER BY batch.id, seq"
    ),
    "replaced": _LINKS.format(of="change", links="replaced"),
    "mark": (
        "SELECT batch.id, mark.seq, target.id, change.seq, undone FROM batch CROSS JOIN mark ON mark.batch = batch.key"
        " JOIN change ON change.key = mark.target JOIN batch AS target ON target.key = change.batch ORDER BY 1, 2"
    ),
    "mark_replaced": _LINKS.format(of="mark", links="mark_replaced"),
    "erasure": (
        "SELECT batch.id, seq, target_batch, target_seq, field FROM batch"
        " CROSS JOIN erasure ON erasure.batch = batch.key ORDER BY 1, 2"
    ),
}


class ShareNotWritten(Trouble):
    """The place of the new file cannot be written."""

    message = N_("{file} cannot be written: {why}. Choose another place.")


class Digest:
    """The digest over all rows of a share file, portion by portion in their order."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Some rows of a table."""
        self._digest.update("".join([f"{table}{dumps(list(row))}\n" for row in rows]).encode())

    def said(self) -> str:
        """What the manifest says of them."""
        return self._digest.hexdigest()


def write_share(connection: Connection, out: Path, program: str, progress: Progress = NO_PROGRESS) -> dict[str, int]:
    """Write the journal of a workspace; gives how many rows of each table. Raises ShareNotWritten.

    An older share file of that name is replaced at the very end. ``program`` is the version of the program.
    """
    erased = connection.exec_driver_sql("SELECT 1 FROM erasure LIMIT 1").first() is not None
    with _aside(out) as passing:
        with closing(sqlite3.connect(passing, isolation_level=None)) as share:
            for pragma in (
                f"page_size = {PAGE}",
                "encoding = 'UTF-8'",
                "auto_vacuum = NONE",
                "journal_mode = OFF",  # nobody sees this file before it is whole
                "synchronous = OFF",
                f"application_id = {APPLICATION_ID}",
                f"user_version = {VERSION if erased else VERSION - 1}",
            ):
                share.execute(f"PRAGMA {pragma}")
            share.execute("BEGIN")
            counts = _fill(connection, share, program, schema(erased=erased), progress)
            share.execute("COMMIT")
        with passing.open("r+b") as file:
            file.seek(VERSION_PLACE)
            file.write(WRITTEN_VERSION.to_bytes(4))
            os.fsync(file.fileno())
    return counts


def manifest(counts: Mapping[str, int], program: str, digest: str) -> list[tuple[str, str]]:
    """What a share file says of itself, in the order of the names."""
    said = {f"count.{table}": str(count) for table, count in counts.items()}
    return sorted((said | {"program": program, "sha256": digest}).items())


def schema(*, erased: bool) -> dict[str, str]:
    """The tables of a share file, with one for what was ``erased`` or without."""
    return {**SCHEMA, "erasure": ERASURES} if erased else dict(SCHEMA)


def _fill(
    connection: Connection, share: sqlite3.Connection, program: str, tables: Mapping[str, str], progress: Progress
) -> dict[str, int]:
    digest = Digest()
    counts: dict[str, int] = {}
    total = sum(int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()) for table in _ROWS)
    for statement in tables.values():
        share.execute(statement)
    for table in tables:
        if table == "manifest":
            continue
        counts[table] = 0
        for rows in _portions(connection, _ROWS[table]):
            share.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            digest.add(table, rows)
            counts[table] += len(rows)
            progress.report(sum(counts.values()), total)
    share.executemany("INSERT INTO manifest VALUES (?, ?)", manifest(counts, program, digest.said()))
    return counts


def _portions(connection: Connection, question: str) -> Iterator[list[tuple[Any, ...]]]:
    for rows in connection.exec_driver_sql(question).partitions(PORTION):
        yield [tuple(row) for row in rows]


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A passing name beside a file, which gets the real name when all is written; nothing is left otherwise."""
    passing = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        os.close(os.open(passing, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        try:
            yield passing
            passing.replace(out)
        finally:
            passing.unlink(missing_ok=True)
        with suppress(OSError):  # not every system lets a folder be waited for
            folder = os.open(out.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise ShareNotWritten(file=out, why=error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:  # no room
        raise ShareNotWritten(file=out, why=str(error)) from error
