"""A menu that stays open while several of its entries are ticked."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class StayingMenu(QMenu):
    """Entries that can be ticked are ticked without closing it; Escape or a click elsewhere closes it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = cast("QAction | None", self.actionAt(event.position().toPoint()))
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = cast("QAction | None", self.activeAction())
        keys = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() in keys and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)
