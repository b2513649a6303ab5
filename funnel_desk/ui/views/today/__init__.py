"""Today: who is late, what is due, and what has no next action, with the words to say."""

from funnel_desk.i18n import N_
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.today.both import DayAndWeek

    return DayAndWeek(parts)


def _waiting(bridge: Bridge) -> int:
    from funnel_desk.queries.today import today_count

    return bridge.ask(today_count, bridge.today())


VIEW = View("today", N_("Today"), "today", 1, _make, _waiting)
