"""Withdrawing what a merge brought: a hidden set that is local to this file and never travels (rule 22).

Nothing is written that would overrule a colleague on his own desk: the batches stay in the journal and simply do not
count here until they are brought back.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from funnel_desk.storage.acts import Touched
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.marks import rebuild_undone
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold


def withdraw(connection: Connection, batches: Iterable[str], zone: str) -> Touched:
    """Fold the file without these batches (by id)."""
    found = _keys(connection, batches)
    connection.exec_driver_sql("INSERT OR IGNORE INTO withdrawn (batch) VALUES (?)", found) if found else None
    return _fold_again(connection, found, zone)


def bring_back(connection: Connection, batches: Iterable[str], zone: str) -> Touched:
    """Let withdrawn batches (by id) count again."""
    found = _keys(connection, batches)
    connection.exec_driver_sql("DELETE FROM withdrawn WHERE batch = ?", found) if found else None
    return _fold_again(connection, found, zone)


def withdrawn(connection: Connection) -> list[str]:
    """The ids of the batches that do not count here."""
    return list(
        connection.exec_driver_sql(
            "SELECT id FROM batch WHERE key IN (SELECT batch FROM withdrawn) ORDER BY id"
        ).scalars()
    )


def _keys(connection: Connection, batches: Iterable[str]) -> list[tuple[int]]:
    found: list[tuple[int]] = []
    for marks, part in chunks(batches):
        rows = connection.exec_driver_sql(f"SELECT key FROM batch WHERE id IN ({marks})", tuple(part))
        found.extend((key,) for key in rows.scalars())
    return found


def _fold_again(connection: Connection, batches: list[tuple[int]], zone: str) -> Touched:
    roots: set[str] = set()
    tables: set[str] = set()
    for (batch,) in batches:
        for root, table in connection.exec_driver_sql(
            "SELECT root, tbl FROM change WHERE batch = ?"
            " UNION SELECT root, tbl FROM mark JOIN change ON change.key = mark.target WHERE mark.batch = ?",
            (batch, batch),
        ):
            roots.add(root)
            tables.add(table)
    if not roots:
        return Touched(frozenset(), frozenset())
    rebuild_undone(connection)
    touched = refold(connection, roots)
    project(connection, touched, zone)
    return Touched(frozenset(tables), frozenset(touched))
