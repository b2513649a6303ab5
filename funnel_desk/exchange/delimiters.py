"""Which sign separates the cells of a text."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from funnel_desk.exchange.problems import WrongDelimiter

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "\\t": "\t",
    "pipe": "|",
    "bar": "|",
}
_SAMPLE_LETTERS = 200_000
_SAMPLE_RECORDS = 200
_TABLE = 2
"""A header and a row."""
_EXCEL_HINT = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)


def told_delimiter(name: str) -> str:
    """The sign that `--delimiter` means: itself, or the words comma, semicolon, tab, pipe.

    Raises: WrongDelimiter.
    """
    sign = _NAMES.get(name.casefold(), name)
    if len(sign) != 1 or sign in '"\r\n':
        raise WrongDelimiter(delimiter=name)
    return sign


def excel_hint(text: str) -> tuple[str, int] | None:
    """The sign named by a first line ``sep=;``, which Excel understands, and the length of that line."""
    found = _EXCEL_HINT.match(text)
    return (found.group(1), found.end()) if found else None


def sniff_delimiter(text: str) -> str:
    """The sign that cuts the text into the most even table; a comma where there is only one column."""
    best = max(DELIMITERS, key=lambda sign: _evenness(text, sign))
    if _evenness(text, best)[2] > 1:
        return best
    best = max(DELIMITERS, key=lambda sign: _below_a_title(text, sign))
    return best if _below_a_title(text, best)[1] > 1 else ","


def _below_a_title(text: str, sign: str) -> tuple[int, int]:
    """How many records have the usual number of cells, and that number, where the first line is a title only."""
    widths = Counter(len(row) for row in _sample(text, sign)[0] if len(row) > 1)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return (count, width) if count >= _TABLE else (0, 1)


def _evenness(text: str, sign: str) -> tuple[bool, float, int]:
    """How well this sign does: are the quotes right, the part of records as wide as the header, the header's width."""
    rows, clean = _sample(text, sign)
    if not rows or len(rows[0]) == 1:
        return False, 0.0, 0
    width = len(rows[0])
    widths = Counter(len(row) for row in rows[1:])
    even = widths[width] / widths.total() if widths else 1.0
    return clean, round(even, 1), width


def _sample(text: str, sign: str) -> tuple[list[list[str]], bool]:
    """The first records that are not blank, and whether their quotes fit this sign."""
    rows: list[list[str]] = []
    sample = text[:_SAMPLE_LETTERS]
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=sign, strict=True)
    try:
        rows.extend(islice((row for row in reader if row), _SAMPLE_RECORDS))
    except csv.Error:
        return rows or [next(csv.reader(io.StringIO(sample, newline=""), delimiter=sign), [])], len(text) > len(sample)
    if len(sample) < len(text) and len(rows) < _SAMPLE_RECORDS:
        rows = rows[:-1] or rows  # the last one was cut off
    return rows, True
