"""Fields that are changed where they stand: what was typed is kept when the cursor leaves, and undone by one key."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from funnel_desk.i18n import _, translate
from funnel_desk.ui.views.customers.fields import RecordField
from funnel_desk.ui.widgets.labels import keep_width, label, repolish

_NAMES_WIDTH = 108
_TEXT_HEIGHT = 56


class InlineFields(QWidget):
    """`take` is given a field and its new text, and says whether it could be kept."""

    def __init__(self, prefix: str, fields: Sequence[RecordField], take: Callable[[RecordField, str], bool]) -> None:
        super().__init__()
        self._fields = {field.key: field for field in fields}
        self._take = take
        self._shown: dict[str, str] = {}
        self._editors: dict[str, _Line | _Text] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(fields):
            name = translate(field.title)
            words = label(name, "dim", wrap=True)
            keep_width(words, _NAMES_WIDTH)
            editor: _Line | _Text = _Text() if field.kind == "text" else _Line()
            editor.setObjectName(f"{prefix}.{field.key}")
            editor.setAccessibleName(name)
            editor.setPlaceholderText(_("not known"))
            editor.left.connect(lambda key=field.key: self._commit(key))
            words.setBuddy(editor)
            tall = isinstance(editor, _Text)
            grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(editor, row, 1)
            self._editors[field.key] = editor

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show these texts by field; one that is being typed into keeps what was typed."""
        for key, text in values.items():
            editor = self._editors[key]
            being_typed = key in self._shown and editor.hasFocus() and editor.written() != self._shown[key]
            self._shown[key] = text
            if not being_typed and editor.written() != text:
                editor.write(text)
            _mark(editor, wrong=False)

    def commit(self) -> None:
        """Keep what is still being typed."""
        for key in self._editors:
            self._commit(key)

    def forget(self) -> None:
        """What is typed from here on belongs to another record."""
        self._shown.clear()

    def begin(self, key: str) -> None:
        """Put the cursor into a field."""
        self._editors[key].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _commit(self, key: str) -> None:
        editor = self._editors[key]
        text = editor.written()
        if key not in self._shown or text.strip() == self._shown[key].strip():
            return
        before = self._shown[key]
        self._shown[key] = text
        kept = self._take(self._fields[key], text)
        if not kept:
            self._shown[key] = before
        _mark(editor, wrong=not kept)


class _Line(QLineEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.editingFinished.connect(self.left)

    def written(self) -> str:
        return self.text()

    def write(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)


class _Text(QPlainTextEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bare")
        self.setFixedHeight(_TEXT_HEIGHT)
        self.setTabChangesFocus(True)

    def written(self) -> str:
        return self.toPlainText()

    def write(self, text: str) -> None:
        self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps a text without leaving it."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
            return
        super().keyPressEvent(event)


def _mark(editor: QWidget, *, wrong: bool) -> None:
    told = "true" if wrong else "false"
    if editor.property("wrong") != told:
        editor.setProperty("wrong", told)
        repolish(editor)
