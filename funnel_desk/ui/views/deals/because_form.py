"""Why a deal went on although steps were left open: asked after the move, never before it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from funnel_desk.i18n import _
from funnel_desk.ui.widgets.labels import SectionHeading, label
from funnel_desk.ui.widgets.leaving import LeavingForm


class BecauseForm(LeavingForm):
    """`confirmed`: the reason in the person's words. `left` when there is none to keep."""

    confirmed = Signal(str)

    def __init__(self, prefix: str = "because") -> None:
        """`prefix` begins the object names of the fields."""
        super().__init__()
        self._open = label("", "dim", wrap=True)
        self._text = QLineEdit()
        self._text.setObjectName(f"{prefix}.text")
        self._text.setPlaceholderText(_("Why go on all the same?"))
        self._text.setAccessibleName(_("Why go on all the same?"))
        self._text.returnPressed.connect(self._confirm)
        keep = QPushButton(_("Keep the reason"))
        keep.setObjectName(f"{prefix}.keep")
        keep.clicked.connect(self._confirm)
        leave = QPushButton(_("Leave it"))
        leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(keep)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(SectionHeading(_("Left open on the way")))
        column.addWidget(self._open)
        column.addWidget(self._text)
        column.addLayout(row)

    def begin(self, steps: Sequence[str]) -> None:
        """Name the steps that were left open, and ask."""
        self._open.setText("\n".join(steps))
        self._text.clear()
        self.show()
        self._text.setFocus()

    @Slot()
    def _confirm(self) -> None:
        text = self._text.text().strip()
        if text:
            self.confirmed.emit(text)
        else:
            self.left.emit()
