"""Funnel: how many deals came how far, what became of them, and where they are lost."""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.funnel.page import FunnelPage

    return FunnelPage(parts)


VIEW = View(key="funnel", title=N_("Funnel"), icon="funnel", order=3, make=_make)
