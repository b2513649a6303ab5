"""History: every act of every person, and the way back from each."""

from funnel_desk.i18n import N_, _
from funnel_desk.ui.view import Caption, Page, Parts, View


class HistoryPage(Page):
    """The acts, the newest first."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def caption(self) -> Caption:
        return Caption(_("History"))

    def refresh(self) -> None:
        """Ask again."""


VIEW = View(key="history", title=N_("History"), icon="history", order=7, make=HistoryPage)
