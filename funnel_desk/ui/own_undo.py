"""A field in which somebody types has an undo of its own: it goes first, and only then the desk's."""

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit | QTextEdit


class OwnUndo(QObject):
    """Fields claim the keys of undo even where they have nothing to take back; then the claim is not heard."""

    def __init__(self, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._undo, self._redo = undo, redo
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
            self._focus_moved(None, app.focusWidget())

    def undo(self, field: QWidget | None) -> bool:
        """Take the field's own typing back; False where there is none."""
        if isinstance(field, Field) and _can_undo(field):
            field.undo()
            return True
        return False

    def redo(self, field: QWidget | None) -> bool:
        """Bring the field's own typing back; False where there is none."""
        if isinstance(field, Field) and _can_redo(field):
            field.redo()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the shortcut through where the field has nothing to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and isinstance(watched, Field):
            pressed = QKeySequence(event.keyCombination())
            idle = (pressed in self._undo.shortcuts() and not _can_undo(watched)) or (
                pressed in self._redo.shortcuts() and not _can_redo(watched)
            )
            if idle:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, Field):
            now.installEventFilter(self)  # installing twice moves it, no more


def _can_undo(field: Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return not field.isReadOnly() and field.document().isUndoAvailable()


def _can_redo(field: Field) -> bool:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    return not field.isReadOnly() and field.document().isRedoAvailable()
