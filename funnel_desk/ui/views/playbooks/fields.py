"""Fields that are written in place: each tells its value once, when the person leaves it or presses Enter."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy

from funnel_desk.i18n import _
from funnel_desk.ui.typed import typed_day, typed_percentage
from funnel_desk.ui.widgets.labels import repolish

_AROUND = 22
_LEAST_LINES = 2
_PERCENT = 100


class LineField(QLineEdit):
    """One line of text. `committed` tells what was written, if it is something else than before."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self.commit)

    def show_value(self, value: object) -> None:
        """Show what is true now; what is being written and was not told yet stays."""
        text = self.written(value)
        dirty = self.text() != self._shown
        self._shown = text
        if not dirty and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def start_over(self, value: object) -> None:
        """Show this, whatever is being written."""
        self._shown = self.written(value)
        self.setText(self._shown)
        self.setCursorPosition(0)
        self.mark(wrong=False)

    def commit(self) -> None:
        """Tell what is written, if it is new."""
        if self.text() == self._shown:
            return
        value, fine = self.read()
        self.mark(wrong=not fine)
        if fine:
            self._shown = self.text()
            self.committed.emit(value)

    def written(self, value: object) -> str:
        """A value as it stands in the field."""
        return str(value or "")

    def read(self) -> tuple[object, bool]:
        """What is written, and whether it is a value at all."""
        return self.text().strip(), True

    def mark(self, *, wrong: bool) -> None:
        """Show that this is no value."""
        if self.property("wrong") != ("true" if wrong else "false"):
            self.setProperty("wrong", "true" if wrong else "false")
            repolish(self)


class NumberField(LineField):
    """A whole number or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(96)

    def written(self, value: object) -> str:
        return "" if value is None else str(value)

    def read(self) -> tuple[object, bool]:
        text = self.text().strip()
        if not text:
            return None, True
        return (int(text), True) if text.isascii() and text.isdigit() and len(text) < 6 else (None, False)  # noqa: PLR2004 - days


class PercentField(LineField):
    """A probability in basis points, shown in percent."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(96)

    def written(self, value: object) -> str:
        return f"{value / _PERCENT:g} %" if isinstance(value, int) else ""

    def read(self) -> tuple[object, bool]:
        points = typed_percentage(self.text())
        return points, points is not None


class DayLine(LineField):
    """A day, typed as the person writes days."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(160)

    def read(self) -> tuple[object, bool]:
        day = typed_day(self.text())
        return day, day is not None


class TextField(QPlainTextEdit):
    """Several lines, as high as they need. Ctrl+Enter or leaving it tells them; Tab goes on to the next field."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setTabChangesFocus(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setToolTip(_("Ctrl+Enter keeps it"))
        self._fit()

    def show_value(self, value: object) -> None:
        """Show what is true now; what is being written and was not told yet stays."""
        text = str(value or "")
        dirty = self.toPlainText().strip() != self._shown
        self._shown = text
        if not dirty and self.toPlainText().strip() != text:
            self.setPlainText(text)

    def start_over(self, value: object) -> None:
        """Show this, whatever is being written."""
        self._shown = str(value or "")
        self.setPlainText(self._shown)

    def commit(self) -> None:
        """Tell what is written, if it is new."""
        if self.toPlainText().strip() != self._shown:
            self.committed.emit(self.toPlainText().strip())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps what is written."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._needed())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._needed())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _needed(self) -> int:
        lines = max(_LEAST_LINES, int(self.document().size().height()))
        return ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + _AROUND

    def _fit(self) -> None:
        if self.height() != self._needed():
            self.setFixedHeight(self._needed())


class ChoiceField(QComboBox):
    """One of several; the wheel passes over it."""

    committed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(lambda _place: self.committed.emit(self.currentData()))

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """What there is to choose from, as (value, words)."""
        if choices == [(self.itemData(n), self.itemText(n)) for n in range(self.count())]:
            return
        self.clear()
        for value, text in choices:
            self.addItem(text, value)

    def show_value(self, value: object) -> None:
        """Show which is chosen."""
        self.setCurrentIndex(next((n for n in range(self.count()) if self.itemData(n) == value), -1))

    start_over = show_value

    def commit(self) -> None:
        """A choice is told when it is made."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class FlagField(QCheckBox):
    """Yes or no."""

    committed = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(self.committed.emit)

    def show_value(self, value: object) -> None:
        """Show whether it is so."""
        self.setChecked(bool(value))

    start_over = show_value

    def commit(self) -> None:
        """A tick is told when it is made."""


Field = LineField | TextField | ChoiceField | FlagField
