"""`history`, `undo`, `redo` and `check`."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from funnel_desk.operations.deals import edit_deal
from funnel_desk.operations.desk import Desk
from tests.cli.conftest import ANNA, Ask


def stage(ask: Ask, file: Path) -> str:
    return str(ask("deal", file, "X-1", "--json").document["stage_key"])


def test_history(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--move", "offer")
    found = ask("history", file, "--json").document
    assert list(found[0]) == ["batch", "label", "at", "author", "changes", "undone"]
    assert [entry["label"] for entry in found] == [
        "Move “Yard” to “Offer”", "New deal “Yard”", "New deal “Gate 4”", "New deal “Gate 4”", "New workspace",
    ]  # fmt: skip
    assert found[1]["author"] == "Anna"
    assert (found[0]["changes"], found[0]["undone"]) == (1, False)
    assert found[0]["at"].endswith("Z")
    assert ask("history", file, "--json", "--limit", "2").document == found[:2]
    assert ask("history", file, "--json", "--limit", "0").document == []
    assert found[0]["batch"] in ask("history", file).out


def test_undo_and_redo(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--move", "offer")
    ask("deal", file, "X-1", "--move", "contract")
    moved, before = [entry["batch"] for entry in ask("history", file, "--json", "--limit", "2").document]
    undone = ask("undo", file, "--json").document
    assert undone == {"undid": "Move “Yard” to “Contract”", "batch": moved, "reverted": 1, "kept": []}
    assert stage(ask, file) == "offer"
    assert ask("undo", file, "--json").document["batch"] == before
    assert stage(ask, file) == "details"
    assert ask("redo", file, "--json").document == {
        "undid": "Move “Yard” to “Offer”", "batch": before, "reverted": 1, "kept": [],
    }  # fmt: skip
    assert ask("redo", file, "--json").document["batch"] == moved
    assert stage(ask, file) == "contract"
    assert ask("redo", file).sentence == "There is nothing to redo."


def test_undo_takes_ones_own_newest_act_only(ask: Ask, file: Path) -> None:
    assert ask("undo", file).sentence == "There is nothing to undo."  # all of it was Anna's


def test_undo_of_somebody_elses_act_by_its_name(ask: Ask, file: Path) -> None:
    newest = ask("history", file, "--json").document[0]
    assert ask("undo", file, newest["batch"], "--json").document["undid"] == "New deal “Yard”"
    assert "There is no deal" in ask("deal", file, "X-1").sentence
    history = ask("history", file, "--json").document
    assert (history[0]["label"], history[1]["undone"]) == ("Undo: New deal “Yard”", True)
    assert "undone" in ask("history", file).out


def test_what_was_changed_since_is_kept_and_told(ask: Ask, file: Path) -> None:
    desk = Desk(file, ANNA)
    deal_id = ask("deal", file, "X-1", "--json").document["id"]
    _, batch = desk.run_named(edit_deal, deal_id, note="first", tags=("a",))
    desk.run(edit_deal, deal_id, note="second")
    desk.close()
    undone = ask("undo", file, batch, "--json").document
    assert undone["reverted"] == 1
    assert undone["kept"] == [{"what": "Yard", "why": "changed since"}]


def test_the_beginning_cannot_be_undone(ask: Ask, file: Path) -> None:
    first = ask("history", file, "--json").document[-1]["batch"]
    before = file.read_bytes()
    assert "cannot be undone" in ask("undo", file, first).sentence
    assert "There is no act nonsense in the history" in ask("undo", file, "nonsense").sentence
    assert file.read_bytes() == before


def test_a_new_act_clears_redo(ask: Ask, file: Path) -> None:
    ask("deal", file, "X-1", "--move", "offer")
    ask("undo", file)
    ask("deal", file, "X-1", "--lose", "expensive")
    assert ask("redo", file).sentence == "There is nothing to redo."


@pytest.mark.parametrize("options", [[], ["--rebuild"]])
def test_a_sound_file(ask: Ask, file: Path, options: list[str]) -> None:
    ask("deal", file, "X-1", "--move", "offer")
    ask("undo", file)
    before = file.read_bytes()
    assert ask("check", file, *options, "--json").document == {"ok": True, "findings": []}
    assert file.read_bytes() == before
    assert ask("check", file, *options).out == f"{file} is in order.\n"


def test_an_altered_act_is_found(ask: Ask, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE change SET value = replace(value, 'Yard', 'Barn') WHERE value LIKE '%Yard%'")
    batch = ask("history", file, "--json").document[0]["batch"]
    answer = ask("check", file, "--json")
    assert answer.status == 1
    assert answer.err == f"1 thing is wrong with {file}.\n"
    assert f"The act {batch} is damaged or was altered" in answer.out


def test_a_rebuild_finds_what_does_not_follow_from_the_journal(ask: Ask, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE deal SET title = 'Barn' WHERE title = 'Yard'")
    assert ask("check", file, "--json").document["ok"]
    answer = ask("check", file, "--rebuild")
    assert answer.status == 1
    assert "The table “deal” does not say what follows from the journal." in answer.out
    assert "Barn" in ask("deal", file, "X-1").out  # checking mends nothing


def test_damaged_pages_are_told(ask: Ask, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 2 : 4096 * 12] = b"\xa5" * 4096 * 10
    file.write_bytes(content)
    answer = ask("check", file)
    assert answer.status == 1
    assert answer.err
    assert "Traceback" not in answer.err
