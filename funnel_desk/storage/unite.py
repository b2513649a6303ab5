"""Uniting two journals: set union of batches, whole or not at all, and the facts folded from the result.

Rule 23: a file in which something replaced, a move before, an owner or a mark's target is missing is refused, and so
is a batch whose digest does not fit.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from funnel_desk.storage.acts import Touched
from funnel_desk.storage.arrivals import ForgedBatch, PartMissing, look_over, refuse_orphans
from funnel_desk.storage.check import batch_digest
from funnel_desk.storage.erasure import blank, erased_here
from funnel_desk.storage.marks import rebuild_undone
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold

_NAMES = "id, kind, label, arguments, at, author_id, author, lamport, target, siblings, digest"
MOST_LAMPORT = 2**53


@dataclass(frozen=True, slots=True)
class Union:
    """What a union brought: the batches that were new, and what they touched.

    ``hidden`` are batches of the other file that are withdrawn here; they can be brought back.
    """

    batches: tuple[str, ...]
    touched: Touched
    hidden: tuple[str, ...] = ()


def unite(connection: Connection, other: Connection, zone: str) -> Union:
    """Take all batches of another workspace that this one does not have. Raises ForgedBatch or PartMissing."""
    known = set(connection.exec_driver_sql("SELECT id FROM batch").scalars())
    theirs = other.exec_driver_sql(f"SELECT key, {_NAMES} FROM batch ORDER BY lamport, id").all()
    hidden = _hidden(connection, {row[1] for row in theirs})
    batches = [row for row in theirs if row[1] not in known]
    if not batches:
        return Union((), Touched(frozenset(), frozenset()), hidden)
    for row in batches:
        if not 0 < row[8] < MOST_LAMPORT or batch_digest(other, row[1]) != row[11]:
            raise ForgedBatch(batch=row[1])
    copying = _Copying(connection, other)
    for row in batches:
        copying.copy_changes(row)
    for row in batches:
        copying.copy_links(row[0], row[1])
    for row in batches:
        copying.copy_mark_links(row[0], row[1])
    _erase(connection, copying)
    rebuild_undone(connection)
    refuse_orphans(connection, copying.roots)
    try:
        touched = refold(connection, copying.roots)
    except IntegrityError as error:  # one id for two rows, or no value where there has to be one
        raise ForgedBatch(batch=batches[-1][1]) from error
    project(connection, touched, zone)
    return Union(tuple(row[1] for row in batches), Touched(frozenset(copying.tables), frozenset(touched)), hidden)


def _erase(connection: Connection, copying: "_Copying") -> None:
    """What either side erased is blanked before anything is folded; only what the other may not have said yet."""
    before = erased_here(connection)
    copying.copy_erasures()
    came = erased_here(connection) - before
    roots, tables = blank(connection, came | {value for value in before if value.batch in copying.names})
    copying.roots |= roots
    copying.tables |= tables


def _hidden(connection: Connection, theirs: set[str]) -> tuple[str, ...]:
    withdrawn = connection.exec_driver_sql("SELECT id FROM batch WHERE key IN (SELECT batch FROM withdrawn)")
    return tuple(sorted(theirs.intersection(withdrawn.scalars())))


class _Copying:
    """Batches on their way from the other file to this one; keys are local to a file, so each gets a new one here."""

    def __init__(self, connection: Connection, other: Connection) -> None:
        self._connection, self._other = connection, other
        self._places: dict[tuple[str, str], dict[int, int]] = {}
        self._next = {
            table: int(connection.exec_driver_sql(f"SELECT coalesce(max(key), 0) + 1 FROM {table}").scalar_one())
            for table in ("batch", "change", "mark")
        }
        self.roots: set[str] = set()
        self.tables: set[str] = set()
        self.names: dict[str, int] = {}

    def copy_changes(self, batch: Any) -> None:  # noqa: ANN401 - a row of the driver
        """Copy a batch with its changes, without what they point at."""
        key = self._next["batch"]
        self._next["batch"] += 1
        self.names[batch[1]] = key
        self._connection.exec_driver_sql(
            f"INSERT INTO batch (key, {_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (key, *batch[1:])
        )
        rows = self._other.exec_driver_sql(
            'SELECT seq, kind, root, tbl, "row", field, value FROM change WHERE batch = ? ORDER BY seq', (batch[0],)
        ).all()
        if not rows:
            return
        look_over(batch[1], rows)
        first = self._next["change"]
        self._next["change"] += len(rows)
        self._connection.exec_driver_sql(
            'INSERT INTO change (key, batch, seq, kind, root, tbl, "row", field, value) VALUES (?,?,?,?,?,?,?,?,?)',
            [(first + place, key, *row) for place, row in enumerate(rows)],
        )
        self.roots.update(row[2] for row in rows)
        self.tables.update(row[3] for row in rows)

    def copy_links(self, theirs: int, name: str) -> None:
        """Copy what the changes of a batch replaced, and its marks."""
        mine = self._keys("change", name)
        links = self._other.exec_driver_sql(
            'SELECT made.seq, batch.id, earlier.seq FROM change AS made JOIN replaced ON "by" = made.key'
            " LEFT JOIN change AS earlier ON earlier.key = replaced.target LEFT JOIN batch ON batch.key = earlier.batch"
            " WHERE made.batch = ?",
            (theirs,),
        ).all()
        if links:
            self._connection.exec_driver_sql(
                'INSERT INTO replaced ("by", target) VALUES (?, ?)',
                [(mine[seq], self._lasting("change", batch, place, name)) for seq, batch, place in links],
            )
        self._copy_marks(theirs, name)

    def _copy_marks(self, theirs: int, name: str) -> None:
        marks = self._other.exec_driver_sql(
            "SELECT mark.seq, undone, batch.id, change.seq FROM mark LEFT JOIN change ON change.key = mark.target"
            " LEFT JOIN batch ON batch.key = change.batch WHERE mark.batch = ? ORDER BY mark.seq",
            (theirs,),
        ).all()
        if not marks:
            return
        ours = self._connection.exec_driver_sql("SELECT key FROM batch WHERE id = ?", (name,)).scalar_one()
        first = self._next["mark"]
        self._next["mark"] += len(marks)
        targets = [self._lasting("change", batch, place, name) for _, _, batch, place in marks]
        self._connection.exec_driver_sql(
            "INSERT INTO mark (key, batch, seq, target, undone) VALUES (?, ?, ?, ?, ?)",
            [
                (first + place, ours, mark[0], target, mark[1])
                for place, (mark, target) in enumerate(zip(marks, targets, strict=True))
            ],
        )
        for root, table in self._connection.exec_driver_sql(
            "SELECT DISTINCT root, tbl FROM mark JOIN change ON change.key = mark.target WHERE mark.batch = ?", (ours,)
        ):
            self.roots.add(root)
            self.tables.add(table)

    def copy_mark_links(self, theirs: int, name: str) -> None:
        """Copy what the marks of a batch replaced."""
        links = self._other.exec_driver_sql(
            'SELECT made.seq, batch.id, earlier.seq FROM mark AS made JOIN mark_replaced ON "by" = made.key'
            " LEFT JOIN mark AS earlier ON earlier.key = mark_replaced.target"
            " LEFT JOIN batch ON batch.key = earlier.batch WHERE made.batch = ?",
            (theirs,),
        ).all()
        if links:
            mine = self._keys("mark", name)
            self._connection.exec_driver_sql(
                'INSERT INTO mark_replaced ("by", target) VALUES (?, ?)',
                [(mine[seq], self._lasting("mark", batch, place, name)) for seq, batch, place in links],
            )

    def copy_erasures(self) -> None:
        """Copy the names of the values that the batches erase."""
        rows = self._other.exec_driver_sql(
            "SELECT batch.id, seq, target_batch, target_seq, field FROM erasure JOIN batch ON batch.key = erasure.batch"
        ).all()
        new = [(self.names[row[0]], *row[1:]) for row in rows if row[0] in self.names]
        if new:
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
            self._connection.exec_driver_sql("INSERT INTO erasure VALUES (?, ?, ?, ?, ?)", new)

    def _lasting(self, table: str, batch: str | None, place: int, name: str) -> int:
        """Our key of a change or mark, by its lasting name; ``name`` is the batch that refers to it."""
        found = self._keys(table, batch).get(place) if batch is not None else None
        if found is None:
            raise PartMissing(what=name)
        return found

    def _keys(self, table: str, batch: str) -> dict[int, int]:
        """Our keys of the changes or marks of a batch, by their places in it."""
        if (table, batch) not in self._places:
            rows = self._connection.exec_driver_sql(
                f"SELECT seq, {table}.key FROM {table} JOIN batch ON batch.key = {table}.batch WHERE batch.id = ?",
                (batch,),
            ).all()
            self._places[table, batch] = {seq: key for seq, key in rows}  # noqa: C416 - rows are no pairs to mypy
        return self._places[table, batch]
