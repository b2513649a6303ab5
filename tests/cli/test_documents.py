"""Files that commands write beside what they say: calendars, sheets, playbooks."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from funnel_desk import settings
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.desk import Desk
from tests.cli.conftest import ANNA, Ask
from tests.exchange.pdf_text import words_of

DAY = ("--on", "2026-11-22")
as_a_person = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root"
)


def left_behind(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir() if place.suffix != ".funnel")


def test_json_is_the_same_with_files_beside_it(ask: Ask, file: Path, tmp_path: Path) -> None:
    plain = ask("today", file, *DAY, "--json").document
    ics, pdf = tmp_path / "day.ics", tmp_path / "day.pdf"
    assert ask("today", file, *DAY, "--ics", ics, "--pdf", pdf, "--json").document == plain
    assert len(Calendar.from_ical(ics.read_bytes()).walk("VEVENT")) == 3
    assert "3 deals want attention" in words_of(pdf.read_bytes())
    assert left_behind(tmp_path) == ["day.ics", "day.pdf"]


def test_people_are_told_what_was_written(ask: Ask, file: Path, tmp_path: Path) -> None:
    answer = ask("today", file, *DAY, "--pdf", tmp_path / "day.pdf")
    assert answer.out.startswith("Sunday, 22 November 2026")
    assert answer.out.endswith(f"\nWritten: {tmp_path / 'day.pdf'}\n")
    assert left_behind(tmp_path) == ["day.pdf"]


def test_equal_bytes_for_equal_days(ask: Ask, file: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        ask("today", file, *DAY, "--ics", tmp_path / f"{name}.ics", "--pdf", tmp_path / f"{name}.pdf")
    for kind in ("ics", "pdf"):
        assert (tmp_path / f"first.{kind}").read_bytes() == (tmp_path / f"second.{kind}").read_bytes()


def test_files_speak_the_language_and_know_who_speaks(ask: Ask, file: Path, tmp_path: Path) -> None:
    settings.change(lambda _: settings.Settings(profile=settings.Profile("a", "Анна", "Ворота-Сервис")))
    ask("today", file, *DAY, "--ics", tmp_path / "a.ics", "--pdf", tmp_path / "a.pdf", "--lang", "ru")
    words = [
        str(event["description"]) for event in Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    ]
    assert all("Ворота-Сервис" in said for said in words)
    assert words_of((tmp_path / "a.pdf").read_bytes()).startswith("Воскресенье, 22 ноября 2026")


def test_importing_again_updates(ask: Ask, file: Path, tmp_path: Path) -> None:
    desk = Desk(file, ANNA)
    deal = ask("deal", file, "X-1", "--json").document["id"]
    desk.run(plan_activity, deal, "visit", "2026-12-01T08:00:00Z", text="Walk round")
    desk.close()
    out = tmp_path / "a.ics"
    seen: list[dict[str, int]] = []
    for _ in range(2):
        ask("today", file, *DAY, "--ics", out)
        events = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        seen.append({str(event["uid"]): int(str(event["sequence"])) for event in events})
        ask("deal", file, "X-1", "--done", "write-down-interest", "--on", "2026-11-19")
    assert len(seen[0]) == 4
    kept = seen[0].keys() & seen[1].keys()
    assert len(kept) == 3, "one step is done"
    assert all(seen[1][uid] >= seen[0][uid] for uid in kept)


@pytest.mark.parametrize("option", ["--ics", "--pdf"])
def test_a_place_that_cannot_be_written(ask: Ask, file: Path, tmp_path: Path, option: str) -> None:
    good = tmp_path / "good.ics"
    other = "--ics" if option == "--pdf" else "--pdf"
    for out in (tmp_path / "no" / "day", tmp_path):
        sentence = ask("today", file, *DAY, option, out, other, good).sentence
        assert sentence.startswith(f"{out} cannot be written: ")
        assert left_behind(tmp_path) == [], "neither of the two, and nothing half done"


@as_a_person
def test_a_folder_that_is_closed(ask: Ask, file: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert "cannot be written" in ask("today", file, "--ics", closed / "day.ics").sentence


def test_what_was_there_stays_when_it_fails(ask: Ask, file: Path, tmp_path: Path) -> None:
    ics = tmp_path / "day.ics"
    ics.write_text("mine", encoding="utf-8")
    ask("today", file, *DAY, "--ics", ics, "--pdf", tmp_path / "no" / "day.pdf")
    assert ics.read_text(encoding="utf-8") == "mine"


def test_the_workspace_itself_is_never_written_over(ask: Ask, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    for words in (("today", file, "--ics", file), ("pipeline", file, "export", "security-systems", file)):
        assert "that is the file which is read" in ask(*words).sentence
    assert file.read_bytes() == before
    both = tmp_path / "day"
    answer = ask("today", file, "--ics", both, "--pdf", both)
    assert (answer.status, answer.err.startswith("--ics and --pdf are the same file.")) == (2, True)


def test_a_device_is_written_to_and_not_replaced(ask: Ask, file: Path) -> None:
    assert ask("today", file, "--ics", os.devnull).status == 0
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_pipeline_goes_out_and_comes_in_again(ask: Ask, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "Наши системы.toml"
    answer = ask("pipeline", file, "export", "Охранные системы для предприятий", out)
    assert answer.out == f"The pipeline “Security systems for a site” is written to {out}.\n"
    other = tmp_path / "other.funnel"
    ask("new", other, "--playbook", out)
    (mine,), (theirs,) = (ask("pipeline", one, "list", "--json").document for one in (file, other))
    assert [stage | {"deals": 0} for stage in mine["stages"]] == theirs["stages"]


def test_export_as_json_tells_the_pipeline(ask: Ask, file: Path, tmp_path: Path) -> None:
    document = ask("pipeline", file, "export", "security-systems", tmp_path / "a.toml", "--json").document
    assert document == ask("pipeline", file, "list", "--json").document


def test_export_refused(ask: Ask, file: Path, tmp_path: Path) -> None:
    assert "There is no pipeline “doors”" in ask("pipeline", file, "export", "doors", tmp_path / "a.toml").sentence
    assert "cannot be written" in ask("pipeline", file, "export", "security-systems", tmp_path / "no" / "a").sentence
    assert left_behind(tmp_path) == []
    for words in (("export",), ("export", "security-systems"), ("add", "startup", "too-much"), ("list", "x")):
        assert ask("pipeline", file, *words).status == 2


def test_libraries_of_documents_are_not_waited_for(file: Path) -> None:
    code = (
        "import sys; from funnel_desk import cli\n"
        "cli.main(['today', sys.argv[1]]); cli.main(['pipeline', sys.argv[1], 'list'])\n"
        "print(sorted({'fpdf', 'icalendar', 'fontTools', 'PIL', 'dateutil'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_charts_are_not_needed_to_print(file: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from funnel_desk import cli\n"
        "assert cli.main(['today', sys.argv[1], '--pdf', sys.argv[2]]) == 0\n"
        "print(sorted({'matplotlib', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, file, tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
