"""The first start: a page in the window that asks what cannot be guessed, and then gets out of the way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.i18n import LANGUAGES, _, language
from funnel_desk.ui.dialogs.new_file import CURRENCIES, own_currency
from funnel_desk.ui.dialogs.playbooks import PlaybookChoice
from funnel_desk.ui.look import Look
from funnel_desk.ui.widgets.columns import scrolling
from funnel_desk.ui.widgets.labels import frame, label, present

if TYPE_CHECKING:
    from funnel_desk.domain.playbook import Playbook

_OWN_NAMES = {"en": "English", "ru": "Русский"}
_SIDE = 300
_MARGIN = 32


@dataclass(frozen=True, slots=True)
class Answers:
    """What was told: the currency as it was written, the name, and by which playbook to sell (None: by one's own).

    ``then`` is what comes next: nothing (the first view), "import", or "build" (a pipeline of one's own).
    """

    currency: str
    name: str
    playbook: "Playbook | None"
    then: str = ""


class FirstRun(QWidget):
    """`answered` when the person wants to start; `language_chosen` builds this page anew in another language."""

    answered = Signal(object)
    language_chosen = Signal(str)

    def __init__(self, look: Look, kept: Answers | None = None, *, builds: bool = False) -> None:
        """`kept` is what was told already; `builds` whether there is a guide to a pipeline of one's own."""
        super().__init__()
        self.setObjectName("first_run")
        self.setAccessibleName(_("Welcome"))
        self._look = look
        self.language = QComboBox()
        for key in LANGUAGES:
            self.language.addItem(_OWN_NAMES[key], key)
        self.language.setCurrentIndex(max(0, self.language.findData(language())))
        self.currency = QComboBox()
        self.currency.setEditable(True)
        self.currency.addItems(list(dict.fromkeys((own_currency(), *CURRENCIES))))
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("as colleagues see it"))
        self.playbooks = PlaybookChoice()
        if kept is not None:
            self.currency.setCurrentText(kept.currency)
            self.name.setText(kept.name)
            self._take(kept.playbook)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, 0, 0)
        row.setSpacing(_MARGIN)
        row.addWidget(self._side(builds=builds))
        row.addWidget(self._choice(), 1)
        self.language.activated.connect(lambda _row: self.language_chosen.emit(str(self.language.currentData())))
        self.name.returnPressed.connect(lambda: self._answer(""))
        self.setFocusProxy(self.name)

    def answers(self, then: str = "") -> Answers:
        """What is told so far."""
        playbook = None if then == "build" else self.playbooks.chosen()
        return Answers(self.currency.currentText().strip(), self.name.text().strip(), playbook, then)

    def _side(self, *, builds: bool) -> QFrame:
        side = frame("plain")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, _MARGIN)
        column.setSpacing(6)
        column.addWidget(label(_("Welcome"), "title"))
        column.addWidget(
            label(_("Four answers, and your first day begins. All of them can be changed later."), "dim", wrap=True)
        )
        column.addSpacing(12)
        fields = (
            ("language", _("Language"), self.language),
            ("currency", _("Currency"), self.currency),
            ("name", _("Your name"), self.name),
        )
        for key, said, field in fields:
            field.setObjectName(f"first_run.{key}")
            field.setAccessibleName(said)
            column.addWidget(label(said, "heading"))
            column.addWidget(field)
            column.addSpacing(6)
        column.addStretch(1)
        start = self._button("start", _("Start with an empty list"), "")
        start.setProperty("role", "primary")
        column.addWidget(start)
        column.addWidget(self._button("import", _("Start and import a file…"), "import"))
        build = self._button("build", _("Build my own pipeline…"), "build")
        present(build, shown=builds)
        column.addWidget(build)
        return side

    def _choice(self) -> QFrame:
        place = frame("plain")
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(label(_("How do you sell?"), "title"))
        column.addWidget(label(_("A playbook gives each stage its steps and the words to say."), "dim", wrap=True))
        column.addWidget(scrolling(self.playbooks), 1)
        return place

    def _button(self, key: str, text: str, then: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"first_run.{key}")
        made.setAutoDefault(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self._answer(then))
        return made

    def _answer(self, then: str) -> None:
        self.answered.emit(self.answers(then))

    def _take(self, playbook: "Playbook | None") -> None:
        if playbook is not None:
            self.playbooks.choose(playbook.key)
