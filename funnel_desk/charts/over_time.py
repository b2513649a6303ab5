"""A share over the months in which deals arrived: a dot a month within its interval, and the changes that were noted.

Months that are still maturing are hollow and lighter, months of too few deals have no dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.shares import share_cells, share_heads
from funnel_desk.charts.style import SMALL, Style, blend, short_month, short_number
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import N_, _, format_month, format_number, format_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 776.0, 320.0, 400.0, 260.0
MARGIN, LEFT, TOP, BOTTOM, LINE = 16.0, 56.0, 24.0, 58.0, 16.0
RADIUS, BAND, MOST_BAND, MOST_GAP = 4.5, 0.5, 18.0, 120.0
MONTHS = 12
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_DAYS_OF_MONTH = 31


@dataclass(frozen=True, slots=True)
class Month:
    """The deals of a month (``YYYY-MM``) and the share in question; ``maturing`` of them may yet decide."""

    month: str
    deals: int
    rate: Rate
    maturing: int


@dataclass(frozen=True, slots=True)
class OverTimeReport:
    """The months, the earliest first, and the changes noted, as (day, words)."""

    months: tuple[Month, ...]
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OverTimePicture:
    """The report, with the first month and how many there are from it to the last one shown."""

    report: OverTimeReport
    first: int
    span: int


def measure(report: OverTimeReport) -> OverTimePicture:
    """From the first month with deals to the last one; a change noted after that is shown at the end."""
    places = [_place(one.month) for one in report.months]
    first = min(places, default=0)
    return OverTimePicture(report, first, max(places, default=first) - first + 1)


def size(picture: OverTimePicture) -> tuple[float, float]:
    """The width and height, in px, in which it looks best."""
    return WIDTH, HEIGHT if picture.report.months else LEAST_HEIGHT / 4


def least_size(picture: OverTimePicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, LEAST_HEIGHT if picture.report.months else LEAST_HEIGHT / 4


def draw(axes: "Axes", picture: OverTimePicture, style: Style) -> "Sequence[Spot]":
    """Draw over the whole of the axes; spots are named "month:2026-06" and "mark:0"."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    if not picture.report.months:
        paper.text(MARGIN, LEAST_HEIGHT / 8, _("No deals have arrived yet."), style.dim)
        return paper.spots
    marks = _marks_in(picture)
    sheet = _Sheet(paper, style, picture, TOP + LINE * min(len(marks), 2))
    sheet.scale()
    sheet.marks(marks)
    sheet.months()
    return paper.spots


def numbers(picture: OverTimePicture) -> Numbers:
    """The months as a table."""
    rows = [
        (format_month(one.month), str(one.deals), *share_cells(one.rate), str(one.maturing))
        for one in picture.report.months
    ]
    return Numbers((_("Month"), _("Deals"), *share_heads(), _("Still maturing")), rows)


