"""Effort and return: each customer a point, its hours across and what it brought upwards; who eats time has a ring."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.i18n import N_, _, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 480.0, 300.0, 240.0, 230.0
MARGIN, ABOVE, BELOW = 16.0, 22.0, 34.0
POINT, RING, HOLE, HAIR, LINE = 7.0, 13.0, 7.0, 1.0, 15.0
MOST_POINTS, MOST_NAMES = 300, 4
HOUR = 60


@dataclass(frozen=True, slots=True)
class EffortPoint:
    """A customer: its name, minutes, won value in minor units of the currency, whether it eats time."""

    key: str
    name: str
    minutes: int
    won: int
    eats_time: bool


@dataclass(frozen=True, slots=True)
class EffortPicture:
    """The customers who take most time, in order; who eats time comes last, to be drawn over the others."""

    currency: str
    points: tuple[EffortPoint, ...]
    most_minutes: int
    most_won: int
    left_out: int


def measure(told: tuple[str, Sequence[EffortPoint]]) -> EffortPicture:
    """The points of a currency and its customers, those who take most time first."""
    currency, points = told
    shown = points[:MOST_POINTS]
    return EffortPicture(
        currency,
        tuple(sorted(shown, key=lambda point: point.eats_time)),
        max([1, *(point.minutes for point in shown)]),
        max([1, *(point.won for point in shown)]),
        len(points) - len(shown),
    )


def size(_picture: EffortPicture) -> tuple[float, float]:
    """The width and height, in px, in which it looks best."""
    return WIDTH, HEIGHT


def least_size(_picture: EffortPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, LEAST_HEIGHT


def draw(axes: "Axes", picture: EffortPicture, style: Style) -> "Sequence[Spot]":
    """Draw the scales and the points; those with a ring have their names, and each is a spot, ``customer:KEY``."""
    from funnel_desk.charts.paper import Paper, Spot

    paper = Paper(axes, style)
    if not picture.points:
        return paper.spots
    left, right, top, bottom = MARGIN, paper.width - MARGIN, ABOVE, paper.height - BELOW
    paper.bar(left, bottom, right - left, HAIR, style.line)
    paper.bar(left, top, HAIR, bottom - top, style.line)
    most = short_money(picture.most_won, picture.currency)
    paper.text(left, ABOVE / 2, _("won: up to {amount}", amount=most), style.dim, size=SMALL)
    hours = format_number(picture.most_minutes / HOUR, 1)
    said = _("hours spent: up to {n}", n=hours)
    paper.text(right, bottom + BELOW / 2, said, style.dim, size=SMALL, align="right")
    named = 0
    taken: list[float] = []
    for point in picture.points:
        x = left + POINT + (right - left - 2 * POINT) * point.minutes / picture.most_minutes
        y = bottom - POINT - (bottom - top - 2 * POINT) * max(0, point.won) / picture.most_won
        if point.eats_time:
            paper.bar(x - RING / 2, y - RING / 2, RING, RING, style.bad)
            paper.bar(x - HOLE / 2, y - HOLE / 2, HOLE, HOLE, style.ground)
            if named < MOST_NAMES:
                named += 1
                _draw_name(paper, style, point.name, (x, y), taken)
        else:
            paper.bar(x - POINT / 2, y - POINT / 2, POINT, POINT, style.accent)
        paper.spots.append(Spot(f"customer:{point.key}", x - RING / 2, y - RING / 2, x + RING / 2, y + RING / 2))
    return paper.spots


CHART = Chart(title=N_("Effort and return"), measure=measure, draw=draw, size=size, least_size=least_size)


def _draw_name(paper: "Paper", style: Style, name: str, at: tuple[float, float], taken: list[float]) -> None:
    """The name over its point, higher where another name stands already."""
    x, y = at
    place = y - LINE
    while any(abs(place - other) < LINE for other in taken) and place > ABOVE:
        place -= LINE
    taken.append(place)
    shown = paper.cut(name, paper.width / 2, size=SMALL)
    half = paper.width_of(shown, size=SMALL) / 2
    centre = min(max(x, MARGIN + half), paper.width - MARGIN - half)
    paper.bar(centre - half - 2, place - LINE / 2, 2 * half + 4, LINE, style.ground)
    paper.text(centre, place, shown, style.text, size=SMALL, align="center")
