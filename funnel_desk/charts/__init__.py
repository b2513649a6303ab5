"""One file per chart: measure the data, then draw it. A chart is found by the ``CHART`` of its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from funnel_desk.charts.paper import Spot
    from funnel_desk.charts.style import Style


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart's file tells of it: its title (a template), how to measure a report, how to draw what came of it.

    ``draw`` tells where on the axes what is. ``size`` gives the px in which it looks best, ``least_size`` those below
    which things run into each other.
    """

    title: str
    measure: Callable[[Any], Any]
    draw: "Callable[[Axes, Any, Style], Sequence[Spot]]"
    size: Callable[[Any], tuple[float, float]]
    least_size: Callable[[Any], tuple[float, float]]
