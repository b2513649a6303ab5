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


def test_a_preset_is_told_found_and_kept(ask: Ask, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "pipes.csv"
    table.write_text("Deal - Title,Deal - Stage,Deal - Status\nGate,Details,Open\n")
    assert "Pipedrive: deals" in ask("import", file, table, "--dry-run").out
    assert "Pipedrive" not in ask("import", file, table, "--dry-run", "--preset", "none").out
    own = tmp_path / "own.csv"
    own.write_text("wer,wo\nAlfa,drin\n")
    told = ["--map", "wer=company", "--map", "wo=stage", "--value", "wo:drin=details"]
    assert ask("import", file, own, *told, "--save-preset", "mine", "--json").document["created"] == 1
    assert "own.csv: own.csv, utf-8" in ask("import", file, own, "--dry-run").out
    assert ask("import", file, own, "--preset", "mine", "--json").document["created"] == 1


def test_a_history_is_known_as_one_and_stages_are_made(ask: Ask, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "OpportunityHistory.csv"
    table.write_text("OpportunityId,StageName,CreatedDate\n1,Talks,2026-01-05\n1,Closed Won,2026-02-05\n")
    assert "--value 'StageName:Talks=STAGE'" in ask("import", file, table).sentence
    assert ask("import", file, table, "--new-pipeline", "Old", "--json").document["created"] == 2
    listed = ask("pipeline", file, "list", "--json").document
    assert [[stage["stage"] for stage in one["stages"]] for one in listed][-1] == ["Talks", "Won"]
    assert ask("import", file, table, "--new-pipeline", "Old", "--json").document["unchanged"] == 2
    assert ask("undo", file).status == 0
    assert len(ask("pipeline", file, "list", "--json").document) == len(listed) - 1


def test_people_and_companies_come_in(ask: Ask, file: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,company,email\nIvan,Alfa,i@alfa.by\nOlga,Beta,\n")
    tried = ask("import", file, table, "--what", "contacts", "--dry-run", "--json").document
    done = ask("import", file, table, "--what", "contacts", "--json").document
    assert (tried["created"], tried["batch"], done["created"]) == (2, None, 2)
    assert "Import 2 contacts from people.csv" in ask("undo", file).out
