"""Letting deals rest: until which day, and why."""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLineEdit, QPushButton, QWidget

from funnel_desk.i18n import _


class RestForm(QWidget):
    """`rested`: (day, reason). Cancel leaves it: `left`."""

    rested = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = QDateEdit()
        self._day.setObjectName("rest.day")
        self._day.setAccessibleName(_("Let it rest until"))
        self._day.setCalendarPopup(True)
        self._day.setMinimumWidth(112)
        self._reason = QLineEdit()
        self._reason.setObjectName("rest.reason")
        self._reason.setPlaceholderText(_("Why it may rest"))
        self._reason.setAccessibleName(_("Why it may rest"))
        self._reason.returnPressed.connect(self._rest)
        save = QPushButton(_("Let it rest"))
        save.setObjectName("rest.save")
        save.setProperty("role", "primary")
        save.clicked.connect(self._rest)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("rest.cancel")
        cancel.clicked.connect(self.left)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._reason, 0, 0, 1, 3)
        grid.addWidget(self._day, 1, 0)
        grid.addWidget(save, 1, 1)
        grid.addWidget(cancel, 1, 2)
        grid.setColumnStretch(3, 1)

    def begin(self, day: str) -> None:
        """Offer a day, and put the cursor where the reason goes."""
        self._reason.clear()
        self._day.setDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        self._reason.setFocus()

    def _rest(self) -> None:
        self.rested.emit(str(self._day.date().toString(Qt.DateFormat.ISODate)), self._reason.text().strip())
