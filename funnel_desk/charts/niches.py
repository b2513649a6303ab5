"""Niches beside each other: what each brought, and how often it is won with the interval of that share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import N_, _, format_number, format_percent, ngettext
from funnel_desk.queries.niches import NichesReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 20.0
HEAD, PITCH, BAR, STEP = 26.0, 42.0, 14.0, 15.0
NAME_SHARE, RATE_SHARE = 0.26, 0.3
MOST_ROWS = 10
WHISKER, DOT, HAIR, LEAST_BAR = 3.0, 8.0, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class NamedNiches:
    """A report with what each niche is called, by its key."""

    report: NichesReport
    names: Mapping[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class NicheRow:
    """A niche: its place in the report, name, won value in the main currency and as part of the greatest, M9."""

    place: int
    name: str
    value: int
    part: float
    deals: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class NichesPicture:
    """The greatest niches in order; ``left_out`` more have no row."""

    currency: str
    rows: tuple[NicheRow, ...]
    left_out: int


def measure(told: NamedNiches) -> NichesPicture:
    """The rows of the greatest niches."""
    report = told.report
    values = [
        next((amount.minor for amount in niche.won_value if amount.currency == report.currency), 0)
        for niche in report.niches
    ]
    most = max([1, *values])
    rows = tuple(
        NicheRow(
            place, told.names.get(niche.key, ""), value, max(0.0, value / most), niche.deals, niche.win_rate
        )
        for place, (niche, value) in enumerate(zip(report.niches[:MOST_ROWS], values, strict=False))
    )  # fmt: skip
    return NichesPicture(report.currency, rows, max(0, len(report.niches) - MOST_ROWS))


def size(picture: NichesPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * max(1, len(picture.rows))


def least_size(picture: NichesPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, HEAD + PITCH * max(1, len(picture.rows))


def draw(axes: "Axes", picture: NichesPicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a niche from the top of the axes; each is a spot, ``niche:PLACE``."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    if not picture.rows:
        return paper.spots
    inner = paper.width - 2 * MARGIN
    bars = MARGIN + inner * NAME_SHARE + GAP
    rates = paper.width - MARGIN - inner * RATE_SHARE
    money = [short_money(row.value, picture.currency) if row.value else "" for row in picture.rows]
    widest = max(paper.width_of(text) for text in money)
    width = max(LEAST_BAR, rates - GAP - widest - 6 - bars)
    paper.text(bars, HEAD / 2, paper.cut(_("won value"), width, size=SMALL), style.dim, size=SMALL)
    head = _("win rate, with its interval")
    paper.text(rates, HEAD / 2, paper.cut(head, inner * RATE_SHARE, size=SMALL), style.dim, size=SMALL)
    for nth, (row, amount) in enumerate(zip(picture.rows, money, strict=True)):
        top = HEAD + PITCH * nth
        middle = top + BAR / 2 + 2
        paper.text(MARGIN, middle, paper.cut(row.name, inner * NAME_SHARE), style.text)
        deals = ngettext("{n} deal", "{n} deals", row.deals, n=format_number(row.deals))
        paper.text(MARGIN, middle + STEP, deals, style.dim, size=SMALL)
        length = max(LEAST_BAR, width * row.part)
        paper.bar(bars, top + 2, length, BAR, style.accent if row.value else style.line)
        paper.text(bars + length + 6, middle, amount, style.text)
        _draw_rate(paper, style, row.rate, rates, inner * RATE_SHARE, middle)
        paper.spots.append(_spot(paper, row, top))
    return paper.spots


def rate_text(rate: Rate) -> str:
    """A share with the interval in which it lies and of how many; below five, that it is too early to say."""
    told = _("n = {n}", n=format_number(rate.base)).replace(" = ", "\u00a0=\u00a0")
    interval = rate.interval
    if rate.too_few or interval is None or rate.value is None:
        return _("too early to say, {n}", n=told)
    return _(
        "{share} ({low}–{high}), {n}",
        share=format_percent(rate.value),
        low=format_number(round(interval.low * 100)),
        high=format_percent(interval.high),
        n=told,
    )


CHART = Chart(title=N_("What each niche brings"), measure=measure, draw=draw, size=size, least_size=least_size)


def _draw_rate(paper: "Paper", style: Style, rate: Rate, left: float, width: float, middle: float) -> None:
    """The interval as a line on a scale from 0 to 100 %, the share as a dot on it, and under it the words."""
    paper.text(left, middle + STEP, paper.cut(rate_text(rate), width, size=SMALL), style.dim, size=SMALL)
    paper.bar(left, middle - HAIR / 2, width, HAIR, style.line)
    interval = rate.interval
    if rate.too_few or interval is None or rate.value is None:
        return
    low, high, dot = (left + width * share for share in (interval.low, interval.high, rate.value))
    paper.bar(low, middle - WHISKER / 2, high - low, WHISKER, style.faint)
    paper.bar(dot - DOT / 2, middle - DOT / 2, DOT, DOT, style.text)


def _spot(paper: "Paper", row: NicheRow, top: float) -> "Spot":
    from funnel_desk.charts.paper import Spot

    return Spot(f"niche:{row.place}", MARGIN / 2, top - 2, paper.width - MARGIN / 2, top + PITCH - 8)
