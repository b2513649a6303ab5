"""After an edit that may change results: a quiet line that offers to note it for the funnel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.i18n import N_, _, translate
from funnel_desk.operations.change_marks import note_change
from funnel_desk.ui.view import Parts
from funnel_desk.ui.views.playbooks.outline import Node
from funnel_desk.ui.widgets.labels import frame, label

_TEXTS = {
    "say": N_("New words: {what}"),
    "ask": N_("New questions: {what}"),
    "days": N_("New term: {what}"),
    "after": N_("New term: {what}"),
    "probability": N_("New chance: {what}"),
    "exit_rule": N_("New exit rule: {what}"),
    "answer": N_("New answer: {what}"),
    "price": N_("New price: {what}"),
    "product": N_("New product: {what}"),
}
_FACTORS = {"say": "script", "ask": "script", "answer": "script", "price": "offer", "product": "product"}


class NoteOffer(QWidget):
    """Hidden until something was edited; goes when it is answered, or when another part is shown."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._about: tuple[str, str, str | None] = ("", "other", None)
        self._of = ""
        self.text = QLineEdit()
        self.text.setObjectName("playbooks.note.text")
        self.text.setAccessibleName(_("What changed"))
        self.text.returnPressed.connect(self._note)
        note = QPushButton(_("Note it"))
        note.setObjectName("playbooks.note.keep")
        note.clicked.connect(self._note)
        leave = QPushButton(_("Not now"))
        leave.setObjectName("playbooks.note.leave")
        leave.setProperty("role", "quiet")
        leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        leave.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(note)
        row.addWidget(leave)
        inside = frame("foot")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(4)
        column.addWidget(label(_("Note this change, to read the funnel before and after it?"), "note", wrap=True))
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(inside)
        self.hide()

    def offer(self, pipeline_id: str, node: Node, kind: str, field: str) -> None:
        """Offer to note that this field of a part was changed."""
        stage = node.row if kind == "stage" else node.side if kind == "step" else None
        self._about = (pipeline_id, _FACTORS.get(field, "organisation"), stage)
        self._of = node.key
        self.text.setText(translate(_TEXTS[field], what=node.text))
        self.text.setCursorPosition(0)
        self.show()

    def keep_for(self, key: str) -> None:
        """Another part is shown: the offer goes, unless it is about this one."""
        if key != self._of:
            self.hide()

    def _note(self) -> None:
        pipeline_id, factor, stage = self._about
        bridge = self._parts.bridge
        done = bridge.run(note_change, pipeline_id, bridge.today(), self.text.text(), factor, stage)
        if done is not None:
            self.hide()
            bridge.tell(_("The change is noted from today on."), done)
