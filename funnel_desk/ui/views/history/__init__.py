"""History: every act of every person, merges and disagreements, and the way back from each."""

from funnel_desk.i18n import N_
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.view import Page, Parts, View


def _make(parts: Parts) -> Page:
    from funnel_desk.ui.views.history.page import HistoryPage

    return HistoryPage(parts)


def _disagreements(bridge: Bridge) -> int:
    from funnel_desk.queries.conflicts import count_conflicts  # SQLAlchemy comes with it

    return bridge.ask(count_conflicts)


VIEW = View(key="history", title=N_("History"), icon="history", order=7, make=_make, attention=_disagreements)
