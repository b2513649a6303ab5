"""A few fields under each other, to write one fact down: words, a choice, a day, a percentage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QWidget

from funnel_desk.i18n import _
from funnel_desk.ui.look import Look
from funnel_desk.ui.typed import typed_percentage
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard, repolish
from funnel_desk.ui.widgets.leaving import LeavingForm

FieldLook = Literal["text", "choice", "day", "percentage", "written_choice"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. ``choices`` are (key, words); a written choice may also be other words than those offered."""

    key: str
    name: str
    look: FieldLook = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class FactForm(LeavingForm):
    """`confirmed` tells what was written, by field (a percentage in basis points, a day as ISO text, "" for none)."""

    confirmed = Signal(dict)

    def __init__(self, look: Look, name: str) -> None:
        """`name` begins the object names of the fields: "obstacles.text"."""
        super().__init__()
        self._look, self._name = look, name
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        self._today = ""
        self._save = QPushButton()
        self._save.setObjectName(f"{name}.save")
        self._save.clicked.connect(self._confirm)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName(f"{name}.cancel")
        cancel.clicked.connect(self.left)
        buttons = QWidget()
        row = FlowLayout(buttons, spacing=8)
        row.addWidget(self._save)
        row.addWidget(cancel)
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 6)
        self._grid.setVerticalSpacing(6)

    def begin(self, fields: Sequence[FormField], save: str, today: str) -> None:
        """Offer these fields, and put the cursor into the first."""
        self._grid.removeWidget(self._buttons)
        for held in self._fields.values():
            self._grid.removeWidget(held)
            discard(held)
        self._today = today
        self._fields = {field.key: self._make(field) for field in fields}
        for place, made in enumerate(self._fields.values()):
            self._grid.addWidget(made, place, 0)
        self._grid.addWidget(self._buttons, len(fields), 0)
        self._save.setText(save)
        self.show()
        first = next(iter(self._fields.values()), None)
        (first or self._save).setFocus()

    def _make(self, field: FormField) -> QLineEdit | QComboBox:
        if field.look in {"choice", "written_choice"}:
            made: QLineEdit | QComboBox = self._choice(field)
        else:
            made = DayField(self._look, self._today) if field.look == "day" else QLineEdit()
            if isinstance(made, DayField):
                made.set_day(field.value or None)
            else:
                made.setText(field.value)
            made.setPlaceholderText(field.name)
            made.returnPressed.connect(self._confirm)
        made.setObjectName(f"{self._name}.{field.key}")
        made.setProperty("look", field.look)
        made.setAccessibleName(field.name)
        made.setToolTip(field.name)
        made.setMinimumWidth(60)
        return made

    def _choice(self, field: FormField) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        for key, words in field.choices:
            made.addItem(words, key)
        if field.look == "written_choice":
            made.setEditable(True)
            made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            made.setCurrentIndex(-1)
            made.setEditText(field.value)
            line = made.lineEdit()
            if line is not None:
                line.setPlaceholderText(field.name)
                line.returnPressed.connect(self._confirm)
        else:
            made.setCurrentIndex(max(0, made.findData(field.value)))
        return made

    @Slot()
    def _confirm(self) -> None:
        """Tell what is written, unless something cannot be read: then mark it and go there."""
        told: dict[str, str] = {}
        for key, field in self._fields.items():
            read = _read(field)
            field.setProperty("wrong", "true" if read is None else "false")
            repolish(field)
            if read is None:
                field.setFocus()
                return
            told[key] = read
        self.confirmed.emit(told)


def _read(field: QLineEdit | QComboBox) -> str | None:
    """What stands in a field; None where it cannot be read."""
    if isinstance(field, QComboBox):
        if not field.isEditable():
            return str(field.currentData())
        text = field.currentText().strip()
        place = field.findText(text, Qt.MatchFlag.MatchFixedString)
        return str(field.itemData(place)) if place >= 0 else text
    if isinstance(field, DayField):
        return None if field.is_wrong() else field.day() or ""
    text = field.text().strip()
    if field.property("look") == "percentage" and text:
        share = typed_percentage(text)
        return None if share is None else str(share)
    return text
