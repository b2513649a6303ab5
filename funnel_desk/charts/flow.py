"""What came into a stage and what left it, week by week: up came in, down left; under them what stood there then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, blend, short_number
from funnel_desk.domain.flow import WeekFlow
from funnel_desk.i18n import N_, _, format_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 776.0, 280.0, 400.0, 240.0
MARGIN, GAP, LINE, TOP, LABEL_SHARE = 16.0, 12.0, 18.0, 20.0, 0.24
MOST_WEEK, BAR_SHARE, LEAST_BAR, THINNEST = 72.0, 0.55, 2.0, 6.0


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The weeks in order."""

    weeks: tuple[WeekFlow, ...]


def measure(weeks: Sequence[WeekFlow]) -> FlowPicture:
    """The weeks as they are."""
    return FlowPicture(tuple(weeks))


def size(_picture: FlowPicture) -> tuple[float, float]:
    """The width and height, in px, in which it looks best."""
    return WIDTH, HEIGHT


def least_size(_picture: FlowPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, LEAST_HEIGHT


def left(week: WeekFlow) -> int:
    """How many left in a week, whichever way."""
    return week.advanced + week.back + week.lost + week.handed_over


def draw(axes: "Axes", picture: FlowPicture, style: Style) -> "Sequence[Spot]":
    """Draw over the whole of the axes. What went on is dark, what was lost a frame, what went another way is light."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    rows = [_("came in"), _("went on"), _("were lost"), _("back or elsewhere"), _("stood there")]
    label = min(max(paper.width_of(name, size=SMALL) for name in rows), paper.width * LABEL_SHARE)
    left_edge = MARGIN + label + GAP
    step = min(MOST_WEEK, (paper.width - MARGIN - left_edge) / max(1, len(picture.weeks)))
    foot = paper.height - LINE * 5 - 4
    came, went = (max((count(week) for week in picture.weeks), default=0) for count in (_begun, left))
    scale = (foot - TOP - LINE) / (came + went) if came + went else 0.0
    zero = TOP + scale * came if came + went else (TOP + foot) / 2
    paper.text(MARGIN, max(TOP, (TOP + zero) / 2), paper.cut(_("came in"), label, size=SMALL), style.dim, size=SMALL)
    paper.text(
        MARGIN, min(foot - LINE, (zero + foot) / 2), paper.cut(_("left"), label, size=SMALL), style.dim, size=SMALL
    )
    for nth, name in enumerate(("", *rows[1:])):
        paper.text(MARGIN, foot + LINE * (nth + 0.6), paper.cut(name, label, size=SMALL), style.dim, size=SMALL)
    for nth, week in enumerate(picture.weeks):
        centre = left_edge + step * (nth + 0.5)
        _draw_week(paper, style, week, centre, (zero, scale, step * BAR_SHARE))
        told = (0, week.advanced, week.lost, week.back + week.handed_over, week.at_end)
        for row, count in enumerate(told):
            text = _day(paper, week.monday, nth, step) if not row else short_number(count) if count else "·"
            ink = style.dim if not row or not count else style.text
            paper.text(centre, foot + LINE * (row + 0.6), text, ink, size=SMALL, align="center")
    paper.line([(left_edge, zero), (left_edge + step * len(picture.weeks), zero)], style.dim)
    return paper.spots


def numbers(picture: FlowPicture) -> Numbers:
    """The weeks as a table."""
    heads = (
        _("Week of"),
        _("At its start"),
        _("Came in"),
        _("Went on"),
        _("Went back"),
        _("Lost"),
        _("Handed over"),
        _("At its end"),
    )
    return Numbers(heads, [
        (week.monday, *(str(one) for one in (week.at_start, week.begun, week.advanced, week.back, week.lost,
                                             week.handed_over, week.at_end)))
        for week in picture.weeks
    ])  # fmt: skip


CHART = Chart(
    title=N_("In and out by week"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)


def _begun(week: WeekFlow) -> int:
    return week.begun


def _draw_week(paper: "Paper", style: Style, week: WeekFlow, centre: float, place: tuple[float, float, float]) -> None:
    zero, scale, width = place
    start, name = centre - width / 2, f"week:{week.monday}"
    if week.begun:
        height = max(LEAST_BAR, scale * week.begun)
        paper.bar(start, zero - height, width, height, style.accent, name=name)
        paper.text(centre, zero - height - 9, short_number(week.begun), style.text, size=SMALL, align="center")
    top = zero
    shades = (
        (week.advanced, style.accent),
        (week.lost, style.bad),
        (week.back + week.handed_over, blend(style.dim, style.ground, 0.5)),
    )
    for count, ink in shades:
        if count:
            height = max(LEAST_BAR, scale * count)
            paper.bar(start, top, width, height, ink)
            if ink == style.bad and min(width, height) > THINNEST:  # a frame, so that it is told without the colour
                paper.bar(start + 2, top + 2, width - 4, height - 4, style.ground)
            top += height
    if top > zero:
        paper.text(centre, top + 9, short_number(left(week)), style.text, size=SMALL, align="center")


def _day(paper: "Paper", monday: str, nth: int, step: float) -> str:
    """The Monday, at every week, or at every second or third where there is little room."""
    text = format_day(monday, "short")
    every = -(-int(paper.width_of(text, size=SMALL) + 8) // max(1, int(step)))
    return text if nth % every == 0 else ""
