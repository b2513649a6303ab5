"""Why a deal is lost: a known reason or one's own words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPushButton, QVBoxLayout

from funnel_desk.domain.pipeline import LostReason
from funnel_desk.i18n import _
from funnel_desk.ui import phrases
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import SectionHeading
from funnel_desk.ui.widgets.leaving import LeavingForm


class LostForm(LeavingForm):
    """`confirmed`: (the reason's key, or the person's words; a note). `left` when the deal is not lost after all."""

    confirmed = Signal(str, str)

    def __init__(self, prefix: str = "lost") -> None:
        """`prefix` begins the object names of the fields."""
        super().__init__()
        self.reason = QComboBox()
        self.reason.setObjectName(f"{prefix}.reason")
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setAccessibleName(_("Reason"))
        known = QCompleter(self.reason.model(), self.reason)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        known.setFilterMode(Qt.MatchFlag.MatchContains)  # a word from the middle finds the reason too
        self.reason.setCompleter(known)
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(10)
        self._note = QLineEdit()
        self._note.setObjectName(f"{prefix}.note")
        self._note.setPlaceholderText(_("In their words"))
        self._note.setAccessibleName(_("In their words"))
        self._note.returnPressed.connect(self._confirm)
        confirm = QPushButton(_("Close as lost"))
        confirm.setObjectName(f"{prefix}.confirm")
        confirm.setProperty("role", "primary")
        confirm.clicked.connect(self._confirm)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.left)
        row = FlowLayout(spacing=8)
        row.addWidget(confirm)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionHeading(_("Why is it lost?")))
        column.addWidget(self.reason)
        column.addWidget(self._note)
        column.addLayout(row)

    def begin(self, reasons: Sequence[LostReason]) -> None:
        """Offer these reasons, none taken yet."""
        self.reason.clear()
        for reason in reasons:
            self.reason.addItem(phrases.of(reason.name), reason.key)
        self.reason.setCurrentIndex(-1)
        self._note.clear()
        line = self.reason.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Choose a reason, or write one"))
        self.reason.setFocus()

    @Slot()
    def _confirm(self) -> None:
        text = self.reason.currentText().strip()
        place = self.reason.findText(text, Qt.MatchFlag.MatchFixedString)
        known = self.reason.itemData(place) if place >= 0 else None
        if text:
            self.confirmed.emit(str(known or text), self._note.text().strip())
        else:
            self.reason.setFocus()
            self.reason.showPopup()
