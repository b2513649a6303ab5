import os
import stat
from pathlib import Path

import pytest

from funnel_desk import resources
from funnel_desk.operations.desk import Desk
from tests.cli.conftest import ANNA, Ask

HEAD = "id,title,stage,value,close date,created\n"
GOOD = f"{HEAD}1,Gate,Details,5,,2026-01-05\n2,Yard,won,7.50,2026-02-01,2026-01-05\n"
MIXED = f"{GOOD}3,Short\n1,Gate,Details,6,,2026-01-05\n4,Late,Offer,1,2026-02-30,2026-01-05\n"


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_the_document_is_as_the_contract_has_it(ask: Ask, file: Path, csv: Path) -> None:
    csv.write_text(MIXED)
    found = ask("import", file, csv, "--json").document
    names = "rows created updated unchanged rejected errors warnings ignored_columns detected batch"
    assert list(found) == names.split()
    assert [found[name] for name in ("rows", "created", "updated", "unchanged", "rejected")] == [5, 2, 0, 0, 3]
    assert found["errors"] == [
        {"line": 4, "column": None, "value": None, "reason": "The row has 2 cells, the header 6."},
        {
            "line": 5,
            "column": None,
            "value": None,
            "reason": "Line 2 is about the same deal and says something else.",
        },
        {
            "line": 6,
            "column": "close date",
            "value": "2026-02-30",
            "reason": 'There is no such day as "2026-02-30".',
        },
    ]
    assert found["detected"] == {"encoding": "utf-8", "delimiter": ",", "date_order": "ymd", "decimal": "."}
    assert found["batch"] == ask("history", file, "--json").document[0]["batch"]
    again = ask("import", file, csv, "--json").document
    assert (again["unchanged"], again["rejected"], again["batch"]) == (2, 3, None)


def test_undo_and_redo_take_an_import_as_one(ask: Ask, file: Path, csv: Path) -> None:
    before = ask("funnel", file, "--json").document
    ask("import", file, csv)
    after = ask("funnel", file, "--json").document
    assert (before["deals"], after["deals"], after["won"], after["unknown_path"]) == (3, 5, 1, 1)
    assert ask("undo", file, "--json").document["undid"] == "Import 2 deals from deals.csv"
    assert ask("funnel", file, "--json").document == before
    assert ask("redo", file).status == 0
    assert ask("funnel", file, "--json").document == after
    assert ask("check", file, "--rebuild", "--json").document["ok"]


def test_a_dry_run_writes_nothing_and_needs_no_lock(ask: Ask, file: Path, csv: Path) -> None:
    before = file.read_bytes()
    held = Desk(file, ANNA)
    try:
        found = ask("import", file, csv, "--dry-run", "--json").document
        shown = ask("import", file, csv, "--dry-run")
        refused = ask("import", file, csv)
    finally:
        held.close()
    assert (found["created"], found["batch"]) == (2, None)
    assert "2 rows: 2 created, 0 updated, 0 unchanged, 0 rejected" in shown.out
    assert "2 amounts: €5 to €7.50, €12.50 in all." in shown.out
    assert shown.out.endswith("Nothing was written.\n")
    assert refused.sentence
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_may_only_be_read(ask: Ask, file: Path, csv: Path) -> None:
    file.chmod(stat.S_IREAD)
    assert ask("import", file, csv, "--dry-run", "--json").document["created"] == 2
    assert ask("import", file, csv).sentence


def test_rejected_rows_go_into_a_table_of_their_own(ask: Ask, file: Path, csv: Path, tmp_path: Path) -> None:
    csv.write_text(MIXED)
    errors = tmp_path / "errors.csv"
    assert ask("import", file, csv, "--errors", errors).status == 0
    assert errors.read_text().splitlines() == [
        "id,title,stage,value,close date,created,_line,_reason",
        '3,Short,,,,,4,"The row has 2 cells, the header 6."',
        "1,Gate,Details,6,,2026-01-05,5,Line 2 is about the same deal and says something else.",
        '4,Late,Offer,1,2026-02-30,2026-01-05,6,"There is no such day as ""2026-02-30""."',
    ]
    errors.write_text(errors.read_text().replace("2026-02-30,", "2026-02-28,").replace("3,Short,", "3,Short,Offer"))
    mended = ask("import", file, errors, "--json").document
    assert (mended["created"], mended["ignored_columns"]) == (2, [])


def test_strict_refuses_all_and_still_tells_the_rows(ask: Ask, file: Path, csv: Path, tmp_path: Path) -> None:
    csv.write_text(MIXED)
    before, errors = file.read_bytes(), tmp_path / "errors.csv"
    answer = ask("import", file, csv, "--strict", "--errors", errors)
    assert answer.sentence.startswith("3 of 5 rows cannot be taken, so nothing was imported. The first is line 4:")
    assert (len(errors.read_text().splitlines()), file.read_bytes()) == (4, before)


