"""Deals: the list of all of them, and beside it the one that is chosen."""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.deals.page import DealsPage

    return DealsPage(parts)


VIEW = View("deals", N_("Deals"), "deals", 2, _make)
