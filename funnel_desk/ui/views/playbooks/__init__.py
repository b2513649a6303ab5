"""Playbooks: how this team sells, stage by stage and word by word, written where it is read."""

from funnel_desk.i18n import N_
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.playbooks.page import PlaybooksPage

    return PlaybooksPage(parts)


VIEW = View(key="playbooks", title=N_("Playbooks"), icon="playbooks", order=6, make=_make)
