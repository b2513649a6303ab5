"""The journal: the one door for writes. A batch is one act of a person: rows, and the changes that explain them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, select

from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.situation import Rulebook, Situation
from funnel_desk.i18n import N_
from funnel_desk.storage.acts import Act, Touched, digested, open_batch, seal
from funnel_desk.storage.cells import cell_heads, change_names, chunks, heads_below
from funnel_desk.storage.entities import (
    BY_KIND,
    BY_NAME,
    Entity,
    Row,
    entity_of,
    insert_sql,
    plain,
    root_of,
    spare,
    stored_row,
)
from funnel_desk.storage.projections import project
from funnel_desk.storage.refold import refold
from funnel_desk.storage.situations import load, load_rulebook, load_situations
from funnel_desk.storage.types import dumps, stored

R = TypeVar("R", bound=Row)

FLUSH_AT = 2_000


class NotThere(Refusal):
    """A row that was asked for by its id is not (any more) in the workspace."""

    message = N_("This is not in the workspace any more. It may have been deleted or undone.")


class Batch:
    """One act while it is being written. Made by the desk, finished by ``close``; nothing is kept without that."""

    def __init__(self, connection: Connection, act: Act) -> None:
        self.now, self.zone, self.new_id = act.now, act.zone, act.new_id
        self._act = act
        self._connection = connection
        self._key, self.id, self._next = open_batch(connection, act)
        self._seq = 0
        self._digest = hashlib.sha256()
        self._changes: list[tuple[object, ...]] = []
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._tables: set[str] = set()
        self._roots: set[str] = set()
        self._again: set[str] = set()

    # --- reading -----------------------------------------------------------------------------------------------------

    def get(self, kind: type[R], row_id: str) -> R:
        """The row of this kind with this id. Raises NotThere."""
        found = self.find(kind, id=row_id)
        if not found:
            raise NotThere
        return found[0]

    def find(self, kind: type[R], **equal: object) -> list[R]:
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
        return load_rulebook(self._connection, self.zone)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """What a plain SQL question to the file as it stands within this batch answers."""
        self.flush()
        return list(self._connection.exec_driver_sql(statement, values))

    # --- writing -----------------------------------------------------------------------------------------------------

    def add(self, row: Row) -> None:
        """Create a row: one change."""
        entity = entity_of(row)
        values = plain(entity, row)
        root = root_of(entity, values)
        self._change("create", entity, root, row.id, value=dumps(spare(entity, values)))
        self._rows[entity.name].append(stored_row(entity, values))

    def add_all(self, rows: Iterable[Row]) -> None:
        """Create many rows."""
        for row in rows:
            self.add(row)

    def save(self, before: R, after: R) -> None:
        """Write the difference between two values of one row: one change a field."""
        entity = entity_of(before)
        old, new = plain(entity, before), plain(entity, after)
        root = root_of(entity, old)
        for name in entity.names:
            if old[name] == new[name]:
                continue
            self.flush()
            heads = cell_heads(self._connection, root, before.id, name)
            self._change("set", entity, root, before.id, name, dumps(new[name]), heads)
            self._connection.exec_driver_sql(
                f'UPDATE {entity.name} SET "{name}" = ? WHERE id = ?',
                (stored(new[name]), before.id),
            )
            if name in entity.refs and isinstance(old[name], str):
                self._again.add(str(old[name]))

    def delete(self, row: Row) -> None:
        """Delete a row with all that belongs to it; it lists what it saw, so an edit made elsewhere meanwhile wins."""
        entity = entity_of(row)
        root = root_of(entity, plain(entity, row))
        self.flush()
        seen = heads_below(self._connection, root, row.id)
        self._change("delete", entity, root, row.id, replaces=seen)
        self._again.add(root)

    def _change(
        self,
        kind: str,
        entity: Entity,
        root: str,
        row: str,
        field: str | None = None,
        value: str | None = None,
        replaces: Sequence[int] = (),
    ) -> None:
        key = self._next
        self._next += 1
        self._changes.append((key, self._key, self._seq, kind, root, entity.name, row, field, value))
        self.flush() if replaces else None
        names = ",".join(change_names(self._connection, replaces)) if replaces else ""
        self._digest.update(digested(self._seq, kind, root, entity.name, row, field, value, names))
        self._seq += 1
        self._tables.add(entity.name)
        self._roots.add(root)
        if replaces:
            self.flush()
            self._connection.exec_driver_sql(
                "INSERT INTO replaced (by, target) VALUES (?, ?)", [(key, target) for target in replaces]
            )
        elif len(self._changes) >= FLUSH_AT:
            self.flush()

    def relabel(self, **arguments: object) -> None:
        """Tell the label what only the act itself could find out, such as how many deals came in."""
        self._act = replace(self._act, arguments=dict(self._act.arguments) | arguments)

    def flush(self) -> None:
        """Send what waits to the file (within the transaction)."""
        if self._changes:
            self._connection.exec_driver_sql(
                'INSERT INTO change (key, batch, seq, kind, root, tbl, "row", field, value) VALUES (?,?,?,?,?,?,?,?,?)',
                self._changes,
            )
            self._changes.clear()
        for name, rows in self._rows.items():
            if rows:
                self._connection.exec_driver_sql(insert_sql(BY_NAME[name]), rows)
                rows.clear()

    def close(self) -> Touched:
        """Derive what follows from the changes and seal the batch; an act that changed nothing leaves none."""
        self.flush()
        if not self._seq:
            self._connection.exec_driver_sql("DELETE FROM batch WHERE key = ?", (self._key,))
            return Touched(frozenset(), frozenset())
        touched = refold(self._connection, self._again) if self._again else set()
        project(self._connection, self._roots | touched, self.zone)
        seal(self._connection, self._key, self._act, self._digest.hexdigest())
        return Touched(frozenset(self._tables), frozenset(self._roots | touched))
