"""A quiet button that shows its key: "N note"; the key presses it wherever nobody is typing."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from funnel_desk.ui.widgets.labels import key_hint, label


class KeyButton(QPushButton):
    """`clicked` by mouse, by Tab and Space, or by its key anywhere in `scope`."""

    def __init__(self, key: str, text: str, scope: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        parts = (key_hint(shown), label(text, "dim"))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(5)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        shortcut = QShortcut(QKeySequence(key), scope)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._pressed)

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width(), 28)

    def _pressed(self) -> None:
        if self.isVisible() and self.isEnabled():
            self.click()
