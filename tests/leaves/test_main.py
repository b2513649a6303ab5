"""The first word decides between the command line and the window."""

from pathlib import Path

import pytest

from funnel_desk.__main__ import command_names, wants_command

COMMANDS = {"today", "import"}


@pytest.fixture(autouse=True)
def two_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funnel_desk.__main__.command_names", lambda: COMMANDS)


@pytest.mark.parametrize(
    "line",
    [
        ["today", "a.funnel"],
        ["--lang", "ru", "today", "a.funnel"],
        ["import", "a.funnel", "deals.csv", "--dry-run"],
        ["--help"],
        ["--lang=ru", "--help"],
        ["--version"],
        ["todya", "a.funnel"],
    ],
)
def test_the_command_line(line: list[str]) -> None:
    assert wants_command(line)


@pytest.mark.parametrize("line", [[], ["a.funnel"], ["--demo"], ["--lang", "ru"], ["--lang", "ru", "a.funnel"]])
def test_the_window(line: list[str]) -> None:
    assert not wants_command(line)


def test_commands_are_the_files_of_the_folder() -> None:
    assert not [name for name in command_names() if name.startswith("_") or name.endswith("_")]


def test_a_word_that_names_no_file_is_a_mistyped_command(tmp_path: Path) -> None:
    assert wants_command(["bogus"])
    assert not wants_command(["north.funnel"])
    assert not wants_command([str(tmp_path / "north")])
