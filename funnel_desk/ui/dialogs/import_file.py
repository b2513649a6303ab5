"""The import dialog: a CSV file or a sheet, what is understood of it, and what will happen with each row."""

from PySide6.QtWidgets import QDialog, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.view import Parts


def start_import(window: QWidget, parts: Parts, file: str = "") -> None:
    """Open the import dialog over the window, with a file if there is one already (it was dropped, say)."""
    ImportDialog(window, parts, file).open()


class ImportDialog(QDialog):
    """One file, from choosing it to what came of it."""

    def __init__(self, window: QWidget, parts: Parts, file: str = "") -> None:
        super().__init__(window)
        self.setObjectName("import")
        self.setWindowTitle(_("Import"))
        self._parts, self._file = parts, file
