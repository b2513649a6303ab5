"""A light sheet over the window, no window of its own: it takes the keys while it is there and gives them back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

_TOP = 56
_MARGIN = 24


class Overlay(QFrame):
    """`left` when it has gone. Escape leaves it, with the focus where it was; so does a click elsewhere."""

    left = Signal()

    def __init__(self, window: QWidget, name: str, title: str, size: tuple[int, int]) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("ground", "panel")
        self._ground, self._wanted = window, size
        self._before: QWidget | None = None
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def come(self, first: QWidget) -> None:
        """Appear, with the focus in this part."""
        if not self.isVisible():
            focused = QApplication.focusWidget() or self._ground.focusWidget()
            self._before = focused
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self, *, back: bool = True) -> None:
        """Go; `back` gives the focus to what had it before."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        inside = QApplication.focusWidget()
        self.hide()
        if back and before is not None and (inside is None or self.isAncestorOf(inside)):
            try:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:  # it was thrown away meanwhile, with the view in which it stood
                self._ground.setFocus()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; nothing that is typed here reaches the view below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible() and watched is self._ground:
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round inside."""
        parts = [one for one in self._chain() if one.isVisible() and one.isEnabled()]
        parts = [one for one in parts if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if not parts:
            return False
        now = QApplication.focusWidget()
        place = parts.index(now) if now in parts else -1
        reason = Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        parts[(place + (1 if following else -1)) % len(parts)].setFocus(reason)
        return True

    def _chain(self) -> list[QWidget]:
        found: list[QWidget] = []
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            if self.isAncestorOf(one):
                found.append(one)
            one = one.nextInFocusChain()
        return found

    def _place(self) -> None:
        ground = self._ground.rect()
        width = min(self._wanted[0], ground.width() - 2 * _MARGIN)
        height = min(self._wanted[1], ground.height() - _TOP - _MARGIN)
        self.setGeometry((ground.width() - width) // 2, _TOP, width, height)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A click elsewhere in the window: go, and leave the focus there."""
        if not self.isVisible() or now is None or now is self or self.isAncestorOf(now):
            return
        if now.window() is self._ground:
            self.leave(back=False)
