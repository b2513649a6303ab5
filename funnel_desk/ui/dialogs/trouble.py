"""A dialog for what is wrong with a disk or a file: what happened, and what the person can do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from funnel_desk.i18n import _


def show_trouble(window: QWidget, sentence: str) -> QMessageBox:
    """Say it and go on: nobody waits for the answer."""
    box = QMessageBox(window)
    box.setObjectName("trouble")
    box.setWindowTitle(_("Funnel Desk"))
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
