"""Workbooks come in like text files; so do titles above a table, totals below it, and columns without anything."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest

from funnel_desk.exchange.problems import (
    AmbiguousDates,
    DamagedWorkbook,
    EmptyFile,
    LargeWorkbook,
    NoSuchRow,
    NoSuchSheet,
    SeveralSheets,
)
from funnel_desk.exchange.table import read_table
from funnel_desk.operations.desk import Desk
from tests.exchange.tables import ask, counts, stands, take_in
from tests.exchange.workbooks import Cell, a_workbook

HEAD: list[Cell] = ["Deal ID", "Title", "Stage", "Amount", "Probability", "Created", "Close date"]


def test_what_a_workbook_knows_of_its_cells_is_taken_as_it_is(desk: Desk) -> None:
    book = a_workbook(
        {
            "Deals": [
                HEAD,
                [1, "Gate", "Qualified", 1234.567, 0.25, date(2026, 5, 1), None],
                [2, "Yard", "won", 1.234, 0.5, datetime(2026, 1, 5, 10, 30), date(2026, 3, 2)],  # noqa: DTZ001
                [3.0, "Door", "Suspect", 1_000_000, 1.0, 46027, 46387.0],
                [],
                [375291234567, "Text", "Suspect", "1 234,5", None, "2026-01-05", None],
            ]
        }
    )
    assert counts(take_in(desk, book)) == (4, 0, 0, 0)
    assert ask(desk, "SELECT external_id, title, value, created_at, probability FROM deal ORDER BY id") == [
        ("1", "Gate", 123457, "2026-05-01", 2500),
        ("2", "Yard", 123, "2026-01-05T07:30:00Z", 5000),
        ("3", "Door", 100000000, "2026-01-05", 10000),
        ("375291234567", "Text", 123450, "2026-01-05", None),
    ]
    assert stands(desk)[1][3] == "2026-03-02"
    assert ask(desk, "SELECT expected_close FROM deal WHERE title = 'Door'") == [("2026-12-31",)]


def test_the_same_workbook_again_changes_nothing_and_rejects_go_by_row(desk: Desk) -> None:
    rows: list[list[Cell]] = [HEAD, [1, "Gate", "Qualified", 5], [], [2, "Bad", "Qualified", "many"]]
    report = take_in(desk, a_workbook({"S": rows}))
    assert counts(report) == (1, 0, 0, 1)
    assert (report.errors[0].line, report.detected.encoding, report.detected.delimiter) == (4, "xlsx", "")
    assert counts(take_in(desk, a_workbook({"S": rows}))) == (0, 0, 1, 1)


def test_texts_in_a_workbook_are_asked_about_like_those_of_a_text_file(desk: Desk) -> None:
    with pytest.raises(AmbiguousDates):
        take_in(desk, a_workbook({"S": [["Title", "Created"], ["A", "03/04/2026"]]}))


def test_a_sheet_is_told_where_several_have_rows() -> None:
    full: list[list[Cell]] = [["Title"], ["A"]]
    book = a_workbook({"Empty": [], "Note": [["read me"]], "Deals": full, "Hidden": full}, hidden=["Hidden"])
    table = read_table(book)
    assert (table.sheet, table.sheets) == ("Deals", ("Empty", "Note", "Deals", "Hidden"))
    assert read_table(book, sheet="hidden").sheet == "Hidden"
    several = a_workbook({"2025": full, "Март": full})
    with pytest.raises(SeveralSheets) as caught:
        read_table(several)
    assert '"2025", "Март"' in str(caught.value)
    assert read_table(several, sheet="март").sheet == "Март"
    assert read_table(several, sheet="2").sheet == "Март"
    assert read_table(several, sheet="2025").sheet == "2025"
    with pytest.raises(NoSuchSheet):
        read_table(several, sheet="3")
    assert read_table(a_workbook({"Only": [["Title"]]})).headers == ("Title",)


def test_a_workbook_of_nothing_or_of_damage_is_refused() -> None:
    with pytest.raises(EmptyFile):
        read_table(a_workbook({"A": [], "B": []}))
    for data in (b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), a_workbook({"A": [["x"]]})[:300]):
        with pytest.raises(DamagedWorkbook):
            read_table(data)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("letter.txt", "no workbook")
    with pytest.raises(DamagedWorkbook):
        read_table(out.getvalue())


def test_a_workbook_that_unfolds_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funnel_desk.exchange.workbook._MOST_BYTES", 1000)
    with pytest.raises(LargeWorkbook):
        read_table(a_workbook({"A": [["Title"], ["x" * 2000]]}))


def test_a_title_above_the_header_is_passed_over() -> None:
    book = a_workbook(
        {
            "S": [
                [None, "Deals of the north, 2026"],
                [],
                ["Client", None, "Deal", None],
                ["Company", "Phone", "Title", "Amount", "", "Colour"],
                ["Alfa", "1", "Gate", 5, "", "green"],
            ]
        },
        merged=["A3:B3", "C3:D3"],
    )
    table = read_table(book)
    assert (table.headers, table.header_line) == (("Company", "Phone", "Title", "Amount", "Colour"), 4)
    assert [(row.line, row.cells) for row in table.rows] == [(5, ["Alfa", "1", "Gate", "5", "green"])]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Opportunity report\n\n", 3),
        ("Report;Deals of Ann\nFrom;2026-01-01\nTo;2026-02-01\n", 4),
        ("Продажи за март\n", 2),
        ("", 1),
    ],
)
def test_a_text_file_may_begin_with_a_title_as_well(above: str, line: int) -> None:
    table = read_table(f"{above}Title;Stage;Amount\nGate;won;5\nYard;lost;6\n".encode())
    assert (table.headers, table.header_line, table.delimiter) == (("Title", "Stage", "Amount"), line, ";")
    assert [row.line for row in table.rows] == [line + 1, line + 2]


def test_names_that_nobody_knows_are_a_header_all_the_same() -> None:
    table = read_table(b"foo,bar\nname,stage of mind\ncall,email\n")
    assert table.headers == ("foo", "bar")
    assert read_table(b"name,stage\nemail,phone,note\n").headers == ("name", "stage")


def test_the_row_of_the_header_may_be_told() -> None:
    data = b"title,stage\nx,y\nfoo,bar\n1,2\n"
    table = read_table(data, header_row=3)
    assert (table.headers, table.header_line, [row.line for row in table.rows]) == (("foo", "bar"), 3, [4])
    for row in (5, 99):
        with pytest.raises(NoSuchRow):
            read_table(data, header_row=row)


REPORT = (
    '"Opportunity Name","Stage","Amount"\n"Gate","Closed Won","5"\n"Total","Qualified","6"\n{end}'
    '\n"My report"\n"Copyright (c) 2026 a vendor, all rights reserved."\n"Confidential Information"\n'
    '"Generated By: Ann  1/2/2026 10:15 AM"\n"North Ltd"\n'
)


@pytest.mark.parametrize(
    "end", ["", '"Grand Totals (2 records)","","11"\n', '"Total:","","11"\n', '"Итого","2","11"\n']
)
def test_totals_and_remarks_below_a_table_are_no_rows_and_are_told(desk: Desk, end: str) -> None:
    report = take_in(desk, REPORT.format(end=end))
    assert counts(report) == (2, 0, 0, 0)
    assert [note.line for note in report.warnings if "below the table" in note.reason] == [4 if end else 5]
    assert [row[0] for row in stands(desk)] == ["Gate", "Total"]


def test_what_only_looks_like_a_footer_is_a_row(desk: Desk) -> None:
    report = take_in(desk, "title,stage,amount\nA,won,1\n\nLonely,,\nTotal,Suspect,\n")
    assert counts(report) == (3, 0, 0, 0)
    table = read_table(b"title,note\nTotal,5\nA,b\n")
    assert len(table.rows) == 2


def test_columns_without_anything_and_cells_beyond_the_header_that_are_blank() -> None:
    table = read_table(b"title,,stage,,\nA,,won,,\nB,,won,,,,\nC,,won\nD,,won,,,x\n")
    assert table.headers == ("title", "stage")
    assert [row.cells for row in table.rows] == [["A", "won"], ["B", "won"]]
    assert [row.line for row in table.bad_rows] == [4, 5]
    assert read_table(b"title,,stage\nA,x,won\n").headers == ("title", "column 2", "stage")
