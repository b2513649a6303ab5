"""Saving a chart as a picture: PNG, SVG or PDF, told by the name of the file."""

from io import BytesIO
from pathlib import Path
from typing import Any

from funnel_desk.charts import Chart
from funnel_desk.charts.style import BODY, TITLE, Style
from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_

FORMATS = ("png", "svg", "pdf")
PNG_SCALE = 2.0
INCH = 96.0
POINTS = 72.0
MARGIN, HEADING = 16.0, 44.0


class UnknownPicture(Trouble):
    """The name of the file says no kind of picture we know."""

    message = N_("{file} is no picture we can make. Let its name end in .png, .svg or .pdf.")


def picture_format(path: Path) -> str:
    """The kind of picture that a file's name asks for. Raises UnknownPicture."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise UnknownPicture(file=path)
    return kind


def save(chart: Chart, report: Any, path: Path, style: Style, *, title: str, note: str = "") -> None:  # noqa: ANN401 - each chart has a report of its own
    """Draw a chart under a title, with a note beside it, and write the file whole. Raises UnknownPicture, OSError."""
    save_picture(chart, chart.measure(report), path, style, title=title, note=note)


def save_picture(chart: Chart, picture: Any, path: Path, style: Style, *, title: str, note: str = "") -> None:  # noqa: ANN401
    """As `save`, of what is measured already."""
    path.write_bytes(_drawn(chart, picture, style, picture_format(path), title, note))


def _drawn(chart: Chart, picture: Any, style: Style, kind: str, title: str, note: str) -> bytes:  # noqa: ANN401
    from matplotlib.figure import Figure

    from funnel_desk.charts.paper import Paper

    width, height = chart.size(picture)
    whole = height + HEADING
    figure = Figure(figsize=(width / INCH, whole / INCH), dpi=INCH)
    heading = Paper(figure.add_axes((0, height / whole, 1, HEADING / whole)), style)
    shown = heading.cut(title, width - 2 * MARGIN, size=TITLE, bold=True)
    heading.text(MARGIN, MARGIN + TITLE / 2, shown, style.text, size=TITLE, bold=True)
    beside = MARGIN + heading.width_of(shown, size=TITLE, bold=True) + MARGIN
    heading.text(beside, MARGIN + TITLE / 2 + 1, heading.cut(note, width - MARGIN - beside), style.dim, size=BODY)
    chart.draw(figure.add_axes((0, 0, 1, height / whole)), picture, style)
    kept = BytesIO()
    figure.savefig(kept, format=kind, dpi=INCH * PNG_SCALE if kind == "png" else INCH, facecolor=style.ground)
    return kept.getvalue()
