"""What the cells of each column come to, before anything is written: sums of numbers, first and last of dates."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from funnel_desk.domain.moments import Moment
from funnel_desk.exchange.amounts import Amount, whole_number
from funnel_desk.exchange.fields import FIELDS
from funnel_desk.exchange.plan import ImportPlan


class NumberFigures(NamedTuple):
    """The numbers of a column: in minor units of a currency, in basis points for a probability, else whole."""

    many: int
    low: int
    high: int
    total: int
    currency: str = ""


class DateFigures(NamedTuple):
    """The dates of a column."""

    many: int
    first: Moment
    last: Moment


ColumnFigures = tuple[NumberFigures, ...] | DateFigures


def column_figures(plan: ImportPlan) -> dict[str, ColumnFigures]:
    """By header, for each column of numbers or dates with a cell that can be read."""
    fields = FIELDS[plan.what]
    found: dict[str, ColumnFigures] = {}
    for column in plan.matching.columns:
        kind = fields.get(column.field, "text")
        figures: ColumnFigures = ()
        if kind == "moment":
            figures = _dates(plan, column.header) or ()
        elif kind == "money":
            figures = tuple(_money(plan, column.header))
        elif kind in {"probability", "whole"}:
            figures = tuple(_numbers(plan, column.header, kind))
        if figures:
            found[column.header] = figures
    return found


def _cells(plan: ImportPlan, header: str) -> Iterator[tuple[str, int]]:
    """The different cells as they are to be read, and how many there are of each."""
    for cell, count in Counter(plan.table.column(header)).items():
        if read := plan.values.apply(header, cell).strip():
            yield read, count


def _dates(plan: ImportPlan, header: str) -> DateFigures | None:
    reader = plan.readers.dates[header]
    read = [(reader.read(cell), count) for cell, count in _cells(plan, header)]
    good = [(moment, count) for moment, count in read if isinstance(moment, str)]
    if not good:
        return None
    moments = [moment for moment, _count in good]
    return DateFigures(sum(count for _moment, count in good), min(moments), max(moments))


def _money(plan: ImportPlan, header: str) -> Iterator[NumberFigures]:
    told = plan.matching.header("currency")
    codes: Iterable[str] = plan.table.column(told) if told else ("" for _row in plan.table.rows)
    amounts: dict[str, Counter[int]] = {}
    for (cell, code), count in Counter(zip(plan.table.column(header), codes, strict=True)).items():
        read = plan.values.apply(header, cell)
        found = plan.readers.money.read(read, code.strip()) if read.strip() else None
        if isinstance(found, Amount):
            amounts.setdefault(found.currency, Counter())[found.minor] += count
    for currency, counts in amounts.items():
        yield _summed(counts, currency)


def _numbers(plan: ImportPlan, header: str, kind: str) -> Iterator[NumberFigures]:
    reader = plan.readers.probability
    counts: Counter[int] = Counter()
    for cell, count in _cells(plan, header):
        found = whole_number(cell) if kind == "whole" or reader is None else reader.read(cell)
        if isinstance(found, int):
            counts[found] += count
    if counts:
        yield _summed(counts, "")


def _summed(counts: Counter[int], currency: str) -> NumberFigures:
    total = sum(value * count for value, count in counts.items())
    return NumberFigures(counts.total(), min(counts), max(counts), total, currency)
