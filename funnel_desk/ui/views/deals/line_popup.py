"""A small popup with one line to fill in: a name, a value, a tag. Enter takes it, Escape leaves."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.ui.views.deals.cell_editor import completer
from funnel_desk.ui.widgets.labels import label

_WIDTH = 240


class LinePopup(QFrame):
    """`then` is called with the text and says whether it was taken; if not, the text stays to be mended."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        button: str,
        then: Callable[[str], bool],
        *,
        text: str = "",
        known: Sequence[str] = (),
        hint: str = "",
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("deals.line")
        self.setAccessibleName(name)
        self.setProperty("ground", "panel")
        self._then = then
        self.line = QLineEdit(text)
        self.line.setObjectName("deals.line.text")
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)
        self.line.setMinimumWidth(_WIDTH)
        self.line.selectAll()
        if known:
            self.line.setCompleter(completer(list(known), self.line))
        self.line.returnPressed.connect(self._take)
        take = QPushButton(button)
        take.setObjectName("deals.line.take")
        take.setProperty("role", "primary")
        take.clicked.connect(self._take)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(take)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        column.addWidget(label(name, "heading"))
        column.addLayout(row)

    def open_at(self, place: QPoint) -> None:
        """Open with its upper left corner there, moved so that all of it is on the screen."""
        self.adjustSize()
        put_on_screen(self, place)
        self.show()
        self.line.setFocus()

    def _take(self) -> None:
        if self._then(self.line.text().strip()):
            self.close()
        else:
            self.line.setFocus()


def put_on_screen(popup: QWidget, place: QPoint) -> None:
    """Move a popup to a place on the screen, or as near as all of it can be seen."""
    parent = popup.parentWidget() or popup
    screen = parent.screen().availableGeometry()
    popup.move(
        max(screen.left(), min(place.x(), screen.right() - popup.width())),
        max(screen.top(), min(place.y(), screen.bottom() - popup.height())),
    )
