"""Somebody else's file, which may be damaged or meant to harm: looked at from the outside, then copied row by row.

Nothing of it is ever attached to a workspace or asked by the rest of the program. It is opened for reading only, with
SQLite's limits drawn tight; its schema has to be, word for word, one that this program writes, so that no trigger or
view runs; every value has to have the type of its column. What is read goes into a clean passing database of ours.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage import file as workspace_file, share_file
from funnel_desk.storage.file import HEADER, MAGIC, FileBusy, FileMissing, FileUnreadable, NewerFile
from funnel_desk.storage.recovery import LeftInTheMiddle
from funnel_desk.storage.tables import METADATA

LARGEST = 4 * 1024**3  # bytes of a file that is taken at all
LONGEST = 8 * 1024**2  # bytes of one value, or of one statement of the schema
LEAST_SECONDS, BYTES_A_SECOND = 60.0, 1024**2  # how long the reading of a file may take
STEPS = 100_000  # SQLite's, between two looks at the clock
JOURNAL = ("batch", "change", "replaced", "mark", "mark_replaced", "erasure")
SHARE, WORKSPACE = "share", "workspace"
ROLLBACK_JOURNAL = b"\x01\x01"

_TEXT, _NUMBER, _MAYBE = (str,), (int,), (str, type(None))
_BATCH = (*[_TEXT] * 6, _NUMBER, _MAYBE, _TEXT, _TEXT)  # kind to digest
_CHANGE = (_TEXT, _TEXT, _TEXT, _TEXT, _MAYBE, _MAYBE)  # kind to value
_LASTING = (_TEXT, _NUMBER)
TYPES: Mapping[str, Mapping[str, Sequence[tuple[type, ...]]]] = {
    SHARE: {
        "manifest": (_TEXT, _TEXT),
        "batch": (_TEXT, *_BATCH),
        "change": (*_LASTING, *_CHANGE),
        "replaced": (*_LASTING, *_LASTING),
        "mark": (*_LASTING, *_LASTING, _NUMBER),
        "mark_replaced": (*_LASTING, *_LASTING),
        "erasure": (*_LASTING, *_LASTING, _TEXT),
    },
    WORKSPACE: {
        "batch": (_NUMBER, _TEXT, *_BATCH),
        "change": (_NUMBER, _NUMBER, _NUMBER, *_CHANGE),
        "replaced": (_NUMBER, _NUMBER),
        "mark": (_NUMBER, _NUMBER, _NUMBER, _NUMBER, _NUMBER),
        "mark_replaced": (_NUMBER, _NUMBER),
        "erasure": (_NUMBER, _NUMBER, *_LASTING, _TEXT),
    },
}
"""What each column of the two kinds of file may hold."""


class NotForMerging(Trouble):
    """A file of another kind."""

    message = N_("{file} is neither a workspace nor a file made by `share`, so there is nothing to merge in it.")


class ForeignDamaged(Trouble):
    """The other file is not as this program writes such files."""

    message = N_(
        "{file} is damaged or was altered ({detail}), so nothing was taken from it. Ask for a new one from its sender."
    )


class TooLarge(Trouble):
    """More than a file of this kind ever holds."""

    message = N_("{file} is too large to be what it says it is. Nothing was taken from it.")


@contextmanager
def foreign_journal(path: Path) -> Iterator[Connection]:
    """The journal of a share file or a workspace, in the tables of a workspace, in a passing database of ours.

    Raises FileMissing, FileUnreadable, NotForMerging, NewerFile, TooLarge, FileBusy, LeftInTheMiddle, ForeignDamaged.
    """
    kind = kind_of(path)
    with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as clean:
        engine = create_engine("sqlite://", creator=lambda: clean, poolclass=StaticPool)
        METADATA.create_all(engine, tables=[METADATA.tables[name] for name in JOURNAL])
        with _trouble(path), closing(_opened(path, kind)) as foreign:
            _refuse_other_schema(path, kind, foreign)
            said = foreign.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                raise ForeignDamaged(file=path, detail=said)
            clean.execute("BEGIN")
            (_Share if kind == SHARE else _Workspace)(path, foreign, clean).copy()
            clean.execute("COMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def kind_of(path: Path) -> str:
    """Whether a file says that it is a ``share`` or a ``workspace``; nothing of it is run for that."""
    if not path.exists():
        raise FileMissing(file=path)
    try:
        with path.open("rb") as file:
            header = file.read(HEADER)
        size = path.stat().st_size
    except OSError as error:
        raise (NotForMerging if path.is_dir() else FileUnreadable)(file=path) from error
    version, application = int.from_bytes(header[60:64]), int.from_bytes(header[68:72])
    known = {
        share_file.APPLICATION_ID: (SHARE, share_file.VERSION),
        workspace_file.APPLICATION_ID: (WORKSPACE, workspace_file.VERSION),
    }
    if len(header) < HEADER or not header.startswith(MAGIC) or application not in known:
        raise NotForMerging(file=path)
    kind, newest = known[application]
    if version > newest:
        raise NewerFile(file=path, version=version, known=newest)
    if size > LARGEST:
        raise TooLarge(file=path)
    if header[18:20] != ROLLBACK_JOURNAL:
        raise ForeignDamaged(file=path, detail="write-ahead log")
    return kind


def _opened(path: Path, kind: str) -> sqlite3.Connection:
    # Nobody writes into a share file, whatever lies beside it; a workspace may be open in a window right now.
    options = "mode=ro&immutable=1" if kind == SHARE else "mode=ro"
    found = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None)
    found.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    found.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    found.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        found.execute(f"PRAGMA {pragma}")
    end = monotonic() + LEAST_SECONDS + path.stat().st_size / BYTES_A_SECOND
    found.set_progress_handler(lambda: monotonic() > end, STEPS)
    found.execute("BEGIN")
    return found


@contextmanager
def _trouble(path: Path) -> Iterator[None]:
    """Whatever SQLite says of a foreign file, as a sentence."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise FileBusy(file=path) from error
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
            raise LeftInTheMiddle(file=path, journal=f"{path.name}-journal") from error
        if code in {sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_INTERRUPT}:
            raise TooLarge(file=path) from error
        raise ForeignDamaged(file=path, detail=str(error)) from error


