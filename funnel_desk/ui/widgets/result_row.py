"""What came of it: one button a result, each with its key, the first one the usual."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard

_MOST = 9


@dataclass(frozen=True, slots=True)
class Result:
    """One possible result: its key in the data and its word on the button."""

    key: str
    text: str
    hint: str = ""


class ResultRow(QWidget):
    """Buttons 1, 2, 3…; the same digits press them from anywhere in `scope` where nobody is typing."""

    chosen = Signal(str)

    def __init__(self, scope: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=8)
        self._buttons: list[QPushButton] = []
        self._results: list[Result] = []
        for digit in range(1, _MOST + 1):
            shortcut = QShortcut(QKeySequence(str(digit)), scope)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda digit=digit: self._pressed(digit))

    def show_results(self, results: Sequence[Result]) -> None:
        """Other results; the first is the primary button."""
        self._results = list(results[:_MOST])
        for button in self._buttons:
            self._flow.removeWidget(button)
            discard(button)
        self._buttons = []
        for place, result in enumerate(self._results):
            button = QPushButton(f"{place + 1}  {result.text}".replace("&", "&&"), self)
            button.setProperty("role", "primary" if place == 0 else "")
            button.setObjectName(f"result.{result.key}")
            button.setAccessibleName(result.text)
            button.setToolTip(result.hint)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, key=result.key: self.chosen.emit(key))
            self._flow.addWidget(button)
            self._buttons.append(button)
            button.show()

    def results(self) -> list[Result]:
        """What can be chosen now."""
        return list(self._results)

    def _pressed(self, digit: int) -> None:
        if self.isVisible() and self.isEnabled() and digit <= len(self._buttons):
            self._buttons[digit - 1].click()
