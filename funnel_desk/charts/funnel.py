"""The funnel: a centred bar a stage, in the stages' order; between two of them how many went on. No legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.captions import Count, against_texts, funnel_caption, margin
from funnel_desk.charts.style import SMALL, Style, short_money
from funnel_desk.domain.bottleneck import bottleneck
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.funnel import StageFigures
from funnel_desk.domain.funnel_comparison import compare_funnels
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.money import Amount, major
from funnel_desk.domain.pipeline import Side
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, format_number, format_percent, language, ngettext
from funnel_desk.queries.funnel import FunnelReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Align, Paper, Spot

WIDTH, LEAST_WIDTH, MARGIN, GAP = 776.0, 400.0, 16.0, 24.0
HEAD, LINE, STACK = 28.0, 16.0, 15.0
CAPTION, NARROW_CAPTION = 4, 8  # lines
PITCH, LEAST_PITCH, BETWEEN = 74.0, 46.0, 30.0
AFTER_SALE = 32.0
LEAST_BARS, MOST_BARS, LEAST_BAR = 160.0, 560.0, 2.0
LABEL_SHARE = 0.26
INSIDE = 8.0
MOST_LINES = 3
SCARCELY = 10  # days below which a tenth matters

VALUE, DAYS, NOW = N_("value"), N_("usual days"), N_("now here")
HEADS: dict[Count, str] = {
    "reached": N_("deals that came this far"),
    "entered": N_("stays that began here"),
    "touched": N_("deals that were here themselves"),
    "strict": N_("deals that were in every stage up to here"),
    "now": N_("deals that stand here now"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """From a stage to the next: of all that reached it (M5), and of those of them that are decided (M7)."""

    went_on: Rate
    decided: Rate


@dataclass(frozen=True, slots=True)
class Row:
    """One stage: ``count`` deals came this far, ``part`` of the most in any stage; their value, days, and who is here.

    ``days`` is the usual time in the stage, for the won stage the usual time to win. ``now`` is None for a won stage
    after which nothing comes: all that were ever won rest there. ``step`` leads to the row below; ``leaks`` where it is
    the bottleneck beyond doubt; ``against`` holds it against that of another period.
    """

    key: str
    name: Words
    side: Side
    count: int
    part: float
    value: tuple[Amount, ...]
    days: float | None
    now: int | None
    step: Step | None
    leaks: bool = False
    against: Comparison | None = None


@dataclass(frozen=True, slots=True)
class FunnelPicture:
    """What the funnel shows; the report says which deals these are, under the picture unless it stands elsewhere."""

    rows: tuple[Row, ...]
    report: FunnelReport
    captioned: bool = True
    count: Count = "reached"
    than: str = ""


def measure(
    report: FunnelReport,
    other: FunnelReport | None = None,
    count: Count = "reached",
    *,
    held: Sequence[Comparison | None] | None = None,
    than: str = "",
) -> FunnelPicture:
    """The rows of the funnel: the working stages, the won stage, then those after the sale.

    ``other`` is the funnel of another period, against which this one is held; or ``held`` tells how its stages compare
    with those of the group ``than``. How many go on is told only of deals by their furthest stage: other counts are no
    parts of each other, nor have they a value.
    """
    figures = report.funnel.stages
    counts: list[int] = [getattr(one, count) for one in figures]
    most = max(counts, default=0)
    leak = bottleneck([one.resolved for one in figures], [stage.name for stage in report.stages])
    against: Sequence[Comparison | None] = held or [None] * len(figures)
    if other is not None and held is None:
        periods = report.scope.period, other.scope.period
        against = compare_funnels(report.funnel, other.funnel, *periods).stages
    rows = (
        Row(
            key=stage.key,
            name=stage.name,
            side=stage.side,
            count=counts[place],
            part=counts[place] / most if most else 0.0,
            value=one.value if count == "reached" else (),
            days=report.funnel.days_to_win.median if stage.side == "won" else one.days.median,
            now=None if count == "now" or (stage.side == "won" and stage is report.stages[-1]) else one.now,
            step=_step(one, stage.side) if count == "reached" else None,
            leaks=leak is not None and leak.place == place,
            against=against[place],
        )
        for place, (stage, one) in enumerate(zip(report.stages, figures, strict=True))
    )
    return FunnelPicture(tuple(rows), report, count=count, than=than)


def size(picture: FunnelPicture) -> tuple[float, float]:
    """The width and height, in px, in which the funnel looks best."""
    return WIDTH, _height(picture, PITCH, CAPTION if picture.captioned else 0)


def least_size(picture: FunnelPicture) -> tuple[float, float]:
    """The width and height, in px, below which things would run into each other."""
    return LEAST_WIDTH, _height(picture, LEAST_PITCH, NARROW_CAPTION if picture.captioned else 0)


def draw(axes: "Axes", picture: FunnelPicture, style: Style) -> "Sequence[Spot]":
    """Draw the funnel over the whole of the axes, in as much room as they have; tells where what is.

    Spots are named after the stage's key: "stage:offer" is its bar, "step:offer" says who went on, "now:offer" who is
    there.
    """
    from funnel_desk.charts.paper import Paper

    paper = Paper(axes, style)
    columns = _columns(paper, picture)
    said = funnel_caption(picture.report, picture.count).replace(" = ", "\u00a0=\u00a0") if picture.captioned else ""
    caption = paper.wrapped(said, paper.width - 2 * MARGIN, size=SMALL) if said else []
    foot = paper.height - MARGIN - LINE * len(caption)
    top = MARGIN + HEAD
    pitch = _pitch(picture, foot - top - _after_sale(picture))
    _draw_heads(paper, columns, picture, style)
    for before, row in zip((None, *picture.rows), picture.rows, strict=False):
        if row.side == "after" and before is not None and before.side != "after":
            paper.rule(top - BETWEEN / 2, MARGIN)
            paper.text(MARGIN, top + AFTER_SALE / 2 - BETWEEN / 2, _("After the sale"), style.dim, size=SMALL)
            top += AFTER_SALE
        _Line(paper, style, columns, top, pitch, picture.than).draw(row)
        top += pitch
    for nth, line in enumerate(caption):
        paper.text(MARGIN, max(top, foot) + LINE * (nth + 0.5), line, style.dim, size=SMALL)
    return paper.spots


def step_text(step: Step) -> str:
    """How many went on: "74 % went on · 85 % of those decided", or that it is too early to say."""
    if not step.decided.base:
        return _("none decided yet")
    if step.decided.too_few:
        return _("n = {n}, too early to say", n=format_number(step.decided.base))
    decided, interval = format_percent(step.decided.value or 0.0), margin(step.decided)
    if step.went_on == step.decided:
        return _("{share} went on", share=decided) + interval
    went_on = format_percent(step.went_on.value or 0.0)
    return _("{share} went on  ·  {decided} of those decided", share=went_on, decided=decided) + interval


def numbers(picture: FunnelPicture) -> Numbers:
    """The stages as a table, each of its numbers by its definition."""
    heads = (
        *(_("Stage"), _("Came this far"), _("Entered"), _("Been there"), _("In every stage"), _("Now here")),
        *(_("Lost here"), _("Went on, %"), _("Of those decided, %"), _("Of"), _("Usual days"), _("Value")),
    )
    stages = zip(picture.report.stages, picture.report.funnel.stages, strict=True)
    return Numbers(heads, [(stage.name.of(language()), *_cells(one)) for stage, one in stages])


CHART = Chart(title=N_("Funnel"), measure=measure, draw=draw, size=size, least_size=least_size, numbers=numbers)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand across the page; a column that found no room has no right end."""

    label_width: float
    left: float
    width: float
    value: float | None
    days: float | None
    now: float | None

    @property
    def centre(self) -> float:
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the picture, from its top to the top of the next."""

    paper: "Paper"
    style: Style
    columns: _Columns
    top: float
    pitch: float
    than: str

    @property
    def bar_height(self) -> float:
        return self.pitch - BETWEEN

    @property
    def middle(self) -> float:
        return self.top + self.bar_height / 2

    def draw(self, row: Row) -> None:
        """The stage's name, its bar with the count, its figures, and how many went on."""
        bold = row.side == "won"
        names = self.paper.wrapped(
            row.name.of(language()), self.columns.label_width, lines=self._most_lines, bold=bold
        )  # fmt: skip
        self._stack(names, MARGIN, align="left", bold=bold)
        self._bar(row)
        self._figures(row)
        if row.step is not None and row.count:
            self._went_on(row, row.step)

    def _went_on(self, row: Row, step: Step) -> None:
        """How many went on, in the middle; at the right end how that was in another period, as far as there is room."""
        centre = self.columns.centre
        room = 2 * min(centre, self.paper.width - centre)
        text = self.paper.cut(step_text(step), room, size=SMALL, bold=row.leaks)
        y, name = self.top + self.bar_height + BETWEEN / 2, f"step:{row.key}"
        ink = self.style.bad if row.leaks else self.style.dim
        self.paper.text(centre, y, text, ink, size=SMALL, align="center", bold=row.leaks, name=name)
        if row.against is None:
            return
        ink = {"better": self.style.accent, "worse": self.style.bad, "too_early": self.style.dim}[row.against.verdict]
        right = self.paper.width - MARGIN
        room = right - centre - self.paper.width_of(text, size=SMALL, bold=row.leaks) / 2 - INSIDE
        said = next(
            (one for one in against_texts(row.against, self.than) if self.paper.width_of(one, size=SMALL) <= room), ""
        )
        self.paper.text(right, y, said, ink, size=SMALL, align="right")

    @property
    def _most_lines(self) -> int:
        return max(1, min(MOST_LINES, int(self.pitch / STACK) - 1))

    def _bar(self, row: Row) -> None:
        centre, text = self.columns.centre, format_number(row.count)
        if not row.count:
            self.paper.text(centre, self.middle, text, self.style.dim, align="center")
            return
        width = max(LEAST_BAR, min(self.columns.width, MOST_BARS) * row.part)
        left, name = centre - width / 2, f"stage:{row.key}"
        self.paper.bar(left, self.top, width, self.bar_height, self.style.accent, name=name)
        if width >= self.paper.width_of(text) + 2 * INSIDE:
            self.paper.text(centre, self.middle, text, self.style.on_accent, align="center")
        else:
            self.paper.text(left + width + INSIDE, self.middle, text, self.style.text)

    def _figures(self, row: Row) -> None:
        columns = self.columns
        if columns.value is not None and row.count:
            self._stack(_amounts(row.value), columns.value, align="right", rest=self.style.dim)
        if columns.days is not None and row.days is not None:
            self._stack([_days(row.days)], columns.days, align="right")
            if row.side == "won":
                below = self.middle + STACK
                self.paper.text(columns.days, below, _("to win"), self.style.dim, size=SMALL, align="right")
        if columns.now is not None and row.now:
            self._stack([format_number(row.now)], columns.now, align="right", name=f"now:{row.key}")

    def _stack(
        self, lines: list[str], x: float, *, align: "Align", bold: bool = False, name: str = "", rest: str = ""
    ) -> None:
        """Lines one under the other, beside the middle of the bar; those after the first in the colour ``rest``."""
        first = self.middle - STACK * (len(lines) - 1) / 2
        for nth, line in enumerate(lines):
            colour = rest if nth and rest else self.style.text
            self.paper.text(x, first + STACK * nth, line, colour, align=align, bold=bold, name=name)


