"""Files that are missing, foreign, newer, locked or read-only: one sentence each, and nothing is touched."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from funnel_desk.operations.desk import Desk
from tests.cli.conftest import ANNA, Answer, Ask

READING = [["today"], ["deal", "X-1"], ["history"], ["check"], ["check", "--rebuild"], ["pipeline", "list"]]
WRITING = [["deal", "X-1", "--move", "offer"], ["undo"], ["redo"], ["pipeline", "add", "startup"]]


def line(words: list[str], file: Path) -> list[str]:
    return [words[0], str(file), *words[1:]]


@pytest.fixture(params=READING + WRITING, ids=" ".join)
def words(request: pytest.FixtureRequest) -> list[str]:
    return list(request.param)


def test_missing(ask: Ask, tmp_path: Path, words: list[str]) -> None:
    assert ask(*line(words, tmp_path / "нет.funnel")).sentence.startswith("There is no file")
    assert list(tmp_path.iterdir()) == []


def test_no_workspace(ask: Ask, tmp_path: Path, words: list[str]) -> None:
    text, foreign = tmp_path / "text.funnel", tmp_path / "foreign.funnel"
    text.write_text("Deal;Value\n")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE notes (text TEXT)")
    for file in (text, foreign, tmp_path):
        before = file.read_bytes() if file.is_file() else b""
        assert "is not a Funnel Desk workspace" in ask(*line(words, file)).sentence
        assert not file.is_file() or file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["foreign.funnel", "text.funnel"]


def test_newer(ask: Ask, file: Path, words: list[str]) -> None:
    content = bytearray(file.read_bytes())
    content[60:64] = (99).to_bytes(4)
    file.write_bytes(content)
    assert "was written by a newer Funnel Desk" in ask(*line(words, file)).sentence
    assert file.read_bytes() == content


def test_while_somebody_else_writes(ask: Ask, file: Path, words: list[str]) -> None:
    holder = Desk(file, ANNA)
    try:
        before = file.read_bytes()
        answer = ask(*line(words, file))
        if words in READING:
            assert (answer.status, answer.err) == (0, "")
        else:
            assert "is open in another window or program" in answer.sentence
        assert file.read_bytes() == before
    finally:
        holder.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_read_only(ask: Ask, file: Path, words: list[str]) -> None:
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        answer = ask(*line(words, file))
        if words in READING:
            assert (answer.status, answer.err) == (0, "")
        else:
            assert "read-only" in answer.sentence
    finally:
        file.parent.chmod(0o700)


def test_after_a_crash_in_the_middle_of_a_commit(ask: Ask, file: Path, tmp_path: Path, words: list[str]) -> None:
    expected = ask(*line(words, file)) if words in READING else None
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE deal SET title = 'half'")
        connection.execute("UPDATE change SET value = value || '!'")
        for part in (file, Path(f"{file}-journal")):
            shutil.copy(part, crashed / part.name)
        connection.execute("ROLLBACK")
    journal = crashed / f"{file.name}-journal"
    assert journal.stat().st_size
    answer = ask(*line(words, crashed / file.name))
    if expected is not None:
        assert answer == Answer(0, expected.out.replace(str(file), str(crashed / file.name)), "")
    assert not journal.exists() or not journal.stat().st_size
    assert ask("check", crashed / file.name, "--rebuild", "--json").document["ok"]


def test_reading_leaves_nothing_beside_the_file(ask: Ask, file: Path, own_home: Path) -> None:
    for words in READING:
        assert ask(*line(words, file)).status == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert list(own_home.iterdir()) == []
