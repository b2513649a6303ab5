"""The view of today: the day, or the week with its review."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.today.page import TodayPage
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.segmented import Segmented

_PARTS = (("day", N_("Day")), ("week", N_("Week")))
_KEPT = "today.part"


class DayAndWeek(Page):
    """Each part is made when it is first shown; a hidden one is asked again once it is shown."""

    needs = FACTS | {"snooze", "review"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._shown: dict[str, Page] = {}
        self._stale: set[str] = set()
        self.switch = Segmented([(key, translate(word)) for key, word in _PARTS], _("Show"))
        self.switch.setObjectName("today.switch")
        self.switch.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        top = frame("plain")
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 8, 16, 0)
        row.addWidget(self.switch)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        self.add_deed("today.other_part", _("Day or week"), self._other, "Ctrl+Tab")
        kept = parts.memory.get(_KEPT)
        self.show_part(kept if kept in dict(_PARTS) else "day")

    @property
    def part(self) -> Page:
        """The part that is shown."""
        return self._shown[self.switch.key()]

    def actions(self) -> list[QAction]:
        """What can be done here: of itself, and of the parts that were made."""
        return [*super().actions(), *(action for part in self._shown.values() for action in part.actions())]

    def caption(self) -> Caption:
        return self.part.caption()

    def refresh(self) -> None:
        self._stale = set(self._shown) - {self.switch.key()}
        self.part.refresh()

    def arrive(self, destination: object) -> None:
        if destination in dict(_PARTS):
            self.show_part(str(destination))
        else:
            self.part.arrive(destination)

    def week_shown(self) -> str | None:
        """A day of the earlier week that is shown; None where it is this one, or a day."""
        return getattr(self.part, "on_day", None)

    def keep(self) -> None:
        self._parts.memory.put(_KEPT, self.switch.key())
        for shown in self._shown.values():
            shown.keep()

    @Slot(str)
    def show_part(self, key: str) -> None:
        """Show the day or the week."""
        if key not in self._shown:
            made = self._shown[key] = self._makers()[key]()
            self._stack.addWidget(made)
            made.caption_changed.connect(self.caption_changed)
        elif key in self._stale:
            self._shown[key].refresh()
        self._stale.discard(key)
        focus = QApplication.focusWidget()
        was_in = any(part.isAncestorOf(focus) for part in self._shown.values() if focus is not None)
        self.switch.set_key(key)
        self._stack.setCurrentWidget(self._shown[key])
        self.setFocusProxy(self._shown[key])
        if was_in:
            self._shown[key].setFocus()
        self.caption_changed.emit()

    def _other(self) -> None:
        self.switch.choose("week" if self.switch.key() == "day" else "day")
        self.part.setFocus()

    def _makers(self) -> dict[str, Callable[[], Page]]:
        return {"day": lambda: TodayPage(self._parts), "week": self._make_week}

    def _make_week(self) -> Page:
        from funnel_desk.ui.views.today.week import WeekPage  # the first view is shown sooner without it

        return WeekPage(self._parts)
