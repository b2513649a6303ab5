"""Workbooks for tests, written part by part: what a sheet holds is what the test says, whatever a library would do."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | bool | date | datetime | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = f'<styleSheet xmlns="{_MAIN}"><cellXfs count="4">' + "".join(
    f'<xf numFmtId="{number}"/>' for number in (0, 14, 22, 10)
)
_DAY, _INSTANT, PERCENT = 1, 2, 3
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones


def a_workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: Sequence[str] = (), merged: Sequence[str] = ()
) -> bytes:
    """A workbook with these sheets; merged ranges such as "A1:C1" are those of the first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/></Types>',
        )
        file.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"{_state(name in hidden)}/>'
            for n, name in enumerate(sheets, 1)
        )
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>'
        )
        parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
        file.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("rIdS", "styles", "styles.xml")]))
        file.writestr("xl/styles.xml", f"{_STYLES}</cellXfs></styleSheet>")
        ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
        for n, rows in enumerate(sheets.values(), 1):
            joined = f"<mergeCells>{ranges}</mergeCells>" if ranges and n == 1 else ""
            data = "".join(_row(number, row) for number, row in enumerate(rows, 1))
            body = f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData>{joined}</worksheet>'
            file.writestr(f"xl/worksheets/sheet{n}.xml", body)
    return out.getvalue()


def _state(hidden: bool) -> str:
    return ' state="hidden"' if hidden else ""


def _relations(parts: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{key}" Type="{_REL}/{kind}" Target="{to}"/>' for key, kind, to in parts)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _row(number: int, cells: Sequence[Cell]) -> str:
    written = "".join(_cell(f"{chr(65 + place)}{number}", cell) for place, cell in enumerate(cells))
    return f'<row r="{number}">{written}</row>' if written else ""


def _cell(ref: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f'<c r="{ref}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, datetime):
        return f'<c r="{ref}" s="{_INSTANT}"><v>{(cell - _EPOCH).total_seconds() / 86_400!r}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{ref}" s="{_DAY}"><v>{(cell - _EPOCH.date()).days}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{ref}"><v>{cell!r}</v></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
