"""The shape of a table: titles above its header, totals and remarks below its rows, columns without anything."""

import re
from collections.abc import Sequence

from funnel_desk.exchange.columns import known_headers
from funnel_desk.exchange.numbers import take_apart
from funnel_desk.exchange.problems import NoHeader, NoSuchRow
from funnel_desk.exchange.words import normalise

Record = tuple[int, list[str]]

LOOKED_AT = 30
"""How far down a header is looked for."""
_ENOUGH = 2
_NARROW = 3
_TOTAL = re.compile(r"(?:grand |sub ?)?totals?|sum|итого|всего|итог|общий итог|сумма")
_COUNT = re.compile(r"[\s(:]*\d+\s*\w*[\s):]*$|\s*\([^()]*\)\s*:?$")
_REMARK = re.compile(
    r"^(?:©|\(c\)|copyright|confidential|generated (?:by|on|at)|report (?:date|generated)|exported (?:by|on|from)|"
    r"printed |as of |filtered by|сформировано|отч[её]т сформирован|выгружено|дата выгрузки|конфиденциально)",
    re.IGNORECASE,
)


def header_at(heads: Sequence[Record], told: int | None = None) -> int:
    """The place of the header among the first records: the row that was told, or the first that is not a title.

    A title is what stands above a row of names that are known, and is less of a header than that. Raises NoSuchRow,
    NoHeader.
    """
    if told is not None:
        for place, (line, cells) in enumerate(heads):
            if line == told and _filled(cells):
                return place
        raise NoSuchRow(row=told)
    places = [place for place, (_line, cells) in enumerate(heads) if cells != [""]]
    if not places:
        return len(heads)
    first = places[0]
    known, filled = _known_of(heads[first][1]), _filled(heads[first][1])
    best = first
    for place in places[1:]:
        cells = heads[place][1]
        more, width = _known_of(cells), _filled(cells)
        likely = more >= _ENOUGH and more > known and more * 2 >= width
        doubtful = known == 0 or filled == 1 or filled < len(heads[best][1])
        if likely and doubtful and filled <= width:
            best, known, filled = place, more, width
    if not filled:
        raise NoHeader(line=heads[first][0])
    return best


def _known_of(cells: Sequence[str]) -> int:
    return known_headers(list({normalise(cell): cell for cell in cells}.values()))


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell and not cell.isspace()) for cell in cells)


def footers_from(body: Sequence[Record], width: int) -> int:
    """Where the totals and remarks begin that some programs write below a table; its length where there are none."""
    marks: list[int] = []
    place = len(body)
    while place:
        cells = body[place - 1][1]
        filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
        lonely = width >= _NARROW and len(filled) == 1 and bool(cells[0].strip())
        if filled and (_is_total(filled) or (lonely and _REMARK.match(filled[0]))):
            marks.append(place - 1)
        elif filled and not lonely:
            break
        place -= 1
    if not marks:
        return len(body)
    first = marks[-1]  # lonely cells above it are remarks as well, if a blank row parts them from the rows
    return next((above for above in range(place, first) if not _filled(body[above][1])), first)


def _is_total(filled: Sequence[str]) -> bool:
    """Whether a row says "Total" and otherwise only numbers."""
    first = normalise(_COUNT.sub("", filled[0].strip()))
    return _TOTAL.fullmatch(first) is not None and all(take_apart(cell) is not None for cell in filled[1:])


def columns_with_anything(headers: Sequence[str], body: Sequence[Record]) -> list[int]:
    """The places of columns that have a header, or a cell."""
    named = [bool(header and not header.isspace()) for header in headers]
    blank = {place for place, has_name in enumerate(named) if not has_name}
    for _line, cells in body:
        if not blank:
            break
        blank -= {place for place in blank if place < len(cells) and cells[place].strip()}
    return [place for place in range(len(headers)) if place not in blank]
