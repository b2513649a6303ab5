"""`share`, `merge`, `conflicts`, and `undo` of a merge."""

import os
import shutil
from pathlib import Path

import pytest

from funnel_desk import cli
from funnel_desk.operations.deals import delete_deal, edit_deal, lose_deal, move_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.playbooks import playbook_named
from funnel_desk.operations.workspaces import new_workspace
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.acts import Author
from tests.cli.conftest import ANNA, Ask

BORIS = Author("boris", "Борис")
MERGE_KEYS = ["new_changes", "created", "changed", "deleted", "conflicts", "record"]


@pytest.fixture
def other(ask: Ask, file: Path) -> Path:
    """The same workspace on the desk of Boris, who went on with it; Anna did so too."""
    path = Path(shutil.copyfile(file, file.with_name("boris.funnel")))
    yard = ask("deal", file, "X-1", "--json").document["id"]
    anna, boris = Desk(file, ANNA), Desk(path, BORIS)
    stage = {row.stage.key: row.stage.id for row in anna.read(pipelines)[0].stages}
    gate = anna.read(lambda read: read.sql("SELECT id FROM deal WHERE title = 'Gate 4' ORDER BY id LIMIT 1"))[0][0]
    anna.run(edit_deal, yard, value=60_000, note="from Anna")
    anna.run(move_deal, gate, stage["offer"])
    boris.run(edit_deal, yard, value=70_000)
    boris.run(lose_deal, gate, reason="expensive")
    boris.run(new_deal, title="Fence", company="Gamma")
    boris.run(delete_deal, boris.run(new_deal, title="Mistake").id)
    anna.close()
    boris.close()
    return path


def test_merge_and_conflicts(ask: Ask, file: Path, other: Path) -> None:
    sent = other.with_suffix(".funnelshare")
    assert ask("share", other, sent, "--json").document["acts"] == 9
    before = file.read_bytes()
    would = ask("merge", file, sent, "--dry-run", "--json").document
    assert file.read_bytes() == before
    assert list(would) == MERGE_KEYS
    assert would | {"record": None} == {
        "new_changes": 6, "created": 3, "changed": 2, "deleted": 1, "conflicts": 2, "record": None,
    }  # fmt: skip
    assert ask("merge", file, sent, "--dry-run").out == (
        "+1 deal, +2 other records, 2 edits, 2 disagreements, 1 deletion\n"
        f"“funnel-desk conflicts {file}” lists where you disagree.\nNothing was written.\n"
    )
    found = ask("merge", file, sent, "--json").document
    assert found == would | {"record": found["record"]}
    assert found["record"]
    assert ask("merge", file, sent, "--json").document == dict.fromkeys(MERGE_KEYS[:-1], 0) | {"record": None}
    said = ask("conflicts", file, "--json").document
    assert [list(one) for one in said] == [["id", "what", "field", "shown", "other"]] * 2
    stage, value = sorted(said, key=lambda one: str(one["field"]))
    assert (stage["what"], stage["field"]) == ("Gate 4", "stage")
    assert {stage["shown"]["value"], stage["other"]["value"]} == {"Offer", "Lost: Too expensive for them"}
    assert (value["what"], value["field"]) == ("Yard", "value")
    assert {(side["value"], side["author"]) for side in (value["shown"], value["other"])} == {
        ("600.00", "Anna"), ("700.00", "Борис"),
    }  # fmt: skip
    assert value["shown"]["at"].endswith("Z")
    shown = ask("conflicts", file).out
    assert "Gate 4 · Stage" in shown
    assert "Yard · Value" in shown
    assert ask("check", file, "--rebuild", "--json").document["ok"]


