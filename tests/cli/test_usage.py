"""Wrong usage, help, languages: what every command shares."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from funnel_desk import cli, settings
from funnel_desk.__main__ import command_names
from funnel_desk.cli._grammar import commands
from tests.cli.conftest import Ask

HOUSE = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "funnel_desk"]


def test_the_window_and_the_command_line_know_the_same_commands() -> None:
    assert commands().keys() == command_names()
    assert {"new", "playbooks", "pipeline", "today", "deal", "history", "undo", "redo", "check"} <= commands().keys()


def test_help_names_every_command(ask: Ask) -> None:
    answer = ask("--help")
    assert answer.status == 0
    assert all(f"  {name} " in answer.out for name in commands())


@pytest.mark.parametrize("name", sorted(commands()))
def test_each_command_has_help_in_both_languages(ask: Ask, name: str) -> None:
    english, russian = ask(name, "--help"), ask(name, "--help", "--lang", "ru")
    assert english.status == russian.status == 0
    assert english.out.startswith(f"Usage: funnel-desk {name} ")
    assert english.out != russian.out
    assert "{" not in english.out + russian.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["today"], "FILE is missing."),
        (["new", "a.funnel"], "--playbook is missing."),
        (["tody", "a.funnel"], "There is no command “tody”; did you mean “today”?"),
        (["xyzzy", "a.funnel"], "There is no command “xyzzy”."),
        (["today", "a.funnel", "b.funnel"], "“b.funnel” is one word too many."),
        (["today", "a.funnel", "--jsn"], "There is no option --jsn; did you mean --json?"),
        (["today", "a.funnel", "--on", "22.11.2026"], "--on cannot be that. A day looks like 2026-11-22."),
        (["today", "a.funnel", "--on", "2026-02-30"], "--on cannot be that. A day looks like 2026-11-22."),
        (["history", "a.funnel", "--limit", "many"], "--limit cannot be that. It must be a whole number."),
        (["pipeline", "a.funnel", "remove"], "list|add|export cannot be that. Choose one of: list, add, export."),
        (["pipeline", "a.funnel", "add"], "Which playbook?"),
        (["pipeline", "a.funnel", "list", "x"], "“x” is one word too many."),
        (["deal", "a.funnel", "X", "--move", "offer", "--reopen"], "One act at a time"),
        (["deal", "a.funnel", "X", "--result", "done"], "--result says what came of a step"),
        (["deal", "a.funnel", "X", "--because", "so"], "--because needs an act"),
        (["deal", "a.funnel", "X", "--move"], "--move is not used like that."),
        (["today", "a.funnel", "--lang", "fr"], "--lang cannot be that. Choose one of: en, ru."),
        (["today", "a.funnel", "--lang"], "--lang cannot be that."),
    ],
)
def test_wrong_usage_is_told_in_one_line(ask: Ask, line: list[str], said: str) -> None:
    answer = ask(*line)
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_wrong_usage_in_russian(ask: Ask) -> None:
    assert "пропущен" in ask("--lang=ru", "today").err.casefold()


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_the_language_may_stand_anywhere(ask: Ask, file: Path, place: int) -> None:
    words = ["pipeline", str(file), "list"]
    words[place:place] = ["--lang", "ru"]
    assert "Договор" in ask(*words).out


def test_json_is_english_unless_told(ask: Ask, file: Path) -> None:
    settings.change(lambda known: settings.Settings(language="ru", profile=known.profile))
    assert "Договор" in ask("pipeline", file, "list").out
    assert ask("pipeline", file, "list", "--json").document[0]["name"] == "Security systems for a site"
    assert ask("pipeline", file, "list", "--json", "--lang", "ru").document[0]["name"].startswith("Охранные")


def test_a_bug_is_a_report_and_a_sentence(ask: Ask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = "Завод Альфа"

    def broken(_: object) -> None:
        raise ZeroDivisionError(client)

    monkeypatch.setattr("funnel_desk.queries.pipelines.pipelines", broken)
    sentence = ask("pipeline", file, "list").sentence
    report = next(settings.log_folder().iterdir())
    assert str(report) in sentence
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "client" in text
    assert client not in text


def test_stopping_is_quiet(ask: Ask, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("funnel_desk.queries.pipelines.pipelines", stopped)
    assert ask("pipeline", file, "list") == (130, "", "Stopped.\n")


def test_a_process_of_its_own(file: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "today", str(file), "--on", "2026-11-22", "--json"],
        cwd=HOUSE,
        env={name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Завод Альфа" in done.stdout.decode("utf-8")
    assert json.loads(done.stdout)["on"] == "2026-11-22"


@pytest.mark.parametrize(("line", "status"), [(["today", "nothing.funnel"], 1), (["today"], 2)])
def test_the_exit_status_of_a_process(tmp_path: Path, line: list[str], status: int) -> None:
    done = subprocess.run(
        PROGRAM + line, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(HOUSE)}, capture_output=True, check=False
    )
    assert done.returncode == status
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_no_command_imports_qt(file: Path) -> None:
    code = (
        "import sys\nfrom funnel_desk import cli\n"
        f"assert cli.main(['deal', {str(file)!r}, 'X-1', '--move', 'offer']) == 0\n"
        f"assert cli.main(['check', {str(file)!r}, '--rebuild']) == 0\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken', 'matplotlib'))]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_only_the_command_that_is_asked_for_is_imported(file: Path) -> None:
    code = (
        "import sys\nfrom funnel_desk import cli\n"
        "cli.main(['playbooks', '--json'])\n"
        "found = {name.rpartition('.')[2] for name in sys.modules if name.startswith('funnel_desk.cli.')}\n"
        "assert {name for name in found if not name.startswith('_')} == {'playbooks'}, found\n"
        "assert 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_failure(file: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "playbooks", "--json"], cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_answer_that_cannot_be_written_is_told(file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, "playbooks"], cwd=HOUSE, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


def test_output_is_utf8_whatever_the_system_speaks(file: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "today", str(file), "--lang", "ru", "--on", "2026-11-22"],
        cwd=HOUSE,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Завод Альфа" in done.stdout.decode("utf-8")


def test_words_that_no_command_line_has(ask: Ask) -> None:
    assert cli.main([]) == 2
    assert ask("--version").out.startswith("funnel-desk ")
