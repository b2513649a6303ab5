"""A merge: another journal united with ours in one transaction, and the record of it, which is local to this file.

The record says which batches a merge brought, so that they can be withdrawn here (rule 22); nothing of it travels.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Author, Touched
from funnel_desk.storage.arrivals import ForgedBatch
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.disagreements import disagreements
from funnel_desk.storage.erasure import agreed
from funnel_desk.storage.foreign_rules import refuse_what_cannot_be
from funnel_desk.storage.undo import Reversal
from funnel_desk.storage.unite import unite
from funnel_desk.storage.withdrawal import bring_back, withdraw, withdrawn

T = TypeVar("T")
Work: TypeAlias = Callable[[Connection], tuple[T, Touched]]
"""What is written apart from the acts of the journal: gives its result, and what it touched."""

MERGE = N_("Merge")
OF_A_DEAL = "tbl IN ('stage_event', 'touched_step')"  # no things of their own: a deal was moved, a step was done
_OF_CHANGES = (
    f"SELECT CASE WHEN {OF_A_DEAL} OR change.kind = 'set' THEN 'changed' WHEN change.kind = 'create' THEN 'created'"
    " ELSE 'deleted' END AS what, count(*) FROM change JOIN batch ON batch.key = change.batch"
    " WHERE batch.id IN ({marks}) GROUP BY what"
)
_OF_MARKS = (
    f"SELECT CASE WHEN {OF_A_DEAL} OR change.kind = 'set' THEN 'changed' WHEN (change.kind = 'create') = undone"
    " THEN 'deleted' ELSE 'created' END AS what, count(*) FROM mark JOIN change ON change.key = mark.target"
    " JOIN batch ON batch.key = mark.batch WHERE batch.id IN ({marks}) GROUP BY what"
)
_NOTHING = Touched(frozenset(), frozenset())


class AlreadyWithdrawn(Refusal):
    """Nothing of what a merge brought counts here any more."""

    message = N_("This merge is withdrawn already. Merge the same file again to bring back what it brought.")


class NotWithdrawn(Refusal):
    """All that a merge brought counts here."""

    message = N_("This merge is not withdrawn: all that it brought counts.")


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge did, or would do.

    ``new_changes`` count here now and did not before: ``created`` (and what came back), ``changed`` (moves and steps
    among them) and ``deleted`` (and what was taken back). ``conflicts`` are disagreements that were not there before,
    ``deals`` the deals that came; ``brought_back`` the acts that had been withdrawn here.
    """

    new_changes: int = 0
    created: int = 0
    changed: int = 0
    deleted: int = 0
    conflicts: int = 0
    deals: int = 0
    brought_back: int = 0
    record: str | None = None


class Merger(NamedTuple):
    """Who merges which file (its name) when, and the id of the record of it."""

    author: Author
    at: str
    file: str
    record: str


def new_in(connection: Connection, foreign: Connection) -> tuple[list[str], list[str]]:
    """The batches of a foreign journal that are not here, and those that are withdrawn here.

    Raises PartMissing or ForgedBatch if the foreign journal cannot be what it says.
    """
    known = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT id, digest FROM batch")}
    new = refuse_what_cannot_be(foreign, agreed(connection, foreign, known))
    theirs = set(foreign.exec_driver_sql("SELECT id FROM batch").scalars())
    return new, sorted(theirs.intersection(withdrawn(connection)))


def merge(
    connection: Connection, foreign: Connection, zone: str, merger: Merger, *, again: bool = True
) -> tuple[Merge, Touched]:
    """Unite a foreign journal that ``new_in`` looked over; ``again`` brings back what of it had been withdrawn here.

    Raises PartMissing or ForgedBatch; the caller's transaction is to be rolled back then.
    """
    before = {one.id for one in disagreements(connection, zone)}
    deals = set(connection.exec_driver_sql("SELECT id FROM deal").scalars())
    try:
        union = unite(connection, foreign, zone)
        back = union.hidden if again else ()
        touched = union.touched
        if back:
            touched = _both(touched, bring_back(connection, back, zone))
    except DatabaseError as error:  # a value that no column takes, one id for two rows
        if not _is_about_values(error):
            raise
        raise ForgedBatch(batch=merger.file) from error
    batches = (*union.batches, *back)
    if not batches:
        return Merge(), _NOTHING
    created, changed, deleted = _counts(connection, batches)
    found = Merge(
        new_changes=created + changed + deleted,
        created=created,
        changed=changed,
        deleted=deleted,
        conflicts=len({one.id for one in disagreements(connection, zone)} - before),
        deals=len(set(connection.exec_driver_sql("SELECT id FROM deal").scalars()) - deals),
        brought_back=len(back),
        record=merger.record,
    )
    _keep(connection, found, merger, batches)
    return found, touched


