import io
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.exchange.guard import guard, unguard
from funnel_desk.exchange.problems import NoHeader
from funnel_desk.exchange.table import clear_headers, read_table
from funnel_desk.exchange.writing import Profile, encoding_of, write_errors, write_table

NAUGHTY = st.one_of(
    st.text(st.sampled_from("=+-@\t\r\n'\" ;,|＝−\u200b\u00a0aя1"), max_size=5),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "'=x",
            "''",
            "+7 900",
            "-5",
            "−5",
            "\t=x",
            " =x",
            "=HYPERLINK(1)",
            "ẞ",
            "𝒳",
            "\ufeff=x",
            "null",
            "\x01\x7f\x85",
        ]
    ),
)


def test_a_bad_row_is_set_aside_with_its_line() -> None:
    table = read_table(b"a,b\n1,2\n\n3\n4,5,6\n7,8\n")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["1", "2"]), (6, ["7", "8"])]
    assert [(row.line, row.cells) for row in table.bad_rows] == [(4, ["3"]), (5, ["4", "5", "6"])]
    assert table.bad_rows[0].reason == "The row has 1 cell, the header 2."


def test_what_was_detected_is_told(tmp_path: Path) -> None:
    file = tmp_path / "сделки.csv"
    file.write_bytes("Сделка;Сумма\r\nРомашка;5\r\n".encode("cp1251"))
    table = read_table(file)
    assert (table.encoding, table.delimiter, table.mark, table.headers) == ("cp1251", ";", False, ("Сделка", "Сумма"))
    assert list(table.column("Сумма")) == ["5"]


def test_the_hint_of_excel_is_obeyed_and_lines_stay_physical() -> None:
    table = read_table(b"sep=|\na|b\n1|2\n")
    assert (table.headers, table.rows[0].line) == (("a", "b"), 3)


def test_a_table_of_one_column_has_blank_cells() -> None:
    assert [row.cells for row in read_table(b"name\nx\n\ny\n").rows] == [["x"], [""], ["y"]]


def test_blank_lines_before_the_header_are_passed_over() -> None:
    table = read_table(b"\n\na,b\n1,2\n")
    assert (table.headers, table.rows[0].line) == (("a", "b"), 4)


def test_headers_can_be_told_apart() -> None:
    assert clear_headers(["Amount", "Amount", "", " Deal\nname ", "Amount (2)"]) == (
        "Amount",
        "Amount (3)",
        "column 3",
        "Deal name",
        "Amount (2)",
    )


def test_a_header_of_blanks_is_refused() -> None:
    with pytest.raises(NoHeader):
        read_table(b",,\n1,2,3\n")


@given(NAUGHTY)
def test_the_guard_gives_back_what_it_took(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert guard(cell).lstrip()[:1] not in {"=", "+", "-", "@", "＝", "＋", "－", "＠", "−"}


@given(
    st.lists(st.lists(NAUGHTY, min_size=2, max_size=2), max_size=8),
    st.sampled_from(["exact", "excel"]),
)
def test_what_is_written_is_read_again(rows: list[list[str]], profile: Profile) -> None:
    out = io.StringIO(newline="")
    assert write_table(out, profile, ["Сделка", "=note"], rows) == len(rows)
    table = read_table(out.getvalue().encode(encoding_of(profile)))
    assert [row.cells for row in table.rows] == rows
    assert table.headers == ("Сделка", "=note")
    assert table.guarded == (profile == "excel")


@given(
    st.lists(st.lists(NAUGHTY, min_size=2, max_size=2), max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_any_delimiter_and_encoding_can_be_told(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    write_errors(out, ["a", "b"], [], delimiter)
    import csv

    csv.writer(out, delimiter=delimiter).writerows([*row, "", ""] for row in rows)
    table = read_table(out.getvalue().encode(encoding), encoding, delimiter)
    assert [row.cells[:2] for row in table.rows] == rows


def test_numbers_and_days_of_ours_are_not_guarded_in_excel() -> None:
    out = io.StringIO(newline="")
    write_table(out, "excel", ["value", "note"], [["-12.50", "-12.50"], ["=1", ""]], typed={"value"})
    assert out.getvalue().splitlines()[1:] == ['"-12.50";"\'-12.50";"1"', '"\'=1";"";"1"']


def test_rejected_rows_keep_their_columns_and_gain_line_and_reason() -> None:
    table = read_table(b"a;b\n1\n2;3;4\n")
    out = io.StringIO(newline="")
    assert write_errors(out, table.headers, table.bad_rows, table.delimiter) == 2
    again = read_table(out.getvalue().encode())
    assert again.headers == ("a", "b", "_line", "_reason", "_extra_1")
    assert [row.cells[:3] for row in again.rows] == [["1", "", "2"], ["2", "3", "3"]]
    assert again.rows[1].cells[-1] == "4"
