"""What a batch has still to send to the file: changes, the rows they make and the cells they set, in whole portions."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from funnel_desk.storage.acts import digested
from funnel_desk.storage.cells import Cell, change_names, heads_of
from funnel_desk.storage.entities import BY_NAME, Entity, insert_sql

PORTION = 1_000


_Change = tuple[int, int, int, str, str, str, str, str | None, str | None]


class Pending:
    """The changes of one batch in their order, numbered as they come and sent in portions."""

    def __init__(self, connection: Connection, batch: int, first: int) -> None:
        """``first`` is the key of the batch's first change."""
        self._connection, self._batch, self._first = connection, batch, first
        self._digest = hashlib.sha256()
        self._changes: list[_Change] = []
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._cells: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
        self._replacing: dict[Cell, int] = {}
        self._since: dict[Cell, int] = {}
        self._seen: dict[int, Sequence[int]] = {}
        self._created: set[str] = set()
        self.count = 0

    def create(self, entity: Entity, root: str, row: str, value: str, stored: tuple[object, ...]) -> None:
        """A new row: its fields as JSON, and as its table keeps them."""
        self._rows[entity.name].append(stored)
        self._created.add(row)
        self._add("create", root, entity.name, row, None, value)

    def set(
        self, entity: Entity, root: str, row: str, field: str, value: str, stored: object, since: int | None = None
    ) -> None:
        """A new value of one cell; it replaces all heads of the cell, or those of when a batch was the newest."""
        cell = Cell(root, row, field)
        if row in self._created or cell in self._replacing:
            self.flush()
        self._replacing[cell] = self._first + self.count
        if since is not None:
            self._since[cell] = since
        if field in entity.names:
            self._cells[entity.name, field][row] = stored
        self._add("set", root, entity.name, row, field, value)

    def delete(self, entity: Entity, root: str, row: str, seen: Sequence[int]) -> None:
        """The end of a row, listing what was seen of it and below it."""
        self._seen[self._first + self.count] = seen
        self._add("delete", root, entity.name, row, None, None)

    def flush(self) -> None:
        """Send what waits to the file (within the transaction)."""
        if not self._changes:
            return
        replaced = self._replaced()
        names = change_names(self._connection, {target for targets in replaced.values() for target in targets})
        said = []
        for change in self._changes:
            targets = replaced.get(change[0], ())
            said.append(
                digested(*change[2:], ",".join(sorted([names[target] for target in targets])) if targets else "")
            )
        self._digest.update(b"".join(said))
        self._connection.exec_driver_sql(
            'INSERT INTO change (key, batch, seq, kind, root, tbl, "row", field, value) VALUES (?,?,?,?,?,?,?,?,?)',
            self._changes,
        )
        links = [(by, target) for by, targets in replaced.items() for target in targets]
        if links:
            self._connection.exec_driver_sql('INSERT INTO replaced ("by", target) VALUES (?, ?)', links)
        self._write_rows()
        self._changes.clear()
        self._replacing.clear()
        self._since.clear()
        self._seen.clear()
        self._created.clear()

    def digest(self) -> str:
        """The digest of all changes sent."""
        return self._digest.hexdigest()

    def _add(self, kind: str, root: str, table: str, row: str, field: str | None, value: str | None) -> None:
        self._changes.append((self._first + self.count, self._batch, self.count, kind, root, table, row, field, value))
        self.count += 1
        if len(self._changes) >= PORTION:
            self.flush()

    def _replaced(self) -> dict[int, Sequence[int]]:
        """What each waiting change replaces."""
        if not self._replacing:
            return dict(self._seen)
        heads = heads_of(self._connection, self._replacing, self._since)
        return {key: heads[cell] for cell, key in self._replacing.items()} | self._seen

    def _write_rows(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._connection.exec_driver_sql(insert_sql(BY_NAME[table]), rows)
                rows.clear()
        for (table, field), cells in self._cells.items():
            self._connection.exec_driver_sql(
                f'UPDATE {table} SET "{field}" = ? WHERE id = ?', [(value, row) for row, value in cells.items()]
            )
        self._cells.clear()
