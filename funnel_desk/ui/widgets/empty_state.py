"""What an empty place says: one sentence about what belongs here, and one button that begins it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.labels import keep_width, label, present

_SENTENCE_WIDTH = 360


class EmptyState(QWidget):
    """Shown instead of a list, a card or a chart that has nothing to show; `begun` when the button is pressed."""

    begun = Signal()

    def __init__(self, look: Look, icon: str, sentence: str, button: str = "") -> None:
        super().__init__()
        self._mark = label("")
        self._mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        look.dress(self._mark, icon, "faint", 32)
        self._sentence = label(sentence, "sentence", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        keep_width(self._sentence, _SENTENCE_WIDTH)
        self._button = QPushButton(button)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        present(self._button, shown=bool(button))
        self._button.clicked.connect(self.begun)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._mark)
        column.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, sentence: str, button: str = "") -> None:
        """Another sentence, another button (none if empty)."""
        self._sentence.setText(sentence)
        self._button.setText(button)
        present(self._button, shown=bool(button))
