"""The cells of one row into values, by field; what cannot be read spoils the row, and is told with its column."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from funnel_desk.exchange.amounts import Amount, whole_number
from funnel_desk.exchange.cells import Unreadable
from funnel_desk.exchange.currency_signs import CURRENCY_SIGNS, meant
from funnel_desk.exchange.fields import CUSTOM, FIELDS, FieldKind
from funnel_desk.exchange.meanings import activity_kind_of, direction_of, flag_of, kind_of, outcome_of
from funnel_desk.exchange.plan import ImportPlan
from funnel_desk.exchange.table import Row
from funnel_desk.exchange.tags import tags_of_cell
from funnel_desk.i18n import translate as _

_OWN_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z)?")
_CODE = re.compile(r"[A-Za-z]{3}")


class Note(NamedTuple):
    """Something to tell about a cell, a row or (without a line) the whole file, in the language of the person."""

    line: int | None
    column: str | None
    value: str | None
    reason: str


class Said(NamedTuple):
    """What a row says, by field; `custom` by the names of the user's own fields."""

    values: dict[str, object]
    custom: dict[str, str]
    spoiled: list[Note]


Take = Callable[[str], object]

EMPTIED: Mapping[str, object] = {
    **dict.fromkeys(("source", "product", "segment", "note", "owner"), ""),
    **dict.fromkeys(("site", "industry", "usage", "size", "price_sensitivity"), ""),
    **dict.fromkeys(("email", "phone", "messenger", "role", "attitude"), ""),
    "tags": (),
}
"""What an empty cell makes of these fields where it was told that empty cells empty them."""


class RowReader:
    """Reads rows of one table. Each column is read in the way that the plan says."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        fields = FIELDS[plan.what]
        self._columns: list[tuple[int, str, str, Take | None, bool]] = []
        self._money: tuple[int, str] | None = None
        self._custom: list[tuple[int, str, str]] = []
        self._emptied: list[tuple[int, str]] = []
        for column in plan.matching.columns:
            place, header = plan.table.place(column.header), column.header
            if column.field.startswith(CUSTOM):
                self._custom.append((place, header, column.field.removeprefix(CUSTOM)))
                continue
            if plan.options.wipe_empty and column.field in EMPTIED:
                self._emptied.append((place, column.field))
            if column.field == "value":
                self._money = place, header
            elif column.field not in {"stage", "lost_stage", "from_stage", "pipeline"}:
                take = self._take(fields[column.field], header)
                self._columns.append((place, header, column.field, take, header in plan.values))

    def read(self, row: Row) -> Said:
        """What the row says. Blank cells say nothing."""
        line, cells = row
        values: dict[str, object] = {}
        spoiled: list[Note] = []
        for place, header, field, take, ruled in self._columns:
            cell = cells[place]
            if not cell:
                continue
            if ruled:
                cell = self._plan.values.apply(header, cell)
            if take is None:
                values[field] = cell
                continue
            found = take(cell)
            if type(found) is Unreadable:
                spoiled.append(Note(line, header, cell, found.reason))
            elif found is not None and found != "":
                values[field] = found
        if self._money is not None:
            self._read_money(row, values, spoiled)
        for place, field in self._emptied:
            if not cells[place].strip():
                values.setdefault(field, EMPTIED[field])
        return Said(values, self._own_fields(row), spoiled)

    def _own_fields(self, row: Row) -> dict[str, str]:
        custom = {}
        for place, header, name in self._custom:
            cell = self._plan.values.apply(header, row.cells[place])
            cell = cell if self._plan.exact or self._plan.table.guarded else cell.strip()
            if cell or self._plan.options.wipe_empty:
                custom[name] = cell
        return custom

    def _read_money(self, row: Row, values: dict[str, object], spoiled: list[Note]) -> None:
        assert self._money is not None  # noqa: S101 - asked by the caller
        place, header = self._money
        cell = self._plan.values.apply(header, row.cells[place])
        if not cell or cell.isspace():
            return
        found = self._plan.readers.money.read(cell, str(values.get("currency", "")))
        if isinstance(found, Amount):
            values["value"] = found
        else:
            spoiled.append(Note(row.line, header, cell, found.reason))

    def _take(self, kind: FieldKind, header: str) -> Take | None:
        """What reads the cells of a column; None for texts of an exact export, which are what they are."""
        exact = self._plan.exact or self._plan.table.guarded
        if kind == "text":
            return None if exact else str.strip
        readers = self._plan.readers
        if kind == "moment":
            read = readers.dates[header].read
            return (lambda cell: _own_moment(cell) or read(cell)) if exact else _unless_blank(read)
        if kind == "probability" and readers.probability is not None:
            return _unless_blank(readers.probability.read)
        return _unless_blank(_TAKES[kind])


def _unless_blank(read: Take) -> Take:
    return lambda cell: None if cell.isspace() else read(cell)


def _own_moment(cell: str) -> str | None:
    """A moment as we write them, taken literally, fractions of seconds included."""
    if not _OWN_MOMENT.fullmatch(cell):
        return None
    try:
        datetime.fromisoformat(cell)
    except ValueError:
        return None
    return cell


def _currency(cell: str) -> object:
    word = cell.strip()
    if _CODE.fullmatch(word) and word.isascii():
        return word.upper()
    found = meant(CURRENCY_SIGNS.get(word.casefold(), ()), "")
    return found or Unreadable(_('"{value}" is no currency; write its code, such as EUR.', value=cell))


def _outcome(cell: str) -> object:
    found = outcome_of(cell)
    return found or Unreadable(_('"{value}" is neither open, won nor lost. Tell which with --value.', value=cell))


def _kind(cell: str) -> object:
    return kind_of(cell) or UnknownKind(cell)


def _flag(cell: str) -> object:
    return flag_of(cell)


def _activity_kind(cell: str) -> object:
    return activity_kind_of(cell) or UnknownKind(cell)


def _direction(cell: str) -> object:
    return direction_of(cell) or Unreadable(_('"{value}" is neither in nor out. Tell which with --value.', value=cell))


class UnknownKind(str):
    """A cell that names no kind of deal or activity: it comes in without, and that is told once."""

    __slots__ = ()


_TAKES: dict[FieldKind, Take] = {
    "currency": _currency,
    "outcome": _outcome,
    "kind": _kind,
    "flag": _flag,
    "tags": tags_of_cell,
    "whole": whole_number,
    "direction": _direction,
    "activity_kind": _activity_kind,
}
