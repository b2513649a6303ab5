"""A forger of share files: changes what he likes and makes every digest fit again."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from funnel_desk.storage.acts import digested
from funnel_desk.storage.share_file import Digest, manifest, schema

BATCH = "id, kind, label, arguments, at, author_id, author, lamport, target, siblings"


def forge(path: Path, *statements: str) -> None:
    """Run statements on a share file as if it had no rules, then seal every batch and the manifest anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)
        links = _links(file, "replaced")
        for row in file.execute(f"SELECT {BATCH} FROM batch").fetchall():
            content = _marks(file, row[0]) if row[1] in {"undo", "redo"} else _changes(file, row[0], links)
            if row[1] == "erase":
                content = _erasures(file, row[0])
            sealed = hashlib.sha256(digested(*row, content)).hexdigest()
            file.execute("UPDATE batch SET digest = ? WHERE id = ?", (sealed, row[0]))
        _seal(file)


def _changes(file: sqlite3.Connection, batch: str, links: dict[tuple[str, int], list[str]]) -> str:
    said = [
        digested(*row, ",".join(sorted(links.get((batch, row[0]), ()))))
        for row in file.execute(
            'SELECT seq, kind, root, tbl, "row", field, value FROM change WHERE batch = ? ORDER BY seq', (batch,)
        )
    ]
    return hashlib.sha256(b"".join(said)).hexdigest()


def _marks(file: sqlite3.Connection, batch: str) -> str:
    links = _links(file, "mark_replaced")
    said = [
        digested(seq, undone, f"{target}.{place}", ",".join(sorted(links.get((batch, seq), ()))))
        for seq, target, place, undone in file.execute(
            "SELECT seq, target_batch, target_seq, undone FROM mark WHERE batch = ? ORDER BY seq", (batch,)
        )
    ]
    return hashlib.sha256(b"".join(said)).hexdigest()


def _erasures(file: sqlite3.Connection, batch: str) -> str:
    if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'erasure'").fetchone() is None:
        return hashlib.sha256(b"").hexdigest()
    rows = file.execute(
        "SELECT seq, target_batch, target_seq, field FROM erasure WHERE batch = ? ORDER BY seq", (batch,)
    )
    return hashlib.sha256(b"".join(digested(*row) for row in rows)).hexdigest()


def _links(file: sqlite3.Connection, table: str) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for batch, seq, target, place in file.execute(f"SELECT * FROM {table}"):
        found.setdefault((batch, seq), []).append(f"{target}.{place}")
    return found


def _seal(file: sqlite3.Connection) -> None:
    digest = Digest()
    counts = {}
    erased = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'erasure'").fetchone() is not None
    for table in (table for table in schema(erased=erased) if table != "manifest"):
        rows: list[tuple[Any, ...]] = file.execute(f"SELECT * FROM {table}").fetchall()
        digest.add(table, rows)
        counts[table] = len(rows)
    file.execute("DELETE FROM manifest")
    file.executemany("INSERT INTO manifest VALUES (?, ?)", manifest(counts, "0", digest.said()))
