"""Why deals are lost: a bar a reason, the most frequent first, and what share of all losses that makes so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, blend
from funnel_desk.i18n import N_, _, format_number, format_percent, ngettext

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 220.0, 2.0, 12.0
PITCH, BAR, TEXT, FOOT, LEAST_BAR = 40.0, 8.0, 12.0, 20.0, 2.0
MOST_ROWS = 8
REST = "*"
"""The key of the reasons that found no room of their own."""


@dataclass(frozen=True, slots=True)
class Loss:
    """So many deals were lost for a reason, by its key."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A reason, with its share of all losses and that of it and all before it together."""

    loss: Loss
    part: float
    so_far: float


@dataclass(frozen=True, slots=True)
class ParetoPicture:
    """The reasons in order, of ``lost`` deals."""

    rows: tuple[Row, ...]
    lost: int


def measure(losses: Sequence[Loss]) -> ParetoPicture:
    """The reasons, the most frequent first; from the ninth on they share a line."""
    ordered = sorted((loss for loss in losses if loss.count), key=lambda loss: (-loss.count, loss.name))
    if len(ordered) > MOST_ROWS:
        rest = ordered[MOST_ROWS - 1 :]
        more = ngettext("{n} other reason", "{n} other reasons", len(rest))
        ordered = [*ordered[: MOST_ROWS - 1], Loss(REST, more, sum(loss.count for loss in rest))]
    lost = sum(loss.count for loss in ordered)
    sums = accumulate(loss.count for loss in ordered)
    return ParetoPicture(
        tuple(Row(loss, loss.count / lost, so_far / lost) for loss, so_far in zip(ordered, sums, strict=True)), lost
    )


def size(picture: ParetoPicture) -> tuple[float, float]:
    """The width and height, in px, that the bars need."""
    return WIDTH, max(PITCH, PITCH * len(picture.rows) + FOOT)


def least_size(picture: ParetoPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, size(picture)[1]


def draw(axes: "Axes", picture: ParetoPicture, style: Style) -> "Sequence[Spot]":
    """Draw from the top of the axes; spots are named "reason:KEY"."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    room = paper.width - 2 * MARGIN
    if not picture.rows:
        paper.text(MARGIN, PITCH / 2, paper.cut(_("No deal was lost here."), room), style.dim)
        return paper.spots
    for nth, row in enumerate(picture.rows):
        top, name = PITCH * nth, f"reason:{row.loss.key}"
        figures = f"{format_number(row.loss.count)} · {format_percent(row.so_far)}"
        beside = room - paper.width_of(figures) - GAP
        paper.text(MARGIN, top + TEXT, paper.cut(row.loss.name, beside), style.text)
        paper.text(paper.width - MARGIN, top + TEXT, figures, style.text, align="right", name=name)
        before, y = room * (row.so_far - row.part), top + PITCH - BAR - 6
        paper.bar(MARGIN, y, room, BAR, style.line)
        paper.bar(MARGIN, y, max(LEAST_BAR, room * row.so_far), BAR, blend(style.accent, style.ground, 0.35))
        paper.bar(MARGIN + before, y, max(LEAST_BAR, room * row.part), BAR, style.accent, name=name)
    said = paper.cut(_("deals · share of all so far"), room, size=SMALL)
    paper.text(paper.width - MARGIN, PITCH * len(picture.rows) + FOOT / 2, said, style.dim, size=SMALL, align="right")
    return paper.spots


def numbers(picture: ParetoPicture) -> Numbers:
    """The reasons as a table."""
    rows = [
        (row.loss.name, str(row.loss.count), f"{100 * row.part:.1f}", f"{100 * row.so_far:.1f}") for row in picture.rows
    ]
    return Numbers((_("Reason"), _("Deals"), _("Share, %"), _("So far, %")), rows)


CHART = Chart(
    title=N_("Why deals are lost"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)
