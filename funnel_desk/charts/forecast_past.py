"""Looking back: at each past month beginning a bar where the range lay, and a mark where what came lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, blend, short_money
from funnel_desk.domain.backtest import BackTest, PastForecast
from funnel_desk.domain.money import major
from funnel_desk.i18n import N_, _, format_month, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 16.0
PITCH, BAR, HEAD = 26.0, 12.0, 24.0
LABEL_SHARE, DOT, HAIR, LEAST_BAR = 0.26, 5.0, 1.5, 3.0
WEAK = 0.55

HELD, ABOVE, BELOW, UNDECIDED, EMPTY = (
    N_("as said"), N_("more came"), N_("less came"), N_("not decided yet"), N_("nothing was open"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastRow:
    """A month beginning: its range, what came, and how that is told; places from 0 to 1 on one scale."""

    past: PastForecast
    low: float
    middle: float
    high: float
    came: float
    told: str


@dataclass(frozen=True, slots=True)
class PastPicture:
    """The month beginnings of one currency, the earliest first."""

    currency: str
    rows: tuple[PastRow, ...]


def measure(report: tuple[str, BackTest]) -> PastPicture:
    """The rows, from a currency and its back-test."""
    currency, found = report
    amounts = [amount for one in found.days for amount in (one.p90, one.came) if one.n]
    most = max([1, *amounts])
    return PastPicture(currency, tuple(_row(one, most) for one in found.days))


def size(picture: PastPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * max(1, len(picture.rows))


def least_size(picture: PastPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, size(picture)[1]


def draw(axes: "Axes", picture: PastPicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a month beginning from the top of the axes; a full mark lies in the range, a hollow one beside it."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    if not picture.rows:
        paper.text(MARGIN, PITCH / 2, _("No month has begun since the first deal."), style.dim)
        return paper.spots
    names = [_name(row) for row in picture.rows]
    words = [_words(row, picture.currency) for row in picture.rows]
    wide = min(max(paper.width_of(name) for name in names), paper.width * LABEL_SHARE)
    said = min(max(paper.width_of(text, size=SMALL) for text in words), paper.width * LABEL_SHARE)
    left = MARGIN + wide + GAP
    width = paper.width - MARGIN - said - GAP - left
    head = _("bar: where 8 of 10 sums should lie · mark: what came")
    paper.text(left, HEAD / 2 - 4, paper.cut(head, paper.width - MARGIN - left, size=SMALL), style.dim, size=SMALL)
    for nth, (row, name, text) in enumerate(zip(picture.rows, names, words, strict=True)):
        middle = HEAD + PITCH * nth + PITCH / 2
        ink = style.text if row.past.told else style.dim
        paper.text(MARGIN, middle, paper.cut(name, wide), ink)
        shown = paper.cut(text, said, size=SMALL)
        paper.text(paper.width - MARGIN, middle, shown, ink, size=SMALL, align="right")
        if row.past.n:
            _bar(paper, style, row, left, middle, width)
    return paper.spots


def numbers(picture: PastPicture) -> Numbers:
    """A row a month beginning; amounts bare."""
    heads = (
        _("Month beginning"), _("Open deals"), "P10", "P50", "P90", _("Weighted"), _("Came"), _("How it went"),
    )  # fmt: skip
    rows = []
    for row in picture.rows:
        one = row.past
        told = (one.p10, one.p50, one.p90, one.weighted, one.came)
        amounts = [major(amount, picture.currency) for amount in told]
        rows.append([one.day, format_number(one.n), *amounts, _(row.told)])
    return Numbers(heads, rows)


CHART = Chart(
    title=N_("Forecasts of the past"),
    measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers,
)  # fmt: skip


def _bar(paper: "Paper", style: Style, row: PastRow, left: float, middle: float, width: float) -> None:
    """The range, its middle and the mark; what is not decided yet is pale and has no mark."""
    paper.bar(left, middle - HAIR / 2, width, HAIR, style.line)
    colour = blend(style.accent, style.ground, WEAK) if row.past.told else style.line
    long = max(LEAST_BAR, width * (row.high - row.low))
    paper.bar(left + width * row.low, middle - BAR / 2, long, BAR, colour)
    paper.bar(left + width * row.middle - HAIR / 2, middle - BAR / 2, HAIR, BAR, style.ground)
    if row.past.told:
        held = row.past.held
        paper.dot(left + width * row.came, middle, DOT, style.text if held else style.warn, hollow=not held)


def _row(one: PastForecast, most: int) -> PastRow:
    low, middle, high, came = (max(0.0, amount / most) for amount in (one.p10, one.p50, one.p90, one.came))
    if not one.n:
        told = UNDECIDED if one.undecided else EMPTY
    elif not one.told:
        told = UNDECIDED
    elif one.held:
        told = HELD
    else:
        told = ABOVE if one.came > one.p90 else BELOW
    return PastRow(one, low, middle, high, came, told)


def _name(row: PastRow) -> str:
    return format_month(row.past.day[:7])


def _words(row: PastRow, currency: str) -> str:
    return f"{short_money(row.past.came, currency)}, {_(row.told)}" if row.past.told else _(row.told)
