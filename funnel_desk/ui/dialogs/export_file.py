"""The export dialog: which facts, for whom, all of them or those that are shown."""

from PySide6.QtWidgets import QDialog, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.view import Parts


def start_export(window: QWidget, parts: Parts) -> None:
    """Open the export dialog over the window."""
    ExportDialog(window, parts).open()


class ExportDialog(QDialog):
    """One table out, counted."""

    def __init__(self, window: QWidget, parts: Parts) -> None:
        super().__init__(window)
        self.setObjectName("export")
        self.setWindowTitle(_("Export"))
        self._parts = parts
