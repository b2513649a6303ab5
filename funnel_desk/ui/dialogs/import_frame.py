"""What stands around the pages of the import dialog: its banner, the buttons of its foot, and what is dropped on it."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from funnel_desk.ui.widgets.labels import frame, label


def one_file(data: QMimeData) -> str:
    """The path of the first file in what is dropped or was copied; empty if there is none."""
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "") if data.hasUrls() else ""


def foot_button(name: str, text: str, act: Callable[[], object]) -> QPushButton:
    """A button of the foot of the dialog."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.clicked.connect(lambda _checked=False: act())
    return made


def banner() -> tuple[QFrame, QLabel]:
    """A place for what stands in the way."""
    ground, text = frame("warn"), label("", wrap=True)
    text.setObjectName("import.problem")
    inside = QHBoxLayout(ground)
    inside.setContentsMargins(20, 8, 20, 8)
    inside.addWidget(text)
    return ground, text
