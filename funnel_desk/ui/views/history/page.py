"""The page of the history: acts, merges and disagreements side by side, and the past of one thing over them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout

from funnel_desk.i18n import _, format_number, ngettext
from funnel_desk.ui.route import PastOf, ShowActs, ShowDisagreements, ShowMerge
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.history.acts import ActsPane
from funnel_desk.ui.views.history.disagreements import DisagreementsPane
from funnel_desk.ui.views.history.merges import MergesPane
from funnel_desk.ui.views.history.past import PastPane
from funnel_desk.ui.widgets.labels import frame
from funnel_desk.ui.widgets.segmented import Segmented

ACTS, MERGES, DISAGREEMENTS = "acts", "merges", "disagreements"
_MARGIN = 16


class HistoryPage(Page):
    """Three lists, one shown at a time; whoever asks for the past of a deal (or company …) sees that instead."""

    needs = FACTS
    has_search = True

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.acts, self.merges = ActsPane(parts), MergesPane(parts)
        self.disagreements, self.past = DisagreementsPane(parts), PastPane(parts)
        self.table, self.model = self.acts.table, self.acts.model
        self._panes: dict[str, ActsPane | MergesPane | DisagreementsPane] = {
            ACTS: self.acts,
            MERGES: self.merges,
            DISAGREEMENTS: self.disagreements,
        }
        choices = [(ACTS, _("Acts")), (MERGES, _("Merges")), (DISAGREEMENTS, _("Disagreements"))]
        self.tabs = Segmented(choices, _("What to show"))
        self.tabs.setObjectName("history.tabs")
        self.tabs.chosen.connect(self._show_pane)
        self._stack = QStackedLayout()
        whole = self._build()
        self._over = QStackedLayout(self)
        self._over.addWidget(whole)
        self._over.addWidget(self.past)
        self.past.left.connect(self.leave_crumb)
        self.merges.disagreements_wanted.connect(lambda: self._go_to(DISAGREEMENTS))
        self.acts.changed.connect(self.caption_changed)

    def caption(self) -> Caption:
        if self._over.currentWidget() is self.past:
            return Caption(self.past.title(), crumb=_("History"))
        key = self.tabs.key()
        count = self._panes[key].count()
        notes = {
            ACTS: ngettext("{count} act", "{count} acts", count, count=format_number(count)),
            MERGES: ngettext("{count} merge", "{count} merges", count, count=format_number(count)),
            DISAGREEMENTS: ngettext("{count} disagreement", "{count} disagreements", count, count=format_number(count)),
        }
        return Caption(_("History"), notes[key])

    @Slot()
    def refresh(self) -> None:
        """Ask again for what is shown; the person stays where they were."""
        if self._over.currentWidget() is self.past:
            self.past.refresh()
        self._panes[self.tabs.key()].refresh()
        self.caption_changed.emit()

    def arrive(self, destination: object) -> None:
        """Show the past of something, the disagreements, or a merge."""
        if isinstance(destination, PastOf):
            self.past.show_past(destination)
            self._over.setCurrentWidget(self.past)
            self.past.setFocus()
            self.caption_changed.emit()
        elif isinstance(destination, ShowActs):
            self._go_to(ACTS)
            self.acts.show_kind(destination.kind)
        elif isinstance(destination, ShowDisagreements):
            self._go_to(DISAGREEMENTS)
            self.disagreements.choose_deal(destination.deal_id)
        elif isinstance(destination, ShowMerge):
            self._go_to(MERGES)
            self.merges.choose(destination.record)

    @Slot()
    def leave_crumb(self) -> None:
        """Back to the lists."""
        self._over.setCurrentIndex(0)
        self._panes[self.tabs.key()].refresh()
        self.caption_changed.emit()

    def start_search(self) -> bool:
        self._go_to(ACTS)
        self.acts.start_search()
        return True

    def _build(self) -> QFrame:
        whole = frame("plain")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        self.setFocusProxy(self.acts.table)
        return whole

    def _go_to(self, key: str) -> None:
        self.tabs.set_key(key)
        self._over.setCurrentIndex(0)
        self._show_pane(key)

    @Slot(str)
    def _show_pane(self, key: str) -> None:
        pane = self._panes[key]
        pane.refresh()
        self._stack.setCurrentWidget(pane)
        self.setFocusProxy(pane.table)
        self.caption_changed.emit()
