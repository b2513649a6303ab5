"""How far long work is, and a way to stop it: a strip under the views, never a dialog."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from funnel_desk.i18n import _, format_number
from funnel_desk.ui.widgets.labels import label

PATIENCE_MS = 400
"""Work that is done sooner shows nothing."""


class ProgressStrip(QFrame):
    """Shows itself when work takes longer than `PATIENCE_MS`; `cancelled` when the person has changed their mind."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress")
        self.setProperty("ground", "foot")
        self._what = label("")
        self._count = label("", "note")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(240)
        self._cancel = QPushButton(_("Cancel"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self._ask_to_stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, what: str) -> None:
        """Work of this name has begun."""
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self._cancel.setText(_("Cancel"))
        self._cancel.setEnabled(True)
        self.advance(0, 0, "")
        self._timer.start()

    def advance(self, done: int, total: int, what: str) -> None:
        """So much of it is done (total 0: nobody knows of how much); `what` in words, if it changed."""
        if what:
            self._what.setText(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        known = _("{done} of {total}", done=format_number(done), total=format_number(total)) if total else ""
        self._count.setText(known)

    def end(self) -> None:
        """It is over, one way or the other."""
        self._timer.stop()
        self.hide()

    def _ask_to_stop(self) -> None:
        self._cancel.setEnabled(False)
        self._cancel.setText(_("Stopping…"))
        self.cancelled.emit()
