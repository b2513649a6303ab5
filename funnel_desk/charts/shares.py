"""Shares side by side: a dot a share, and around it where the true one lies. Of too few nothing is claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style
from funnel_desk.domain.intervals import Rate
from funnel_desk.i18n import N_, _, format_number, format_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 360.0, 16.0, 16.0
PITCH, HEAD, FOOT, RADIUS = 34.0, 8.0, 24.0, 5.0
LABEL_SHARE, LEAST_SCALE = 0.34, 80.0
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Share:
    """A share by its name; the key names its dot."""

    key: str
    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class SharesPicture:
    """The shares, from the top."""

    rows: tuple[Share, ...]


def measure(shares: Sequence[Share]) -> SharesPicture:
    """The shares in their order."""
    return SharesPicture(tuple(shares))


def size(picture: SharesPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * max(1, len(picture.rows)) + FOOT


def least_size(picture: SharesPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, size(picture)[1]


def draw(axes: "Axes", picture: SharesPicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a share; spots are named "share:KEY"."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    names = max((paper.width_of(row.name) for row in picture.rows), default=0.0)
    said = max((paper.width_of(rate_text(row.rate), size=SMALL) for row in picture.rows), default=0.0)
    label = min(names, paper.width * LABEL_SHARE)
    left = MARGIN + label + GAP
    right = max(left + LEAST_SCALE, paper.width - MARGIN - said - GAP)
    bottom = HEAD + PITCH * len(picture.rows)
    for tick in TICKS:
        x = left + (right - left) * tick / 100
        paper.line([(x, HEAD), (x, bottom)], style.line)
        if right - left > LEAST_SCALE * 2 or tick in (0, 100):
            paper.text(x, bottom + FOOT / 2, format_percent(tick / 100), style.dim, size=SMALL, align="center")
    for nth, row in enumerate(picture.rows):
        middle = HEAD + PITCH * (nth + 0.5)
        paper.text(MARGIN, middle, paper.cut(row.name, label), style.text)
        room, told = paper.width - right - GAP - 4, rate_texts(row.rate)
        words = next((one for one in told if paper.width_of(one, size=SMALL) <= room), told[-1])
        ink = style.dim if row.rate.too_few else style.text
        paper.text(right + GAP, middle, paper.cut(words, room, size=SMALL), ink, size=SMALL)
        _draw_share(paper, style, row, middle, (left, right))
    return paper.spots


def rate_text(rate: Rate) -> str:
    """A share in words: "52% of 70 (40–64)"; of too few that it is too early to say."""
    if rate.value is None or rate.interval is None:
        return _("none yet")
    if rate.too_few:
        return _("n = {n}, too early to say", n=format_number(rate.base))
    low, high = (format_number(round(100 * end)) for end in (rate.interval.low, rate.interval.high))
    return _(
        "{share} of {n} ({low}–{high})",
        share=format_percent(rate.value),
        n=format_number(rate.base),
        low=low,
        high=high,
    )


def rate_texts(rate: Rate) -> list[str]:
    """The same from many words to few."""
    if rate.value is None or rate.too_few:
        return [rate_text(rate)]
    of_how_many = _("{share} of {n}", share=format_percent(rate.value), n=format_number(rate.base))
    return [rate_text(rate), of_how_many, format_percent(rate.value)]


def numbers(picture: SharesPicture) -> Numbers:
    """The shares as a table."""
    return Numbers((_("What"), *share_heads()), [(row.name, *share_cells(row.rate)) for row in picture.rows])


def share_heads() -> tuple[str, str, str, str, str]:
    """The headers over `share_cells`."""
    return _("Part"), _("Of"), _("Share, %"), _("At least, %"), _("At most, %")


def share_cells(rate: Rate) -> tuple[str, str, str, str, str]:
    """A share as plain numbers: part, base, per cent and both ends of its interval."""
    if rate.value is None or rate.interval is None:
        return str(rate.part), str(rate.base), "", "", ""
    value, low, high = (f"{100 * one:.1f}" for one in (rate.value, rate.interval.low, rate.interval.high))
    return str(rate.part), str(rate.base), value, low, high


CHART = Chart(
    title=N_("Shares side by side"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)


def _draw_share(paper: "Paper", style: Style, row: Share, y: float, ends: tuple[float, float]) -> None:
    interval, value = row.rate.interval, row.rate.value
    if interval is None or value is None:
        return
    left, width = ends[0], ends[1] - ends[0]
    ink = style.faint if row.rate.too_few else style.accent
    ends_of = [(left + width * interval.low, y), (left + width * interval.high, y)]
    paper.line(ends_of, ink, width=2.0, dashed=row.rate.too_few)
    if not row.rate.too_few:
        paper.dot(left + width * value, y, RADIUS, ink, name=f"share:{row.key}")
