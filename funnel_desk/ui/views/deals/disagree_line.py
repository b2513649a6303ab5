"""Under the head of the card: that people say different things of this deal, and the way to choose."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from funnel_desk.i18n import ngettext
from funnel_desk.queries.conflicts import count_conflicts
from funnel_desk.ui.route import ShowDisagreements
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import present


class DisagreeLine(QPushButton):
    """Hidden where nobody disagrees; pressed, it shows who said what."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts, self._deal_id = parts, ""
        self.setObjectName("card.disagreements")
        self.setProperty("role", "link")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts.look.dress(self, "attention", "warn", 14)
        self.clicked.connect(self._show)
        present(self, shown=False)

    def show_deal(self, deal_id: str) -> None:
        """Say how many disagreements there are about this deal."""
        self._deal_id = deal_id
        count = self._parts.bridge.ask(count_conflicts, deal_id)
        self.setText(ngettext("{n} thing that people say differently", "{n} things that people say differently", count))
        present(self, shown=count > 0)

    def _show(self) -> None:
        self._parts.route.go("history", ShowDisagreements(self._deal_id))
