"""Choosing how to sell: the playbooks that come with the program, each with its stages."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from funnel_desk.domain.playbook import Playbook
from funnel_desk.i18n import _, translate_problem
from funnel_desk.ui.phrases import of
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import label

_WIDTH, _HEIGHT = 560, 600


class PlaybookChoice(QWidget):
    """One playbook out of several: its name, for whom it is, and its stages in order."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The shelf reaches the storage, which comes with SQLAlchemy: not before somebody asks for it.
        from funnel_desk.operations.playbooks import shelf

        on_shelf = shelf()
        self._playbooks = on_shelf.playbooks
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for place, playbook in enumerate(self._playbooks):
            column.addLayout(self._choice(place, playbook))
        for trouble in on_shelf.troubles:
            column.addWidget(label(translate_problem(trouble), "note", wrap=True))
        column.addStretch(1)
        if self._playbooks:
            self._group.buttons()[0].setChecked(True)
        self._group.buttonClicked.connect(lambda _button: self.changed.emit())

    def chosen(self) -> Playbook:
        """The playbook taken."""
        return self._playbooks[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Take the playbook of this key, where it is on the shelf."""
        for place, playbook in enumerate(self._playbooks):
            if playbook.key == key:
                self._group.button(place).setChecked(True)

    def _choice(self, place: int, playbook: Playbook) -> QVBoxLayout:
        button = QRadioButton(of(playbook.name).replace("&", "&&"))
        button.setObjectName(f"playbook.{playbook.key}")
        stages = " → ".join(of(stage.name) for stage in playbook.stages)
        button.setAccessibleDescription(f"{of(playbook.direction)}. {stages}")
        self._group.addButton(button, place)
        block = QVBoxLayout()
        block.setSpacing(2)
        block.addWidget(button)
        about = " · ".join(part for part in (of(playbook.direction), of(playbook.typical_client)) if part)
        for text in (about, stages):
            line = label(text, "note", wrap=True)
            line.setContentsMargins(22, 0, 0, 0)
            row = QHBoxLayout()
            row.setContentsMargins(22, 0, 0, 0)
            row.addWidget(line)
            block.addLayout(row)
        return block


class ChoosePlaybook(QDialog):
    """Asks which pipeline to add; `then` is called with the playbook."""

    def __init__(self, window: QWidget, then: Callable[[Playbook], object]) -> None:
        super().__init__(window)
        self.setWindowTitle(_("Add a pipeline"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_WIDTH, _HEIGHT)
        self._then = then
        self._choice = PlaybookChoice()
        add = QPushButton(_("Add the pipeline"), self)
        add.setObjectName("playbook.add")
        add.setProperty("role", "primary")
        add.setDefault(True)
        add.clicked.connect(self._add)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(
            label(_("Start from a playbook. It becomes your own, and you can change all of it."), wrap=True)
        )
        column.addWidget(scrolling(self._choice), 1)
        column.addLayout(row)

    def _add(self) -> None:
        playbook = self._choice.chosen()
        self.accept()
        self._then(playbook)