def rehearse(connection: Connection, foreign: Connection, zone: str, merger: Merger, *, again: bool = True) -> Merge:
    """What ``merge`` would do, found in a passing copy of the file; the file itself is only read."""
    source: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # it is SQLite's
    with closing(sqlite3.connect("", isolation_level=None)) as copy:  # no name: a file that vanishes with it
        source.backup(copy)
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with engine.connect() as apart:
            apart.exec_driver_sql("BEGIN")
            found, _ = merge(apart, foreign, zone, merger, again=again)
    return replace(found, record=None)


def is_merge(connection: Connection, record: str) -> bool:
    """Whether this is the id of a merge."""
    return connection.exec_driver_sql("SELECT 1 FROM merge_record WHERE id = ?", (record,)).first() is not None


def withdraw_merge(connection: Connection, record: str, zone: str) -> tuple[Reversal, Touched]:
    """Let nothing count that a merge brought. Raises AlreadyWithdrawn."""
    batches: list[str] = list(
        connection.exec_driver_sql(
            "SELECT batch.id FROM merged_batch JOIN batch ON batch.key = merged_batch.batch JOIN merge_record"
            " ON merge_record.key = record WHERE merge_record.id = ?"
            " AND batch.key NOT IN (SELECT batch FROM withdrawn) ORDER BY batch.key",
            (record,),
        ).scalars()
    )
    if not batches:
        raise AlreadyWithdrawn
    count = sum(_counts(connection, batches))
    touched = withdraw(connection, batches, zone)
    return Reversal(record, MERGE, count, (), touched), touched


def let_count(connection: Connection, record: str, zone: str) -> tuple[int, Touched]:
    """Let count again what a merge brought and was withdrawn; gives how many changes. Raises NotWithdrawn."""
    batches: list[str] = list(
        connection.exec_driver_sql(
            "SELECT batch.id FROM merged_batch JOIN batch ON batch.key = merged_batch.batch JOIN merge_record"
            " ON merge_record.key = record WHERE merge_record.id = ?"
            " AND batch.key IN (SELECT batch FROM withdrawn) ORDER BY batch.key",
            (record,),
        ).scalars()
    )
    if not batches:
        raise NotWithdrawn
    return sum(_counts(connection, batches)), bring_back(connection, batches, zone)


def _both(one: Touched, other: Touched) -> Touched:
    return Touched(one.tables | other.tables, one.ids | other.ids)


def _is_about_values(error: DatabaseError) -> bool:
    return type(error).__name__ in {"IntegrityError", "DataError"}


def _counts(connection: Connection, batches: Iterable[str]) -> tuple[int, int, int]:
    """Of these batches: what was created, changed and deleted; a mark on a change does the opposite of it."""
    found = {"created": 0, "changed": 0, "deleted": 0}
    for marks, part in chunks(batches):
        for statement in (_OF_CHANGES, _OF_MARKS):
            for what, count in connection.exec_driver_sql(statement.format(marks=marks), tuple(part)):
                found[what] += count
    return found["created"], found["changed"], found["deleted"]


def _keep(connection: Connection, found: Merge, merger: Merger, batches: Sequence[str]) -> None:
    key = connection.exec_driver_sql("SELECT coalesce(max(key), 0) + 1 FROM merge_record").scalar_one()
    connection.exec_driver_sql(
        "INSERT INTO merge_record (key, id, at, author_id, author, file, new_changes, created, changed, deleted, deals,"
        " conflicts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, merger.record, merger.at, merger.author.id, merger.author.name, merger.file,
            found.new_changes, found.created, found.changed, found.deleted, found.deals, found.conflicts,
        ),
    )  # fmt: skip
    for marks, part in chunks(batches):
        connection.exec_driver_sql(
            f"INSERT OR REPLACE INTO merged_batch (batch, record) SELECT key, ? FROM batch WHERE id IN ({marks})",
            (key, *part),
        )
