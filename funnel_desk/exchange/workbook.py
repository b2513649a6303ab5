"""A sheet of a workbook as records of text, so that a workbook comes in on the same way as a text file.

Cells keep what the workbook knows of them: a date becomes an ISO day or instant, a number its digits with the decimal
sign that the texts of its column use. What a formula gave when the workbook was saved is what counts.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from funnel_desk.exchange.decimals import weigh
from funnel_desk.exchange.problems import DamagedWorkbook, EmptyFile, LargeWorkbook, NoSuchSheet, SeveralSheets

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 1_500_000_000
"""What a workbook may unfold to: a hundred times a hundred thousand deals."""
_THOUSANDS = 3
_TABLE = 2

Cell = str | int | float | bool | date | datetime | time | timedelta


class Sheet(NamedTuple):
    """A sheet: its name, those of all sheets, and its records with their row numbers; a blank row is one empty cell."""

    name: str
    names: tuple[str, ...]
    records: list[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """Whether this is a workbook, or at least no text: .xlsx, .xlsm, .xlsb, .ods or the old .xls."""
    return data.startswith((_ZIP, _OLD))


def read_sheet(data: bytes, sheet: str | None = None) -> Sheet:
    """The sheet that is told by its name or number (from 1), or the only visible one that has a table.

    Raises: DamagedWorkbook, LargeWorkbook, NoSuchSheet, SeveralSheets, EmptyFile.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    _check_size(data)
    try:
        book = load_workbook(io.BytesIO(data))
        names = tuple(book.sheet_names)
        if sheet is not None:
            name = _told(sheet, names)
            return Sheet(name, names, _records(book, name))
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        found = {name: _records(book, name) for name in shown}
    except CalamineError as error:
        raise DamagedWorkbook(why=str(error)) from None
    tables = [name for name, records in found.items() if _has_table(records)]
    if len(tables) > 1:
        raise SeveralSheets(sheets=", ".join(f'"{name}"' for name in tables), first=tables[0], names=tuple(tables))
    if not tables:
        tables = [name for name, records in found.items() if any(any(cells) for _line, cells in records)][:1]
    if not tables:
        raise EmptyFile
    return Sheet(tables[0], names, found[tables[0]])


def _check_size(data: bytes) -> None:
    """A few bytes may unfold to more than any machine holds."""
    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedWorkbook(why=str(error)) from None
    if size > _MOST_BYTES:
        raise LargeWorkbook(size=f"{size / 1e9:.1f}")


def _told(sheet: str, names: Sequence[str]) -> str:
    """The sheet of this name, else of this number."""
    wanted = sheet.strip().casefold()
    for name in names:
        if name.strip().casefold() == wanted:
            return name
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise NoSuchSheet(sheet=sheet, known=", ".join(f'"{name}"' for name in names))


def _has_table(records: Sequence[tuple[int, list[str]]]) -> bool:
    return sum(any(cells) for _row, cells in records) >= _TABLE


def _records(book: "CalamineWorkbook", name: str) -> list[tuple[int, list[str]]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    signs = _signs(rows)
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, 1):
        cells = [cell if type(cell) is str else _text(cell, signs[place]) for place, cell in enumerate(row)]
        found.append((number, cells if any(map(str.strip, cells)) else [""]))
    return found


def _signs(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Per column the decimal sign of its numbers: a comma where the numbers that are texts have one."""
    if not rows:
        return []
    signs = []
    for place in range(len(rows[0])):
        evidence = weigh({cell for row in rows if type(cell := row[place]) is str and cell[:20].strip()})
        signs.append("," if evidence.comma and not evidence.point else ".")
    return signs


def _text(cell: Cell, sign: str) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell, sign)
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _number(cell: float, sign: str) -> str:
    """The digits of a number, such that nobody takes its decimals for thousands."""
    if cell == int(cell):
        return str(int(cell))
    written = f"{cell:.15g}"
    whole, point, rest = written.partition(".")
    if "e" in written:
        whole, point, rest = f"{cell:.20f}".rstrip("0").partition(".")
    if point and len(rest) == _THOUSANDS:
        rest += "0"
    return f"{whole}{sign}{rest}" if point else whole
