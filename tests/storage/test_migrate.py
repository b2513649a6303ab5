"""Older files are brought to the present version on a copy; the original is kept, and nothing is lost."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from funnel_desk.operations import deals, sharing, steps
from funnel_desk.operations.desk import Desk
from funnel_desk.storage import check
from funnel_desk.storage.file import APPLICATION_ID, VERSION
from funnel_desk.storage.lock import FileInUse
from funnel_desk.storage.migrate import NotMigrated, migrate
from funnel_desk.storage.tables import METADATA
from tests.desks import ANN, a_desk, stages

NEXT = Path(__file__).with_name("next_version")
HOUSE = Path(__file__).parents[2]
FIRST = HOUSE / "funnel_desk" / "storage" / "migrations" / "versions" / "0001_first.sql"


def a_lived_in_file(folder: Path) -> Path:
    """A file in which something happened: edits, a move, a tick, a loss, an undo, a delete."""
    desk = a_desk(folder)
    deal = desk.run(deals.new_deal, title="Deal", company="Alfa", contact="Ann", value=5)
    desk.run(deals.edit_deal, deal.id, note="ё", tags=("a",))
    desk.run(deals.move_deal, deal.id, next(one.id for one in stages(desk).values() if one.position == 1))
    step = desk.read(lambda read: read.sql("SELECT next_step_id FROM deal_state"))[0][0]
    desk.run(steps.tick_step, deal.id, step)
    other = desk.run(deals.new_deal, title="Other")
    desk.run(deals.lose_deal, other.id, reason="dear")
    desk.undo()
    third = desk.run(deals.new_deal, title="Third")
    desk.run(deals.delete_deal, third.id)
    desk.close()
    return desk.path


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    desk = Desk(path, ANN, write=False)
    found = desk.read(lambda read: check.contents(read.connection))
    desk.close()
    return found


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_populated_file_becomes_the_next_version_and_the_original_is_kept(tmp_path: Path) -> None:
    path = a_lived_in_file(tmp_path)
    original, before = path.read_bytes(), contents(path)
    kept = migrate(path, to=3, steps=NEXT)
    assert names(tmp_path) == ["desk-before-v3.funnel", "desk.funnel"]
    assert kept.read_bytes() == original
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (3,)
        assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert {row[0] for row in file.execute("SELECT colour FROM deal")} == {""}
        tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables - METADATA.tables.keys() == {"colour"}
        file.execute("PRAGMA user_version = 2")
        file.commit()
    after = contents(path)
    after["deal"] = [row[:-1] for row in after["deal"]]
    assert after == before


def test_the_same_name_twice_is_no_name_for_two_files(tmp_path: Path) -> None:
    path = a_lived_in_file(tmp_path)
    (tmp_path / "desk-before-v3.funnel").write_bytes(b"mine")
    assert migrate(path, to=3, steps=NEXT).name == "desk-before-v3-2.funnel"
    assert (tmp_path / "desk-before-v3.funnel").read_bytes() == b"mine"


@pytest.mark.parametrize(("to", "said"), [(4, "replaced"), (5, "no such table: nowhere")])
def test_a_step_that_loses_something_or_breaks_changes_nothing(tmp_path: Path, to: int, said: str) -> None:
    path = a_lived_in_file(tmp_path)
    original = path.read_bytes()
    with pytest.raises(NotMigrated, match=said):
        migrate(path, to=to, steps=NEXT)
    assert path.read_bytes() == original
    assert names(tmp_path) == ["desk.funnel"]


def test_nobody_may_be_at_it(tmp_path: Path) -> None:
    path = a_lived_in_file(tmp_path)
    desk = Desk(path, ANN)
    with pytest.raises(FileInUse):
        migrate(path, to=3, steps=NEXT)
    desk.close()
    assert names(tmp_path) == ["desk.funnel"]


def indexes(file: sqlite3.Connection) -> set[str]:
    """The names of the indexes that were made, not of those that came with a rule of a table."""
    return {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}


def made_version_1(path: Path) -> None:
    """Take from a file what version 2 brought; what is left has the tables of version 1, column by column."""
    first = sqlite3.connect(":memory:")
    first.executescript(FIRST.read_text(encoding="utf-8"))
    with closing(first), closing(sqlite3.connect(path)) as file:
        old = columns(first)
        for index in indexes(file) - indexes(first):
            file.execute(f"DROP INDEX {index}")
        for table, found in columns(file).items():
            if table not in old:
                file.execute(f"DROP TABLE {table}")
                continue
            for column in found[len(old[table]) :]:
                file.execute(f"ALTER TABLE {table} DROP COLUMN {column[1]}")
        assert columns(file) == old
        file.execute("PRAGMA user_version = 1")
        file.commit()


def columns(file: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The columns of each table: place, name, type, whether NULL is refused. No defaults."""
    tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return {name: [row[:4] for row in file.execute(f"PRAGMA table_info({name})")] for (name,) in tables}


@pytest.mark.parametrize("write", [True, False])
def test_a_file_of_version_1_is_opened_as_the_present_one(tmp_path: Path, *, write: bool) -> None:
    path = a_lived_in_file(tmp_path)
    before = contents(path)
    with closing(sqlite3.connect(path)) as file:
        present = columns(file), indexes(file)
    made_version_1(path)
    desk = Desk(path, ANN, write=write)
    assert desk.read(lambda read: check.contents(read.connection)) == before
    assert desk.read(lambda read: check.findings(read.connection)) == []
    desk.close()
    assert version_of(path) == VERSION
    with closing(sqlite3.connect(path)) as file:
        assert (columns(file), indexes(file)) == present
    assert names(tmp_path) == [f"desk-before-v{VERSION}.funnel", "desk.funnel"]
    assert version_of(tmp_path / f"desk-before-v{VERSION}.funnel") == 1
    other = a_desk(tmp_path, name="other.funnel")
    assert sharing.merge_file(other, path).created
    other.close()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = a_lived_in_file(tmp_path / "real")
    link = tmp_path / "link.funnel"
    link.symlink_to(path)
    migrate(link, to=3, steps=NEXT)
    assert link.is_symlink()
    assert version_of(path) == 3


@pytest.mark.parametrize("delay", [0, 0.03, 0.08, 0.2])
def test_killed_on_the_way_the_file_is_old_or_new(tmp_path: Path, delay: float) -> None:
    path = a_lived_in_file(tmp_path)
    program = (
        "import sys; from pathlib import Path; from funnel_desk.storage.migrate import migrate;"
        f" migrate(Path(sys.argv[1]), to=3, steps=Path({str(NEXT)!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    with subprocess.Popen([sys.executable, "-c", program, path], env=environment) as process:
        while process.poll() is None and not list(tmp_path.glob(".*.migrated")):
            time.sleep(0.001)
        time.sleep(delay)
        process.kill()
    if version_of(path) == 2:
        migrate(path, to=3, steps=NEXT)
        assert names(tmp_path)[-1] == "desk.funnel"
        assert all(name.startswith("desk") for name in names(tmp_path))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM deal").fetchone() == (2,)


def test_alembic_is_not_imported_for_a_file_of_today(tmp_path: Path) -> None:
    path = a_lived_in_file(tmp_path)
    program = (
        "import sys; from pathlib import Path; from funnel_desk.operations.desk import Desk;"
        " from funnel_desk.storage.acts import Author; Desk(Path(sys.argv[1]), Author('a', 'a')).close();"
        " assert not {'alembic', 'mako'} & set(sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    subprocess.run([sys.executable, "-c", program, path], env=environment, check=True)
