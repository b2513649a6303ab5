"""Sources beside each other: how many leads of each, how many of them were won, and what a lead costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.domain.sources import Source
from funnel_desk.i18n import N_, _, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 20.0
HEAD, PITCH, BAR, STEP = 26.0, 42.0, 14.0, 15.0
NAME_SHARE, MONEY_SHARE = 0.26, 0.3
MOST_ROWS = 10
LEAST_BAR = 2.0


@dataclass(frozen=True, slots=True)
class NamedSources:
    """Sources with what each is called, in one currency."""

    sources: Sequence[Source]
    names: Mapping[str, str]
    currency: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: its place, name, leads and wins also as parts of the greatest number of leads, and the money."""

    place: int
    name: str
    leads: int
    won: int
    leads_part: float
    won_part: float
    won_value: int
    cost: int | None
    per_lead: int | None


@dataclass(frozen=True, slots=True)
class SourcesPicture:
    """The sources with the greatest value, in order."""

    currency: str
    rows: tuple[SourceRow, ...]


def measure(told: NamedSources) -> SourcesPicture:
    """The rows of the first sources."""
    shown = told.sources[:MOST_ROWS]
    most = max([1, *(one.niche.deals for one in shown)])
    rows = tuple(
        SourceRow(
            place, told.names.get(one.name, one.name), one.niche.deals, one.niche.won, one.niche.deals / most,
            one.niche.won / most, one.won_value, one.cost, one.per_lead,
        )
        for place, one in enumerate(shown)
    )  # fmt: skip
    return SourcesPicture(told.currency, rows)


def size(picture: SourcesPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * max(1, len(picture.rows))


def least_size(picture: SourcesPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, HEAD + PITCH * max(1, len(picture.rows))


def draw(axes: "Axes", picture: SourcesPicture, style: Style) -> "Sequence[Spot]":
    """Draw a row a source from the top of the axes; each is a spot, ``source:PLACE``."""
    from funnel_desk.charts.paper import Paper, Spot

    paper = Paper(axes, style)
    if not picture.rows:
        return paper.spots
    inner = paper.width - 2 * MARGIN
    bars, money = MARGIN + inner * NAME_SHARE + GAP, paper.width - MARGIN - inner * MONEY_SHARE
    width = max(LEAST_BAR, money - GAP - bars)
    paper.text(bars, HEAD / 2, paper.cut(_("leads, and of them won"), width, size=SMALL), style.dim, size=SMALL)
    head = _("won value, and cost of a lead")
    paper.text(money, HEAD / 2, paper.cut(head, inner * MONEY_SHARE, size=SMALL), style.dim, size=SMALL)
    for nth, row in enumerate(picture.rows):
        top = HEAD + PITCH * nth
        middle = top + BAR / 2 + 2
        paper.text(MARGIN, middle, paper.cut(row.name, inner * NAME_SHARE), style.text)
        if row.leads:
            paper.bar(bars, top + 2, max(LEAST_BAR, width * row.leads_part), BAR, style.line)
        if row.won:
            paper.bar(bars, top + 2, max(LEAST_BAR, width * row.won_part), BAR, style.accent)
        paper.text(bars, middle + STEP, counts_text(row.leads, row.won), style.dim, size=SMALL)
        paper.text(money, middle, short_money(row.won_value, picture.currency), style.text)
        said = paper.cut(cost_text(row.cost, row.per_lead, picture.currency), inner * MONEY_SHARE, size=SMALL)
        paper.text(money, middle + STEP, said, style.dim, size=SMALL)
        paper.spots.append(
            Spot(f"source:{row.place}", MARGIN / 2, top - 2, paper.width - MARGIN / 2, top + PITCH - 8)
        )  # fmt: skip
    return paper.spots


def counts_text(leads: int, won: int) -> str:
    """Leads and wins: "40 leads → 6 won"."""
    return _("leads: {leads} → won: {won}", leads=format_number(leads), won=format_number(won))


def cost_text(cost: int | None, per_lead: int | None, currency: str) -> str:
    """What a lead costs; that nobody told a cost is not the same as nothing."""
    if cost is None:
        return _("no cost told")
    if per_lead is None:
        return _("{amount} spent, no lead", amount=short_money(cost, currency))
    return _("{amount} a lead", amount=short_money(per_lead, currency))


CHART = Chart(title=N_("What each source brings"), measure=measure, draw=draw, size=size, least_size=least_size)
