"""How old what stands in each stage is: a bar a stage, from the youngest to the oldest; the older, the darker."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import SMALL, Style, blend, short_number
from funnel_desk.domain.flow import AGES, Ages
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_number, language, ngettext

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 16.0
HEAD, PITCH, BAR, LEAST_BAR, LABEL_SHARE, INSIDE = 28.0, 32.0, 20.0, 3.0, 0.26, 4.0
SHADES = (0.16, 0.38, 0.68, 1.0)
LIGHT = 0.5
"""Up to this shade letters stand in the colour of text on it, from there on in that of the accent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stage by its key and name, with the ages of what stands there; ``part`` of the fullest one."""

    key: str
    name: Words
    ages: Ages
    part: float

    @property
    def count(self) -> int:
        """How many stand there."""
        return sum(self.ages.counts)


@dataclass(frozen=True, slots=True)
class AgesPicture:
    """The stages in order."""

    rows: tuple[Row, ...]


def measure(stages: Sequence[tuple[str, Words, Ages]]) -> AgesPicture:
    """The rows, each against the fullest one."""
    most = max((sum(ages.counts) for _key, _name, ages in stages), default=0)
    return AgesPicture(
        tuple(Row(key, name, ages, sum(ages.counts) / most if most else 0.0) for key, name, ages in stages)
    )


def size(picture: AgesPicture) -> tuple[float, float]:
    """The width and height, in px, that the rows need."""
    return WIDTH, HEAD + PITCH * len(picture.rows) + 4


def least_size(picture: AgesPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, size(picture)[1]


def draw(axes: "Axes", picture: AgesPicture, style: Style) -> "Sequence[Spot]":
    """Draw from the top of the axes; spots are named "stage:KEY"."""
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    names = [row.name.of(language()) for row in picture.rows]
    label = min(max((paper.width_of(name) for name in names), default=0.0), paper.width * LABEL_SHARE)
    told = [_oldest(row) for row in picture.rows]
    after = max((paper.width_of(text, size=SMALL) for text in told), default=0.0)
    left, room = MARGIN + label + GAP, paper.width - 2 * MARGIN - label - 2 * GAP - after
    _draw_heads(paper, style, left)
    for nth, (row, name, oldest) in enumerate(zip(picture.rows, names, told, strict=True)):
        middle = HEAD + PITCH * (nth + 0.5)
        paper.text(MARGIN, middle, paper.cut(name, label), style.text)
        end = _draw_ages(paper, style, row, (left, middle), room)
        paper.text(end + GAP / 2, middle, oldest, style.dim, size=SMALL)
    return paper.spots


def age_names() -> list[str]:
    """What the groups of ages are called: up to 7 days, 8–30, 31–90, older."""
    names = [ngettext("up to {n} day", "up to {n} days", AGES[0])]
    names += [_("{low}–{high}", low=low + 1, high=high) for low, high in pairwise(AGES)]
    return [*names, _("older")]


def numbers(picture: AgesPicture) -> Numbers:
    """The stages as a table."""
    rows = [
        (row.name.of(language()), str(row.count), *(str(count) for count in row.ages.counts), f"{row.ages.oldest:.0f}")
        for row in picture.rows
    ]
    return Numbers((_("Stage"), _("Now here"), *age_names(), _("The oldest, days")), rows)


CHART = Chart(
    title=N_("How old what stands there is"),
    measure=measure,
    draw=draw,
    size=size,
    least_size=least_size,
    numbers=numbers,
)


def _oldest(row: Row) -> str:
    if not row.count:
        return _("nothing stands here")
    days = round(row.ages.oldest)
    return ngettext("the oldest {n} day", "the oldest {n} days", days, n=format_number(days))


def _draw_heads(paper: "Paper", style: Style, left: float) -> None:
    """The shades by their names, over the bars."""
    names = age_names()
    wanted = sum(16 + paper.width_of(name, size=SMALL) + GAP for name in names)
    x = left if left + wanted <= paper.width else MARGIN
    most = (paper.width - x) / len(names) - 16 - GAP if x + wanted > paper.width else paper.width
    for shade, name in zip(SHADES, [paper.cut(name, most, size=SMALL) for name in names], strict=True):
        paper.bar(x, HEAD / 2 - 6, 12, 10, blend(style.accent, style.ground, shade))
        paper.text(x + 16, HEAD / 2, name, style.dim, size=SMALL)
        x += 16 + paper.width_of(name, size=SMALL) + GAP


def _draw_ages(paper: "Paper", style: Style, row: Row, place: tuple[float, float], room: float) -> float:
    x, middle = place
    count = row.count
    for shade, some in zip(SHADES, row.ages.counts, strict=True):
        if not some:
            continue
        width = max(LEAST_BAR, room * row.part * some / count)
        paper.bar(x, middle - BAR / 2, width, BAR, blend(style.accent, style.ground, shade), name=f"stage:{row.key}")
        text = short_number(some)
        if paper.width_of(text, size=SMALL) + 2 * INSIDE <= width:
            ink = style.text if shade < LIGHT else style.on_accent
            paper.text(x + width / 2, middle, text, ink, size=SMALL, align="center")
        x += width + 1
    return x
