"""Asking for a report: at once where it is small, apart from the window where there are many deals."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from funnel_desk.progress import Progress
from funnel_desk.queries.outlook import number_of_deals
from funnel_desk.ui.view import Parts

T = TypeVar("T")

MANY_DEALS = 3_000
"""From so many on a report is counted apart from the window."""


class Latest:
    """Of several questions that are under way only the newest is answered."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._asked = 0

    def ask(self, what: str, work: Callable[[], T], take: Callable[[T], None]) -> None:
        """Give what ``work`` finds to ``take``; ``what`` stands in the strip of progress meanwhile."""
        self._asked += 1
        asked = self._asked

        def show(found: T) -> None:
            if asked == self._asked:
                take(found)

        def work_apart(_progress: Progress) -> T:
            import_module("funnel_desk.charts.paper")  # the first picture needs it, and the window shall not wait
            return work()

        if self._parts.bridge.ask(number_of_deals) < MANY_DEALS:
            show(work())
        else:
            self._parts.jobs.read(what, work_apart, show)
