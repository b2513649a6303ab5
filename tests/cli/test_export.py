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
