"""Another day: the few that are meant most often, and a calendar for the others."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from funnel_desk.domain.moments import add_days
from funnel_desk.i18n import N_, _, format_day, translate

_NEAR = ((1, N_("Next working day")), (2, N_("In two working days")), (5, N_("In a week")), (10, N_("In two weeks")))
_MONDAY = 0
_WEEK = 8  # seven days and the margins


class DayMenu(QMenu):
    """Calls `then` with the day taken (ISO text)."""

    def __init__(self, today: str, then: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        for days, words in _NEAR:
            day = add_days(today, days, working=True)
            self._add(f"{translate(words)}: {format_day(day, 'short')}", day)
        monday = date.fromisoformat(today) + timedelta(days=(7 - date.fromisoformat(today).weekday()) or 7)
        self._add(_("Next Monday: {day}", day=format_day(monday, "short")), monday.isoformat())
        self.addSeparator()
        calendar = QCalendarWidget()
        calendar.setMinimumDate(QDate.fromString(today, Qt.DateFormat.ISODate))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumWidth(_WEEK * calendar.fontMetrics().horizontalAdvance("00") * 3)  # no day is elided
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.activated.connect(self._taken)
        calendar.clicked.connect(self._taken)
        place = QWidgetAction(self)
        place.setDefaultWidget(calendar)
        self.addAction(place)

    def _add(self, text: str, day: str) -> None:
        self.addAction(text).triggered.connect(lambda: self._then(day))

    def _taken(self, day: QDate) -> None:
        self.close()
        self._then(str(day.toString(Qt.DateFormat.ISODate)))
