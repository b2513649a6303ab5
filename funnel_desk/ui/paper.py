"""On paper and in the calendar: the day, the week and a pipeline as documents to print, what is planned as a calendar.

A document is written where the person says and shown by the program that the system has for it; there it is printed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu

from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_day
from funnel_desk.progress import Progress
from funnel_desk.ui import phrases
from funnel_desk.ui.commands import Commands
from funnel_desk.ui.dialogs.files import ask_save
from funnel_desk.ui.own_settings import who
from funnel_desk.ui.view import Parts
from funnel_desk.ui.window import Window


def show_file(path: Path) -> None:
    """Show a document in the program that the system has for it; where it has none, the file is there all the same."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Paper(QObject):
    """Lives as long as the desk that is open in the window. `show` opens what was written."""

    def __init__(
        self,
        window: Window,
        commands: Commands,
        parts: Parts,
        parent: QObject,
        show: Callable[[Path], None] = show_file,
    ) -> None:
        super().__init__(parent)
        self._window, self._parts, self._show = window, parts, show
        commands.action("print_day").triggered.connect(self._ask_day)
        commands.action("print_week").triggered.connect(self._ask_week)
        commands.action("print_pipeline").triggered.connect(self._ask_pipeline)
        commands.action("calendar").triggered.connect(self._ask_calendar)

    def write_day(self, out: Path) -> None:
        """Today, with boxes to tick and the words to say."""
        from funnel_desk.exchange.today_sheet import day_on_paper, today_pdf

        bridge, name, me = self._parts.bridge, self._parts.bridge.desk.path.name, who()
        today = bridge.today()
        self._write(out, lambda: today_pdf(bridge.ask(day_on_paper, today), me, name))

    def write_week(self, out: Path, on_day: str | None = None) -> None:
        """The review of the week in which a day lies; of this week."""
        from funnel_desk.exchange.review_sheet import review_on_paper, review_pdf

        bridge, name = self._parts.bridge, self._parts.bridge.desk.path.name
        now = bridge.desk.clock()
        self._write(out, lambda: review_pdf(bridge.ask(review_on_paper, now, on_day), name))

    def write_pipeline(self, out: Path, pipeline_id: str) -> None:
        """A pipeline with its stages, steps and words, for a new colleague."""
        from funnel_desk.exchange.regulation import regulation_pdf
        from funnel_desk.queries.pipeline_content import pipeline_content

        bridge = self._parts.bridge
        zone = bridge.desk.workspace.time_zone
        self._write(out, lambda: regulation_pdf(bridge.ask(pipeline_content, pipeline_id), zone))

    def write_calendar(self, out: Path) -> None:
        """All that has a day, for a calendar program; brought in again, it updates what is there."""
        from funnel_desk.exchange.calendar import calendar_agenda, calendar_file

        bridge, me = self._parts.bridge, who()
        today, zone = bridge.today(), bridge.desk.workspace.time_zone
        self._write(out, lambda: calendar_file(bridge.ask(calendar_agenda, today), today, zone, me), shown=False)

    @Slot()
    def _ask_day(self) -> None:
        day = format_day(self._parts.bridge.today(), "short")
        self._ask(_("Print today"), _("Today, {day}", day=day), self.write_day)

    @Slot()
    def _ask_week(self) -> None:
        """The week that is shown, else this one."""
        on_day = getattr(self._window.page(), "week_shown", lambda: None)()
        day = format_day(on_day or self._parts.bridge.today(), "short")
        write = partial(self.write_week, on_day=on_day)
        self._ask(_("Print the week"), _("Week of {day}", day=day), write)

    @Slot()
    def _ask_pipeline(self) -> None:
        """Where there are several, which one."""
        from funnel_desk.queries.pipelines import pipelines  # SQLAlchemy comes with it

        found = [row.pipeline for row in self._parts.bridge.ask(pipelines)]
        if not found:
            self._parts.bridge.refused.emit(_("There is no pipeline yet. Choose a playbook first."))
        elif len(found) == 1:
            self._ask_rules(found[0].id, phrases.of(found[0].name))
        else:
            menu = QMenu(self._window)
            menu.setObjectName("paper.pipelines")
            menu.aboutToHide.connect(menu.deleteLater)
            for one in found:
                name = phrases.of(one.name)
                menu.addAction(name.replace("&", "&&")).triggered.connect(
                    lambda _checked=False, row=one.id, name=name: self._ask_rules(row, name)
                )
            menu.popup(QCursor.pos() if self._window.underMouse() else self._window.mapToGlobal(
                self._window.rect().center()))  # fmt: skip

    @Slot()
    def _ask_calendar(self) -> None:
        place = self._parts.bridge.desk.path.with_suffix(".ics")
        title, kinds = _("Save as a calendar"), _("Calendars (*.ics)")
        ask_save(self._window, place, title, kinds, "ics", lambda path: self.write_calendar(Path(path)))

    def _ask_rules(self, pipeline_id: str, name: str) -> None:
        self._ask(_("Print a pipeline"), name, lambda out: self.write_pipeline(out, pipeline_id))

    def _ask(self, title: str, name: str, write: Callable[[Path], None]) -> None:
        place = self._parts.bridge.desk.path.parent / f"{name.replace('/', '-')}.pdf"
        ask_save(self._window, place, title, _("Documents (*.pdf)"), "pdf", lambda path: write(Path(path)))

    def _write(self, out: Path, content: Callable[[], bytes], *, shown: bool = True) -> None:
        """Make it in a thread of its own, write it, and show it."""
        from funnel_desk.exchange.out_file import refuse_same_file, write_whole

        bridge = self._parts.bridge
        try:
            refuse_same_file(out, bridge.desk.path)
        except Problem as problem:
            bridge.explain(problem)
            return

        def work(_progress: Progress) -> Path:
            write_whole((out, content()))
            return out

        def tell(written: Path) -> None:
            bridge.tell(_("Written: {file}", file=written.name))
            if shown:
                self._show(written)

        self._parts.jobs.read(_("Writing {file}", file=out.name), work, tell)
