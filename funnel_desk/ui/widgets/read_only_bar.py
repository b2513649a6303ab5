"""A quiet line over the views: this file can only be looked at, why, and a way to try again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from funnel_desk.i18n import _
from funnel_desk.ui.widgets.labels import label, present


class ReadOnlyBar(QFrame):
    """Hidden until there is a reason; `try_again` when the person asks."""

    try_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("read_only")
        self.setProperty("ground", "warn")
        self._why = label("", wrap=True, name="read_only.why")
        self._again = QPushButton(_("Try again"))
        self._again.setObjectName("read_only.again")
        self._again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._again.clicked.connect(self.try_again)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self._why, 1)
        row.addWidget(self._again)
        present(self, shown=False)

    def say(self, why: str) -> None:
        """Say why nothing can be changed; empty: all is as usual."""
        self._why.setText(_("For looking only. {why}", why=why) if why else "")
        present(self, shown=bool(why))
