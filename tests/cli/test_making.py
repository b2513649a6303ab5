"""`new`, `playbooks` and `pipeline`: how a workspace begins."""

import os
import stat
from pathlib import Path

import pytest

from funnel_desk import resources
from funnel_desk.operations.playbooks import own_folder
from funnel_desk.operations.workspaces import zone_of_the_machine
from tests.cli.conftest import Ask

SHIPPED = [file.stem for file in resources.files("playbooks", ".toml")]


def own_playbook(key: str, text: str) -> Path:
    """A file among the person's own playbooks."""
    own_folder().mkdir(parents=True, exist_ok=True)
    file = own_folder() / f"{key}.toml"
    file.write_text(text, encoding="utf-8")
    return file


SMALL = """
key = "boats"
name = { en = "Boats", ru = "Лодки" }
[[stages]]
key = "look"
name = { en = "Looking", ru = "Смотрят" }
probability = 0.2
[[stages]]
key = "sold"
name = { en = "Sold", ru = "Продано" }
probability = 1.0
won = true
"""


def test_a_new_workspace(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "путь с пробелом.funnel"
    assert ask("new", file, "--playbook", "startup").status == 0
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (pipeline,) = ask("pipeline", file, "list", "--json").document
    assert [stage["key"] for stage in pipeline["stages"]] == [
        "suspect", "prospect", "qualified", "committed", "transacted", "fulfilment",
    ]  # fmt: skip
    assert [entry["label"] for entry in ask("history", file, "--json").document] == ["New workspace"]


def test_currency_and_zone(ask: Ask, tmp_path: Path) -> None:
    from funnel_desk.operations.desk import Desk
    from funnel_desk.storage.acts import Author

    for name, options, expected in (
        ("a", (), ("EUR", zone_of_the_machine())),
        ("b", ("--currency", "byn", "--time-zone", "Asia/Tokyo"), ("BYN", "Asia/Tokyo")),
    ):
        file = tmp_path / f"{name}.funnel"
        assert ask("new", file, "--playbook", "startup", *options).status == 0
        workspace = Desk(file, Author("x", ""), write=False).workspace
        assert (workspace.currency, workspace.time_zone) == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--playbook", "nothing"],
            "There is no playbook “nothing”. Known: apartment-doors, ",
        ),
        (["--playbook", "startup", "--currency", "ZZQ"], "“ZZQ” is no currency."),
        (["--playbook", "startup", "--currency", ""], "“” is no currency."),
        (["--playbook", "startup", "--time-zone", "Mars/Olympus"], "“Mars/Olympus” is no time zone."),
        (["--playbook", "startup", "--time-zone", "../etc/passwd"], "“../etc/passwd” is no time zone."),
    ],
)
def test_what_new_refuses_leaves_nothing(ask: Ask, tmp_path: Path, options: list[str], said: str) -> None:
    file = tmp_path / "a.funnel"
    assert ask("new", file, *options).sentence.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_new_replaces_no_file(ask: Ask, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    assert "exists already" in ask("new", file, "--playbook", "startup").sentence
    assert file.read_bytes() == before
    assert "folder" in ask("new", tmp_path / "nowhere" / "a.funnel", "--playbook", "startup").sentence


@pytest.mark.parametrize(
    "told", ["security-systems", "Security systems for a site", "охранные системы для предприятий"]
)
def test_a_playbook_is_told_by_key_or_name(ask: Ask, tmp_path: Path, told: str) -> None:
    assert ask("new", tmp_path / "a.funnel", "--playbook", told).status == 0


def test_playbooks_in_json(ask: Ask) -> None:
    found = ask("playbooks", "--json").document
    assert [one["key"] for one in found] == SHIPPED
    assert {"apartment-doors", "security-systems", "startup"} <= {*SHIPPED}
    assert set(found[0]) == {"key", "name", "stages"}
    assert set(found[0]["stages"][0]) == {"key", "stage", "probability", "won", "after_sale", "steps"}
    startup = found[SHIPPED.index("startup")]
    assert [stage["won"] for stage in startup["stages"]] == [False, False, False, False, True, False]
    assert [stage["after_sale"] for stage in startup["stages"]] == [False] * 5 + [True]
    assert startup["stages"][0]["probability"] == 0.05
    steps = {step["key"]: step for stage in startup["stages"] for step in stage["steps"]}
    assert steps["remind-payment"]["repeats"] == {"every": 7, "until": "payment-received"}
    assert steps["send-invoice"]["repeats"] is None


def test_keys_are_the_same_in_every_language(ask: Ask) -> None:
    english, russian = ask("playbooks", "--json").document, ask("playbooks", "--json", "--lang", "ru").document
    assert [[stage["key"] for stage in one["stages"]] for one in english] == [
        [stage["key"] for stage in one["stages"]] for one in russian
    ]
    assert all(one["name"] != other["name"] for one, other in zip(english, russian, strict=True))


def test_own_playbooks_are_listed_and_used(ask: Ask, tmp_path: Path) -> None:
    file = own_playbook("boats", SMALL)
    assert [one["key"] for one in ask("playbooks", "--json").document] == [*SHIPPED, "boats"]
    assert "Лодки" in ask("playbooks", "--lang", "ru").out
    assert ask("new", tmp_path / "a.funnel", "--playbook", "boats").status == 0
    file.rename(tmp_path / "elsewhere.toml")
    assert "boats" in ask("new", tmp_path / "b.funnel", "--playbook", "boats").sentence
    assert ask("new", tmp_path / "b.funnel", "--playbook", tmp_path / "elsewhere.toml").status == 0


def test_an_own_playbook_takes_the_place_of_a_shipped_one(ask: Ask) -> None:
    text = resources.read_text("playbooks", "startup.toml").replace("Start-up: selling to companies", "My start-up")
    own_playbook("startup", text)
    assert [one["name"] for one in ask("playbooks", "--json").document].count("My start-up") == 1
    assert len(ask("playbooks", "--json").document) == len(SHIPPED)


def test_a_mistake_in_an_own_playbook_is_told_with_its_line(ask: Ask, tmp_path: Path) -> None:
    own_playbook("boats", SMALL.replace("probability = 0.2", "probabilty = 0.2"))
    answer = ask("playbooks")
    assert "boats.toml, line 7" in answer.sentence
    assert "did you mean 'probability'" in answer.sentence
    assert "startup" in answer.out
    assert "boats.toml, line 7" in ask("new", tmp_path / "a.funnel", "--playbook", "boats").sentence
    assert list(tmp_path.iterdir()) == []
    assert ask("new", tmp_path / "a.funnel", "--playbook", "startup").status == 0


def test_an_own_playbook_that_is_no_text(ask: Ask) -> None:
    own_playbook("boats", "").write_bytes(b"\xff\xfe\x00")
    assert "boats.toml cannot be read as a playbook" in ask("playbooks").sentence


def test_pipelines_of_a_workspace(ask: Ask, file: Path) -> None:
    (added,) = ask("pipeline", file, "add", "startup", "--json").document
    assert added["name"] == "Start-up: selling to companies"
    first, second = ask("pipeline", file, "list", "--json").document
    assert second == added
    assert first["stages"][0] == {"key": "details", "stage": "Details", "probability": 0.1, "won": False, "deals": 3}
    assert ask("pipeline", file, "add", "startup").status == 0
    assert [one["name"] for one in ask("pipeline", file, "list", "--json").document][2] == (
        "Start-up: selling to companies 2"
    )
    assert ask("undo", file, "--json").document["undid"].startswith("Add pipeline “Start-up: selling to companies")
    assert len(ask("pipeline", file, "list", "--json").document) == 2


def test_an_unknown_playbook_adds_nothing(ask: Ask, file: Path) -> None:
    before = file.read_bytes()
    assert "There is no playbook “dors”" in ask("pipeline", file, "add", "dors").sentence
    assert file.read_bytes() == before


def test_the_zone_of_the_machine_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/" in zone_of_the_machine() or zone_of_the_machine() in {"UTC", os.environ.get("TZ", "UTC")}
