"""How cold calls go: so many of them became leads, in a period that one chooses."""

from datetime import date, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.i18n import _
from funnel_desk.progress import Progress
from funnel_desk.queries.cold_calls import cold_calls
from funnel_desk.ui.call.aside import cold_words
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import SectionHeading, label
from funnel_desk.ui.widgets.segmented import Segmented


class ColdCounter(QWidget):
    """Asks apart from the window; the period is remembered."""

    def __init__(self, parts: Parts, name: str) -> None:
        super().__init__()
        self._parts, self._asked = parts, 0
        choices = [("today", _("Today")), ("week", _("Week")), ("month", _("Month")), ("all", _("All"))]
        self._period = Segmented(choices, _("Cold calls"))
        self._period.setObjectName(f"{name}.period")
        kept = parts.memory.get("call.period")
        self._period.set_key(kept if kept in self._period.keys() else "month")  # noqa: SIM118 - no mapping
        self._period.chosen.connect(self._chosen)
        self._told = label("", wrap=True, name=name)
        self._told.setToolTip(
            _(
                "A cold call is an outgoing call on a deal in the first stage. It becomes a lead when the deal goes on "
                "from there or a smaller step is agreed. Beside it: where the true rate lies, with 95 % confidence."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (SectionHeading(_("Cold calls")), self._period, self._told):
            column.addWidget(part)

    def refresh(self) -> None:
        """Count again."""
        self._asked += 1
        asked, bridge = self._asked, self._parts.bridge
        period = days_of(self._period.key(), bridge.today())

        def ask(_progress: Progress) -> Rate:
            return bridge.ask(cold_calls, period)

        def show(found: Rate) -> None:
            if asked == self._asked:
                self._told.setText(cold_words(found))

        self._parts.jobs.read("", ask, show)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self._parts.memory.put("call.period", key)
        self.refresh()


def days_of(key: str, today: str) -> Period:
    """The days of a period by its key, up to today: today, week (from Monday), month, all."""
    day = date.fromisoformat(today)
    if key == "today":
        return Period(today, today)
    if key == "week":
        return Period(str(day - timedelta(days=day.weekday())), today)
    return Period(str(day.replace(day=1)), today) if key == "month" else ALWAYS
