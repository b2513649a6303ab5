"""The kinds of files, and the kinds of tables, that the command line takes in."""

from pathlib import Path

from tests.cli.conftest import Ask
from tests.exchange.workbooks import Cell, a_workbook


def test_the_command_line_takes_a_workbook(ask: Ask, file: Path, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Deals"], ["Title", "Stage", "Amount"], ["Gate", "Details", 5], ["Yard", "Offer", "x"]]
    book, errors = tmp_path / "deals.xlsx", tmp_path / "errors.csv"
    book.write_bytes(a_workbook({"One": rows, "Two": rows}))
    assert "--sheet" in ask("import", file, book).sentence
    told = ask("import", file, book, "--sheet", "Two", "--errors", errors, "--json").document
    assert (told["created"], told["rejected"]) == (1, 1)
    assert told["detected"] == {"encoding": "xlsx", "delimiter": "", "date_order": None, "decimal": "."}
    assert errors.read_text(encoding="utf-8-sig").splitlines()[1].startswith("Yard;Offer;x;4;")
    shown = ask("import", file, book, "--sheet", "1", "--header-row", "2", "--dry-run").out
    assert "sheet “One”" in shown
    assert "names of columns in row 2" in shown
