"""Where rows can be dropped while they are dragged, also when the list has no such section: the days near by."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from funnel_desk.domain.moments import SATURDAY, WEEK
from funnel_desk.i18n import _, format_day
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard_all, repolish
from funnel_desk.ui.widgets.two_line import ROWS


def near_days(today: str) -> dict[str, str]:
    """The days that rows can be dropped on, by the name of their section.

    This week means its Friday, or what is left of it after tomorrow; where nothing is left, there is none.
    """
    tomorrow = date.fromisoformat(today) + timedelta(days=1)
    after = tomorrow + timedelta(days=1)
    friday = tomorrow + timedelta(days=SATURDAY - 1 - tomorrow.weekday())
    sunday = tomorrow + timedelta(days=WEEK - 1 - tomorrow.weekday())
    monday = date.fromisoformat(today) + timedelta(days=WEEK - date.fromisoformat(today).weekday())
    days = {"today": today, "tomorrow": tomorrow.isoformat(), "week": max(after, friday).isoformat()}
    if after > sunday:
        del days["week"]
    return days | {"monday": monday.isoformat()}


class DropPlaces(QFrame):
    """Shown while something is dragged; `then` is told the section."""

    def __init__(self, then: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then = then
        self.setProperty("ground", "panel")
        self.setObjectName("today.places")
        self._flow = FlowLayout(self, spacing=8)
        self.setContentsMargins(12, 8, 12, 8)
        self.hide()

    def show_days(self, today: str) -> None:
        """Offer the days near this one."""
        discard_all(self._flow)
        once = {day: section for section, day in reversed(near_days(today).items())}  # the nearer name of a day holds
        for day, section in sorted(once.items()):
            if section == "week" and date.fromisoformat(day).weekday() >= SATURDAY:
                continue
            text = _("Today") if section == "today" else format_day(day, "weekday")
            self._flow.addWidget(_Place(text, section, self._then, self))
        self.show()


class _Place(QLabel):
    def __init__(self, text: str, section: str, then: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(text, parent)
        self._section, self._then = section, then
        self.setObjectName(f"today.place.{section}")
        self.setAcceptDrops(True)
        self.setProperty("role", "key")
        self.setMargin(6)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(ROWS))
        self._mark("name")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark("key")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._then(self._section)

    def _mark(self, role: str) -> None:
        self.setProperty("role", role)
        repolish(self)