CHART = Chart(title=N_("Over time"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where months and shares lie on the page."""

    paper: "Paper"
    style: Style
    picture: OverTimePicture
    top: float

    @property
    def bottom(self) -> float:
        return self.paper.height - BOTTOM

    @property
    def step(self) -> float:
        return min(MOST_GAP, (self.paper.width - LEFT - MARGIN) / self.picture.span)

    def x_of(self, month: float) -> float:
        """The middle of a month, counted from the first."""
        return LEFT + self.step * (month + 0.5)

    def y_of(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share

    def scale(self) -> None:
        for tick in TICKS:
            y = self.y_of(tick)
            right = self.x_of(self.picture.span - 0.5)
            self.paper.line([(LEFT, y), (right, y)], self.style.line)
            self.paper.text(LEFT - 8, y, format_percent(tick), self.style.dim, size=SMALL, align="right")

    def marks(self, marks: Sequence[tuple[int, str, str]]) -> None:
        """The changes: a dashed line at the day, and over it what it was, as far as there is room."""
        for nth, (number, day, text) in enumerate(marks):
            month = _place(day[:7]) - self.picture.first + (date.fromisoformat(day).day - 1) / _DAYS_OF_MONTH - 0.5
            x = min(max(self.x_of(month), LEFT), self.x_of(self.picture.span - 0.5))
            row = nth % 2 if len(marks) > 1 else 0
            y = MARGIN / 2 + LINE * row + LINE / 2
            self.paper.line([(x, y + LINE / 2), (x, self.bottom)], self.style.warn, dashed=True)
            right = next((self._x_of_mark(later[1]) for later in marks[nth + 2 :: 2]), self.paper.width - MARGIN)
            said = f"{number + 1}  {text}"
            to_left = self.paper.width - x < self.paper.width_of(said, size=SMALL) and x > self.paper.width / 2
            room = (x - LEFT if to_left else right - x) - 8
            align = "right" if to_left else "left"
            self.paper.text(x, y, self.paper.cut(said, max(room, 16), size=SMALL), self.style.warn, size=SMALL,
                            align=align, name=f"mark:{number}")  # type: ignore[arg-type]  # fmt: skip

    def months(self) -> None:
        """The band of each month, its dot, and under it its name and of how many it is."""
        style, paper = self.style, self.paper
        before: tuple[float, float] | None = None
        widest = max(paper.width_of(short_month(f"2026-{nth + 1:02}"), size=SMALL) for nth in range(MONTHS)) + 10
        counts = max(paper.width_of(short_number(one.rate.base), size=SMALL) for one in self.picture.report.months) + 10
        every = max(1, -(-int(max(widest, counts)) // max(1, int(self.step))))
        told_year = ""
        for one in self.picture.report.months:
            place = _place(one.month) - self.picture.first
            x, young = self.x_of(place), one.maturing > 0
            interval, value = one.rate.interval, one.rate.value
            if interval is not None and value is not None:
                ink = blend(style.accent, style.ground, 0.12 if young or one.rate.too_few else 0.28)
                width = min(MOST_BAND, self.step * BAND)
                high, low = self.y_of(interval.high), self.y_of(interval.low)
                paper.bar(x - width / 2, high, width, max(2.0, low - high), ink, name=f"month:{one.month}")
            if interval is None or value is None or one.rate.too_few:
                before = None
            else:
                here = (x, self.y_of(value))
                if before is not None:
                    paper.line([before, here], style.accent, dashed=young)
                paper.dot(*here, min(RADIUS, self.step / 2), style.accent, hollow=young)
                before = here
            if place % every == 0:
                year = "" if one.month[:4] == told_year else one.month[:4]
                told_year = one.month[:4]
                for row, text in enumerate((short_month(one.month), short_number(one.rate.base), year)):
                    y = self.bottom + LINE * (row + 0.75)
                    paper.text(x, y, text, style.dim, size=SMALL, align="center")
        paper.text(MARGIN, self.bottom + LINE * 1.75, "n", style.dim, size=SMALL)

    def _x_of_mark(self, day: str) -> float:
        return self.x_of(
            _place(day[:7]) - self.picture.first + (date.fromisoformat(day).day - 1) / _DAYS_OF_MONTH - 0.5
        )


def _marks_in(picture: OverTimePicture) -> list[tuple[int, str, str]]:
    """Those that lie within the months shown or after them, with their number."""
    found = [(nth, day, text) for nth, (day, text) in enumerate(picture.report.marks)]
    return [mark for mark in found if picture.first <= _place(mark[1][:7]) < picture.first + picture.span]


def _place(month: str) -> int:
    return int(month[:4]) * MONTHS + int(month[5:7]) - 1


def count_text(month: Month) -> str:
    """A month with its share in words, for whoever asks about its dot."""
    told = _("{month}: {n} decided of {deals}", month=format_month(month.month), n=format_number(month.rate.base),
             deals=format_number(month.deals))  # fmt: skip
    if not month.maturing:
        return told
    return told + ", " + _("{n} still maturing", n=format_number(month.maturing))