@lru_cache
def _known_schema(kind: str, *, erased: bool) -> frozenset[tuple[Any, ...]]:
    """What SQLite says of the tables and indexes of a file of this kind that this program made."""
    with closing(sqlite3.connect(":memory:")) as made:
        if kind == SHARE:
            for statement in share_file.schema(erased=erased).values():
                made.execute(statement)
        else:
            METADATA.create_all(create_engine("sqlite://", creator=lambda: made, poolclass=StaticPool))
        return _schema_of(made)


def _schema_of(file: sqlite3.Connection) -> frozenset[tuple[Any, ...]]:
    """Word for word, but not space for space: a migrated file has the same words on other lines."""
    rows = file.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return frozenset((*names, None if sql is None else " ".join(sql.split())) for *names, sql in rows)


def _refuse_other_schema(path: Path, kind: str, foreign: sqlite3.Connection) -> None:
    """What is read has to be word for word as we make it; the rest of a workspace may be older, but nothing may run."""
    found = _schema_of(foreign)
    erased = _may_hold_erasures(foreign)
    needed = {
        row for row in _known_schema(kind, erased=erased) if row[2] in TYPES[kind] and (erased or row[2] != "erasure")
    }
    others = found - needed
    odd = (needed - found) | {
        row
        for row in others
        if kind == SHARE or row[2] in JOURNAL or row[0] not in {"table", "index"} or _is_virtual(row[3])
    }
    if odd:
        raise ForeignDamaged(file=path, detail=min(str(row[1]) for row in odd))


