import csv
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


def test_a_table_goes_out_and_comes_back_unchanged(ask: Ask, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer = ask("export", file, out)
    assert (answer.status, answer.out) == (0, f"{out}: 3 rows.\n")
    assert out.read_bytes().startswith(b"external_id,title,company,")
    found = ask("import", file, out, "--json").document
    assert (found["unchanged"], found["batch"], found["ignored_columns"]) == (3, None, [])
    assert ask("export", file, out, "--what", "stage-history", "--json").document == {
        "file": str(out),
        "what": "stage-history",
        "for": "exact",
        "rows": 3,
    }


def test_a_spreadsheet_gets_names_semicolons_and_a_mark(ask: Ask, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert ask("export", file, out, "--for", "excel", "--lang", "ru").status == 0
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert (rows[0][1], rows[0][11], rows[1][11]) == ("Название", "Сумма", "12400,00")
    assert "Детали" in rows[1]


def test_places_that_cannot_be_written(ask: Ask, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    assert "that is the file which is read" in ask("export", file, file).sentence
    assert "it is a folder" in ask("export", file, tmp_path).sentence
    assert ask("export", file, tmp_path / "no" / "out.csv").sentence
    assert ask("export", file).status == 2
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="there are no such pipes")
def test_a_pipe_is_written_and_not_replaced(ask: Ask, file: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as beside:
        read = beside.submit(pipe.read_text)
        assert ask("export", file, pipe).status == 0
        assert len(read.result(timeout=10).splitlines()) == 4
    assert pipe.is_fifo()


def test_a_link_stays_a_link(ask: Ask, file: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    assert ask("export", file, link).status == 0
    assert link.is_symlink()
    assert len(target.read_text().splitlines()) == 4


def test_every_kind_of_record_goes_out_and_comes_back_unchanged(ask: Ask, file: Path, tmp_path: Path) -> None:
    for what in ("companies", "contacts", "activities", "steps"):
        for profile in ("exact", "excel"):
            out = tmp_path / f"{what}-{profile}.csv"
            rows = ask("export", file, out, "--what", what, "--for", profile, "--json").document["rows"]
            found = ask("import", file, out, "--what", what, "--json").document
            assert (found["unchanged"], found["batch"], found["ignored_columns"]) == (rows, None, [])


def test_chosen_columns_filters_signs_and_encodings(ask: Ask, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    all_rows = ask("export", file, out, "--json").document["rows"]
    ask("export", file, out, "--columns", "title, _uid,stage", "--delimiter", "tab", "--encoding", "utf-16")
    lines = out.read_text(encoding="utf-16").splitlines()
    assert (lines[0].split("\t"), len(lines)) == (["title", "_uid", "stage"], all_rows + 1)
    title, _uid, stage = lines[1].split("\t")
    ask("export", file, out, "--filter", f"stage={stage}", "--columns", "title")
    assert title in out.read_text(encoding="utf-8").splitlines()[1:]
    assert ask("export", file, out, "--filter", "owner=nobody").out == f"{out}: 0 rows.\n"
    assert (
        ask("export", file, out, "--filter", "created=this_year", "--filter", "least=1", "--what", "companies").status
        == 0
    )
    before = out.read_bytes()
    for told, part in (
        (("--columns", "name"), "no column “name”"),
        (("--filter", "size=3"), "is no filter"),
        (("--filter", "least=much"), "cannot be meant"),
        (("--filter", "created=then"), "cannot be meant"),
        (("--filter", "stage=none"), "no stage “none”"),
        (("--pipeline", "none"), "no pipeline “none”"),
        (("--encoding", "klingon"), "no text encoding"),
        (("--delimiter", "ab"), "separat"),
    ):
        answer = ask("export", file, out, *told)
        assert answer.status == 1
        assert part in answer.sentence
    assert out.read_bytes() == before


def test_an_encoding_that_lacks_a_letter_is_refused_by_its_name(ask: Ask, file: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out.csv"
    table.write_text("title\nВорота\n", encoding="utf-8")
    assert ask("import", file, table).status == 0
    answer = ask("export", file, out, "--encoding", "latin-1")
    assert (answer.status, out.exists()) == (1, False)
    assert "(U+04" in answer.sentence
    assert ask("export", file, out, "--encoding", "cp1251").status == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_told(ask: Ask, file: Path) -> None:
    answer = ask("export", file, "/dev/full")
    assert answer.status == 1
    assert "No space left" in answer.sentence


def test_everything_into_a_folder_and_into_a_new_workspace(ask: Ask, file: Path, tmp_path: Path) -> None:
    out, fresh = tmp_path / "all", tmp_path / "fresh.funnel"
    told = ask("export", file, out, "--what", "all", "--json").document
    assert ask("new", fresh, "--playbook", "startup").status == 0
    assert ask("import", fresh, out, "--dry-run", "--json").document["rows"] == told["rows"]
    assert ask("import", fresh, out, "--json").document["rows"] == told["rows"]
    again = tmp_path / "again"
    assert ask("export", fresh, again, "--what", "all", "--json").document["tables"] == told["tables"]
    for table in sorted(out.glob("*.csv")):
        assert sorted(table.read_bytes().splitlines()) == sorted((again / table.name).read_bytes().splitlines())
    assert ask("export", file, tmp_path / "no", "--what", "all", "--columns", "a").status == 2
