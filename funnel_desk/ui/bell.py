"""The bell that reminders ring, and who brings both to an open workspace."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.absence import closed
from funnel_desk.ui.reminders import Reminders
from funnel_desk.ui.view import Parts

_SHOWN_MS = 10_000


class Bell(QObject):
    """Tells a person something in the system tray; without one through `else_tell`. A click calls `go`."""

    def __init__(self, window: QWidget, else_tell: Callable[[str], None], go: Callable[[str | None], None]) -> None:
        super().__init__(window)
        self._else_tell, self._go = else_tell, go
        self._deal: str | None = None
        self._tray: QSystemTrayIcon | None = None
        self._window = window

    @property
    def in_tray(self) -> bool:
        """Whether there is a tray that shows messages."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def ring(self, title: str, words: str, deal_id: str | None = None) -> None:
        """Say it now."""
        self._deal = deal_id
        if not self.in_tray:
            self._else_tell(_("{title}: {words}", title=title, words=words))
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip(_("Funnel Desk"))
            self._tray.messageClicked.connect(self._clicked)
            self._tray.activated.connect(self._clicked)
        self._tray.show()
        self._tray.showMessage(title, words, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)

    def hush(self) -> None:
        """Take the icon away."""
        if self._tray is not None:
            self._tray.hide()

    @Slot()
    def _clicked(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self._go(self._deal)


class Reminding(QObject):
    """Reminders for the workspace that is open, and the dialog that sets them, behind an action of the menu."""

    def __init__(self, window: QWidget, parts: Parts, settings: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._parts = window, parts
        self._bell = Bell(window, parts.bridge.tell, self._go)
        self._reminders = Reminders(parts, self._bell.ring, self)
        settings.triggered.connect(self._ask)

    def leave(self) -> None:
        """The workspace is closed now: remember when, and ring no more."""
        desk = self._parts.bridge.desk
        closed(self._parts.memory, desk.workspace.id, desk.clock())
        self._reminders.stop()
        self._bell.hush()
        self.setParent(None)
        self.deleteLater()

    def _go(self, deal_id: str | None) -> None:
        if deal_id is None:
            self._parts.route.go("today")
        else:
            self._parts.route.go("deals", deal_id)

    @Slot()
    def _ask(self) -> None:
        from funnel_desk.ui.dialogs.reminders import RemindersDialog

        dialog = RemindersDialog(self._window, self._parts.memory, self._try, in_tray=self._bell.in_tray)
        dialog.changed.connect(self._reminders.look_soon)
        dialog.open()

    def _try(self) -> None:
        self._bell.ring(_("Funnel Desk"), _("This is how a reminder looks."))
