"""Noting a change in the way of selling, from where its effect is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.change_mark import FACTORS
from funnel_desk.i18n import _, translate
from funnel_desk.operations.change_marks import note_change
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.playbooks.forms import FACTOR_NAMES
from funnel_desk.ui.widgets.day_field import DayField
from funnel_desk.ui.widgets.fit_combo import FitCombo
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import label

_TEXT_WIDTH, _DAY_WIDTH = 220, 140


class MarkForm(QWidget):
    """What changed, from which day on, of which kind and at which stage; Enter or the button notes it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._pipeline_id = ""
        self.text = QLineEdit()
        self.text.setObjectName("over_time.mark_text")
        self.text.setAccessibleName(_("What changed"))
        self.text.setPlaceholderText(_("What changed"))
        self.text.setMinimumWidth(_TEXT_WIDTH)
        self.text.returnPressed.connect(self._note)
        self.day = DayField(parts.look, parts.bridge.today())
        self.day.setObjectName("over_time.mark_day")
        self.day.setAccessibleName(_("From which day on"))
        self.day.setMinimumWidth(_DAY_WIDTH)
        self.day.set_day(parts.bridge.today())
        self.factor = FitCombo("over_time.mark_factor", _("What kind of change"))
        for key in FACTORS:
            self.factor.addItem(translate(FACTOR_NAMES[key]), key)
        self.stage = FitCombo("over_time.mark_stage", _("Which stage it is about"))
        note = QPushButton(_("Note a change"))
        note.setObjectName("over_time.mark_note")
        note.clicked.connect(self._note)
        fields = QWidget()
        row = FlowLayout(fields, 6)
        for part in (self.text, self.day, self.factor, self.stage, note):
            row.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        fields.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(_("Changed something? Note it, and read here what came after."), "note", wrap=True))
        column.addWidget(fields)

    def show_stages(self, pipeline_id: str, stages: Sequence[tuple[str, str]]) -> None:
        """Offer the stages (id, name) of a pipeline."""
        chosen = self.stage.currentData()
        self._pipeline_id = pipeline_id
        self.stage.clear()
        self.stage.addItem(_("all stages"), "")
        for key, name in stages:
            self.stage.addItem(name, key)
        self.stage.setCurrentIndex(max(0, self.stage.findData(chosen)))

    @Slot()
    def _note(self) -> None:
        stage_id = str(self.stage.currentData() or "") or None
        done = self._parts.bridge.run(
            note_change, self._pipeline_id, self.day.day() or self.day.text(), self.text.text(),
            str(self.factor.currentData()), stage_id,
        )  # fmt: skip
        if done is not None:
            self.text.clear()
            self._parts.bridge.tell(_("Noted: {text}", text=done.value.text), done)
