"""Uniting two journals: set union of batches, whole or not at all, and the facts folded from the result.

Rule 23: a file in which something replaced, a move before, an owner or a mark's target is missing is refused, and so
is a batch whose digest does not fit.
"""

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Touched
from funnel_desk.storage.cells import changes_of
from funnel_desk.storage.check import batch_digest
from funnel_desk.storage.entities import BY_NAME
from funnel_desk.storage.marks import rebuild_undone
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold


class ForgedBatch(Trouble):
    """The changes of a batch do not fit its digest."""

    message = N_(
        "The other file is damaged or was altered: batch {batch} does not fit its digest. Nothing was taken from it."
    )


class PartMissing(Trouble):
    """The other file refers to something that neither file has."""

    message = N_("The other file is incomplete: {what} refers to something that is missing. Nothing was taken from it.")


@dataclass(frozen=True, slots=True)
class Union:
    """What a union brought: the batches that were new, and what they touched."""

    batches: tuple[str, ...]
    touched: Touched


def unite(connection: Connection, other: Connection, zone: str) -> Union:
    """Take all batches of another workspace that this one does not have. Raises ForgedBatch or PartMissing."""
    known = set(connection.exec_driver_sql("SELECT id FROM batch").scalars())
    batches = [
        row
        for row in other.exec_driver_sql(
            "SELECT key, id, kind, label, arguments, at, author_id, author, lamport, target, siblings, digest"
            " FROM batch ORDER BY lamport, id"
        )
        if row[1] not in known
    ]
    if not batches:
        return Union((), Touched(frozenset(), frozenset()))
    for row in batches:
        if batch_digest(other, row[1]) != row[11]:
            raise ForgedBatch(batch=row[1])
    keys = _Keys(connection, other)
    for row in batches:
        key = connection.exec_driver_sql("SELECT coalesce(max(key), 0) + 1 FROM batch").scalar_one()
        connection.exec_driver_sql(
            "INSERT INTO batch (key, id, kind, label, arguments, at, author_id, author, lamport, target, siblings,"
            " digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *row[1:]),
        )
        keys.copy_changes(row[0], key)
    for row in batches:
        keys.copy_links(row[0], row[1])
    rebuild_undone(connection)
    roots = keys.roots | keys.marked_roots()
    _refuse_orphans(connection, roots)
    touched = refold(connection, roots)
    project(connection, touched, zone)
    tables = frozenset(keys.tables)
    return Union(tuple(row[1] for row in batches), Touched(tables, frozenset(touched)))


class _Keys:
    """The local keys of the other file's changes and marks, here."""

    def __init__(self, connection: Connection, other: Connection) -> None:
        self._connection, self._other = connection, other
        self._changes: dict[int, int] = {}
        self._marks: dict[int, int] = {}
        self.roots: set[str] = set()
        self.tables: set[str] = set()
        self._targets: set[int] = set()

    def copy_changes(self, theirs: int, ours: int) -> None:
        """Copy the changes and marks of a batch, without what they point at."""
        first = self._connection.exec_driver_sql("SELECT coalesce(max(key), 0) + 1 FROM change").scalar_one()
        rows = self._other.exec_driver_sql(
            'SELECT key, seq, kind, root, tbl, "row", field, value FROM change WHERE batch = ? ORDER BY seq', (theirs,)
        ).all()
        if rows:
            self._connection.exec_driver_sql(
                'INSERT INTO change (key, batch, seq, kind, root, tbl, "row", field, value) VALUES (?,?,?,?,?,?,?,?,?)',
                [(first + place, ours, *row[1:]) for place, row in enumerate(rows)],
            )
        self._changes.update({row[0]: first + place for place, row in enumerate(rows)})
        self.roots.update(row[3] for row in rows)
        self.tables.update(row[4] for row in rows)
        self._batch_of_marks(theirs, ours)

    def _batch_of_marks(self, theirs: int, ours: int) -> None:
        first = self._connection.exec_driver_sql("SELECT coalesce(max(key), 0) + 1 FROM mark").scalar_one()
        marks = self._other.exec_driver_sql(
            "SELECT key, seq, target, undone FROM mark WHERE batch = ? ORDER BY seq", (theirs,)
        ).all()
        for place, (key, seq, target, undone) in enumerate(marks):
            self._connection.exec_driver_sql(
                "INSERT INTO mark (key, batch, seq, target, undone) VALUES (?, ?, ?, ?, ?)",
                (first + place, ours, seq, self._change(target), undone),
            )
            self._marks[key] = first + place

    def copy_links(self, theirs: int, name: str) -> None:
        """Copy what the changes and marks of a batch replaced."""
        links = self._other.exec_driver_sql(
            'SELECT "by", target FROM replaced JOIN change ON key = "by" WHERE batch = ?', (theirs,)
        ).all()
        if links:
            self._connection.exec_driver_sql(
                'INSERT INTO replaced ("by", target) VALUES (?, ?)',
                [(self._changes[by], self._change(target, name)) for by, target in links],
            )
        marks = self._other.exec_driver_sql(
            'SELECT "by", mark_replaced.target FROM mark_replaced JOIN mark ON key = "by" WHERE batch = ?', (theirs,)
        ).all()
        for by, target in marks:
            self._connection.exec_driver_sql(
                'INSERT INTO mark_replaced ("by", target) VALUES (?, ?)', (self._marks[by], self._mark(target, name))
            )

    def _change(self, theirs: int, name: str = "") -> int:
        if theirs not in self._changes:
            self._changes[theirs] = self._lasting("change", theirs, name)
        self._targets.add(self._changes[theirs])
        return self._changes[theirs]

    def _mark(self, theirs: int, name: str) -> int:
        if theirs not in self._marks:
            self._marks[theirs] = self._lasting("mark", theirs, name)
        return self._marks[theirs]

    def _lasting(self, table: str, theirs: int, name: str) -> int:
        """Our key of something that both files know, by its lasting name."""
        found = self._other.exec_driver_sql(
            f"SELECT batch.id, seq FROM {table} JOIN batch ON batch.key = {table}.batch WHERE {table}.key = ?",
            (theirs,),
        ).first()
        ours = (
            found
            and self._connection.exec_driver_sql(
                f"SELECT {table}.key FROM {table} JOIN batch ON batch.key = {table}.batch"
                " WHERE batch.id = ? AND seq = ?",
                tuple(found),
            ).scalar()
        )
        if ours is None or ours is False:
            raise PartMissing(what=name)
        return int(ours)

    def marked_roots(self) -> set[str]:
        """The roots of all changes that the copied marks and changes point at."""
        found: set[str] = set()
        for key in self._targets:
            found.update(self._connection.exec_driver_sql("SELECT root FROM change WHERE key = ?", (key,)).scalars())
        return found


def _refuse_orphans(connection: Connection, roots: set[str]) -> None:
    """Every row stands on rows of its own root that the journal knows."""
    for changes in changes_of(connection, roots).values():
        created: dict[str, dict[str, object]] = defaultdict(dict)
        for change in changes:
            if change.kind == "create":
                created[change.row] = {"tbl": change.tbl, **json.loads(change.value or "{}")}
        for change in changes:
            if change.tbl in BY_NAME and change.row not in created:
                raise PartMissing(what=change.batch)
        for row in created.values():
            if row["tbl"] not in BY_NAME:
                continue
            for name in BY_NAME[str(row["tbl"])].links:
                if row.get(name) is not None and row[name] not in created:
                    raise PartMissing(what=str(row["tbl"]))
