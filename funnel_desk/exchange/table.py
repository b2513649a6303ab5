"""A file as a table: headers, the rows that fit them, and the rows that do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from funnel_desk.exchange.decoding import decode
from funnel_desk.exchange.delimiters import excel_hint, sniff_delimiter, told_delimiter
from funnel_desk.exchange.guard import GUARD_COLUMN, unguard
from funnel_desk.exchange.problems import NoHeader
from funnel_desk.exchange.records import records
from funnel_desk.exchange.shape import LOOKED_AT, Record, columns_with_anything, footers_from, header_at
from funnel_desk.exchange.workbook import is_workbook, read_sheet
from funnel_desk.i18n import ngettext, translate as _

_SAMPLE_ROWS = 5_000


class Row(NamedTuple):
    """A record as wide as the header; `line` is the physical line on which it begins (header = 1)."""

    line: int
    cells: list[str]

    @property
    def blank(self) -> bool:
        """Whether there is nothing in any cell."""
        return not any(cell and not cell.isspace() for cell in self.cells)


class BadRow(NamedTuple):
    """A record that cannot be taken, with its own cells and why not, in the language of the person."""

    line: int
    cells: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says, nothing interpreted yet. Headers are unique and never blank."""

    headers: tuple[str, ...]
    rows: Sequence[Row]
    bad_rows: Sequence[BadRow]
    encoding: str
    """As Python names it."""
    delimiter: str
    mark: bool = False
    """Whether there was a byte order mark."""
    guarded: bool = False
    """Whether the formula guard of our own export was found, and taken off."""
    header_line: int = 1
    footers: tuple[int, ...] = ()
    """The lines of totals and remarks below the rows, which were left out."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The sheet of a workbook, and all that it has; the encoding then is "xlsx", and there is no delimiter."""
    _places: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    _distinct: dict[str, list[str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update({header: place for place, header in enumerate(self.headers)})

    def place(self, header: str) -> int:
        """Which cell of a row belongs to the header."""
        return self._places[header]

    def column(self, header: str) -> Iterator[str]:
        """The cells of one column, row by row."""
        place = self.place(header)
        return (row.cells[place] for row in self.rows)

    def samples(self, header: str, most: int) -> list[str]:
        """Some different cells of one column that are not blank, from the first rows."""
        place = self.place(header)
        cells = dict.fromkeys(cells[place] for _line, cells in self.rows[:_SAMPLE_ROWS])
        return [cell for cell in cells if cell and not cell.isspace()][:most]

    def distinct(self, header: str) -> list[str]:
        """The different cells of one column that are not blank, in the order of the file."""
        found = self._distinct.get(header)
        if found is None:
            place = self.place(header)
            cells = dict.fromkeys([cells[place] for _line, cells in self.rows])
            found = self._distinct[header] = [cell for cell in cells if cell and not cell.isspace()]
        return found


def read_table(
    source: Path | bytes,
    encoding: str | None = None,
    delimiter: str | None = None,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Table:
    """Read a table file or a sheet of a workbook whole; what is told is obeyed.

    A delimiter is a sign, or its English name; a sheet its name or number; the header row a line of the file (from 1).

    Raises: Trouble of `exchange.problems` when the file as a whole cannot be read; OSError.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    if is_workbook(data):
        found = read_sheet(data, sheet)
        table = _shaped(iter(found.records), header_row)
        return replace(table, encoding="xlsx", sheet=found.name, sheets=found.names)
    decoded = decode(data, encoding)
    text, lines_before, sign = decoded.text, 0, None if delimiter is None else told_delimiter(delimiter)
    if (hint := excel_hint(text)) is not None:
        sign, lines_before, text = sign or hint[0], 1, text[hint[1] :]
    sign = sign or sniff_delimiter(text)
    parsed = ((line + lines_before, cells) for line, cells in records(text, sign))
    table = _shaped(parsed, header_row)
    table = replace(table, encoding=decoded.encoding, delimiter=sign, mark=decoded.mark)
    return _without_guard(table) if GUARD_COLUMN in table.headers else table


def _shaped(parsed: Iterator[Record], header_row: int | None) -> Table:
    """Headers and rows, without titles above and totals below."""
    heads = list(islice(parsed, max(LOOKED_AT, header_row or 0)))
    place = header_at(heads, header_row)
    if place == len(heads):
        return Table((), [], [], "", "")
    line, names = heads[place]
    body = list(chain(heads[place + 1 :], parsed))
    ours = GUARD_COLUMN in names or "_uid" in names
    end = len(body) if ours else footers_from(body, len(names))
    kept = list(range(len(names))) if ours else columns_with_anything(names, body)
    rows, bad_rows = _sort_out(body[:end], len(names))
    headers = clear_headers(names, line)
    if len(kept) < len(names):
        headers = tuple(headers[place] for place in kept)
        rows = [Row(row.line, [row.cells[place] for place in kept]) for row in rows]
    below = tuple(line for line, cells in body[end:] if any(cells))
    return Table(headers, rows, bad_rows, "", "", header_line=line, footers=below)


def clear_headers(cells: Sequence[str], line: int = 1) -> tuple[str, ...]:
    """Headers that can be told apart: "Amount", "Amount (2)"; a blank one is "column 3".

    Raises: NoHeader: all are blank.
    """
    names = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    if not any(names):
        raise NoHeader(line=line)
    taken = set(names)
    seen: set[str] = set()
    clear: list[str] = []
    for place, name in enumerate(names, 1):
        wanted = name or f"column {place}"
        unique, copy = wanted, 1
        while unique in seen or (copy > 1 and unique in taken) or (not name and unique in taken):
            copy += 1
            unique = f"{wanted} ({copy})"
        seen.add(unique)
        clear.append(unique)
    return tuple(clear)


def _sort_out(body: Sequence[Record], width: int) -> tuple[list[Row], list[BadRow]]:
    """Rows as wide as the header, and the others; blank lines between wider rows mean nothing."""
    rows: list[Row] = []
    bad_rows: list[BadRow] = []
    for line, cells in body:
        if len(cells) == width:
            rows.append(Row(line, cells))
        elif len(cells) > width and not any(cell and not cell.isspace() for cell in cells[width:]):
            rows.append(Row(line, cells[:width]))
        elif cells != [""]:
            bad_rows.append(BadRow(line, cells, _wrong_width(len(cells), width)))
    return rows, bad_rows


def _wrong_width(cells: int, width: int) -> str:
    counted = ngettext("{n} cell", "{n} cells", cells)
    return _("The row has {cells}, the header {width}.", cells=counted, width=width)


def _without_guard(table: Table) -> Table:
    """The table as it was before our export guarded it: marked rows lose one apostrophe per cell, the mark goes."""
    mark = table.place(GUARD_COLUMN)
    for _line, cells in table.rows:
        if cells.pop(mark).strip() == "1":
            cells[:] = map(unguard, cells)
    for _line, cells, _reason in table.bad_rows:
        if len(cells) > mark:
            cells[:] = map(unguard, cells)
    headers = tuple(unguard(header) for header in table.headers if header != GUARD_COLUMN)
    return replace(table, headers=headers, guarded=True)
