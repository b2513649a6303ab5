"""What was reckoned for the forecast, kept until the deals change; what is long is reckoned apart from the window."""

from collections.abc import Callable, Hashable
from functools import partial
from importlib import import_module
from typing import Any, TypeVar

from funnel_desk.progress import Progress
from funnel_desk.queries.outlook import number_of_deals
from funnel_desk.ui.view import Parts

T = TypeVar("T")

MANY_DEALS = 500
"""From so many on figures are reckoned, and a probability set, apart from the window."""


class KeptFigures:
    """Answers by what was asked for. Nothing is asked twice, and nobody hears of what the deals have outrun."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._kept: dict[Hashable, Any] = {}
        self._awaited: dict[Hashable, list[Callable[[Any], None]]] = {}
        self._age = 0
        self.deals = 0

    @property
    def many(self) -> bool:
        """Whether there are so many deals that reckoning takes its time."""
        return self.deals >= MANY_DEALS

    def forget(self) -> None:
        """The deals are others now."""
        self._kept.clear()
        self._awaited.clear()
        self._age += 1
        self.deals = self._parts.bridge.ask(number_of_deals)

    def known(self, key: Hashable) -> object:
        """What was reckoned; None if it was not."""
        return self._kept.get(key)

    def ask(
        self, key: Hashable, what: str, work: Callable[[], T], take: Callable[[T], None], *, apart: bool | None = None
    ) -> None:
        """Give ``take`` the figures: those kept, or reckoned by ``work``. ``what`` names it while it goes on apart."""
        if key in self._kept:
            take(self._kept[key])
        elif key in self._awaited:
            self._awaited[key].append(take)
        elif self.many if apart is None else apart:
            self._awaited[key] = [take]
            self._parts.jobs.read(what, partial(_apart, work), partial(self._arrived, key, self._age))
        else:
            found = self._kept[key] = work()
            take(found)

    def _arrived(self, key: Hashable, age: int, found: object) -> None:
        if age != self._age:
            return
        self._kept[key] = found
        for take in self._awaited.pop(key, []):
            take(found)


def _apart(work: Callable[[], T], _progress: Progress) -> T:
    import_module("funnel_desk.charts.paper")  # what draws takes its time to load: better here than in the window
    return work()
