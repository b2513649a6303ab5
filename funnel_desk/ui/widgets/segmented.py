"""A few choices side by side, one of them taken."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segmented(QFrame):
    """A segmented control: left and right move the choice, `chosen` tells its key when the person changes it."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        """The choices as (key, text); `name` is what a screen reader calls the control."""
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, text in choices:
            button = QPushButton(text)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        first = next(iter(self._buttons.values()))
        first.setChecked(True)
        self.setFocusProxy(first)
        self._group.buttonClicked.connect(lambda _button: self.chosen.emit(self.key()))

    def key(self) -> str:
        """The key of the choice taken."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def keys(self) -> tuple[str, ...]:
        """The keys of all choices, in order."""
        return tuple(self._buttons)

    def set_key(self, key: str) -> None:
        """Take a choice without telling anyone."""
        self._buttons[key].setChecked(True)

    def choose(self, key: str) -> None:
        """Take a choice as if the person had clicked it."""
        self._buttons[key].click()

    def say(self, key: str, text: str) -> None:
        """Give a choice another text."""
        button = self._buttons[key]
        button.setText(text)
        button.setAccessibleName(f"{self.accessibleName()}: {text}")

    def present(self, key: str, *, shown: bool) -> None:
        """Offer a choice, or do not."""
        self._buttons[key].setVisible(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right take the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, button in self._buttons.items() if not button.isHidden()]
        place = keys.index(self.key()) + step
        if 0 <= place < len(keys):
            self._buttons[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
            self.choose(keys[place])
