"""A chart with its heading, the line under it, what its number means, and the menu to save picture or numbers."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.charts import Chart, Numbers
from funnel_desk.charts.style import Style, load_style
from funnel_desk.domain.problems import Problem
from funnel_desk.exchange.guard import guard
from funnel_desk.exchange.import_problems import CannotWrite
from funnel_desk.exchange.out_file import text_file
from funnel_desk.exchange.writing import write_table
from funnel_desk.i18n import _
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import SectionHeading, label, present
from funnel_desk.ui.widgets.note_popup import NotePopup
from funnel_desk.ui.widgets.spot_canvas import SpotCanvas

Definitions = Sequence[tuple[str, str]]


class SaveMenu(QPushButton):
    """A button with a menu: save the picture, save the numbers. It asks `told` what it is to save, when it is pressed.

    ``told`` gives the picture, a title and a note to stand over it; None where there is nothing to save.
    """

    def __init__(self, look: Look, bridge: Bridge, key: str, chart: Chart) -> None:
        super().__init__()
        self._bridge, self._look, self._chart = bridge, look, chart
        self._told: tuple[Any, str, str] | None = None
        self.setObjectName(f"{key}.save")
        self.setAccessibleName(_("Save picture or numbers"))
        self.setToolTip(_("Save picture or numbers"))
        look.dress(self, "picture")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self.picture = menu.addAction(_("Save picture…"))
        self.picture.setObjectName(f"{key}.save_picture")
        self.picture.triggered.connect(self._ask_picture)
        self.numbers = menu.addAction(_("Save numbers…"))
        self.numbers.setObjectName(f"{key}.save_numbers")
        self.numbers.triggered.connect(self._ask_numbers)
        self.setMenu(menu)
        self.setEnabled(False)

    def offer(self, picture: Any, title: str, note: str) -> None:  # noqa: ANN401 - each chart has a picture of its own
        """Save this when the person asks."""
        self._told = (picture, title, note)
        self.setEnabled(True)

    def write_picture(self, path: str) -> None:
        """Write the picture; the person is told what came of it."""
        from funnel_desk.charts.saving import save_picture

        if self._told is None:
            return
        picture, title, note = self._told
        save = partial(save_picture, self._chart, picture, Path(path), style_of(self._look), title=title, note=note)
        self._write(save, path, _("Picture saved: {file}", file=Path(path).name))

    def write_numbers(self, path: str) -> None:
        """Write the numbers as a table for a spreadsheet."""
        if self._told is None or self._chart.numbers is None:
            return
        numbers = self._chart.numbers(self._told[0])
        self._write(partial(_write_numbers, numbers, Path(path)), path,
                    _("Numbers saved: {file}", file=Path(path).name))  # fmt: skip

    def _write(self, write: partial[None], path: str, sentence: str) -> None:
        try:
            write()
        except Problem as problem:
            self._bridge.explain(problem)
        except OSError as error:
            self._bridge.explain(CannotWrite(file=path, why=error.strerror or str(error)))
        else:
            self._bridge.tell(sentence)

    @Slot()
    def _ask_picture(self) -> None:
        kinds = _("Pictures (*.png);;Drawings (*.svg);;Documents (*.pdf)")
        self._ask(".png", _("Save picture"), kinds, "png", self.write_picture)

    @Slot()
    def _ask_numbers(self) -> None:
        self._ask(".csv", _("Save numbers"), _("Tables (*.csv)"), "csv", self.write_numbers)

    def _ask(self, suffix: str, title: str, kinds: str, kind: str, then: Any) -> None:  # noqa: ANN401 - a callback
        if self._told is not None:
            name = "".join(sign if sign.isalnum() or sign in " -" else " " for sign in self._told[1]).strip()
            dialog = QFileDialog(self.window(), title, str(self._bridge.desk.path.with_name(name + suffix)), kinds)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(kind)
            dialog.selectFile(name + suffix)
            dialog.fileSelected.connect(then)
            dialog.open()


class ChartBlock(QWidget):
    """`pressed` tells the name of the part of the chart that was clicked."""

    pressed = Signal(str)

    def __init__(
        self, look: Look, bridge: Bridge, key: str, chart: Chart, title: str, definitions: Definitions
    ) -> None:
        super().__init__()
        self._look, self._chart, self._title = look, chart, title
        self._definitions = tuple(definitions)
        self._picture: Any = None
        self.heading = SectionHeading(title)
        self.canvas = SpotCanvas(title, look)
        self.canvas.setObjectName(f"{key}.chart")
        self.note = label("", "note", wrap=True, name=f"{key}.note")
        self.save = SaveMenu(look, bridge, key, chart)
        self._explain = QPushButton(_("What is this number?"))
        self._explain.setObjectName(f"{key}.explain")
        self._explain.setProperty("role", "link")
        self._explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._explain.clicked.connect(self._show_definitions)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.save)
        foot.addWidget(self._explain)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.canvas)
        column.addWidget(self.note)
        column.addLayout(foot)
        self.canvas.named.connect(self.pressed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._draw)
        look.changed.connect(self._draw)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_report(
        self,
        report: Any,  # noqa: ANN401 - each chart has its own
        note: str = "",
        *,
        title: str = "",
        later: bool = False,
    ) -> None:
        """Draw another report; `note` is the line under the chart, `title` another heading.

        Several charts of a page are drawn `later`, one by one, so that the window answers in between.
        """
        self._picture = self._chart.measure(report)
        self._title = title or self._title
        self.heading.say(self._title)
        self.note.setText(note)
        present(self.note, shown=bool(note))
        self.save.offer(self._picture, self._title, "")
        spoken = self._chart.numbers(self._picture).spoken() if self._chart.numbers else ""
        self.canvas.setAccessibleDescription(spoken)
        self.canvas.setFixedHeight(round(self._chart.size(self._picture)[1]))
        if later:
            self._soon.start()
        else:
            self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._picture is None:
            return
        chart, picture, style = self._chart, self._picture, style_of(self._look)
        least = QSize(round(chart.least_size(picture)[0]), round(chart.size(picture)[1]))
        spoken = self.canvas.accessibleDescription()
        self.canvas.show_chart(lambda axes: chart.draw(axes, picture, style), spoken, least)

    @Slot()
    def _show_definitions(self) -> None:
        NotePopup(self._definitions, self).open_above(self._explain)


def style_of(look: Look) -> Style:
    """The colours and letters of charts as the window looks now."""
    return load_style("dark" if look.tokens.dark else "light", look.font("body").family())


def _write_numbers(numbers: Numbers, path: Path) -> None:
    with text_file(path, "utf-8-sig") as out:  # so that spreadsheets know the letters
        # Names of stages and reasons are the user's words; the rest are numbers, which have to stay numbers.
        headers, rows = map(guard, numbers.headers), ([guard(row[0]), *row[1:]] for row in numbers.rows)
        write_table(out, "exact", list(headers), list(rows))
