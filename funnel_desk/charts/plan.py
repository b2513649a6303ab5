"""The way to a goal: how many deals must reach each stage, and how many of them are still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style
from funnel_desk.domain.leads_plan import Conversion
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_number, format_percent, language, ngettext
from funnel_desk.queries.plan import PlanReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 20.0
HEAD, PITCH, BAR, STEP = 28.0, 46.0, 18.0, 16.0
LABEL_SHARE, LEAST_BAR, LEAST_BARS = 0.3, 2.0, 120.0
SCARCE = 0.1  # shares below which a tenth of a percent matters
LEAST_SHARE = 0.001

GROSS, NET = N_("needed"), N_("still to come")


@dataclass(frozen=True, slots=True)
class Row:
    """A stage, or at the end the wins: needed in all and beside what is open now, each also as part of the leads.

    ``way`` leads on to the row below.
    """

    name: Words | None
    gross: int
    net: int
    gross_part: float
    net_part: float
    way: Conversion | None


@dataclass(frozen=True, slots=True)
class PlanPicture:
    """The stages before the sale in order, then the wins; nothing where nobody knows what a win brings."""

    rows: tuple[Row, ...]


def measure(report: PlanReport) -> PlanPicture:
    """The rows of the plan."""
    plan = report.plan
    if plan.wins is None or plan.wins_after_open is None:
        return PlanPicture(())
    needs = [
        (stage.name, need.gross or 0, need.net or 0, need.conversion)
        for stage, need in zip(report.stages, plan.stages, strict=True)
    ]
    most = max((gross for _name, gross, _net, _way in needs), default=plan.wins)
    rows: list[tuple[Words | None, int, int, Conversion | None]] = [
        *needs,
        (None, plan.wins, plan.wins_after_open, None),
    ]
    return PlanPicture(
        tuple(
            Row(name, gross, net, gross / most if most else 0.0, net / most if most else 0.0, way)
            for name, gross, net, way in rows
        )
    )


def size(picture: PlanPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * len(picture.rows)


def least_size(picture: PlanPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, HEAD + PITCH * len(picture.rows)


def draw(axes: "Axes", picture: PlanPicture, style: Style) -> "Sequence[Spot]":
    """Draw the rows from the top of the axes."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    if not picture.rows:
        return paper.spots
    names = [_name(row) for row in picture.rows]
    label_width = min(max(paper.width_of(name, bold=True) for name in names), paper.width * LABEL_SHARE)
    ends = _figure_columns(paper, picture)
    left = MARGIN + label_width + GAP
    width = max(LEAST_BARS / 2, ends[0][1] - ends[0][2] - GAP - left)
    for head, end, _wide in ends:
        paper.text(end, HEAD / 2 - 4, _(head), style.dim, size=SMALL, align="right")
    for nth, row in enumerate(picture.rows):
        top, bold = HEAD + PITCH * nth, row.way is None
        middle = top + BAR / 2
        paper.text(MARGIN, middle, paper.cut(_name(row), label_width, bold=bold), style.text, bold=bold)
        paper.bar(left, top, max(LEAST_BAR, width * row.gross_part), BAR, style.line)
        if row.net:
            paper.bar(left, top, max(LEAST_BAR, width * row.net_part), BAR, style.accent)
        for (_head, end, _wide), figure in zip(ends, (row.gross, row.net), strict=True):
            paper.text(end, middle, format_number(figure), style.text, align="right", bold=bold)
        if row.way is not None:
            said = paper.cut(way_text(row.way), paper.width - MARGIN - left, size=SMALL)
            paper.text(left, top + BAR + STEP - 4, said, style.dim, size=SMALL)
    return paper.spots


def way_text(way: Conversion) -> str:
    """Which share goes on, and who says so: "42 % go on · history, n = 37"."""
    share = max(float(way.share), LEAST_SHARE)
    said = _("{share} go on", share=format_percent(share, 0 if share >= SCARCE else 1))
    n = way.history.base
    if way.origin == "history":
        return f"{said}  ·  " + _("history, n = {n}", n=format_number(n)).replace(" = ", "\u00a0=\u00a0")
    if not n:
        return f"{said}  ·  " + _("playbook")
    return f"{said}  ·  " + ngettext(
        "playbook, only {n} deal yet", "playbook, only {n} deals yet", n, n=format_number(n)
    )


def numbers(picture: PlanPicture) -> Numbers:
    """A row a stage, the wins last."""
    rows = [
        [_name(row), format_number(row.gross), format_number(row.net), way_text(row.way) if row.way else ""]
        for row in picture.rows
    ]
    return Numbers((_("Stage"), _(GROSS), _(NET), _("Which share goes on")), rows)


CHART = Chart(
    title=N_("The way to the goal"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers
)


def _name(row: Row) -> str:
    return _("Wins") if row.name is None else row.name.of(language())


def _figure_columns(paper: "Paper", picture: PlanPicture) -> list[tuple[str, float, float]]:
    """The columns of figures at the right end: heading, right end, width."""
    columns: list[tuple[str, float, float]] = []
    right = paper.width - MARGIN
    for head, figures in ((NET, [row.net for row in picture.rows]), (GROSS, [row.gross for row in picture.rows])):
        widths = [paper.width_of(format_number(figure), bold=True) for figure in figures]
        wide = max([paper.width_of(_(head), size=SMALL), *widths])
        columns.insert(0, (head, right, wide))
        right -= wide + GAP
    return columns
