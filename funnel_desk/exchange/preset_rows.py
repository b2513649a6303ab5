"""What a preset says of rows: which are none, and which are one deal told in several."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from funnel_desk.exchange.presets import Preset
from funnel_desk.exchange.table import Row, Table
from funnel_desk.exchange.words import normalise


class Sorted(NamedTuple):
    """The table without rows that are none and with one row a deal; the lines of the others."""

    table: Table
    left_out: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()


def sorted_by(preset: Preset, table: Table, columns: Mapping[str, str]) -> Sorted:
    """Leave out the rows that the preset says are none, and join those of one deal. ``columns``: header to field."""
    rows, left_out = _without(preset, table)
    joined: list[int] = []
    place = _place(table, columns, preset.one_deal)
    if place is not None:
        more = [at for one in preset.joined if (at := _place(table, columns, one)) is not None]
        own = [table.place(header) for header, one in columns.items() if one not in {*preset.joined, preset.one_deal}]
        rows, joined = _joined(rows, place, more, own)
    if not left_out and not joined:
        return Sorted(table)
    return Sorted(replace(table, rows=rows), tuple(left_out), tuple(joined))


def _place(table: Table, columns: Mapping[str, str], wanted: str) -> int | None:
    return next((table.place(header) for header, one in columns.items() if wanted and one == wanted), None)


def _without(preset: Preset, table: Table) -> tuple[list[Row], list[int]]:
    rules = [
        (place, preset.left_out[normalise(header)])
        for place, header in enumerate(table.headers)
        if normalise(header) in preset.left_out
    ]
    if not rules:
        return list(table.rows), []
    gone = [row.line for row in table.rows if any(normalise(row.cells[place]) in words for place, words in rules)]
    lines = set(gone)
    return [row for row in table.rows if row.line not in lines], gone


def _joined(rows: list[Row], key: int, more: list[int], own: list[int]) -> tuple[list[Row], list[int]]:
    """The first row of each deal, with what the others tell in the columns that are put together.

    A row that contradicts the first in what is the deal's ``own`` stays a row, and will be refused as one.
    """
    firsts: dict[str, Row] = {}
    kept: list[Row] = []
    joined: list[int] = []
    for row in rows:
        name = row.cells[key].strip()
        first = firsts.get(name) if name else None
        if first is None or any(row.cells[one].strip() not in {"", first.cells[one].strip()} for one in own):
            kept.append(row)
            if name and first is None:
                firsts[name] = row
            continue
        joined.append(row.line)
        for place in more:
            said = [part.strip() for part in first.cells[place].split(", ")]
            if row.cells[place].strip() and row.cells[place].strip() not in said:
                first.cells[place] = ", ".join([*filter(None, said), row.cells[place].strip()])
    return kept, joined