def test_undo_of_a_merge_and_the_same_file_again(ask: Ask, file: Path, other: Path) -> None:
    record = ask("merge", file, other, "--json").document["record"]
    assert ask("undo", file, record, "--json").document == {
        "undid": "Merge", "batch": record, "reverted": 6, "kept": [],
    }  # fmt: skip
    assert ask("conflicts", file, "--json").document == []
    assert ask("conflicts", file).out == "Nobody disagrees about anything.\n"
    assert "There is no deal" in ask("deal", file, "Fence").sentence
    assert ask("deal", file, "X-1", "--json").document["value"] == "600.00"
    assert ask("undo", file, record).sentence.startswith("This merge is withdrawn already")
    again = ask("merge", file, other)
    assert again.err == "This was merged before and taken back since; it counts again.\n"
    assert again.out.startswith("+1 deal, ")
    assert len(ask("conflicts", file, "--json").document) == 2
    assert ask("check", file, "--rebuild", "--json").document["ok"]


def test_both_send_the_same_bytes_at_last(ask: Ask, file: Path, other: Path) -> None:
    for one, two in ((file, other), (other, file)):
        assert ask("merge", one, two).status == 0
    sent = [file.with_name(name) for name in ("a.funnelshare", "b.funnelshare")]
    for one, out in ((file, sent[0]), (other, sent[1])):
        assert ask("share", one, out).status == 0
    assert sent[0].read_bytes() == sent[1].read_bytes()
    assert sent[0].stat().st_mode & 0o777 == 0o600
    assert ask("conflicts", file, "--json").document == ask("conflicts", other, "--json").document


def test_sharing_while_the_window_is_open(ask: Ask, file: Path, other: Path) -> None:
    sent = other.with_suffix(".funnelshare")
    holder = Desk(other, BORIS)
    try:
        assert ask("share", other, sent).status == 0
        assert ask("merge", file, other, "--dry-run").status == 0
        assert ask("merge", other, file, "--dry-run", "--json").document["record"] is None
        assert "is open in another window" in ask("merge", other, file).sentence
        assert ask("merge", file, other).status == 0
    finally:
        holder.close()
    assert sorted(path.name for path in file.parent.iterdir()) == ["boris.funnel", "boris.funnelshare", "north.funnel"]


def test_refusals(ask: Ask, file: Path, other: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    text = tmp_path / "text.funnelshare"
    text.write_text("Deal;Value\n")
    assert "is neither a workspace nor a file made by" in ask("merge", file, text).sentence
    assert "There is no file" in ask("merge", file, tmp_path / "nothing").sentence
    assert "is a workspace" in ask("share", file, other).sentence
    assert "is a workspace" in ask("share", file, file).sentence
    assert "cannot be written" in ask("share", file, tmp_path / "nowhere" / "x.funnelshare").sentence
    assert ask("merge", file, file, "--json").document["new_changes"] == 0
    assert file.read_bytes() == before
    assert ask("share", file, text).status == 0  # an older file of one's own is replaced
    assert ask("merge", other, text).status == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_sharing_a_read_only_file(ask: Ask, file: Path, tmp_path: Path) -> None:
    file.chmod(0o400)
    assert ask("share", file, tmp_path / "x.funnelshare").status == 0


def test_a_workspace_of_its_own(ask: Ask, file: Path, tmp_path: Path) -> None:
    doors = tmp_path / "doors.funnel"
    new_workspace(doors, BORIS, playbook_named("apartment-doors"), currency="USD", time_zone="America/New_York")
    assert ask("merge", file, doors, "--json").document["conflicts"] == 0
    assert len(ask("pipeline", file, "list", "--json").document) == 2
    assert ask("deal", file, "Gate 4", "--lang", "ru").status == 1  # two are called so, still
    assert ask("deal", file, "X-1", "--json").document["currency"] == "USD"
    desk = Desk(file, ANNA)
    assert (desk.workspace.currency, desk.workspace.time_zone) == ("EUR", "Europe/Minsk")
    desk.close()


def test_a_backup_is_taken_before(ask: Ask, file: Path, other: Path, own_home: Path) -> None:
    assert not list(own_home.rglob("*.funnel"))
    ask("merge", file, other, "--dry-run")
    assert not list(own_home.rglob("*.funnel"))
    assert cli.main(["merge", str(file), str(other)]) == 0
    assert len(list(own_home.rglob("*.funnel"))) == 1
