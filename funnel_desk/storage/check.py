"""Trust: whether the file says the same everywhere, and rebuilding what is derived."""

import sqlite3
from contextlib import closing

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.digests import digest_of
from funnel_desk.storage.entities import ENTITIES
from funnel_desk.storage.marks import rebuild_undone
from funnel_desk.storage.projections import project_all
from funnel_desk.storage.refold import refold

PROJECTIONS = ("stay", "passage", "deal_state")


class PagesDamaged(Trouble):
    """SQLite's own check finds something."""

    message = N_("The pages of the file are damaged: {detail}.")


class ActAltered(Trouble):
    """A batch whose digest does not fit."""

    message = N_("The act {batch} is damaged or was altered: its changes do not fit its digest.")


class TableDiffers(Trouble):
    """A table that a rebuild changes."""

    message = N_("The table “{table}” does not say what follows from the journal.")


def contents(connection: Connection, *, projections: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """All facts and projections of the file in an order of their own, without the keys that are local to it."""
    found: dict[str, list[tuple[object, ...]]] = {}
    names = [entity.name for entity in ENTITIES] + (list(PROJECTIONS) if projections else [])
    for name in names:
        columns = [
            str(row[1]) for row in connection.exec_driver_sql(f"PRAGMA table_info({name})") if row[1] != "row_key"
        ]
        listed = ", ".join(f'"{column}"' for column in columns)
        found[name] = sorted(
            (tuple(row) for row in connection.exec_driver_sql(f"SELECT {listed} FROM {name}")),
            key=repr,
        )
    return found


def findings(connection: Connection) -> list[Trouble]:
    """What is wrong with the file itself: damaged pages, batches whose digest does not fit."""
    pages = [str(said) for said in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if str(said) != "ok"]
    found: list[Trouble] = [PagesDamaged(detail=said) for said in pages]
    for batch, digest in connection.exec_driver_sql("SELECT id, digest FROM batch").all():
        if digest != batch_digest(connection, batch):
            found.append(ActAltered(batch=batch))
    return found


def differences(connection: Connection, zone: str) -> list[Trouble]:
    """What a rebuild would change, found in a passing copy of the file; the file itself is only read."""
    source: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # it is SQLite's
    with closing(sqlite3.connect("", isolation_level=None)) as copy:  # no name: a file that vanishes with it
        source.backup(copy)
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with engine.connect() as apart:
            apart.exec_driver_sql("BEGIN")
            return [TableDiffers(table=name) for name in rebuild(apart, zone)]


def batch_digest(connection: Connection, batch: str) -> str:
    """The digest of a batch as it stands in the file."""
    key = connection.exec_driver_sql("SELECT key FROM batch WHERE id = ?", (batch,)).scalar_one()
    return digest_of(connection, key)


def rebuild(connection: Connection, zone: str) -> list[str]:
    """Fold everything anew from the journal alone; gives the tables in which that made a difference."""
    before = contents(connection)
    rebuild_undone(connection)
    for entity in ENTITIES:
        connection.exec_driver_sql(f"DELETE FROM {entity.name}")
    refold(connection, connection.exec_driver_sql("SELECT DISTINCT root FROM change").scalars().all())
    project_all(connection, zone)
    after = contents(connection)
    return [name for name, rows in before.items() if rows != after[name]]
