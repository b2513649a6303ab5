"""What may befall a file: other programs, other versions, no rights, no room, a program that is killed."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.problems import Trouble
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.storage import check
from funnel_desk.storage.file import (
    APPLICATION_ID,
    VERSION,
    DiskFull,
    FileBusy,
    FileClosed,
    FileDamaged,
    FileExists,
    FileMissing,
    FileUnreadable,
    FolderMissing,
    NewerFile,
    NoLocks,
    NotAWorkspace,
    lock_path,
    look_at,
    trouble_of,
)
from funnel_desk.storage.lock import FileInUse, FolderClosed
from funnel_desk.storage.migrate import NotMigrated
from tests.desks import ANN, ZONE, a_desk

OTHER = Path(__file__).with_name("other_process.py")
HOUSE = Path(__file__).parents[2]


@contextmanager
def other(path: Path, *what: str) -> Iterator[subprocess.Popen[str]]:
    """Another process at the same file."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    with subprocess.Popen(
        [sys.executable, OTHER, path, *what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            assert line_of(process) == "open"
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder, and no more rights than anybody has: tests may run as the one whom nothing is forbidden."""
    folder = Path(tempfile.mkdtemp())
    was = os.geteuid()
    if was == 0:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(was)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def deals_in(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT count(*) FROM deal").fetchone()[0])


# --- what is no workspace of ours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [True, False])
def test_what_is_not_a_workspace_is_refused_and_left_alone(tmp_path: Path, *, write: bool) -> None:
    path = tmp_path / "x.funnel"
    with pytest.raises(FileMissing, match=r"There is no file .*x\.funnel"):
        Desk(path, ANN, write=write)
    for content in (b"", b"title;value\n", b"SQLite format 3\x00" + b"\x00" * 84):
        path.write_bytes(content)
        with pytest.raises(NotAWorkspace):
            Desk(path, ANN, write=write)
        assert path.read_bytes() == content
    path.unlink()
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE t (x)")
    with pytest.raises(NotAWorkspace):
        Desk(path, ANN, write=write)
    with pytest.raises(NotAWorkspace):
        Desk(tmp_path, ANN, write=write)
    assert [file.name for file in tmp_path.iterdir()] == ["x.funnel"]


def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    with closing(sqlite3.connect(desk.path)) as file:
        file.execute("PRAGMA user_version = 99")
    before = desk.path.read_bytes()
    with pytest.raises(NewerFile, match="file version 99"):
        Desk(desk.path, ANN)
    assert desk.path.read_bytes() == before


@pytest.mark.parametrize(("version", "trouble"), [(VERSION, FileDamaged), (1, NotMigrated)])
def test_a_file_without_our_tables_is_damaged(tmp_path: Path, version: int, trouble: type[Trouble]) -> None:
    path = tmp_path / "x.funnel"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version}; CREATE TABLE t (x)"
        )
    with pytest.raises(trouble, match="no such table"):
        Desk(path, ANN)
    assert not lock_path(path).exists()


def test_damaged_pages_are_told(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    content = bytearray(desk.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    desk.path.write_bytes(content)
    with pytest.raises(FileDamaged):
        Desk(desk.path, ANN)


def test_a_new_file_never_replaces_one_and_leaves_nothing_when_it_fails(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    before = desk.path.read_bytes()
    with pytest.raises(FileExists):
        a_desk(tmp_path)
    assert desk.path.read_bytes() == before
    with pytest.raises(FolderMissing):
        Desk.create(tmp_path / "no" / "x.funnel", ANN, currency="EUR", time_zone=ZONE)
    with pytest.raises(ZeroDivisionError):
        Desk.create(tmp_path / "x.funnel", ANN, currency="EUR", time_zone=ZONE, begin=lambda _: 1 // 0)
    assert [file.name for file in tmp_path.iterdir()] == ["desk.funnel"]


# --- one file, and only for its owner ---------------------------------------------------------------------------------


def test_the_file_is_one_file_and_only_the_owners(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.run(new_deal, title="Deal")
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    desk.close()
    assert [file.name for file in tmp_path.iterdir()] == ["desk.funnel"]


def test_a_copy_of_the_file_alone_has_every_act(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    copy = tmp_path / "copy.funnel"
    for number in range(1, 20):
        desk.run(new_deal, title=f"Deal {number}")
        shutil.copyfile(desk.path, copy)
        assert deals_in(copy) == number
    desk.close()


def test_copies_made_while_another_process_writes_have_what_it_acknowledged(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    copy = tmp_path / "copy.funnel"
    with other(desk.path, "tick", "30") as process:
        for _ in range(30):
            acknowledged = int(line_of(process)) + 1
            if acknowledged % 5 == 0:
                shutil.copyfile(desk.path, copy)
                with closing(sqlite3.connect(copy)) as file:
                    found = file.execute("SELECT count(*) FROM deal").fetchone()[0]
                assert acknowledged <= found <= acknowledged + 5


# --- rights -----------------------------------------------------------------------------------------------------------


def test_a_read_only_file_can_be_looked_at(tmp_path: Path) -> None:
    with nobody() as folder:
        desk = a_desk(folder)
        desk.close()
        desk.path.chmod(0o400)
        looking = Desk(desk.path, ANN, write=False)
        assert looking.history() != []
        looking.close()
        with pytest.raises(FileClosed, match="can be looked at but not changed"):
            Desk(desk.path, ANN)
        folder.chmod(0o500)
        looking = Desk(desk.path, ANN, write=False)
        assert looking.workspace.currency == "EUR"
        looking.close()
        with pytest.raises(FileClosed):
            Desk(desk.path, ANN)
        desk.path.chmod(0o600)
        with pytest.raises(FolderClosed, match="its folder is read-only"):
            Desk(desk.path, ANN)
        with pytest.raises(FolderMissing):
            Desk.create(folder / "x.funnel", ANN, currency="EUR", time_zone=ZONE)
        folder.chmod(0o700)
        desk.path.chmod(0o000)
        with pytest.raises(FileUnreadable):
            Desk(desk.path, ANN, write=False)


# --- others at the same file ------------------------------------------------------------------------------------------


BEGIN = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


def test_a_look_takes_no_lock_away(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    with desk._write().transaction() as connection:
        connection.exec_driver_sql("UPDATE workspace SET currency = 'USD'")
        look_at(desk.path)
        other_program = subprocess.run(
            [sys.executable, "-c", BEGIN, desk.path], check=False, capture_output=True, text=True
        )
    assert "database is locked" in other_program.stderr
    desk.close()


def test_one_writer_and_any_readers(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    with other(desk.path, "hold") as process:
        with pytest.raises(FileInUse):
            Desk(desk.path, ANN)
        link = tmp_path / "link.funnel"
        link.symlink_to(desk.path)
        with pytest.raises(FileInUse):
            Desk(link, ANN)
        looking = Desk(desk.path, ANN, write=False)
        assert len(looking.history()) == 1
        looking.close()
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
    Desk(desk.path, ANN).close()


def test_the_lock_goes_with_a_killed_program(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.close()
    with other(desk.path, "hold") as process:
        process.kill()
        process.wait()
        assert lock_path(desk.path).exists()
        again = Desk(desk.path, ANN)
        again.run(new_deal, title="Deal")
        again.close()
    assert deals_in(desk.path) == 1
    assert not lock_path(desk.path).exists()


# --- killed, and no room ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.8, 0.9, 0.95, 1.0])
def test_a_killed_import_is_there_whole_or_not_at_all(tmp_path: Path, share: float) -> None:
    desk = a_desk(tmp_path)
    desk.run(new_deal, title="Deal")
    desk.close()
    with other(desk.path, "import", "1500") as process:
        start = time.monotonic()
        size = desk.path.stat().st_size
        while time.monotonic() - start < 2 * share and process.poll() is None:
            time.sleep(0.001)
            if share == 1.0 and desk.path.stat().st_size > size:
                break  # in the middle of the commit itself
        process.kill()
        process.wait()
    again = Desk(desk.path, ANN)
    assert deals_in(desk.path) in {1, 1501}
    assert len(again.history()) in {2, 3}
    assert again.read(lambda read: check.findings(read.connection)) == []
    assert again.read(lambda read: check.differences(read.connection, read.zone)) == []
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == ["desk.funnel"]


def test_a_full_disk_keeps_all_and_the_program_goes_on(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.run(new_deal, title="Deal")
    desk.close()
    with other(desk.path, "fill", "500") as process:
        assert line_of(process).startswith("full: The disk that holds")
        assert line_of(process) == "went on"
        process.wait()
    again = Desk(desk.path, ANN)
    titles = again.read(lambda read: read.sql("SELECT title FROM deal ORDER BY row_key"))
    assert [row[0] for row in titles] == ["Deal", "after"]
    assert again.read(lambda read: check.findings(read.connection)) == []
    again.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY", FileBusy),
        ("SQLITE_BUSY_SNAPSHOT", FileBusy),
        ("SQLITE_LOCKED", FileBusy),
        ("SQLITE_READONLY", FileClosed),
        ("SQLITE_READONLY_DBMOVED", FileClosed),
        ("SQLITE_PERM", FileClosed),
        ("SQLITE_AUTH", FileClosed),
        ("SQLITE_CANTOPEN", FileClosed),
        ("SQLITE_FULL", DiskFull),
        ("SQLITE_IOERR", DiskFull),
        ("SQLITE_IOERR_WRITE", DiskFull),
        ("SQLITE_IOERR_FSYNC", DiskFull),
        ("SQLITE_IOERR_LOCK", NoLocks),
        ("SQLITE_PROTOCOL", NoLocks),
        ("SQLITE_CORRUPT", FileDamaged),
        ("SQLITE_NOTADB", FileDamaged),
        ("SQLITE_CONSTRAINT", None),
        ("SQLITE_MISUSE", None),
        ("SQLITE_ERROR", None),
    ],
)
def test_each_error_of_the_file_has_its_sentence(name: str, kind: type[Exception] | None) -> None:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorcode = getattr(sqlite3, name)
    trouble = trouble_of(Path("desk.funnel"), error)
    assert (type(trouble) if trouble is not None else None) == kind
    if trouble is not None:
        assert "desk.funnel" in str(trouble)


def test_a_failed_act_leaves_nothing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    deal = desk.run(new_deal, title="Deal")
    before = desk.read(lambda read: check.contents(read.connection))
    with pytest.raises(ValueError, match="a row keeps its id"):
        desk._write().run(
            desk._act("Odd"), lambda batch: batch.save(batch.get(Deal, deal.id), Deal("other", "p", "s", "", "t"))
        )
    assert desk.read(lambda read: check.contents(read.connection)) == before
    assert len(desk.history()) == 2
    desk.close()
