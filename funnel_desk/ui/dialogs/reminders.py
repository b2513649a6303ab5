"""When to be reminded of what has a time, and a try whether that can be seen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.reminders import LEADS, choose_lead, lead, lead_name
from funnel_desk.ui.widgets.labels import label

_WIDTH = 420


class RemindersDialog(QDialog):
    """`changed` when another lead was chosen; it holds at once. `test` rings now, for a try."""

    changed = Signal()

    def __init__(self, window: QWidget, memory: Memory, test: Callable[[], None], *, in_tray: bool) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Reminders"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._memory = memory
        self._lead = QComboBox()
        self._lead.setObjectName("reminders.lead")
        self._lead.setAccessibleName(_("Remind me"))
        for choice in LEADS:
            self._lead.addItem(lead_name(choice), choice)
        self._lead.setCurrentIndex(LEADS.index(lead(memory)))
        self._lead.currentIndexChanged.connect(self._choose)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(label(_("Remind me"), "dim"), self._lead)
        try_it = QPushButton(_("Test the reminder"))
        try_it.setObjectName("reminders.test")
        try_it.clicked.connect(lambda _checked=False: test())
        close = QPushButton(_("Close"), self)
        close.setObjectName("reminders.close")
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(try_it)
        row.addStretch(1)
        row.addWidget(close)
        where = (
            _("Whatever is planned for a certain time is told in the system tray while the program is open.")
            if in_tray
            else _("This computer has no system tray for messages: reminders are told at the foot of the window.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(label(where, wrap=True))
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(row)

    def _choose(self) -> None:
        choose_lead(self._memory, str(self._lead.currentData()))
        self.changed.emit()
