"""Records of a text in the sense of RFC 4180, with the physical line on which each begins (the first line is 1).

The quotes of the whole text are checked first, because the `csv` module quietly accepts quotes inside bare cells; then
`csv` cuts it.
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
    borders = f"{delimiter}\r\n"
    opening = text.find('"')
    while opening >= 0:
        if opening and text[opening - 1] not in borders:
            raise BrokenQuote(line=line_at(text, opening))
        closing = _closing(text, opening)
        if closing < 0:
            raise OpenQuote(line=line_at(text, opening))
        if text[closing + 1 : closing + 2] not in borders:  # the end of the text is in every text
            raise BrokenQuote(line=line_at(text, closing))
        opening = text.find('"', closing + 1)


def _closing(text: str, opening: int) -> int:
    """The quote that closes the one at ``opening``, past doubled ones; -1 where none does."""
    closing = text.find('"', opening + 1)
    while closing >= 0 and text[closing + 1 : closing + 2] == '"':
        closing = text.find('"', closing + 2)
    return closing


def line_at(text: str, position: int) -> int:
    """The physical line (from 1) of a place in the text."""
    return 1 + len(_LINE_END.findall(text, 0, position))
