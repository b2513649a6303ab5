import csv
import io

import pytest
from hypothesis import given, strategies as st

from funnel_desk.exchange.delimiters import DELIMITERS, sniff_delimiter, told_delimiter
from funnel_desk.exchange.problems import BrokenQuote, OpenQuote, WrongDelimiter
from funnel_desk.exchange.records import records

CELLS = st.text(st.sampled_from('ab ,;\t|"\r\n=é№\x00\u2028'), max_size=6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\r\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("a,b\r1,2\r", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ('"x\ny\r\nz",1\n2,3\n', [(1, ["x\ny\r\nz", "1"]), (4, ["2", "3"])]),
        ('"say ""hi""",""\n', [(1, ['say "hi"', ""])]),
        ("a,b\n\n1,2\n", [(1, ["a", "b"]), (2, [""]), (3, ["1", "2"])]),
        (" lead, trail \n", [(1, [" lead", " trail "])]),
        ("a\x0bb\u2028c\x85d\n1\n", [(1, ["a\x0bb\u2028c\x85d"]), (2, ["1"])]),
    ],
)
def test_records_with_the_line_on_which_they_begin(text: str, expected: list[tuple[int, list[str]]]) -> None:
    assert list(records(text)) == expected


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ('a,b\n1,say "hi" now\n', BrokenQuote, 2),
        ('a,b\n1,"oh, " no"\n2,3\n', BrokenQuote, 2),
        ('a,b\n1,"two\nlines" x\n', BrokenQuote, 3),
        ('a,b\n1,2\n3,"never closed\n4,5\n', OpenQuote, 3),
        ('a,b\n1,"', OpenQuote, 2),
        ('a,b\n1,5"\n', BrokenQuote, 2),
        ('a,b\n1, "x"\n', BrokenQuote, 2),
    ],
)
def test_broken_quotes_refuse_the_file_and_name_the_line(text: str, problem: type[Exception], line: int) -> None:
    with pytest.raises(problem) as caught:
        list(records(text))
    assert caught.value.values == {"line": line}  # type: ignore[attr-defined]


def test_a_very_long_cell_is_no_problem() -> None:
    assert len(next(records('"' + "x" * 300_000 + '"'))[1][0]) == 300_000


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1), st.sampled_from(DELIMITERS))
def test_what_the_standard_writer_writes_comes_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = list(records(out.getvalue(), delimiter))
    assert [cells for _, cells in found] == rows
    lines = [
        1 + out.getvalue()[:at].replace("\r\n", "\n").replace("\r", "\n").count("\n") for at in _starts(rows, delimiter)
    ]
    assert [line for line, _ in found] == lines


def _starts(rows: list[list[str]], delimiter: str) -> list[int]:
    starts, out = [], io.StringIO()
    for row in rows:
        starts.append(len(out.getvalue()))
        csv.writer(out, delimiter=delimiter).writerow(row)
    return starts


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("name;sum\nx;1,5\ny;2,5\n", ";"),
        ("a\tb, c\td\n1\t2\t3\n", "\t"),
        ("a|b\n1|2", "|"),
        ('"a, b";c\n"d, e";f\n', ";"),
        ("only\n1\n2\n", ","),
        ("Deal;Value, EUR;Stage\nA;1 054,00;x\nB;2 000,50;y\n", ";"),
        ("a;b", ";"),
        ('x,y\n1,"never closed\n', ","),
    ],
)
def test_the_delimiter_is_sniffed(text: str, delimiter: str) -> None:
    assert sniff_delimiter(text) == delimiter


def test_a_delimiter_is_told_by_sign_or_name() -> None:
    assert [told_delimiter(name) for name in (";", "tab", "\\t", "Comma", "#")] == [";", "\t", "\t", ",", "#"]
    for wrong in ("", ";;", '"', "\n"):
        with pytest.raises(WrongDelimiter):
            told_delimiter(wrong)
