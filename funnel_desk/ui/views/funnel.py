"""Funnel: how many deals came how far, what became of them, and where they are lost."""

from funnel_desk.i18n import N_, _
from funnel_desk.ui.view import Caption, Page, Parts, View


class FunnelPage(Page):
    """The chart, the same numbers as a table, and beside them what the closed deals tell."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def caption(self) -> Caption:
        return Caption(_("Funnel"))

    def refresh(self) -> None:
        """Ask again."""


VIEW = View(key="funnel", title=N_("Funnel"), icon="funnel", order=3, make=FunnelPage)
