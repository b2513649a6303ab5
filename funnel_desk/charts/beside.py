"""Two funnels side by side: how many go on in each, and between which ends the true difference lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import N_, _, format_number, format_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 12.0
HEAD, PITCH, FOOT, RADIUS = 24.0, 30.0, 24.0, 4.5
LABEL_SHARE, LEAST_SCALE, HALF = 0.26, 90.0, 0.5
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class BesideReport:
    """What is held against what, by their names, and the comparisons by the name of what each is about."""

    mine: str
    other: str
    lines: tuple[tuple[str, Comparison], ...]


@dataclass(frozen=True, slots=True)
class BesidePicture:
    """The same, with how far from 0 the scale reaches (a share)."""

    report: BesideReport
    reach: float


def measure(report: BesideReport) -> BesidePicture:
    """As far as the widest interval that can be drawn, at least a quarter."""
    ends = [abs(end) for _name, one in report.lines if (gap := one.interval) is not None for end in (gap.low, gap.high)]
    return BesidePicture(report, min(1.0, max([0.25, *ends])))


def size(picture: BesidePicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * max(1, len(picture.report.lines)) + FOOT


def least_size(picture: BesidePicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, size(picture)[1]


def draw(axes: "Axes", picture: BesidePicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a comparison: both shares, the interval of their difference across 0, and the verdict in a word."""
    from funnel_desk.charts.paper import Paper

    paper, report = Paper(axes, style), picture.report
    label = min(max((paper.width_of(name) for name, _one in report.lines), default=0.0), paper.width * LABEL_SHARE)
    verdicts = max((paper.width_of(verdict_text(one), size=SMALL) for _name, one in report.lines), default=0.0)
    column = max([64.0, *(paper.width_of(_of(rate)) for _name, one in report.lines for rate in (one.share, one.other))])
    column = min(column, max(40.0, (paper.width - 2 * MARGIN - label - verdicts - 3 * GAP) / 2))
    first = MARGIN + label + GAP + column
    second, right = first + GAP + column, paper.width - MARGIN - verdicts
    left, right = second + 2 * GAP, right - GAP
    scaled = right - left >= LEAST_SCALE
    zero, bottom = (left + right) / 2, HEAD + PITCH * len(report.lines)
    for end, name in ((first, report.mine), (second, report.other)):
        paper.text(end, HEAD / 2, paper.cut(name, column, size=SMALL), style.dim, size=SMALL, align="right")
    if scaled:
        paper.line([(zero, HEAD), (zero, bottom)], style.dim)
        for sign, x, align in ((MINUS, left, "left"), ("+", right, "right")):
            told = _("{points} pts", points=f"{sign}{round(100 * picture.reach)}")
            paper.text(x, bottom + FOOT * HALF, told, style.dim, size=SMALL, align=align)  # type: ignore[arg-type]
        paper.text(zero, bottom + FOOT * HALF, _("the same"), style.dim, size=SMALL, align="center")
    for nth, (name, one) in enumerate(report.lines):
        middle = HEAD + PITCH * (nth + HALF)
        paper.text(MARGIN, middle, paper.cut(name, label), style.text)
        paper.text(first, middle, paper.cut(_of(one.share), column), style.text, align="right")
        paper.text(second, middle, paper.cut(_of(one.other), column), style.dim, align="right")
        ink = {"better": style.accent, "worse": style.bad, "too_early": style.dim}[one.verdict]
        paper.text(paper.width - MARGIN, middle, verdict_text(one), ink, size=SMALL, align="right")
        if scaled:
            _draw_difference(paper, one, ink, middle, zero, (right - left) / 2 / picture.reach)
    return paper.spots


def verdict_text(one: Comparison) -> str:
    """Better or worse beyond doubt, and by how much; else that it is too early to say."""
    if one.difference is None or one.share.too_few or one.other.too_few:
        return _("too early to say")
    points = round(100 * one.difference)
    told = _("{points} pts", points=f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points)}")
    whole = {"better": _("better: {points}", points=told), "worse": _("worse: {points}", points=told)}
    return whole.get(one.verdict) or _("{points}, too early to say", points=told)


def numbers(picture: BesidePicture) -> Numbers:
    """The comparisons as a table."""
    report = picture.report
    heads = (
        _("Step"),
        report.mine,
        _("of"),
        report.other,
        _("of"),
        _("At least, pts"),
        _("At most, pts"),
        _("Verdict"),
    )
    return Numbers(heads, [(name, *_cells(one)) for name, one in report.lines])


CHART = Chart(title=N_("Side by side"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers)


def _cells(one: Comparison) -> tuple[str, ...]:
    gap = one.interval
    ends = (f"{100 * gap.low:.1f}", f"{100 * gap.high:.1f}") if gap is not None else ("", "")
    shares = [
        text
        for rate in (one.share, one.other)
        for text in ("" if rate.value is None else f"{100 * rate.value:.1f}", str(rate.base))
    ]
    return (*shares, *ends, verdict_text(one))


def _of(rate: Rate) -> str:
    if rate.value is None:
        return _("none")
    return _("{share} of {n}", share=format_percent(rate.value), n=format_number(rate.base))


def _draw_difference(paper: "Paper", one: Comparison, ink: str, y: float, zero: float, scale: float) -> None:
    gap, difference = one.interval, one.difference
    if gap is None or difference is None or one.share.too_few or one.other.too_few:
        return
    paper.line([(zero + scale * gap.low, y), (zero + scale * gap.high, y)], ink, width=2.0)
    paper.dot(zero + scale * difference, y, RADIUS, ink, hollow=one.verdict == "too_early")
