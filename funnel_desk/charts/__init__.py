"""One file per chart: measure the data, then draw it. A chart is found by the ``CHART`` of its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Spot
    from funnel_desk.charts.style import Style


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a chart shows as a table of texts: to be saved, and to be heard."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]

    def spoken(self) -> str:
        """The table in a sentence: "June: Deals 12, Won 4; July: Deals 9, Won 2"."""
        return "; ".join(
            f"{row[0]}: "
            + ", ".join(f"{head} {cell}" for head, cell in zip(self.headers[1:], row[1:], strict=True) if cell)
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart's file tells of it: its title (a template), how to measure a report, how to draw what came of it.

    ``draw`` tells where on the axes what is. ``size`` gives the px in which it looks best, ``least_size`` those below
    which things run into each other. ``numbers`` gives what is drawn as a table.
    """

    title: str
    measure: Callable[[Any], Any]
    draw: "Callable[[Axes, Any, Style], Sequence[Spot]]"
    size: Callable[[Any], tuple[float, float]]
    least_size: Callable[[Any], tuple[float, float]]
    numbers: Callable[[Any], Numbers] | None = None
