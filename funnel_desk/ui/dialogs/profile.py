"""Who you are: the name that colleagues see, and the company, as scripts say them."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk import settings
from funnel_desk.i18n import _
from funnel_desk.ui.widgets.labels import label

_WIDTH = 420


class ProfileDialog(QDialog):
    """`changed` when it was saved; it is kept in the person's settings and never in a file."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(_("You and your company"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        known = settings.load().profile
        self._name = self._field("profile.name", _("Your name"), known.author_name if known else "")
        self._company = self._field("profile.company", _("Your company"), known.my_company if known else "")
        save = QPushButton(_("Save"), self)
        save.setObjectName("profile.save")
        save.setProperty("role", "primary")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(label(_("Your name"), "dim"), self._name)
        form.addRow(label(_("Your company"), "dim"), self._company)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(label(_("The words to say use these. They stay on this computer."), wrap=True))
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(row)

    def _field(self, key: str, name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setObjectName(key)
        made.setAccessibleName(name)
        return made

    def _save(self) -> None:
        who = replace(
            settings.profile(), author_name=self._name.text().strip(), my_company=self._company.text().strip()
        )
        settings.change(lambda known: replace(known, profile=who))
        self.accept()
        self.changed.emit()
