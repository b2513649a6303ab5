"""Records of a text in the sense of RFC 4180, with the physical line on which each begins (the first line is 1).

The text is first held against the grammar as a whole (one pass of a regular expression that never goes back), because
the `csv` module quietly accepts quotes inside bare cells; then `csv` cuts it.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator

from funnel_desk.exchange.problems import BrokenQuote, OpenQuote

_LINE_END = re.compile(r"\r\n|\r|\n")


def records(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Each record's line and cells. A blank line is a record of one empty cell, as the grammar has it.

    Raises: BrokenQuote, OpenQuote: for the whole text, before the first record is given.
    """
    check_quotes(text, delimiter)
    csv.field_size_limit(sys.maxsize)  # the module's default of 131 072 letters would refuse a long note
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        yield line, cells or [""]
        line = reader.line_num + 1


def check_quotes(text: str, delimiter: str) -> None:
    """Refuse quotes that break the grammar, naming their line.

    Raises: BrokenQuote, OpenQuote.
    """
    if '"' not in text:
        return
    between = re.escape(delimiter)
    quoted = r'"[^"]*+(?:""[^"]*+)*+"'
    cell = rf'(?:{quoted}|[^"{between}\r\n]*+)'
    record = rf"{cell}(?:{between}{cell})*+"
    good = re.match(rf"(?:{record}(?:\r\n|\n|\r))*+(?:{record}\Z)?+", text)
    end = good.end() if good else 0
    if end == len(text):
        return
    cells = re.match(rf"(?:{cell}{between})*+(?P<bare>{cell})", text[end:])
    cell_start = end + (cells.start("bare") if cells else 0)
    raise _what_is_wrong(text, cell_start, quoted)


def _what_is_wrong(text: str, start: int, quoted: str) -> BrokenQuote | OpenQuote:
    """The cell that begins here is the first wrong one."""
    if text[start : start + 1] != '"':
        return BrokenQuote(line=line_at(text, text.index('"', start)))
    closed = re.compile(quoted).match(text, start)
    if closed is None:
        return OpenQuote(line=line_at(text, start))
    return BrokenQuote(line=line_at(text, closed.end() - 1))


def line_at(text: str, position: int) -> int:
    """The physical line (from 1) of a place in the text."""
    return 1 + len(_LINE_END.findall(text, 0, position))
