"""A chart under its heading, whose parts can be pressed, with a menu that saves it as a picture or as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from funnel_desk.charts import Chart
from funnel_desk.charts.style import Style, load_style
from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.figures_out import Cell, write_figures
from funnel_desk.exchange.import_problems import CannotWrite
from funnel_desk.i18n import _, translate
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import label
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas

_MARGIN = 16


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a chart as a table, and what a screen reader says of them."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    spoken: str


class ChartPanel(QWidget):
    """`pressed` tells the name of the part that was clicked or entered."""

    pressed = Signal(str)

    def __init__(self, parts: Parts, chart: Chart, name: str, *, margin: int = _MARGIN) -> None:
        super().__init__()
        self._parts, self._chart = parts, chart
        self._report: Any = None
        self._figures = Figures((), (), "")
        self._note = ""
        title = translate(chart.title)
        self.canvas = SpotCanvas(title, parts.look)
        self.canvas.setObjectName(name)
        self.canvas.named.connect(self.pressed)
        self.menu = QToolButton()
        self.menu.setObjectName(f"{name}.menu")
        self.menu.setProperty("role", "quiet")
        self.menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = _("Save the picture or the numbers: {chart}", chart=title)
        self.menu.setAccessibleName(words)
        self.menu.setToolTip(words)
        parts.look.dress(self.menu, "more")
        self.menu.clicked.connect(self._open_menu)
        above = QHBoxLayout()
        above.setContentsMargins(margin, 0, margin, 0)
        above.addWidget(label(title, "heading", wrap=True), 1)
        above.addWidget(self.menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.canvas, 1)
        parts.look.changed.connect(self._draw)

    def show_report(self, report: Any, figures: Figures, note: str = "") -> None:  # noqa: ANN401 - a chart's own report
        """Show a report; ``note`` stands beside the title of a saved picture."""
        self._report, self._figures, self._note = report, figures, note
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._report is None:
            return
        chart, picture, style = self._chart, self._chart.measure(self._report), self._style()
        least = QSize(*(round(side) for side in chart.least_size(picture)))
        self.canvas.show_chart(lambda axes: chart.draw(axes, picture, style), self._figures.spoken, least)

    def _style(self) -> Style:
        look = self._parts.look
        return load_style("dark" if look.tokens.dark else "light", look.font("body").family())

    @Slot()
    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName(f"{self.canvas.objectName()}.saves")
        menu.addAction(_("Save picture…")).triggered.connect(self._ask_picture)
        menu.addAction(_("Save numbers…")).triggered.connect(self._ask_numbers)
        menu.popup(self.menu.mapToGlobal(QPoint(0, self.menu.height())))

    @Slot()
    def _ask_picture(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_save

        kinds = _("Pictures (*.png);;Drawings (*.svg);;Documents (*.pdf)")
        ask_save(self.window(), self._place("png"), _("Save picture"), kinds, "png", self.write_picture)

    @Slot()
    def _ask_numbers(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_save

        ask_save(self.window(), self._place("csv"), _("Save numbers"), _("Tables (*.csv)"), "csv", self.write_numbers)

    def _place(self, suffix: str) -> Path:
        return self._parts.bridge.desk.path.with_name(f"{translate(self._chart.title)}.{suffix}")

    @Slot(str)
    def write_picture(self, path: str) -> None:
        """Write the picture; what is wrong with the place is told."""
        from funnel_desk.charts.saving import save

        bridge = self._parts.bridge
        try:
            save(
                self._chart, self._report, Path(path), self._style(),
                title=translate(self._chart.title), note=self._note,
            )  # fmt: skip
        except Problem as problem:
            bridge.explain(problem)
        except OSError as error:
            bridge.explain(CannotWrite(file=path, why=error.strerror or str(error)))
        else:
            bridge.tell(_("Picture saved: {file}", file=Path(path).name))

    @Slot(str)
    def write_numbers(self, path: str) -> None:
        """Write the numbers; what is wrong with the place is told."""
        bridge = self._parts.bridge
        try:
            write_figures(Path(path), self._figures.headings, self._figures.rows)
        except Problem as problem:
            bridge.explain(problem)
        else:
            bridge.tell(_("Numbers saved: {file}", file=Path(path).name))
