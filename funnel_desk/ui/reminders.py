"""Reminders: what has a time is told in the system tray before it comes, each thing once.

Where there is no tray they are told in the message bar.
A timer waits for the next planned instant only; it is asked for apart from the window, when something was changed.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from funnel_desk.domain.moments import Moment, instant, parse_instant
from funnel_desk.i18n import N_, _, format_time, ngettext, translate
from funnel_desk.progress import Progress
from funnel_desk.queries.planned import Planned, next_planned, planned_between
from funnel_desk.ui import phrases
from funnel_desk.ui.absence import away
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.view import Parts

OFF = "off"
LEADS = (OFF, "0", "5", "10", "15", "30", "60")
"""How many minutes before, as the memory keeps it."""
_USUAL = "10"
_KEPT = "reminders.lead"
_SOON_MS = 400
_LONGEST_MS = 60 * 60 * 1_000
_MOST_APART = 3

Ring = Callable[[str, str, str | None], None]
"""Told a title, words, and the deal that is meant, if it is one."""

Found = tuple[tuple[Planned, ...], Moment | None]


def lead(memory: Memory) -> str:
    """The lead that the person chose, one of LEADS."""
    kept = memory.get(_KEPT)
    return kept if kept in LEADS else _USUAL


def choose_lead(memory: Memory, chosen: str) -> None:
    """Keep another lead."""
    memory.put(_KEPT, chosen)
    memory.save()


class Reminders(QObject):
    """Watches one open workspace; `ring` is how a person is told."""

    def __init__(self, parts: Parts, ring: Ring, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._ring = parts, ring
        self._began = parts.bridge.desk.clock()
        self._told: set[str] = set()
        self._over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        parts.bridge.touched.connect(self.look_soon)
        gone = away(parts.memory, parts.bridge.desk.workspace.id)
        if gone is not None and lead(parts.memory) != OFF:
            closed, began, ask = gone.closed, self._began, parts.bridge.ask
            self._read(lambda: (ask(planned_between, closed, began), None), self._catch_up)
        self.look_soon()

    @Slot()
    def look_soon(self) -> None:
        """Something changed, or the lead is another: ask again when all that changes now has changed."""
        if not self._over:
            self._timer.start(_SOON_MS)

    def stop(self) -> None:
        """Look no more: the workspace is closed."""
        self._over = True
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Tell what is due within the lead and was not told yet, and wait for what comes next."""
        chosen = lead(self._parts.memory)
        if chosen == OFF:
            return
        ahead, ask = timedelta(minutes=int(chosen)), self._parts.bridge.ask
        until, began = instant(parse_instant(self._parts.bridge.desk.clock()) + ahead), self._began
        self._read(
            lambda: (ask(planned_between, began, until), ask(next_planned, until)), partial(self._tell, ahead=ahead)
        )

    def _read(self, work: Callable[[], Found], then: Callable[[Found], None]) -> None:
        def job(_progress: Progress) -> Found:
            return work()

        self._parts.jobs.read("", job, then)

    def _catch_up(self, found: Found) -> None:
        """What came due while the program was closed is told in one sentence."""
        self._told |= {one.key for one in found[0]}
        count = len(found[0])
        if count:
            words = ngettext(
                "{n} came due while the program was closed.", "{n} came due while the program was closed.", count
            )
            self._ring(_("Funnel Desk"), words, found[0][0].deal_id if count == 1 else None)

    def _tell(self, found: Found, ahead: timedelta) -> None:
        planned, coming = found
        fresh = [one for one in planned if one.key not in self._told]
        self._told |= {one.key for one in fresh}
        if len(fresh) > _MOST_APART:
            self._ring(_("Funnel Desk"), ngettext("{n} action is due.", "{n} actions are due.", len(fresh)), None)
        else:
            self._tell_each(fresh)
        if not self._over:
            self._timer.start(self._wait(coming, ahead))

    def _tell_each(self, fresh: Sequence[Planned]) -> None:
        zone = self._parts.bridge.desk.workspace.time_zone
        for one in fresh:
            title = " · ".join(part for part in (one.company, one.deal) if part) or _("Funnel Desk")
            what = _("{time}: {what}", time=format_time(one.due, zone), what=phrases.of(one.title))
            self._ring(title, what, one.deal_id)

    def _wait(self, coming: Moment | None, ahead: timedelta) -> int:
        """Milliseconds until the next look: no longer than an hour, for computers sleep and clocks are set."""
        if coming is None:
            return _LONGEST_MS
        left = parse_instant(coming) - ahead - parse_instant(self._parts.bridge.desk.clock())
        return int(min(max(left.total_seconds() * 1_000, _SOON_MS), _LONGEST_MS))


_NAMES = {OFF: N_("Never"), "0": N_("When it is due"), "60": N_("An hour before")}


def lead_name(chosen: str) -> str:
    """A lead in words: "10 minutes before"."""
    if chosen in _NAMES:
        return translate(_NAMES[chosen])
    return ngettext("{n} minute before", "{n} minutes before", int(chosen))
