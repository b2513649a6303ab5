"""Planning something: what kind, for which day, and in a few words what for."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QLineEdit, QPushButton, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.phrases import KINDS, kind_name
from funnel_desk.ui.widgets.leaving import LeavingForm


class PlanForm(LeavingForm):
    """`planned`: (kind, day, words). Escape or Cancel leave it: `left`."""

    planned = Signal(str, str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = QComboBox()
        self._kind.setObjectName("plan.kind")
        self._kind.setAccessibleName(_("Kind"))
        for kind in KINDS:
            self._kind.addItem(look.icon(kind, "dim"), kind_name(kind).capitalize(), kind)
        self._day = QDateEdit()
        self._day.setObjectName("plan.day")
        self._day.setAccessibleName(_("Day"))
        self._day.setCalendarPopup(True)
        for field in (self._kind, self._day):
            field.setMinimumWidth(96)
        self._text = QLineEdit()
        self._text.setObjectName("plan.text")
        self._text.setPlaceholderText(_("What for"))
        self._text.setAccessibleName(_("What for"))
        self._text.returnPressed.connect(self._plan)
        save = QPushButton(_("Plan it"))
        save.setObjectName("plan.save")
        save.setProperty("role", "primary")
        save.clicked.connect(self._plan)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.left)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._kind, 0, 0)
        grid.addWidget(self._day, 0, 1)
        grid.addWidget(self._text, 1, 0, 1, 3)
        grid.addWidget(save, 2, 0)
        grid.addWidget(cancel, 2, 1)
        grid.setColumnStretch(2, 1)

    def begin(self, day: str, kind: str = "call", text: str = "") -> None:
        """Offer a day, a kind and words, and put the cursor on the words."""
        self._kind.setCurrentIndex(max(0, self._kind.findData(kind)))
        self._day.setDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        self._text.setText(text)
        self._text.setFocus()

    def _plan(self) -> None:
        day = date(self._day.date().year(), self._day.date().month(), self._day.date().day())
        self.planned.emit(str(self._kind.currentData()), day.isoformat(), self._text.text().strip())
