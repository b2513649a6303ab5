"""A form that Escape leaves, and nothing else that Escape would close around it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class LeavingForm(QWidget):
    """`left` when Escape is pressed in it. A shortcut on the same key, of the page around it, does not get the key."""

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim the key before shortcuts see it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape
