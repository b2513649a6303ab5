"""Files that are damaged or meant to harm: refused with a sentence, or harmless; the workspace is as it was."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import translate_problem
from funnel_desk.operations.deals import delete_deal, edit_deal, move_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.sharing import merge_file, share
from funnel_desk.storage import check
from tests.desks import ANN, BOB, a_desk, stages
from tests.storage.forger import forge

FLIPS = 240
BIG = 9 * 1024**2


class Files(NamedTuple):
    """Ann's workspace, Bob's copy of it that went on, what he sent, and what Ann's looks like with all of it."""

    ann: Path
    bob: Path
    sent: Path
    whole: dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("poison")
    ann = a_desk(folder)
    gate = ann.run(new_deal, title="Gate", company="Alfa", value=100, currency="EUR")
    yard = ann.run(new_deal, title="Yard", contact="Eve")
    ann.close()
    shutil.copyfile(ann.path, folder / "bob.funnel")
    bob = Desk(folder / "bob.funnel", BOB)
    bob.run(move_deal, gate.id, stages(bob)["prospect"].id)
    bob.run(edit_deal, gate.id, value=200)
    bob.run(edit_deal, gate.id, value=300, note="n")
    bob.run(new_deal, title="New", company="Beta", value=5, currency="EUR", tags=("a", "b"))
    bob.undo()
    bob.redo()
    bob.run(delete_deal, yard.id)
    bob.undo()
    share(bob, folder / "bob.funnelshare")
    bob.close()
    shutil.copyfile(ann.path, folder / "whole.funnel")
    whole = Desk(folder / "whole.funnel", ANN)
    merge_file(whole, folder / "bob.funnelshare")
    contents = whole.read(lambda read: check.contents(read.connection))
    whole.close()
    return Files(ann.path, folder / "bob.funnel", folder / "bob.funnelshare", contents)


@pytest.fixture
def target(files: Files, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "ann.funnel"
    shutil.copyfile(files.ann, path)
    yield path
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".funnel") == ["ann.funnel"]


def refused(target: Path, poison: Path) -> str | None:
    """The sentence with which a file is refused, the workspace being byte for byte as before; None if it is merged."""
    before = target.read_bytes()
    desk = Desk(target, ANN)
    try:
        merge_file(desk, poison)
    except Trouble as trouble:
        desk.close()
        assert target.read_bytes() == before
        return translate_problem(trouble)
    finally:
        desk.close()
    return None


def test_bits_that_flipped(files: Files, target: Path, tmp_path: Path) -> None:
    chance = Random(11)  # noqa: S311 - figures, no secret
    merged = 0
    for number in range(FLIPS):
        source = files.bob if number % 4 == 0 else files.sent
        content = bytearray(source.read_bytes())
        for _ in range(1 + number % 3):
            place = chance.randrange(len(content))
            content[place] ^= 1 << chance.randrange(8)
        poison = tmp_path / "poison"
        poison.write_bytes(content)
        fresh = tmp_path / "fresh"
        shutil.copyfile(target, fresh)
        if refused(fresh, poison) is None:
            desk = Desk(fresh, ANN)
            assert desk.read(lambda read: check.contents(read.connection)) == files.whole
            desk.close()
            merged += 1
    assert merged < FLIPS  # what lies between the rows is nobody’s