def test_a_stage_that_nothing_maps_is_told_with_the_option_that_does(ask: Ask, file: Path, csv: Path) -> None:
    csv.write_text(f"{HEAD}1,Gate,In talks,,,\n")
    before = file.read_bytes()
    sentence = ask("import", file, csv).sentence
    assert '"In talks"' in sentence
    assert "--value 'stage:In talks=STAGE'" in sentence
    assert file.read_bytes() == before
    assert ask("import", file, csv, "--value", "stage:In talks=objections").status == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing.csv"], "There is no file"),
        (["."], "is a folder"),
        (["deals.csv", "--encoding", "klingon"], "There is no text encoding"),
        (["deals.csv", "--map", "Titel=title"], "Did you mean"),
        (["deals.csv", "--map", "title=colour"], "There is no field"),
        (["deals.csv", "--map", "title"], "cannot be understood"),
        (["deals.csv", "--value", "stage:x"], "cannot be understood"),
        (["deals.csv", "--pipeline", "doors"], "There is no pipeline"),
        (["deals.csv", "--match", "email"], "Only contacts are matched"),
        (["deals.csv", "--preset", "nothing"], "There is no preset"),
        (["deals.csv", "--header-row", "9"], "has no names of columns"),
        (["deals.csv", "--save-preset", "a b"], "is no key for a preset"),
        (["deals.csv", "--delimiter", "--"], "cannot separate cells"),
        (["deals.csv", "--errors", "deals.csv"], "cannot be written"),
        (["deals.csv", "--errors", "north.funnel"], "cannot be written"),
        (["deals.csv", "--errors", "no/folder.csv"], "cannot be written"),
        (["deals.csv", "--what", "stage-history"], "No column says"),
    ],
)
def test_what_is_refused(
    ask: Ask, file: Path, csv: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], sentence: str
) -> None:
    monkeypatch.chdir(csv.parent)
    before = file.read_bytes()
    assert sentence in ask("import", file, *words).sentence
    assert file.read_bytes() == before


def test_wrong_usage(ask: Ask, file: Path, csv: Path) -> None:
    assert ask("import", file).status == 2
    assert ask("import", file, csv, "--what", "leads").status == 2
    assert ask("import", file, csv, "--date-order", "ydm").status == 2


def test_a_told_encoding_is_told_in_our_style(ask: Ask, file: Path, csv: Path) -> None:
    csv.write_bytes("title;stage\nЗабор;Детали\n".encode("cp1251"))
    assert ask("import", file, csv, "--dry-run", "--json").document["detected"]["encoding"] == "cp1251"
    told = ask("import", file, csv, "--dry-run", "--json", "--encoding", "Windows-1251").document["detected"]
    assert (told["encoding"], told["delimiter"]) == ("cp1251", ";")
    csv.write_bytes("title;stage\nЗабор;Детали\n".encode("utf-8-sig"))
    told = ask("import", file, csv, "--dry-run", "--json", "--encoding", "UTF_8_SIG").document["detected"]
    assert told["encoding"] == "utf-8"


def test_reasons_are_told_in_the_language_asked_for(ask: Ask, file: Path, csv: Path) -> None:
    csv.write_text(MIXED)
    found = ask("import", file, csv, "--dry-run", "--json", "--lang", "ru").document
    assert "2026-02-30" in found["errors"][2]["reason"]
    assert found["errors"][2]["reason"] != 'There is no such day as "2026-02-30".'


def test_a_history_makes_moves(ask: Ask, file: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    history.write_text("deal,stage,at\nX-1,offer,2026-11-20\nX-1,lost,2026-11-21\nNew,details,2026-11-01\n")
    found = ask("import", file, history, "--what", "stage-history", "--json").document
    assert (found["created"], found["unchanged"]) == (3, 0)
    assert ask("deal", file, "X-1", "--json").document["outcome"] == "lost"
    assert ask("undo", file, "--json").document["undid"] == "Import 3 stage moves from history.csv"


def test_the_sample_fits_its_playbook(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "sample.funnel"
    assert ask("new", file, "--playbook", "security-systems").status == 0
    found = ask("import", file, resources.path("sample", "deals.csv"), "--json").document
    assert (found["created"], found["rejected"], found["warnings"], found["ignored_columns"]) == (40, 0, [], [])
    funnel = ask("funnel", file, "--json").document
    assert [funnel[name] for name in ("won", "lost", "open", "unknown_path")] == [10, 10, 20, 11]
