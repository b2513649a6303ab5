"""Asking for a report: at once where there are few deals, apart from the window where there are many."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject

from funnel_desk.progress import Progress
from funnel_desk.queries.outlook import number_of_deals
from funnel_desk.ui.view import Parts

T = TypeVar("T")
Wanted = Callable[[], bool]
"""Whether somebody still waits for an answer."""

MANY_DEALS = 3_000
"""From so many on reports are counted apart from the window."""


class Counting(QObject):
    """Of a page's questions only the newest is answered; leaving the page takes it back, and coming back asks again."""

    def __init__(self, page: QObject, parts: Parts, again: Callable[[], None]) -> None:
        super().__init__(page)
        self._parts, self._again = parts, again
        self._asked = 0
        self._waits = self._left = False
        page.installEventFilter(self)

    def ask(self, what: str, work: Callable[[Wanted], T | None], then: Callable[[T], None]) -> None:
        """`work` is given a function that tells whether its answer is still wanted; it may give None if not.

        `what` names it for the person, where it takes long.
        """
        self._asked += 1
        mine = self._asked

        def wanted() -> bool:
            return mine == self._asked

        if self._parts.bridge.ask(number_of_deals) < MANY_DEALS:
            found = work(wanted)
            if found is not None:
                then(found)
            return

        def apart(_progress: Progress) -> T | None:
            import_module("funnel_desk.charts.paper")  # what draws takes its time to load: better here
            return work(wanted) if wanted() else None

        def take(found: T | None) -> None:
            if wanted():
                self._waits = False
                if found is not None:
                    then(found)

        self._waits = True
        self._parts.jobs.read(what, apart, take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that is left wants no answer; when it is shown again, it asks again."""
        if event.type() is QEvent.Type.Hide and not event.spontaneous() and self._waits:
            self._asked += 1
            self._waits, self._left = False, True
        elif event.type() is QEvent.Type.Show and not event.spontaneous() and self._left:
            self._left = False
            self._again()
        return super().eventFilter(watched, event)