def test_cut_off_and_foreign_files(files: Files, target: Path, tmp_path: Path) -> None:
    content = files.sent.read_bytes()
    poison = tmp_path / "poison"
    for size in (0, 10, 99, 100, 4096, 4097, len(content) // 2, len(content) - 1):
        poison.write_bytes(content[:size])
        assert refused(target, poison)
    for other in (b"%PDF-1.7" * 100, content[:100] + b"\xff" * 10_000, content[:18] + b"\x02\x02" + content[20:]):
        poison.write_bytes(other)
        assert refused(target, poison)
    poison.write_bytes(content[:60] + (9).to_bytes(4) + content[64:])
    assert "newer" in str(refused(target, poison))
    assert "no file" in str(refused(target, tmp_path / "nothing"))
    assert "neither" in str(refused(target, tmp_path))


LATE = "(SELECT max(lamport) FROM batch)"
LAST = f"(SELECT id FROM batch WHERE lamport = {LATE})"
NEW = "(SELECT batch FROM change WHERE tbl = 'deal' AND kind = 'create' AND value LIKE '%\"New\"%')"
SET = "(SELECT batch FROM change WHERE field = 'note')"
MOVE = "tbl = 'stage_event' AND kind = 'create'"
OTHER_ROOT = (
    "INSERT INTO replaced SELECT a.batch, a.seq, b.batch, b.seq FROM change a, change b"
    " WHERE a.field = 'note' AND b.tbl = 'workspace'"
)
ZONE = (
    "UPDATE change SET root = (SELECT root FROM change WHERE tbl = 'workspace'), tbl = 'workspace',"
    " \"row\" = (SELECT root FROM change WHERE tbl = 'workspace'), field = 'time_zone', value = '\"../etc\"'"
    " WHERE field = 'note'"
)
FORGERIES = {
    "a trigger": ["CREATE TRIGGER t AFTER INSERT ON change BEGIN SELECT 1; END"],
    "a view": ["CREATE VIEW v AS SELECT * FROM change"],
    "a further table": ["CREATE TABLE more (x)"],
    "a further index": ["CREATE INDEX i ON change (root)"],
    "a virtual table": ["CREATE VIRTUAL TABLE words USING fts5(x)"],
    "a table that is gone": ["DROP TABLE mark_replaced", "CREATE TABLE mark_replaced (a, b, c, d)"],
    "what was replaced is missing": ["UPDATE replaced SET target_seq = 99"],
    "a batch that is missing": [f"DELETE FROM batch WHERE id = {NEW}"],
    "changes that are missing": ["DELETE FROM change WHERE kind = 'create' AND tbl = 'deal'"],
    "a mark without its change": ["UPDATE mark SET target_seq = 77"],
    "what comes later is replaced": [f"UPDATE batch SET lamport = 1 WHERE id = {SET}"],
    "itself": ["INSERT INTO replaced SELECT batch, seq, batch, seq FROM change WHERE field = 'note'"],
    "another root is replaced": [OTHER_ROOT],
    "a counter without an end": [f"UPDATE batch SET lamport = 9007199254740991 WHERE id = {LAST}"],
    "a counter below nought": [f"UPDATE batch SET lamport = -1 WHERE id = {LAST}"],
    "an undo of itself": ["UPDATE batch SET target = id WHERE kind = 'undo'"],
    "an undo of nothing": ["UPDATE batch SET target = 'nothing' WHERE kind = 'undo'"],
    "an act of an unknown kind": [f"UPDATE batch SET kind = 'foretell' WHERE id = {LAST}"],
    "an erasure that changes": [f"UPDATE batch SET kind = 'erase' WHERE id = {LAST}"],
    "a label that reaches out": [f"UPDATE batch SET label = '{{title.__class__}}' WHERE id = {SET}"],
    "a label that is endless": [f"UPDATE batch SET label = '{{title:>999999999}}' WHERE id = {SET}"],
    "a label that is none": [f"UPDATE batch SET label = '{{' WHERE id = {SET}"],
    "arguments that are none": [f"UPDATE batch SET arguments = '[1' WHERE id = {SET}"],
    "arguments of another kind": [f"UPDATE batch SET arguments = '[]' WHERE id = {SET}"],
    "arguments in arguments": [f"UPDATE batch SET arguments = '{{\"title\":{{\"a\":[[]]}}}}' WHERE id = {SET}"],
    "siblings of another kind": [f"UPDATE batch SET siblings = '{{}}' WHERE id = {SET}"],
    "an instant that is none": [f"UPDATE batch SET at = 'now' WHERE id = {SET}"],
    "no JSON": ["UPDATE change SET value = '{' WHERE field = 'note'"],
    "JSON too deep": ["UPDATE change SET value = '" + "[" * 100_000 + "' WHERE field = 'note'"],
    "a number too long": ["UPDATE change SET value = '" + "1" * 5_000 + "' WHERE field = 'value'"],
    "a value too long": [f"UPDATE change SET value = '\"' || hex(zeroblob({BIG})) || '\"' WHERE field = 'note'"],
    "a number for a text": ["UPDATE change SET value = '7' WHERE field = 'note'"],
    "a text for a number": ["UPDATE change SET value = '\"7\"' WHERE field = 'value'"],
    "half a cent": ["UPDATE change SET value = '0.5' WHERE field = 'value'"],
    "more than a number holds": ["UPDATE change SET value = '9223372036854775808' WHERE field = 'value'"],
    "no value": ["UPDATE change SET value = NULL WHERE field = 'note'"],
    "a set without a field": ["UPDATE change SET field = NULL WHERE field = 'note'"],
    "an id that is set": ["UPDATE change SET field = 'id' WHERE field = 'note'"],
    "a delete with a value": ["UPDATE change SET value = '1' WHERE kind = 'delete'"],
    "an unknown kind of change": ["UPDATE change SET kind = 'drop' WHERE field = 'note'"],
    "another table": ["UPDATE change SET tbl = 'company' WHERE field = 'note'"],
    "another root": ["UPDATE change SET root = (SELECT root FROM change WHERE tbl = 'workspace') WHERE field = 'note'"],
    "no root": ["UPDATE change SET root = 'nowhere' WHERE field = 'note'"],
    "a row made twice": [
        f'INSERT INTO change SELECT {NEW}, 50, kind, root, tbl, "row", field, value FROM change WHERE {MOVE}'
    ],
    "a move of no deal": [f"UPDATE change SET value = json_set(value, '$.deal_id', 'nobody') WHERE {MOVE}"],
    "a move after nothing": [f"UPDATE change SET value = json_set(value, '$.previous', 'nothing') WHERE {MOVE}"],
    "a move to no stage": [f"UPDATE change SET value = json_set(value, '$.stage_id', 'nowhere') WHERE {MOVE}"],
    "a move to a deal": [f"UPDATE change SET value = json_set(value, '$.stage_id', root) WHERE {MOVE}"],
    "a move in no pipeline": [f"UPDATE change SET value = json_set(value, '$.pipeline_id', root) WHERE {MOVE}"],
    "a move of an unknown kind": [f"UPDATE change SET value = json_set(value, '$.kind', 'sold') WHERE {MOVE}"],
    "a move at no time": [f"UPDATE change SET value = json_set(value, '$.at', 'soon') WHERE {MOVE}"],
    "a move after all days": [f"UPDATE change SET value = json_set(value, '$.at', '9999-12-31') WHERE {MOVE}"],
    "a move without a time": [f"UPDATE change SET value = json_remove(value, '$.at') WHERE {MOVE}"],
    "tags that are none": ["UPDATE change SET value = json_set(value, '$.tags', 1) WHERE value LIKE '%tags%'"],
    "a choice that is none": ["UPDATE change SET field = 'fork:x', value = '{\"chosen\":1}' WHERE field = 'note'"],
    "a known act that differs": ["UPDATE change SET value = replace(value, 'Gate', 'Hole') WHERE value LIKE '%Gate%'"],
    "a place in time of its own": [ZONE],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_forged_with_digests_that_fit(files: Files, target: Path, tmp_path: Path, name: str) -> None:
    poison = tmp_path / "poison"
    shutil.copyfile(files.sent, poison)
    before = poison.read_bytes()
    forge(poison, *FORGERIES[name])
    assert poison.read_bytes() != before
    sentence = refused(target, poison)
    assert sentence is not None, "merged"
    assert len(sentence) < 400


def test_a_forger_who_changes_nothing_is_no_harm(files: Files, target: Path, tmp_path: Path) -> None:
    poison = tmp_path / "poison"
    shutil.copyfile(files.sent, poison)
    forge(poison)
    assert refused(target, poison) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET value = replace(value, 'Beta', 'Zeta')",
        "UPDATE batch SET author = 'Eve'",
        "UPDATE manifest SET value = '0' WHERE name = 'sha256'",
        "UPDATE manifest SET value = '1' WHERE name = 'count.batch'",
        "DELETE FROM manifest",
        "INSERT INTO manifest VALUES ('more', 'x')",
        "DELETE FROM mark",
    ],
)
def test_altered_without_digests(files: Files, target: Path, tmp_path: Path, statement: str) -> None:
    poison = tmp_path / "poison"
    shutil.copyfile(files.sent, poison)
    with closing(sqlite3.connect(poison, isolation_level=None)) as file:
        file.execute(statement)
    assert refused(target, poison)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM change; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE INDEX further ON change (seq)",
        "CREATE VIRTUAL TABLE words USING fts5(x)",
        "ALTER TABLE batch ADD COLUMN more TEXT",
        "DROP TABLE mark",
        "UPDATE change SET value = replace(value, 'Beta', 'Zeta')",
        "UPDATE replaced SET target = target + 1000",
        "DELETE FROM change WHERE tbl = 'deal' AND kind = 'create'",
        "UPDATE batch SET lamport = lamport + 1000",
    ],
)
def test_altered_workspaces(files: Files, target: Path, tmp_path: Path, statement: str) -> None:
    poison = tmp_path / "poison"
    shutil.copyfile(files.bob, poison)
    with closing(sqlite3.connect(poison, isolation_level=None)) as file:
        file.execute(statement)
    assert refused(target, poison)


def test_values_of_the_wrong_type(files: Files, target: Path, tmp_path: Path) -> None:
    for table, column, value in (
        ("change", "value", "zeroblob(9)"),
        ("change", "seq", "'one' WHERE field = 'note'"),
        ("batch", "lamport", "1.5"),
        ("batch", "at", "NULL"),
        ("batch", "author", "7"),
    ):
        poison = tmp_path / "poison"
        shutil.copyfile(files.sent, poison)
        with closing(sqlite3.connect(poison, isolation_level=None)) as file:
            made = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
            loose = made.replace(" STRICT,", "").replace(" INTEGER", "").replace(" TEXT", "").replace(" NOT NULL", "")
            file.execute("PRAGMA writable_schema = ON")
            file.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (loose, table))
        with closing(sqlite3.connect(poison, isolation_level=None)) as file:
            file.execute(f"UPDATE {table} SET {column} = {value}")
            file.execute("PRAGMA writable_schema = ON")
            file.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (made, table))
        assert refused(target, poison)
