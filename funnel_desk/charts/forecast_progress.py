"""Progress through a period: how much of the time is gone, and under it how much of the goal is won and expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, blend, short_money
from funnel_desk.domain.money import major
from funnel_desk.domain.on_track import OnTrack
from funnel_desk.i18n import N_, _, format_number, format_percent, ngettext

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 16.0
PITCH, BAR, STEP = 46.0, 14.0, 16.0
LABEL_SHARE, HAIR = 0.28, 1.5
WEAK = 0.45

TIME, GOAL = N_("Working days"), N_("Goal")


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """The shares of the period that are gone and of the goal that is won, and ``hoped`` with the open deals: 0 to 1."""

    track: OnTrack
    currency: str
    gone: float
    won: float
    hoped: float


def measure(report: tuple[OnTrack, str]) -> ProgressPicture:
    """The shares, from how a goal stands and the currency that it is told in."""
    track, currency = report
    whole = track.gone + track.left
    won = _share(track.won, track.goal)
    hoped = max(won, _share(track.won + track.expected, track.goal))
    return ProgressPicture(track, currency, track.gone / whole if whole else 1.0, won, hoped)


def size(picture: ProgressPicture) -> tuple[float, float]:
    """The width and height, in px, that the two bars need."""
    del picture
    return WIDTH, 2 * PITCH


def least_size(picture: ProgressPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    del picture
    return LEAST_WIDTH, 2 * PITCH


def draw(axes: "Axes", picture: ProgressPicture, style: Style) -> "Sequence[Spot]":
    """Draw the bar of the time and under it that of the goal; a line through both says how far the time is."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    names = (_(TIME), _(GOAL))
    wide = min(max(paper.width_of(name) for name in names), paper.width * LABEL_SHARE)
    left = MARGIN + wide + GAP
    width = paper.width - MARGIN - left
    for nth, (name, words) in enumerate(zip(names, (_days(picture), _money(picture)), strict=True)):
        top = PITCH * nth
        paper.text(MARGIN, top + BAR / 2, paper.cut(name, wide), style.text)
        paper.bar(left, top, width, BAR, style.line)
        _fill(paper, style, picture, left, top, width, nth)
        paper.text(left, top + BAR + STEP - 4, paper.cut(words, width, size=SMALL), style.dim, size=SMALL)
    if picture.gone:
        paper.bar(left + width * picture.gone - HAIR / 2, 0, HAIR, PITCH + BAR + 4, style.text)
    return paper.spots


def numbers(picture: ProgressPicture) -> Numbers:
    """Both bars as a table; amounts bare."""
    track, code = picture.track, picture.currency
    return Numbers(
        (_("Progress"), _("Done"), _("Expected of open deals"), _("Whole")),
        [
            [_(TIME), format_number(track.gone), "", format_number(track.gone + track.left)],
            [f"{_(GOAL)}, {code}", major(track.won, code), major(track.expected, code), major(track.goal, code)],
        ],
    )


CHART = Chart(
    title=N_("Progress through the period"),
    measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers,
)  # fmt: skip


def _fill(
    paper: "Paper", style: Style, picture: ProgressPicture, left: float, top: float, width: float, nth: int
) -> None:
    if nth == 0:
        if picture.gone:
            paper.bar(left, top, width * picture.gone, BAR, style.faint)
        return
    if picture.hoped > picture.won:
        paper.bar(left, top, width * picture.hoped, BAR, blend(style.accent, style.ground, WEAK))
    if picture.won:
        paper.bar(left, top, width * picture.won, BAR, style.accent)


def _days(picture: ProgressPicture) -> str:
    track = picture.track
    said = ngettext(
        "{gone} of {n} working day gone", "{gone} of {n} working days gone", track.gone + track.left,
        gone=format_number(track.gone), n=format_number(track.gone + track.left),
    )  # fmt: skip
    return f"{said} · {format_percent(picture.gone)}"


def _money(picture: ProgressPicture) -> str:
    track, code = picture.track, picture.currency
    said = _("{won} of {goal} won", won=short_money(track.won, code), goal=short_money(track.goal, code))
    parts = [said, format_percent(max(0.0, track.won / track.goal))]
    if track.expected > 0:
        parts.append(_("paler: {amount} expected of open deals", amount=short_money(track.expected, code)))
    return " · ".join(parts)


def _share(part: int, whole: int) -> float:
    return min(1.0, max(0.0, part / whole))
