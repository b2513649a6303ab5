"""A playbook to begin with, for reading: whom it is for, its stages and steps; a button makes it one's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.playbook import Playbook
from funnel_desk.i18n import _
from funnel_desk.ui.phrases import chance, of
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.facts import Facts
from funnel_desk.ui.widgets.labels import discard_all, frame, label


class PlaybookReading(QWidget):
    """`taken` tells the playbook of which a pipeline shall be made."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._playbook: Playbook | None = None
        self._name = label("", "title", wrap=True, name="playbooks.book.name")
        self._take = QPushButton(_("Make a pipeline of it"))
        self._take.setObjectName("playbooks.book.take")
        self._take.clicked.connect(self._taken)
        self._facts = Facts()
        self._stages = QVBoxLayout()
        self._stages.setSpacing(2)
        inside = frame("plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 6, 16)
        column.setSpacing(12)
        column.addWidget(self._name)
        column.addWidget(label(_("A pipeline made of it is your own: all can be changed."), "dim", wrap=True))
        column.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._facts)
        column.addLayout(self._stages)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self.setFocusProxy(self._take)

    def show_playbook(self, playbook: Playbook) -> None:
        """Show another playbook."""
        if playbook == self._playbook:
            return
        self._playbook = playbook
        self._name.setText(of(playbook.name))
        self._facts.show_facts(
            [
                (_("What we sell"), of(playbook.direction)),
                (_("To whom"), of(playbook.typical_client)),
                (_("How they find us"), of(playbook.source)),
                (_("Audience"), of(playbook.audience)),
                (_("Product"), of(playbook.product)),
                (_("Price"), of(playbook.price)),
                (_("Distribution"), of(playbook.place)),
                (_("Promotion"), of(playbook.promotion)),
            ]
        )
        discard_all(self._stages)
        for stage in playbook.stages:
            side = _("won") if stage.won else _("after the sale") if stage.after_sale else chance(stage.probability)
            head = label(f"{of(stage.name)} · {side}", "heading", wrap=True)
            head.setContentsMargins(0, 8, 0, 0)
            self._stages.addWidget(head)
            for step in stage.steps:
                self._stages.addWidget(_indented(of(step.title)))

    def _taken(self) -> None:
        if self._playbook is not None:
            self.taken.emit(self._playbook)


def _indented(text: str) -> QWidget:
    made = QWidget()
    row = QVBoxLayout(made)
    row.setContentsMargins(12, 0, 0, 0)
    row.addWidget(label(text, wrap=True))
    return made
