"""A note that opens beside what it explains: words and what they mean. Escape or a click elsewhere closes it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from funnel_desk.ui.widgets.labels import keep_width, label

_WIDTH = 420
_MARGIN = 16


class NotePopup(QFrame):
    """Given (word, meaning); one popup at a time, thrown away when it closes."""

    def __init__(self, lines: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "panel")
        self.setAccessibleDescription("\n".join(f"{word}: {meaning}" for word, meaning in lines))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        column.setSpacing(0)
        for word, meaning in lines:
            head = label(word, "heading")
            head.setContentsMargins(0, 8, 0, 0)
            column.addWidget(head)
            text = label(meaning, wrap=True)
            keep_width(text, _WIDTH)
            column.addWidget(text)

    def open_above(self, anchor: QWidget) -> None:
        """Open over a widget, its lower left corner there; moved so that all of it is on the screen."""
        self.adjustSize()
        place = anchor.mapToGlobal(QPoint(0, -self.height() - 4))
        screen = anchor.screen().availableGeometry()
        x = min(max(screen.left(), place.x()), max(screen.left(), screen.right() - self.width()))
        self.move(x, max(screen.top(), place.y()))
        self.show()
        self.setFocus()
