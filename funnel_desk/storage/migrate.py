"""Bringing an older file to the present version: on a copy, which takes the file's place only when all is well."""

import os
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_
from funnel_desk.storage.backup import to_disk, write_copy
from funnel_desk.storage.check import findings, rebuild
from funnel_desk.storage.file import VERSION, DiskFull, FolderMissing, look_at, trouble_of, writing_engine
from funnel_desk.storage.lock import take_lock
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.recovery import recover

STEPS = Path(__file__).with_name("migrations")


class NotMigrated(Trouble):
    """The copy is not as it has to be, so the file stays as it is."""

    message = N_(
        "{file} is of an older version, and could not be brought to the present one ({detail}). "
        "It was not changed; the older program still opens it."
    )


def migrate(path: Path, *, to: int = VERSION, steps: Path = STEPS) -> Path:
    """Bring a file to a version; gives the file beside it that keeps the original.

    Raises FileInUse while somebody writes, NotMigrated, and the Trouble of the file; then nothing changes. ``steps`` is
    a folder of Alembic: its revisions are the versions, in four digits.
    """
    path = path.resolve()
    copy = path.with_name(f".{path.name}.{os.getpid()}.migrated")
    recover(path)
    unlock = take_lock(path)
    try:
        version = look_at(path)
        write_copy(path, copy)
        _upgrade(path, copy, version, to, steps)
        kept = _keep(path, to)
        copy.replace(path)
        to_disk(path.parent)
    finally:
        for left in path.parent.glob(f".{path.name}.*.migrated*"):  # also what a killed program left
            left.unlink()
        unlock()
    return kept


def _upgrade(path: Path, copy: Path, version: int, to: int, steps: Path) -> None:
    """Take the steps on the copy, and make sure that nothing was lost by them."""
    engine = writing_engine(copy)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            if version:
                connection.exec_driver_sql("SELECT id FROM workspace").all()  # fails unless it is one of ours
            before = _counts(connection)
            _take_steps(connection, version, to, steps)
            after = _counts(connection)
            lost = [table for table, count in before.items() if after.get(table) != count]
            if lost:
                raise NotMigrated(file=path, detail=", ".join(lost))
            connection.exec_driver_sql(f"PRAGMA user_version = {to}")
            # What a newer program wrote may be known now: all is folded anew from the journal.
            rebuild(connection, Reader(connection).zone)
            connection.commit()
            found = findings(connection)
            if found:
                raise NotMigrated(file=path, detail=found[0])
            connection.commit()
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    except DatabaseError as error:
        trouble = trouble_of(path, error.orig)
        if isinstance(trouble, DiskFull):
            raise trouble from error
        raise NotMigrated(file=path, detail=error.orig) from error
    finally:
        engine.dispose()


def _take_steps(connection: Connection, version: int, to: int, steps: Path) -> None:
    # Alembic takes a while to import, and is needed once in the life of a file.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, f"{version:04d}" if version else "base")
    command.upgrade(config, f"{to:04d}")
    connection.exec_driver_sql("DROP TABLE alembic_version")  # the version stands in the header, once


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names.all()}


def _keep(path: Path, to: int) -> Path:
    """Another name for the original, beside it."""
    number = 1
    while True:
        name = f"{path.stem}-before-v{to}" + (f"-{number}" if number > 1 else "")
        kept = path.with_name(f"{name}{path.suffix}")
        try:
            os.link(path, kept)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise FolderMissing(file=kept) from error
        else:
            return kept
