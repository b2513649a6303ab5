"""The top bar: where I am, the way to a deal, and the one primary button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from funnel_desk.ui.view import Caption
from funnel_desk.ui.widgets.labels import Elided, key_hint, label, present

_HEIGHT = 48
_FIND_WIDTH = 280
_FIND_LEAST = 140


class TopBar(QFrame):
    """`crumb_pressed`: the person wants back to where the crumb says."""

    crumb_pressed = Signal()

    def __init__(self, find: QAction, new_deal: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar")
        self.setFixedHeight(_HEIGHT)
        self._crumb = QPushButton()
        self._crumb.setProperty("role", "quiet")
        self._crumb.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._crumb.clicked.connect(self.crumb_pressed)
        self._crumb.hide()
        self._title, self._note = Elided("", "title"), Elided("", "dim")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the title goes first
        self._find = _FindButton(find)
        self._primary = QPushButton(new_deal.text())
        self._primary.setProperty("role", "primary")
        self._primary.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._primary.setToolTip(new_deal.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        self._primary.clicked.connect(new_deal.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(self._crumb)
        row.addWidget(self._title)
        row.addWidget(self._note, 1)
        row.addWidget(self._find)
        row.addWidget(self._primary)

    def show_caption(self, caption: Caption, *, finds: bool) -> None:
        """Say where the person is; `finds` whether the page leaves finding to the bar."""
        self._crumb.setText(f"{caption.crumb} /")
        present(self._crumb, shown=bool(caption.crumb))
        self._title.setText(caption.title)
        self._note.setText(caption.note)
        present(self._find, shown=finds)


class _FindButton(QPushButton):
    """Looks like the field that it leads to."""

    def __init__(self, find: QAction) -> None:
        super().__init__()
        self.setProperty("role", "find")
        self.setAccessibleName(find.text())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        hint = key_hint(find.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(label(find.text(), "dim"), 1)
        row.addWidget(hint)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(find.trigger)

    def sizeHint(self) -> QSize:
        return QSize(_FIND_WIDTH, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(_FIND_LEAST, 28)
