"""Whether the day or the month comes first, decided for each column of dates and with the help of the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from funnel_desk.exchange.dates import Clock, DateOrder, DateReader, WrittenDate, take_date_apart
from funnel_desk.exchange.problems import AmbiguousDates

_STRAYS = 20
"""One cell against the order is a bad row where at least this many are for it; more is an ambiguous column."""


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """What the cells of a column say about the order."""

    dmy: int = 0
    mdy: int = 0
    doubtful: int = 0
    """Cells that are a day in both orders, and not the same one."""
    example: str = ""
    dots: bool = False
    """Whether the doubtful ones are written with dots, which nobody does with the month first."""
    year_first: bool = False
    all_midnight: bool = False

    @property
    def verdict(self) -> Literal["dmy", "mdy", "?", ""]:
        """The order, "?" when it matters and is not known, "" when it does not matter."""
        few, many = sorted((self.dmy, self.mdy))
        if many and few * _STRAYS <= many:
            return "dmy" if self.dmy > self.mdy else "mdy"
        if many:
            return "?"
        if self.doubtful:
            return "dmy" if self.dots else "?"
        return ""


def weigh_dates(cells: Iterable[str]) -> OrderEvidence:
    """What the different cells of a column say; cells that are no dates say nothing."""
    dmy = mdy = doubtful = 0
    example, dots, year_first = "", True, False
    clocks: set[Clock | None] = set()
    for cell in cells:
        written = take_date_apart(cell)
        if written is None:
            continue
        clocks.add(written.clock)
        if written.numbers is None:
            year_first = year_first or written.year_first
            continue
        as_dmy, as_mdy = written.in_order("dmy"), written.in_order("mdy")
        dmy += as_dmy is not None and as_mdy is None
        mdy += as_mdy is not None and as_dmy is None
        if as_dmy is not None and as_mdy is not None and as_dmy != as_mdy:
            doubtful += 1
            example = example or cell
            dots = dots and written.separator == "."
        elif (as_dmy is None) != (as_mdy is None):
            example = example or cell
    return OrderEvidence(dmy, mdy, doubtful, example, dots, year_first, all_midnight=clocks <= {Clock(0), None})


def date_readers(
    columns: Mapping[str, Iterable[str]],
    zone: str,
    told: DateOrder | None = None,
    witnesses: Mapping[str, Iterable[str]] | None = None,
) -> dict[str, DateReader]:
    """A reader for each column of dates (header to its different cells).

    A column that does not tell its own order takes that of the other columns of the file, `witnesses` among them,
    where those agree. Witnesses are columns that are not read, but may be dates.

    Raises: AmbiguousDates: the order matters, nothing tells it and nothing was told.
    """
    found = {header: weigh_dates(cells) for header, cells in columns.items()}
    verdicts: dict[str, str] = {header: told or evidence.verdict for header, evidence in found.items()}
    known = _certain(verdicts.values())
    if "?" in verdicts.values() and not known and witnesses:
        known = _certain(weigh_dates(cells).verdict for cells in witnesses.values())
    readers: dict[str, DateReader] = {}
    for header, verdict in verdicts.items():
        order = verdict
        if order == "?":
            if len(known) != 1 or (found[header].dmy and found[header].mdy):
                raise _ambiguous(header, found[header])
            (order,) = known
        readers[header] = DateReader(_order(order), zone, midnight_is_day=found[header].all_midnight)
    return readers


def order_of_file(columns: Mapping[str, Iterable[str]], told: DateOrder | None = None) -> DateOrder | None:
    """The order to report for a file: what was told, what its dates say, ymd when all begin with the year."""
    if told is not None:
        return told
    found = [weigh_dates(cells) for cells in columns.values()]
    for evidence in found:
        if evidence.verdict in {"dmy", "mdy"}:
            return _order(evidence.verdict)
    return "ymd" if any(evidence.year_first for evidence in found) else None


def _certain(verdicts: Iterable[str]) -> set[str]:
    return {verdict for verdict in verdicts if verdict in {"dmy", "mdy"}}


def _order(verdict: str) -> DateOrder:
    if verdict == "mdy":
        return "mdy"
    return "ymd" if verdict == "ymd" else "dmy"


def _ambiguous(header: str, evidence: OrderEvidence) -> AmbiguousDates:
    written = take_date_apart(evidence.example) or WrittenDate()
    first, second = written.in_order("dmy"), written.in_order("mdy")
    return AmbiguousDates(header=header, example=evidence.example, first=str(first or "-"), second=str(second or "-"))
