"""A CSV file as a table: headers, the rows that fit them, and the rows that do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from funnel_desk.exchange.decoding import decode
from funnel_desk.exchange.delimiters import excel_hint, sniff_delimiter, told_delimiter
from funnel_desk.exchange.guard import GUARD_COLUMN, unguard
from funnel_desk.exchange.problems import NoHeader
from funnel_desk.exchange.records import records
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


def read_table(source: Path | bytes, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """Read a table file whole; a given encoding and delimiter (a sign, or its English name) are obeyed.

    Raises: Trouble of `exchange.problems` when the file as a whole cannot be read; OSError.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    decoded = decode(data, encoding)
    text, lines_before, sign = decoded.text, 0, None if delimiter is None else told_delimiter(delimiter)
    if (hint := excel_hint(text)) is not None:
        sign, lines_before, text = sign or hint[0], 1, text[hint[1] :]
    sign = sign or sniff_delimiter(text)
    parsed = ((line + lines_before, cells) for line, cells in records(text, sign))
    headers: tuple[str, ...] = ()
    for line, cells in parsed:
        if cells != [""]:
            headers = clear_headers(cells, line)
            break
    rows, bad_rows = _sort_out(parsed, len(headers))
    table = Table(headers, rows, bad_rows, decoded.encoding, sign, decoded.mark)
    return _without_guard(table) if GUARD_COLUMN in headers else table


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


def _sort_out(parsed: Iterator[tuple[int, list[str]]], width: int) -> tuple[list[Row], list[BadRow]]:
    """Rows as wide as the header, and the others; blank lines between wider rows mean nothing."""
    rows: list[Row] = []
    bad_rows: list[BadRow] = []
    for line, cells in parsed:
        if len(cells) == width:
            rows.append(Row(line, cells))
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
    return Table(headers, table.rows, table.bad_rows, table.encoding, table.delimiter, table.mark, guarded=True)
