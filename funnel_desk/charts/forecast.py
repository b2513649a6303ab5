"""The weighted forecast: a bar a month, direct labels; what is overdue or has no day stands apart. No legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.domain.forecast import Forecast
from funnel_desk.domain.money import major
from funnel_desk.i18n import N_, _, format_month, format_number, ngettext
from funnel_desk.queries.forecast import ForecastReport
from funnel_desk.queries.outlook import OVERDUE, UNDATED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 16.0
PITCH, BAR, HEAD, TOTAL, INSIDE = 28.0, 18.0, 32.0, 34.0, 8.0
LABEL_SHARE, LEAST_BAR = 0.34, 2.0
MOST_MONTHS = 24

LATER = "later"
"""The place of the months that found no room of their own."""

NAMES = {OVERDUE: N_("Day has passed"), UNDATED: N_("No day given"), LATER: N_("Later")}


@dataclass(frozen=True, slots=True)
class Line:
    """What a month (``YYYY-MM``), or what OVERDUE, UNDATED or LATER, should bring; ``part`` of the longest bar."""

    place: str
    weighted: int
    part: float

    @property
    def name(self) -> str:
        """The month, or the place, in words."""
        return _name(self.place)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one currency, and what they come to."""

    forecast: Forecast
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ForecastPicture:
    """A group a currency, the main one first; those without an open deal are left out."""

    groups: tuple[Group, ...]


def measure(report: ForecastReport) -> ForecastPicture:
    """The bars: what is overdue first, then month by month, then what has no day."""
    forecasts = [one.forecast for one in (report.main, *report.others)]
    return ForecastPicture(tuple(_group(one) for one in forecasts if one.n))


def size(picture: ForecastPicture) -> tuple[float, float]:
    """The width and height, in px, that the bars need."""
    return WIDTH, _height(picture)


def least_size(picture: ForecastPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, _height(picture)


def draw(axes: "Axes", picture: ForecastPicture, style: Style) -> "Sequence[Spot]":
    """Draw the bars from the top of the axes; spots are named "EUR:2026-12", "EUR:overdue" and so on."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    if not picture.groups:
        paper.text(MARGIN, PITCH / 2, _("No open deal should close in this period."), style.dim)
        return paper.spots
    lines = [line for group in picture.groups for line in group.lines]
    names = [*(line.name for line in lines), _("Together")]
    label_width = min(max(paper.width_of(name, bold=True) for name in names), paper.width * LABEL_SHARE)
    top = 0.0
    for group in picture.groups:
        top = _Sheet(paper, style, label_width, several=len(picture.groups) > 1).draw(group, top)
    return paper.spots


def told(group: Group) -> str:
    """Of how many deals it is, and how many of them have no value: "14 open deals, 3 of them without a value"."""
    forecast = group.forecast
    count = ngettext("{n} open deal", "{n} open deals", forecast.n, n=format_number(forecast.n))
    if not forecast.without_value:
        return count
    return _("{deals}, {n} of them without a value", deals=count, n=format_number(forecast.without_value))


def numbers(picture: ForecastPicture) -> Numbers:
    """A row a month, a column a currency; amounts bare."""
    codes = [group.forecast.currency for group in picture.groups]
    rows: dict[str, dict[str, str]] = {}
    for group in picture.groups:
        code = group.forecast.currency
        for line in group.lines:
            rows.setdefault(line.place, {})[code] = major(line.weighted, code)
    order = sorted(rows, key=lambda place: (place != OVERDUE, place == UNDATED, place == LATER, place))
    told = [[_name(place), *(rows[place].get(code, "") for code in codes)] for place in order]
    return Numbers((_("Month"), *codes), told)


CHART = Chart(
    title=N_("Forecast by month"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the lines of a currency are drawn."""

    paper: "Paper"
    style: Style
    label_width: float
    several: bool

    def draw(self, group: Group, top: float) -> float:
        """All lines of a group from a height on; gives where they end."""
        paper, style, currency = self.paper, self.style, group.forecast.currency
        if self.several:
            heading = f"{currency} · {told(group)}"
            paper.text(MARGIN, top + HEAD / 2, paper.cut(heading, paper.width - 2 * MARGIN), style.dim, size=SMALL)
            top += HEAD
        left = MARGIN + self.label_width + GAP
        amounts = [short_money(line.weighted, currency) for line in group.lines]
        room = max((paper.width_of(text) for text in amounts), default=0.0) + INSIDE
        width = max(LEAST_BAR, paper.width - MARGIN - left - room)
        for line, amount in zip(group.lines, amounts, strict=True):
            self._line(line, amount, top, left, width, f"{currency}:{line.place}")
            top += PITCH
        paper.rule(top + 2, MARGIN)
        middle = top + 2 + TOTAL / 2
        paper.text(MARGIN, middle, paper.cut(_("Together"), self.label_width, bold=True), style.text, bold=True)
        paper.text(left, middle, short_money(group.forecast.weighted, currency), style.text, bold=True)
        return top + TOTAL

    def _line(self, line: Line, amount: str, top: float, left: float, width: float, name: str) -> None:
        colour = {OVERDUE: self.style.warn, UNDATED: self.style.faint}.get(line.place, self.style.accent)
        ink = self.style.warn if line.place == OVERDUE else self.style.text
        middle, length = top + PITCH / 2, max(LEAST_BAR, width * line.part)
        self.paper.text(MARGIN, middle, self.paper.cut(line.name, self.label_width), ink)
        spot = "" if line.place == LATER else name
        self.paper.bar(left, top + (PITCH - BAR) / 2, length, BAR, colour, name=spot)
        self.paper.text(left + length + INSIDE, middle, amount, self.style.text, name=spot)


def _name(place: str) -> str:
    return _(NAMES[place]) if place in NAMES else format_month(place)


def _group(forecast: Forecast) -> Group:
    months = [(one.month, one.weighted) for one in forecast.by_month]
    after = sum(weighted for _month, weighted in months[MOST_MONTHS:])
    places = [
        *([(OVERDUE, forecast.overdue)] if forecast.overdue else []),
        *months[:MOST_MONTHS],
        *([(LATER, after)] if after else []),
        *([(UNDATED, forecast.undated)] if forecast.undated else []),
    ]
    most = max((weighted for _place, weighted in places), default=0)
    return Group(
        forecast,
        tuple(Line(place, weighted, max(0, weighted) / most if most > 0 else 0.0) for place, weighted in places),
    )


def _height(picture: ForecastPicture) -> float:
    heads = HEAD * len(picture.groups) if len(picture.groups) > 1 else 0.0
    return max(PITCH, heads + sum(PITCH * len(group.lines) + TOTAL for group in picture.groups))
