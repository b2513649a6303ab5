"""Tables out to CSV, for programs or for a spreadsheet; and the file of rejected rows.

Both profiles end lines with CR LF, as RFC 4180 has it and as Excel writes: every reader takes it, and the writer then
always puts a cell with a lone CR or LF in quotes.
"""

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, TextIO

from funnel_desk.exchange.guard import GUARD_COLUMN, guard
from funnel_desk.exchange.list_separator import list_separator
from funnel_desk.exchange.table import BadRow

Profile = Literal["exact", "excel"]

LINE_COLUMN = "_line"
REASON_COLUMN = "_reason"

_TYPED = re.compile(
    r"[-\u2212]?\d+(?:[.,]\d+)?%?|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?|\d\d?[./]\d\d?[./]\d{4}|"
)


def encoding_of(profile: Profile) -> str:
    """What to open the file with; always with ``newline=""``."""
    return "utf-8-sig" if profile == "excel" else "utf-8"


def delimiter_of(profile: Profile) -> str:
    """What separates cells unless told: what a spreadsheet of this country opens with a double click, or a comma."""
    return list_separator() if profile == "excel" else ","


def write_table(
    out: TextIO,
    profile: Profile,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    typed: Collection[str] = (),
    delimiter: str = "",
) -> int:
    """Write a table and return how many rows that were.

    *exact*: quotes where needed, cells as they are. *excel*: everything in quotes, formulas guarded and the rows
    marked; `typed` headers hold our own numbers and days, which are not guarded as long as they are that. Cells are
    separated as told, else as is usual for the profile.
    """
    sign = delimiter or delimiter_of(profile)
    if profile == "excel":
        return _write_excel(out, headers, rows, typed, sign)
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n", strict=True)
    writer.writerow(headers)
    return _counted(writer.writerow(row) for row in rows)


def _write_excel(
    out: TextIO, headers: Sequence[str], rows: Iterable[Sequence[str]], typed: Collection[str], sign: str
) -> int:
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n", quoting=csv.QUOTE_ALL, strict=True)
    writer.writerow([*map(guard, headers), GUARD_COLUMN])
    bare = [header in typed for header in headers]
    return _counted(
        writer.writerow(
            [
                *(
                    cell if is_typed and _TYPED.fullmatch(cell) else guard(cell)
                    for cell, is_typed in zip(row, bare, strict=True)
                ),
                "1",
            ]
        )
        for row in rows
    )


def write_errors(out: TextIO, headers: Sequence[str], rows: Iterable[BadRow], delimiter: str = ",") -> int:
    """Write rejected rows in the input's own columns, with `_line` and `_reason` after them, to be mended and read.

    A row with too few cells is filled up; what a row has too many stands after the reason, under headers of its own.
    """
    listed = list(rows)
    width = len(headers)
    surplus = max((len(row.cells) - width for row in listed), default=0)
    extra = [f"_extra_{number}" for number in range(1, surplus + 1)]
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n", strict=True)
    writer.writerow([*headers, LINE_COLUMN, REASON_COLUMN, *extra])
    for row in sorted(listed, key=lambda row: row.line):
        own = row.cells[:width] + [""] * (width - len(row.cells))
        beyond = row.cells[width:]
        writer.writerow([*own, str(row.line), row.reason, *beyond, *[""] * (len(extra) - len(beyond))])
    return len(listed)


def _counted(written: Iterable[object]) -> int:
    return sum(1 for _ in written)