def _cells(one: StageFigures) -> tuple[str, ...]:
    counts = (one.reached, one.entered, one.touched, one.strict, one.now, one.lost_here)
    shares = (
        "" if rate is None or rate.value is None else f"{100 * rate.value:.1f}"
        for rate in (one.conversion, one.resolved)
    )
    days, base = one.days.median, "" if one.resolved is None else str(one.resolved.base)
    value = " + ".join(f"{major(amount.minor, amount.currency)} {amount.currency}" for amount in one.value)
    return (*map(str, counts), *shares, base, "" if days is None else f"{days:.1f}", value)


def _step(figures: StageFigures, side: Side) -> Step | None:
    if figures.conversion is None or figures.resolved is None:
        return None
    # After the sale nothing is left to decide.
    return Step(figures.conversion, figures.conversion if side == "after" else figures.resolved)


def _height(picture: FunnelPicture, pitch: float, lines: int) -> float:
    return MARGIN + HEAD + pitch * len(picture.rows) + _after_sale(picture) + lines * LINE + MARGIN


def _after_sale(picture: FunnelPicture) -> float:
    return AFTER_SALE if any(row.side == "after" for row in picture.rows) else 0.0


def _pitch(picture: FunnelPicture, room: float) -> float:
    return max(LEAST_PITCH, min(PITCH, room / max(1, len(picture.rows))))


