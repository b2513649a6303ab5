"""One line about what was just done, or why not, with a way back; it fades away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import label, present

_FADE_MS = 120
_STAYS_MS = 7000
_WARNING_STAYS_MS = 12000
_WATCH_MS = 150
_MARGIN = 12
KEPT_FREE = "kept_free"
"""The property of a part that the bar does not lie over: what is pressed next."""
_WIDEST = 560


class MessageBar(QFrame):
    """Lies over the lower left corner of its parent, above what is kept free: nothing moves when it comes or goes."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self.setProperty("ground", "panel")
        self._look, self._ground = look, parent
        self._act: Callable[[], None] | None = None
        self._icon = QLabel()
        self._text = label("", wrap=True)
        self._button = QPushButton()
        self._button.setProperty("role", "link")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._acted)
        self._close = QToolButton()
        self._close.setProperty("role", "quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(_("Close the message"))
        self._close.clicked.connect(self.leave)
        look.dress(self._close, "close", "dim", 12)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._faded)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._watch = QTimer(self)  # what is kept free moves without telling
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._place)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """What was done, and if there is one the way back ("Undo")."""
        self._show(text, "check", "accent", button, act, _STAYS_MS)

    def refuse(self, text: str) -> None:
        """Why something was not done."""
        self._show(text, "attention", "warn", "", None, _WARNING_STAYS_MS)

    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return self._text.text() if self.isVisible() else ""

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        self._fade_to(0.0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """While somebody reads it, it stays."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nobody reads it any more."""
        self._timer.start(_STAYS_MS)
        super().leaveEvent(event)

    def _show(self, text: str, icon: str, token: str, button: str, act: Callable[[], None] | None, stays: int) -> None:
        self._act = act
        self._look.dress(self._icon, icon, token)
        self._text.setText(text)
        self._button.setText(button)
        present(self._button, shown=bool(button))
        self._place()
        self.show()
        self.raise_()
        self._watch.start()
        self._fade_to(1.0)
        self._timer.start(stays)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _place(self) -> None:
        ground = self._ground.rect()
        others = [self._icon, self._close] if self._button.isHidden() else [self._icon, self._button, self._close]
        beside = sum(other.sizeHint().width() + 8 for other in others) + 18
        line = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 8
        width = min(_WIDEST, ground.width() - 2 * _MARGIN, beside + line)
        height = max(36, self._row.totalHeightForWidth(width))
        place = QRect(_MARGIN, ground.height() - height - _MARGIN, width, height)
        for part in self._ground.findChildren(QWidget):
            if part.property(KEPT_FREE) and part.isVisible():
                theirs = QRect(part.mapTo(self._ground, QPoint(0, 0)), part.size())
                if theirs.intersects(place):
                    place.moveBottom(theirs.top() - _MARGIN)
        if place != self.geometry():
            self.setGeometry(place)

    def _acted(self) -> None:
        act, self._act = self._act, None
        self.leave()
        if act is not None:
            act()

    def _fade_to(self, opacity: float) -> None:
        self._fade.stop()
        if not _may_move():
            self._effect.setOpacity(opacity)
            self._faded()
            return
        self._fade.setStartValue(self._effect.opacity())
        self._fade.setEndValue(opacity)
        self._fade.start()

    def _faded(self) -> None:
        if self._effect.opacity() <= 0:
            self._watch.stop()
            self.hide()


def _may_move() -> bool:
    """Whether things on screen may move; Qt below 6.11 does not know what the system asks for."""
    hints = QApplication.styleHints()
    known = getattr(hints, "accessibility", lambda: None)()
    motion = getattr(known, "motionPreference", lambda: None)()
    return getattr(motion, "name", "") != "ReducedMotion"