def _may_hold_erasures(foreign: sqlite3.Connection) -> bool:
    """Whether there is a table of erasures: files of the first version have none."""
    return foreign.execute("SELECT 1 FROM sqlite_master WHERE name = 'erasure'").fetchone() is not None


def _is_virtual(sql: str | None) -> bool:
    return sql is not None and not sql.startswith(("CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX "))


class _Copying:
    """Rows on their way from a foreign file into the tables of ours."""

    kind = ""

    def __init__(self, path: Path, foreign: sqlite3.Connection, clean: sqlite3.Connection) -> None:
        self._path, self._foreign, self._clean = path, foreign, clean

    def copy(self) -> None:
        """Copy all of the journal. Raises ForeignDamaged."""
        raise NotImplementedError

    def _read(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a table in portions, each value of a type that its column takes."""
        allowed = TYPES[self.kind][table]
        cursor = self._foreign.execute(f"SELECT * FROM {table} NOT INDEXED")
        while rows := cursor.fetchmany(share_file.PORTION):
            for types in {tuple(map(type, row)) for row in rows}:
                if not all(one in some for one, some in zip(types, allowed, strict=True)):
                    raise ForeignDamaged(file=self._path, detail=table)
            yield rows

    def _write(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._clean.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


class _Workspace(_Copying):
    """A workspace has our own tables already."""

    kind = WORKSPACE

    def copy(self) -> None:
        for table in JOURNAL:
            if table == "erasure" and not _may_hold_erasures(self._foreign):
                continue
            for rows in self._read(table):
                self._write(table, rows)


class _Share(_Copying):
    """A share file names everything lastingly; here each name gets a key."""

    kind = SHARE

    def copy(self) -> None:
        self._digest = share_file.Digest()
        erased = _may_hold_erasures(self._foreign)
        self._counts = dict.fromkeys(share_file.schema(erased=erased).keys() - {"manifest"}, 0)
        self._batches: dict[str, int] = {}
        for rows in self._share_rows("batch"):
            numbered = [(len(self._batches) + place, *row) for place, row in enumerate(rows, 1)]
            self._batches |= {str(row[1]): row[0] for row in numbered}
            self._write("batch", numbered)
        changes = self._numbered("change", lambda row: row[2:])
        self._links("replaced", changes)
        marks = self._numbered("mark", lambda row: (self._key(changes, row[2:4]), row[4]))
        self._links("mark_replaced", marks)
        if erased:
            for rows in self._share_rows("erasure"):
                self._write("erasure", [(self._key(self._batches, row[0]), *row[1:]) for row in rows])
        self._refuse_other_manifest()

    def _share_rows(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        for rows in self._read(table):
            self._digest.add(table, rows)
            self._counts[table] += len(rows)
            yield rows

    def _numbered(self, table: str, rest: Any) -> dict[tuple[str, int], int]:  # noqa: ANN401 - of one row, the columns after its place
        keys: dict[tuple[str, int], int] = {}
        for rows in self._share_rows(table):
            numbered = []
            for row in rows:
                keys[row[0], row[1]] = len(keys) + 1
                numbered.append((len(keys), self._key(self._batches, row[0]), row[1], *rest(row)))
            self._write(table, numbered)
        return keys

    def _links(self, table: str, keys: Mapping[tuple[str, int], int]) -> None:
        for rows in self._share_rows(table):
            self._write(table, [(self._key(keys, row[:2]), self._key(keys, row[2:])) for row in rows])

    def _key(self, keys: Mapping[Any, int], name: Any) -> int:  # noqa: ANN401 - of a batch, or of a place in one
        found = keys.get(name)
        if found is None:
            raise ForeignDamaged(file=self._path, detail=str(name))
        return found

    def _refuse_other_manifest(self) -> None:
        said = [row for rows in self._read("manifest") for row in rows]
        program = dict(said).get("program", "")
        if said != share_file.manifest(self._counts, program, self._digest.said()):
            raise ForeignDamaged(file=self._path, detail="manifest")
