"""A quiet button that shows its key: "N note"; the key presses it wherever nobody is typing."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from funnel_desk.ui.widgets.labels import key_hint, label, present


class KeyButton(QPushButton):
    """`clicked` by mouse, by Tab and Space, or by its key anywhere in `scope`."""

    def __init__(self, key: str, text: str, scope: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hint = key_hint("")
        parts = (self._hint, label(text, "dim"))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(5)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        # The view it stands in lists it with its other actions, and a person may give it another key.
        self.action = QAction(text, scope)
        self.action.setShortcut(QKeySequence(key))
        self.action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.action.triggered.connect(self._pressed)
        self.action.changed.connect(self._say_key)
        scope.addAction(self.action)
        self._say_key()

    def setObjectName(self, name: str) -> None:
        """Its action is called after it."""
        super().setObjectName(name)
        self.action.setObjectName(f"action.{name}")

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width(), 28)

    def _say_key(self) -> None:
        shown = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._hint.setText(shown)
        present(self._hint, shown=bool(shown))
        self.updateGeometry()

    def _pressed(self) -> None:
        if self.isVisible() and self.isEnabled():
            self.click()
