"""Undo and redo: marks on changes, never values, for any earlier batch and of any size.

Rules 17 to 21 of the journal: what is still shown is marked; what others stand on is kept and told; a move or a deal is
undone whole or kept whole; a redo never puts a move beside a different one that came since. Roots that nobody touched
since the batch go as whole sets (`bulk`, `bulk_cells`), the others one by one (`judge`).
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection

from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Act, Touched
from funnel_desk.storage.bulk import Plain
from funnel_desk.storage.bulk_cells import PlainCells
from funnel_desk.storage.cells import chunks
from funnel_desk.storage.entities import ENTITIES
from funnel_desk.storage.judge import CHANGED, Case, Verdict, judge
from funnel_desk.storage.marks import gather, gather_since, only_of, write_marks
from funnel_desk.storage.projections import only_said, project
from funnel_desk.storage.refold import load_histories, standing_by_reference, tables_of, write_facts

FEW = 200


class NothingLeft(Refusal):
    """All that the batch did was changed, undone or built on since."""

    message = N_("Nothing of this act can be taken back now: {why}.")


class UnknownBatch(Refusal):
    """No batch has this id."""

    message = N_("There is no act {batch} in the history. `history` lists them.")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that an undo left as it was: its table and row, and why."""

    table: str
    row: str
    why: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo did: how many changes it took back (or brought back), what it kept, what it touched."""

    batch: str
    label: str
    reverted: int
    kept: tuple[Kept, ...]
    touched: Touched


class _Target(NamedTuple):
    """The batch that is reversed."""

    key: int
    label: str
    kind: str
    lamport: int
    siblings: str


def reverse(connection: Connection, target: str, act: Act, *, few: int = FEW, only: str = "") -> Reversal:
    """Take back a batch: undo an act, or redo by undoing its undo. Raises UnknownBatch or NothingLeft.

    Up to ``few`` changes are quicker looked at one by one than as sets. ``only`` takes back what the batch did to one
    root and no more.
    """
    batch = _found(connection, target)
    gather(connection, batch.key)
    if only:
        only_of(connection, only)
    return _reverse(connection, batch, replace(act, target=target), few)


def go_back(connection: Connection, target: str, act: Act, *, few: int = FEW) -> Reversal:
    """Take back all that the author of ``act`` did since a batch, it included: one batch of marks, undone as one.

    What others did stays, and so does what their acts stand on. Raises UnknownBatch or NothingLeft.
    """
    batch = _found(connection, target)
    siblings = gather_since(connection, batch.key, act.author.id)
    since = batch._replace(kind="act", siblings=json.dumps(siblings))
    return _reverse(connection, since, replace(act, target=target), few)


def _found(connection: Connection, target: str) -> "_Target":
    found = connection.exec_driver_sql(
        "SELECT key, label, kind, lamport, siblings FROM batch WHERE id = ?", (target,)
    ).first()
    if found is None:
        raise UnknownBatch(batch=target)
    return _Target(*found)


def _reverse(connection: Connection, batch: "_Target", act: Act, few: int) -> Reversal:
    """Take back what was gathered: all of it that nobody objects to."""
    tables = frozenset(connection.exec_driver_sql(f"SELECT DISTINCT tbl FROM change WHERE key IN ({_BOTH})").scalars())
    said = only_said(connection, f"key IN ({_BOTH})")
    many = _count(connection) > few
    plain, cells = Plain(connection, look=many), PlainCells(connection, look=many)
    careful = _Careful(connection, batch)
    careful.await_all(
        connection.exec_driver_sql(
            f"SELECT DISTINCT root FROM change WHERE key IN ({_BOTH})"
            " AND root NOT IN (SELECT root FROM plain UNION ALL SELECT root FROM cells)"
        ).scalars()
    )
    careful.await_all(standing_by_reference(connection, cells.apply()))
    for entity in ENTITIES:
        careful.await_all(plain.apply(entity.name))
        careful.settle(entity.name)
    reverted = _count(connection)
    if not reverted:
        raise NothingLeft(why=next(iter(careful.kept.values()), CHANGED))
    batch_id = write_marks(connection, replace(act, siblings=sorted(careful.siblings)))
    looked_at = careful.done | cells.roots()
    project(connection, looked_at - said, act.zone, fresh=plain.fresh())
    touched = plain.roots() | looked_at
    kept = tuple(Kept(table, row, why) for (table, row), why in careful.kept.items())
    return Reversal(batch_id, batch.label, reverted, kept, Touched(tables, frozenset(touched)))


def _count(connection: Connection) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM ({_BOTH})").scalar_one())


_BOTH = "SELECT change FROM down UNION ALL SELECT change FROM up"


class _Careful:
    """The roots that are looked at one by one, in the order in which they refer to each other."""

    def __init__(self, connection: Connection, batch: _Target) -> None:
        self._connection, self._batch = connection, batch
        self._allowed = frozenset(json.loads(batch.siblings))
        self._waiting: dict[str, str] = {}
        self.done: set[str] = set()
        self.kept: dict[tuple[str, str], str] = {}
        self.siblings: set[str] = set()

    def await_all(self, roots: Iterable[str]) -> None:
        """Look at these roots too, when their turn comes."""
        self._waiting |= tables_of(self._connection, roots)

    def settle(self, table: str) -> None:
        """Judge the roots of one table, and make their rows and the two sets say what came of it."""
        now = sorted(root for root, own in self._waiting.items() if own == table and root not in self.done)
        for _, part in chunks(now):
            self._judge_some(part)

    def _judge_some(self, roots: list[str]) -> None:
        self.done.update(roots)
        loaded = load_histories(self._connection, roots)
        down, up = self._of("down", roots), self._of("up", roots)
        marked_at = self._marked_at(roots) if up else {}
        verdicts: list[Verdict] = []
        known: set[int] = set()  # what tables of a newer program say is marked without a look
        for history in loaded.histories.values():
            case = Case(
                history, loaded.present, loaded.dead, loaded.referred, self._batch.lamport,
                self._batch.kind == "redo", self._allowed, marked_at,
            )  # fmt: skip
            mine = history.changes.keys()
            verdicts.append(judge(case, down & mine, up & mine))
            known |= mine
        facts = {row: values for verdict in verdicts for row, values in verdict.facts.items()}
        for verdict in verdicts:
            self.kept |= verdict.kept
            self.siblings |= verdict.siblings
        self._drop("down", (down & known) - set().union(*(verdict.down for verdict in verdicts)))
        self._drop("up", (up & known) - set().union(*(verdict.up for verdict in verdicts)))
        self.await_all(write_facts(self._connection, loaded.present, facts) - self.done)

    def _of(self, table: str, roots: Collection[str]) -> set[int]:
        found: set[int] = set()
        for marks, part in chunks(roots):
            found.update(
                self._connection.exec_driver_sql(
                    f"SELECT key FROM change WHERE root IN ({marks}) AND key IN (SELECT change FROM {table})",
                    tuple(part),
                ).scalars()
            )
        return found

    def _marked_at(self, roots: list[str]) -> dict[int, int]:
        """When the creations in these roots were marked last (Lamport counters)."""
        found: dict[int, int] = {}
        for marks, part in chunks(roots):
            rows = self._connection.exec_driver_sql(
                "SELECT mark.target, max(batch.lamport) FROM change JOIN mark ON mark.target = change.key"
                " JOIN batch ON batch.key = mark.batch"
                f" WHERE change.root IN ({marks}) AND change.kind = 'create'"
                " AND mark.batch NOT IN (SELECT batch FROM withdrawn) GROUP BY mark.target",
                tuple(part),
            )
            found.update({target: lamport for target, lamport in rows})  # noqa: C416 - rows are no pairs to mypy
        return found

    def _drop(self, table: str, changes: Iterable[int]) -> None:
        keys = [(key,) for key in changes]
        if keys:
            self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE change = ?", keys)
