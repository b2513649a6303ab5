"""The range of the forecast: what is won, and beyond it where nine sums of ten lie; the goal is a line across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.domain.money import major
from funnel_desk.i18n import N_, _
from funnel_desk.queries.outlook import Outlook

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 12.0
ABOVE, BAR, BELOW, LINE = 24.0, 20.0, 44.0, 16.0
TICK, HAIR = 3.0, 1.5
INSIDE = 8.0

SURE, EVEN, HOPE = N_("at least, 9 in 10"), N_("as often more as less"), N_("more, 1 in 10")


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One currency, in minor units: what is won already, with it P10, P50 and P90, and the goal if there is one.

    ``open_deals`` may bring something; where none does the three are what is won.
    """

    currency: str
    won: int
    low: int
    middle: int
    high: int
    goal: int | None
    open_deals: int

    @property
    def first(self) -> int:
        """Where the scale begins."""
        return min(0, self.won, self.low)

    @property
    def last(self) -> int:
        """Where the scale ends."""
        return max(self.high, self.won, self.goal or 0, self.first + 1)


@dataclass(frozen=True, slots=True)
class RangePicture:
    """A row a currency, the main one first; each on a scale of its own, since they are never added."""

    rows: tuple[RangeRow, ...]


def measure(report: Outlook) -> RangePicture:
    """The range of each currency in which something is open or won; the goal belongs to the main one."""
    rows = [
        _row(report.won, one.forecast.currency, (one.range.p10, one.range.p50, one.range.p90), one.forecast.n, goal)
        for one, goal in (
            (report.forecast.main, report.wish.goal),
            *((other, None) for other in report.forecast.others),
        )
    ]
    rows += [_row(report.won, currency, (0, 0, 0), 0, None) for currency in report.only_won]
    return RangePicture(tuple(row for row in rows if row.open_deals or row.won or row.goal is not None))


def size(picture: RangePicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, (ABOVE + BAR + BELOW) * max(1, len(picture.rows))


def least_size(picture: RangePicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, (ABOVE + BAR + BELOW) * max(1, len(picture.rows))


def draw(axes: "Axes", picture: RangePicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a currency from the top of the axes."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    for nth, row in enumerate(picture.rows):
        _Row(paper, style, row, nth * (ABOVE + BAR + BELOW) + ABOVE).draw()
    return paper.spots


def numbers(picture: RangePicture) -> Numbers:
    """A row a currency; amounts bare."""
    heads = (_("Currency"), _("Won"), _(SURE), _(EVEN), _(HOPE), _("Goal"))
    rows = []
    for row in picture.rows:
        told = (row.won, row.low, row.middle, row.high)
        goal = "" if row.goal is None else major(row.goal, row.currency)
        rows.append([row.currency, *(major(amount, row.currency) for amount in told), goal])
    return Numbers(heads, rows)


CHART = Chart(
    title=N_("What the period may bring"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One currency, its bar from ``top`` on."""

    paper: "Paper"
    style: Style
    row: RangeRow
    top: float

    def draw(self) -> None:
        """The ground, what is won, the range with its middle, the goal, and under it the amounts."""
        paper, style, row = self.paper, self.style, self.row
        paper.bar(MARGIN, self.top, paper.width - 2 * MARGIN, BAR, style.line)
        if row.won > 0:
            paper.bar(self._x(0), self.top, self._x(row.won) - self._x(0), BAR, style.faint)
        if row.high > row.low:
            paper.bar(self._x(row.low), self.top, self._x(row.high) - self._x(row.low), BAR, style.accent)
        if row.open_deals:
            self._tick(self._x(row.middle), self.top, BAR, style.on_accent if row.high > row.low else style.accent)
        self._above()
        self._below()

    def _x(self, amount: int) -> float:
        whole = self.row.last - self.row.first
        return MARGIN + (self.paper.width - 2 * MARGIN) * (amount - self.row.first) / whole

    def _tick(self, x: float, top: float, height: float, colour: str) -> None:
        self.paper.bar(x - TICK / 2, top, TICK, height, colour)

    def _above(self) -> None:
        """Over the bar: what is won at its left end, the goal over its line."""
        paper, style, row = self.paper, self.style, self.row
        y = self.top - LINE / 2 - 2
        won = _("won {amount}", amount=short_money(row.won, row.currency))
        taken = MARGIN
        if row.won:
            paper.text(MARGIN, y, won, style.dim, size=SMALL)
            taken += paper.width_of(won, size=SMALL) + GAP
        if row.goal is None:
            return
        x, said = self._x(row.goal), _("goal {amount}", amount=short_money(row.goal, row.currency))
        width = paper.width_of(said, size=SMALL, bold=True)
        paper.bar(x - HAIR / 2, self.top - 6, HAIR, BAR + 12, style.text)
        left = min(max(taken, x - width / 2), paper.width - MARGIN - width)
        paper.text(left, y - 4, said, style.text, size=SMALL, bold=True)

    def _below(self) -> None:
        """Under the bar: the three amounts with what they mean, beside each other however close they lie."""
        paper, row = self.paper, self.row
        if not row.open_deals:
            return
        bounds = [(row.low, SURE), (row.middle, EVEN), (row.high, HOPE)]
        if row.middle in {row.low, row.high}:
            bounds.pop(1)
        told = [(self._x(amount), short_money(amount, row.currency), words) for amount, words in bounds]
        amounts = [paper.width_of(text, bold=True) for _x, text, _words in told]
        both = [max(wide, paper.width_of(_(one[2]), size=SMALL)) for wide, one in zip(amounts, told, strict=True)]
        worded = sum(both) + GAP * (len(both) - 1) <= paper.width - 2 * MARGIN
        widths = both if worded else amounts  # on a narrow page the sentence over it has to tell what they mean
        centres = spread([x for x, _text, _words in told], widths, MARGIN, paper.width - MARGIN)
        for centre, (_x, amount, words) in zip(centres, told, strict=True):
            y = self.top + BAR + LINE
            paper.text(centre, y, amount, self.style.text, align="center", bold=words == EVEN)
            if worded:
                paper.text(centre, y + LINE, _(words), self.style.dim, size=SMALL, align="center")


def spread(places: Sequence[float], widths: Sequence[float], left: float, right: float) -> list[float]:
    """The centres of labels that should stand at these rising places: within the page, and none over another.

    Where there is not room enough for all of them they keep their order and run over the right end.
    """
    centres: list[float] = []
    edge = left
    for place, width in zip(places, widths, strict=True):
        centre = max(place, edge + width / 2)
        centres.append(centre)
        edge = centre + width / 2 + GAP
    edge = right
    for nth in range(len(centres) - 1, -1, -1):
        centres[nth] = min(centres[nth], edge - widths[nth] / 2)
        edge = centres[nth] - widths[nth] / 2 - GAP
    over = left - (centres[0] - widths[0] / 2) if centres else 0.0
    return [centre + max(0.0, over) for centre in centres]


def _row(won: Mapping[str, int], currency: str, bounds: tuple[int, int, int], n: int, goal: int | None) -> RangeRow:
    sure = won.get(currency, 0)
    low, middle, high = (sure + bound for bound in bounds)
    return RangeRow(currency, sure, low, middle, high, goal, n)
