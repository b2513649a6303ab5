"""A real spreadsheet opens what is written for one: no cell is alive, and all comes back as it was."""

import csv
import io
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import settings

from funnel_desk.exchange.table import read_table
from funnel_desk.exchange.writing import write_table

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", "＝", "\u2212", "\u00a0=", "\u200b=", ";=", '"=', "=\t")
BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.y","z")',
    "SUM(A1:A9)",
    "2+5+cmd|'/C calc'!A0",
    'WEBSERVICE("x")',
)
FULL = 3_000
FILES, ROWS = 500 if settings().max_examples >= FULL else 4, 40
AT_ONCE = 100
CSV_AS_TEXT = "59,34,76,1,,0,false,false,false"
"""Semicolon, quotes, UTF-8; quoted cells may become numbers and formulas, as with a double click."""


def hostile(seed: int) -> list[list[str]]:
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    return [[dice.choice(STARTS) + dice.choice(BODIES), dice.choice(STARTS) + str(dice.random())] for _ in range(ROWS)]


@pytest.mark.skipif(OFFICE is None, reason="no spreadsheet program here")
def test_nothing_is_alive_in_a_spreadsheet(tmp_path: Path) -> None:
    assert OFFICE is not None
    tables = {f"hostile{seed}": hostile(seed) for seed in range(FILES)}
    for name, rows in tables.items():
        out = io.StringIO(newline="")
        write_table(out, "excel", ["note", "text"], rows)
        (tmp_path / f"{name}.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    (tmp_path / "bare.csv").write_text('"note"\n"=1+1"\n', encoding="utf-8-sig")  # such a file would be run
    files = [str(tmp_path / "bare.csv"), *(str(tmp_path / f"{name}.csv") for name in tables)]
    for kind in ("xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false"):
        for start in range(0, len(files), AT_ONCE):
            subprocess.run(
                [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
                 f"--infilter=CSV:{CSV_AS_TEXT}", "--convert-to", kind, "--outdir", str(tmp_path / kind[:4]),
                 *files[start : start + AT_ONCE]],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip
    assert "<f" in sheet_of(tmp_path / "xlsx" / "bare.xlsx")
    for name, rows in tables.items():
        sheet = sheet_of(tmp_path / "xlsx" / f"{name}.xlsx")
        assert sheet.count("<row") == len(rows) + 1
        assert "<f" not in sheet
        data = (tmp_path / "csv:" / f"{name}.csv").read_bytes()
        assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))) == len(rows) + 1
        table = read_table(data, delimiter=";")
        assert table.guarded
        assert [as_saved(row.cells) for row in table.rows] == [as_saved(row) for row in rows]


def sheet_of(path: Path) -> str:
    """The XML of the only sheet of a workbook."""
    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def as_saved(cells: list[str]) -> list[str]:
    """Cells without the difference of line ends, which the program changes."""
    return [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
