"""The lines of the table of customers: what is read, how it is sorted and searched, and what each column means."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from funnel_desk.domain.effort import Effort, efforts
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.own_figures import Rate
from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_, _, format_day, format_number, format_percent
from funnel_desk.queries.customers import CustomerRow, CustomersReport
from funnel_desk.ui.phrases import money

_HOUR = 60
AGES = (90, 180, 365, 10**9)
"""Days since the last order, the last of each part."""


@dataclass(frozen=True, slots=True)
class Line:
    """A customer as the table shows it; ``share`` is that of all won value, ``place`` its rank by won value."""

    row: CustomerRow
    currency: str
    share: float
    open_deals: int
    place: int
    search: str


@dataclass(frozen=True, slots=True)
class Found:
    """The report, its lines, the greatest first, the user's rates of exchange, and who takes time.

    ``ages`` are how many customers ordered last up to each limit of AGES in days ago.
    """

    report: CustomersReport
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...] = ()
    efforts: tuple[Effort, ...] = ()
    ages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it means, what it says of a line, how lines are put in order."""

    key: str
    title: str
    definition: str
    text: Callable[[Line, str], str]
    order: Callable[[Line], tuple[int | float | str, ...]]
    figures: bool = True


COLUMNS: tuple[Column, ...] = (
    Column(
        "name",
        N_("Customer"),
        N_("Who bought or took time: a company, a person, or a deal of nobody known."),
        lambda line, _zone: line.row.name or _("without a name"),
        lambda line: (line.search,),
        figures=False,
    ),
    Column(
        "grade",
        N_("ABC"),
        N_("M20. By the won value of twelve months: A brings the most of it, then B, the rest is C."),
        lambda line, _zone: line.row.customer.grade,
        lambda line: (line.row.customer.grade, line.place),
        figures=False,
    ),
    Column(
        "won",
        N_("Won, 12 months"),
        N_("Value of the deals that were first won in the twelve months that end today."),
        lambda line, _zone: money(line.row.customer.won, line.currency) if line.row.customer.orders else "",
        lambda line: (line.row.customer.won, -line.place),
    ),
    Column(
        "share",
        N_("Share"),
        N_("M20. Of all won value of twelve months."),
        lambda line, _zone: format_percent(line.share, 1) if line.share > 0 else "",
        lambda line: (line.share, -line.place),
    ),
    Column(
        "orders",
        N_("Orders"),
        N_("Deals that were won in the twelve months."),
        lambda line, _zone: format_number(line.row.customer.orders) if line.row.customer.orders else "",
        lambda line: (line.row.customer.orders, -line.place),
    ),
    Column(
        "last_order",
        N_("Last order"),
        N_("The day on which the last deal was won, whenever that was."),
        lambda line, zone: _last_order(line.row.customer.last_order, zone),
        lambda line: (line.row.customer.last_order or "", -line.place),
    ),
    Column(
        "open",
        N_("Open deals"),
        N_("Deals that are open now, in every pipeline and currency."),
        lambda line, _zone: format_number(line.open_deals) if line.open_deals else "",
        lambda line: (line.open_deals, -line.place),
    ),
    Column(
        "time",
        N_("Time spent"),
        N_("M24. Minutes logged with this customer in the twelve months, as hours and minutes."),
        lambda line, _zone: spent(line.row.customer.minutes) if line.row.customer.minutes else "",
        lambda line: (line.row.customer.minutes, -line.place),
    ),
    Column(
        "an_hour",
        N_("Won an hour"),
        N_("M24. Won value of twelve months by hour of logged time: effort beside return."),
        lambda line, _zone: _an_hour(line),
        lambda line: (line.row.customer.an_hour if line.row.customer.an_hour is not None else -1, -line.place),
    ),
)


def found_lines(report: CustomersReport, open_deals: Mapping[str, int]) -> Found:
    """Everything that the table shows."""
    whole = sum(max(0, row.customer.won) for row in report.rows)
    lines = (
        Line(
            row=row,
            currency=report.currency,
            share=max(0, row.customer.won) / whole if whole else 0.0,
            open_deals=open_deals.get(row.customer.id, 0),
            place=place,
            search=folded(row.name),
        )
        for place, row in enumerate(report.rows)
    )
    days = [row.customer.days_since_order for row in report.rows]
    ages = Counter(bisect_left(AGES, past) for past in days if past is not None)
    return Found(
        report,
        tuple(lines),
        efforts=efforts(row.customer for row in report.rows),
        ages=tuple(ages[place] for place in range(len(AGES))),
    )


def chosen_lines(lines: tuple[Line, ...], text: str, column: int, *, descending: bool) -> list[Line]:
    """The lines whose name contains every word of a text, in the order of a column."""
    words = folded(text).split()
    found = [line for line in lines if all(word in line.search for word in words)] if words else list(lines)
    order = COLUMNS[column].order
    found.sort(key=order, reverse=descending)
    return found


def spent(minutes: int) -> str:
    """Minutes as hours and minutes: "17:35"."""
    return f"{format_number(minutes // _HOUR)}:{minutes % _HOUR:02}"


def _last_order(moment: Moment | None, zone: str) -> str:
    return format_day(day_of(moment, zone)) if moment else ""


def _an_hour(line: Line) -> str:
    value = line.row.customer.an_hour
    return "" if value is None else money(value, line.currency)