def _columns(paper: "Paper", picture: FunnelPicture) -> _Columns:
    """Names and figures as wide as they need, names within reason; the bars take the rest.

    Where that is too little for them, the columns of figures go one by one.
    """
    names = [row.name.of(language()) for row in picture.rows]
    label_width = min(max(paper.width_of(name, bold=True) for name in names), paper.width * LABEL_SHARE)
    amounts = [text for row in picture.rows for text in _amounts(row.value)]
    wanted = {
        **({} if picture.count == "now" else {NOW: paper.width_of(_(NOW), size=SMALL)}),
        DAYS: paper.width_of(_(DAYS), size=SMALL),
        VALUE: max([paper.width_of(_(VALUE), size=SMALL), *(paper.width_of(text) for text in amounts)]),
    }
    if not amounts:
        del wanted[VALUE]
    left, right = MARGIN + label_width + GAP, paper.width - MARGIN
    while wanted and right - left - sum(wanted.values()) - GAP * len(wanted) < LEAST_BARS:
        wanted.popitem()
    ends: dict[str, float] = {}
    for head, width in wanted.items():
        ends[head] = right
        right -= width + GAP
    return _Columns(label_width, left, right - left, ends.get(VALUE), ends.get(DAYS), ends.get(NOW))


def _draw_heads(paper: "Paper", columns: _Columns, picture: FunnelPicture, style: Style) -> None:
    y = MARGIN + HEAD / 2 - INSIDE / 2
    paper.text(MARGIN, y, _("Stage"), style.dim, size=SMALL)
    heading = _(HEADS[picture.count]) if picture.report.funnel.deals else _("There are no such deals yet")
    paper.text(columns.centre, y, heading, style.dim, size=SMALL, align="center")
    for head, end in ((VALUE, columns.value), (DAYS, columns.days), (NOW, columns.now)):
        if end is not None:
            paper.text(end, y, _(head), style.dim, size=SMALL, align="right")


def _amounts(value: tuple[Amount, ...]) -> list[str]:
    """One line a currency, as many as there is room for."""
    shown = [short_money(amount.minor, amount.currency) for amount in value]
    if len(shown) <= MOST_LINES:
        return shown
    rest = len(shown) - MOST_LINES + 1
    return [*shown[: MOST_LINES - 1], ngettext("{n} more currency", "{n} more currencies", rest)]


def _days(days: float) -> str:
    return format_number(days, 1 if days < SCARCELY and round(days, 1) % 1 else 0)
