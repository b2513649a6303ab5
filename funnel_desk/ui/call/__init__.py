"""Call mode: one deal at a time, its words as large as can be, and everything that is needed while one talks.

It stands in the window like a view, but not in the rail: one comes to it from a deal, a list of deals or the palette.
"""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.call.page import CallPage

    return CallPage(parts)


VIEW = View("call", N_("Call"), "call", 0, _make)
