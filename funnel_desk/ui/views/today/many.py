"""What is done to the chosen rows of today, one or several: another day, rest, waking, a rhythm of touches."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QMenu, QWidget

from funnel_desk.i18n import N_, _, format_day, format_days, ngettext, translate
from funnel_desk.operations import rescheduling, snoozes
from funnel_desk.ui.bridge import Bridge, Done

if TYPE_CHECKING:
    from funnel_desk.operations.desk import Operation

_RHYTHMS = (7, 14, 30, 60, 90)
NO_RHYTHM = N_("Only what is planned")


class OfDeal(Protocol):
    """A row that is about a deal."""

    @property
    def deal_id(self) -> str: ...


def move_to(bridge: Bridge, items: Sequence[OfDeal], day: str) -> None:
    """Move the next action of each to a day; one undo."""
    ids = deal_ids(items)
    done = _run(bridge, rescheduling.put_off, rescheduling.put_off_all, ids, day)
    if done is None:
        return
    shown = format_day(day, "weekday")
    bridge.tell(
        ngettext("{n} deal: next action on {day}.", "{n} deals: next action on {day}.", len(ids), day=shown), done
    )


def let_rest(bridge: Bridge, items: Sequence[OfDeal], day: str, reason: str) -> bool:
    """Leave the deals in peace until a day; one undo."""
    ids = deal_ids(items)
    done = _run(bridge, snoozes.snooze_deal, snoozes.snooze_deals, ids, day, reason)
    if done is None:
        return False
    shown = format_day(day, "short")
    bridge.tell(ngettext("{n} deal rests until {day}.", "{n} deals rest until {day}.", len(ids), day=shown), done)
    return True


def wake(bridge: Bridge, items: Sequence[OfDeal]) -> bool:
    """End the rest of the deals; one undo."""
    ids = deal_ids(items)
    done = _run(bridge, snoozes.wake_deal, snoozes.wake_deals, ids)
    if done is None:
        return False
    bridge.tell(ngettext("{n} deal is awake again.", "{n} deals are awake again.", len(ids)), done)
    return True


def set_rhythm(bridge: Bridge, items: Sequence[OfDeal], every: int | None) -> bool:
    """Keep in touch each so many days, or only as planned; one undo."""
    ids = deal_ids(items)
    done = _run(bridge, rescheduling.keep_in_touch, rescheduling.keep_in_touch_all, ids, every)
    if done is None:
        return False
    if every is None:
        bridge.tell(translate(NO_RHYTHM), done)
    else:
        bridge.tell(_("A touch comes {days} after the last one.", days=format_days(every)), done)
    return True


def rhythm_menu(then: Callable[[int | None], object], parent: QWidget) -> QMenu:
    """The rhythms to choose from."""
    menu = QMenu(parent)
    menu.setObjectName("today.rhythms")
    for days in _RHYTHMS:
        text = _("{days} after the last touch", days=format_days(days))
        menu.addAction(text).triggered.connect(lambda _checked=False, days=days: then(days))
    menu.addSeparator()
    menu.addAction(translate(NO_RHYTHM)).triggered.connect(lambda: then(None))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def deal_ids(items: Sequence[OfDeal]) -> list[str]:
    """The deals of some items, each once."""
    return list(dict.fromkeys(item.deal_id for item in items))


def _run(
    bridge: Bridge, one: "Operation[Any, Any]", several: "Operation[Any, Any]", ids: Sequence[str], *args: object
) -> Done[Any] | None:
    """The act on one deal names it; that on several counts them."""
    if not ids:
        return None
    return bridge.run(one, ids[0], *args) if len(ids) == 1 else bridge.run(several, ids, *args)
