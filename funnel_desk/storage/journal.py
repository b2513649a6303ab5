"""The journal: the one door for writes. A batch is one act of a person: rows, and the changes that explain them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, select

from funnel_desk.domain.path import Choice
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.situation import Rulebook, Situation
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Act, Touched, open_batch, seal
from funnel_desk.storage.cells import chunks, heads_below, heads_below_each
from funnel_desk.storage.disagreements import Disagreement, disagreements
from funnel_desk.storage.entities import (
    BY_KIND,
    BY_NAME,
    Entity,
    Row,
    coded,
    entity_of,
    plain,
    root_of,
    root_of_row,
    table_of,
)
from funnel_desk.storage.forks import FORK, choice_text
from funnel_desk.storage.pending import Pending
from funnel_desk.storage.projections import only_said, project
from funnel_desk.storage.refold import referred_of, refold, standing_by_reference
from funnel_desk.storage.situations import load, load_rulebook, load_situations
from funnel_desk.storage.types import dumps, stored
from funnel_desk.storage.vanished import moves_of, siblings_of_vanished

R = TypeVar("R", bound=Row)

RULES = {"pipeline", "stage", "step"}  # what a rulebook is made of


class NotThere(Refusal):
    """A row that was asked for by its id is not (any more) in the workspace."""

    message = N_("This is not in the workspace any more. It may have been deleted or undone.")


class StillUsed(Refusal):
    """What other rows refer to stays: it is taken out of them first."""

    message = N_("This is still used by other records, so it cannot be deleted.")


class Batch:
    """One act while it is being written. Made by the desk, finished by ``close``; nothing is kept without that."""

    def __init__(self, connection: Connection, act: Act) -> None:
        self.now, self.zone, self.new_id = act.now, act.zone, act.new_id
        self._act = act
        self._connection = connection
        self._key, self.id, first = open_batch(connection, act)
        self._pending = Pending(connection, self._key, first)
        self._tables: set[str] = set()
        self._roots: set[str] = set()
        self._fresh: set[str] = set()  # new deals
        self._deleted: set[str] = set()  # roots to be folded again before anybody looks
        self._named: dict[str, set[str]] = {}  # what cells named before, by table
        self._refolded: set[str] = set()
        self._siblings: set[str] = set()
        self._rulebook: Rulebook | None = None

    # --- reading -----------------------------------------------------------------------------------------------------

    def get(self, kind: type[R], row_id: str) -> R:
        """The row of this kind with this id. Raises NotThere."""
        found = self.find(kind, id=row_id)
        if not found:
            raise NotThere
        return found[0]

    def find(self, kind: type[R], /, **equal: object) -> list[R]:
        """All rows of a kind whose fields equal these values, in the order they came into the file."""
        self.flush()
        table = BY_KIND[kind].table
        columns = [table.c[name] for name in BY_KIND[kind].names]
        chosen = and_(True, *(table.c[name] == value for name, value in equal.items()))
        return [
            kind(*row) for row in self._connection.execute(select(*columns).where(chosen).order_by(table.c.row_key))
        ]

    def find_among(self, kind: type[R], field: str, values: Iterable[str]) -> list[R]:
        """All rows of a kind whose field is one of these values."""
        self.flush()
        return [row for _, part in chunks(values) for row in load(self._connection, kind, field, part)]

    def situation(self, deal_id: str) -> Situation:
        """Where a deal stands now, within this batch. Raises NotThere."""
        self.flush()
        found = next(load_situations(self._connection, [deal_id], self.rulebook()), None)
        if found is None:
            raise NotThere
        return found

    def situations(self, ids: Iterable[str]) -> Iterator[Situation]:
        """Where many deals stand now, within this batch, as far as they are there."""
        self.flush()
        rulebook = self.rulebook()
        for _, part in chunks(ids):
            yield from load_situations(self._connection, part, rulebook)

    def rulebook(self) -> Rulebook:
        """Stages and steps as they are now, within this batch."""
        self.flush()
        if self._rulebook is None:
            self._rulebook = load_rulebook(self._connection, self.zone)
        return self._rulebook

    def rows(self, statement: str, *values: object) -> list[Any]:
        """What a plain SQL question to the file as it stands within this batch answers."""
        self.flush()
        return list(self._connection.exec_driver_sql(statement, values))

    # --- writing -----------------------------------------------------------------------------------------------------

    def add(self, row: Row) -> None:
        """Create a row: one change."""
        entity = entity_of(row)
        root = root_of_row(entity, row)
        self._pending.create(entity, root, row.id, *coded(entity, row))
        self._touch(entity.name, root)

    def add_all(self, rows: Iterable[Row]) -> None:
        """Create many rows."""
        for row in rows:
            self.add(row)

    def save(self, before: R, after: R, since: int | None = None) -> None:
        """Write the difference between two values of one row: one change a field.

        With ``since``, the key of a batch, it is written as by somebody who saw nothing later: what others wrote into
        these fields meanwhile is not replaced but disagreed with, and a row that was deleted meanwhile is kept.
        """
        entity = entity_of(before)
        old, new = plain(entity, before), plain(entity, after)
        root = root_of(entity, old)
        if any(old[name] != new[name] for name in ("id", *entity.links)) or root_of(entity, new) != root:
            raise ValueError("a row keeps its id, and what it stands on")
        for name in entity.names:
            if old[name] != new[name]:
                self._set(entity, root, before.id, name, old[name], new[name], since)
        if since is not None and old != new:
            self._deleted.add(root)  # to be folded again: it may be gone, or others may have said the same

    def delete(self, row: Row) -> None:
        """Delete a row with all that belongs to it; it lists what it saw, so an edit made elsewhere meanwhile wins.

        Raises StillUsed where rows of other roots refer to it.
        """
        entity = entity_of(row)
        root = root_of_row(entity, row)
        self.flush()
        if referred_of(self._connection, entity.name, [row.id]):
            raise StillUsed
        self._pending.delete(entity, root, row.id, heads_below(self._connection, root, row.id))
        self._touch(entity.name, root)
        self._deleted.add(root)

    def delete_all(self, rows: Iterable[Row]) -> None:
        """Delete many rows at once, each as ``delete`` does. Raises StillUsed."""
        self.flush()
        gone: list[tuple[Entity, str, str]] = []
        for row in rows:
            entity = entity_of(row)
            gone.append((entity, root_of_row(entity, row), row.id))
        for name in {entity.name for entity, _root, _row in gone}:
            if referred_of(self._connection, name, [row for entity, _root, row in gone if entity.name == name]):
                raise StillUsed
        rows_of: dict[str, list[str]] = {}
        for _entity, root, row_id in gone:
            rows_of.setdefault(root, []).append(row_id)
        seen = {root: heads_below_each(self._connection, root, rows) for root, rows in rows_of.items()}
        for entity, root, row_id in gone:
            self._pending.delete(entity, root, row_id, seen[root][row_id])
            self._touch(entity.name, root)
            self._deleted.add(root)

    def settle(self, row: Row, field: str, value: object) -> None:
        """Write a field of a row (as plain JSON), even if it shows that already: all that stands there is replaced."""
        entity = entity_of(row)
        values = plain(entity, row)
        self._set(entity, root_of(entity, values), row.id, field, values[field], value)

    def disagreements(self) -> list[Disagreement]:
        """Where people disagree, within this batch."""
        self.flush()
        return disagreements(self._connection, self.zone)

    def choose(self, deal_id: str, fork: str, choice: Choice) -> None:
        """Settle a disagreement about the path of a deal: one cell, by the key of the fork (rule 13)."""
        self._pending.set(BY_NAME["deal"], deal_id, deal_id, FORK + fork, choice_text(choice), None)
        self._touch("deal", deal_id)

    def _set(
        self, entity: Entity, root: str, row: str, name: str, old: object, new: object, since: int | None = None
    ) -> None:
        self._pending.set(entity, root, row, name, dumps(new), stored(new), since)
        self._touch(entity.name, root)
        if name in entity.refs:
            named = self._named.setdefault(table_of(name), set())
            named.update(str(value) for value in (old, new) if value)

    def _touch(self, table: str, root: str) -> None:
        self._tables.add(table)
        self._roots.add(root)
        if table in RULES:
            self._rulebook = None

    def relabel(self, **arguments: object) -> None:
        """Tell the label what only the act itself could find out, such as how many deals came in."""
        self._act = replace(self._act, arguments=dict(self._act.arguments) | arguments)

    def flush(self) -> None:
        """Send what waits to the file (within the transaction), and let what was deleted be gone."""
        self._pending.flush()
        if self._deleted:
            before = moves_of(self._connection, self._deleted)
            self._refolded |= refold(self._connection, self._deleted)
            self._siblings |= siblings_of_vanished(self._connection, before)
            self._deleted.clear()

    def close(self) -> Touched:
        """Derive what follows from the changes and seal the batch; an act that changed nothing leaves none."""
        self.flush()
        if not self._pending.count:
            self._connection.exec_driver_sql("DELETE FROM batch WHERE key = ?", (self._key,))
            return Touched(frozenset(), frozenset())
        if self._named:
            self._refolded |= refold(self._connection, standing_by_reference(self._connection, self._named))
        touched = self._roots | self._refolded
        moving = touched - only_said(self._connection, "batch = ?", self._key)
        project(self._connection, moving, self.zone, fresh=self._fresh)
        siblings = sorted({*self._act.siblings, *self._siblings})
        seal(self._connection, self._key, replace(self._act, siblings=siblings), self._pending.digest())
        return Touched(frozenset(self._tables), frozenset(touched))
