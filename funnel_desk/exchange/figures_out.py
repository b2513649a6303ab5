"""The numbers of a chart as a file: a table with headings that any spreadsheet opens, and no cell that it would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from funnel_desk.exchange.guard import guard
from funnel_desk.exchange.out_file import write_whole

Cell = str | int | float | None


def write_figures(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as UTF-8 with its mark and commas; numbers are bare, texts guarded. Raises CannotWrite."""
    told = StringIO()
    out = csv.writer(told, lineterminator="\r\n")
    out.writerow([guard(heading) for heading in headings])
    for row in rows:
        out.writerow([_cell(value) for value in row])
    write_whole((path, told.getvalue().encode("utf-8-sig")))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return guard(value) if isinstance(value, str) else repr(value)
