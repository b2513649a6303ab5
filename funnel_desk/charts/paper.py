"""Drawing on an axes in px (1/96 inch) from its top left corner, as one lays out a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.textpath import text_to_path

from funnel_desk.charts.style import BODY, Style

INCH = 96.0
POINTS = 72.0
RADIUS = 3.0
ELLIPSIS = "…"

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the page, in px from its top left corner, and what is drawn there ("stage:offer")."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Paper:
    """An axes as a page of ``width`` by ``height`` px, cleared and in the style's colours.

    ``spots`` are what was drawn under a name, for whoever wants to know what a click means.
    """

    def __init__(self, axes: Axes, style: Style) -> None:
        figure = axes.get_figure(root=True)
        if figure is None:
            raise ValueError("axes without a figure")
        if axes.texts or axes.patches or axes.lines:  # clearing takes longer than most drawings
            axes.clear()
        axes.set_axis_off()
        figure.patch.set_facecolor(style.ground)
        self._axes, self._style = axes, style
        self._families = tuple(style.families)
        self.width = float(axes.bbox.width / figure.dpi * INCH)
        self.height = float(axes.bbox.height / figure.dpi * INCH)
        self.spots: list[Spot] = []
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        *,
        size: float = BODY,
        align: Align = "left",
        bold: bool = False,
        name: str = "",
    ) -> None:
        """A line of text, the middle of its letters at ``y``; with a name it becomes a spot."""
        if name:
            width = self.width_of(text, size=size, bold=bold)
            left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            self.spots.append(Spot(name, left, y - size / 2, left + width, y + size / 2))
        self._axes.text(
            x, y, text, color=colour, ha=align, va="center_baseline", fontproperties=self._font(size, bold=bold),
            gid=name or None, parse_math=False, clip_on=False,
        )  # fmt: skip

    def bar(self, x: float, y: float, width: float, height: float, colour: str, *, name: str = "") -> None:
        """A bar with slightly round corners; with a name it becomes a spot."""
        if name:
            self.spots.append(Spot(name, x, y, x + width, y + height))
        radius = min(RADIUS, width / 2, height / 2)
        self._axes.add_patch(
            FancyBboxPatch(
                (x + radius, y + radius), width - 2 * radius, height - 2 * radius,
                boxstyle=f"round,pad={radius},rounding_size={radius}",
                facecolor=colour, linewidth=0, gid=name or None, clip_on=False,
            )
        )  # fmt: skip

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, *, width: float = 1.0, dashed: bool = False
    ) -> None:
        """A line from point to point, ``width`` px thick."""
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        self._axes.plot(
            xs, ys, color=colour, linewidth=width * POINTS / INCH, linestyle=(0, (4, 3)) if dashed else "-",
            solid_capstyle="round", clip_on=False,
        )  # fmt: skip

    def dot(self, x: float, y: float, radius: float, colour: str, *, hollow: bool = False, name: str = "") -> None:
        """A round mark, filled or (``hollow``) only its edge; with a name it becomes a spot, a little larger."""
        if name:
            reach = radius + 4
            self.spots.append(Spot(name, x - reach, y - reach, x + reach, y + reach))
        self._axes.add_patch(
            Circle((x, y), radius, facecolor=self._style.ground if hollow else colour, edgecolor=colour,
                   linewidth=1.5 * POINTS / INCH, gid=name or None, clip_on=False, zorder=3)
        )  # fmt: skip

    def rule(self, y: float, margin: float) -> None:
        """A hairline from margin to margin."""
        self._axes.plot(
            [margin, self.width - margin],
            [y, y],
            color=self._style.line,
            linewidth=POINTS / INCH,
            clip_on=False,
            snap=True,
        )

    def width_of(self, text: str, *, size: float = BODY, bold: bool = False) -> float:
        """How wide a line of text is, in px."""
        return _width(text, self._families, size, bold=bold)

    def wrapped(self, text: str, width: float, *, size: float = BODY, lines: int = 99, bold: bool = False) -> list[str]:
        """The text in lines no wider than that, at most so many; what does not fit ends in an ellipsis."""
        result: list[str] = []
        for word in text.split(" "):
            longer = f"{result[-1]} {word}" if result else word
            if result and self.width_of(longer, size=size, bold=bold) <= width:
                result[-1] = longer
            else:
                result.append(word)
        if len(result) > lines:
            result = [*result[: lines - 1], " ".join(result[lines - 1 :])]
        return [self.cut(line, width, size=size, bold=bold) for line in result]

    def cut(self, text: str, width: float, *, size: float = BODY, bold: bool = False) -> str:
        """The text, shortened with an ellipsis where it is wider than that."""
        if self.width_of(text, size=size, bold=bold) <= width:
            return text
        kept = text
        while kept and self.width_of(kept + ELLIPSIS, size=size, bold=bold) > width:
            kept = kept[:-1].rstrip()
        return kept + ELLIPSIS

    def _font(self, size: float, *, bold: bool) -> FontProperties:
        return _font(self._families, size, bold=bold)


@lru_cache(maxsize=64)
def _font(families: tuple[str, ...], size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family=list(families), size=size / INCH * POINTS, weight="bold" if bold else "normal")


@lru_cache(maxsize=4096)
def _width(text: str, families: tuple[str, ...], size: float, *, bold: bool) -> float:
    width, _height, _descent = text_to_path.get_text_width_height_descent(
        text, _font(families, size, bold=bold), ismath=False
    )
    return float(width) / POINTS * INCH
