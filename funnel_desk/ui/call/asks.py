"""What to ask while talking, with room for the answers: the lines of the step, and the five questions."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.qualification import QUESTION_NAMES, QUESTIONS, Criterion
from funnel_desk.i18n import _, translate
from funnel_desk.ui.widgets.labels import discard_all, label
from funnel_desk.ui.widgets.segmented import Segmented

YES, NO, UNKNOWN = "yes", "no", ""


class AskLines(QWidget):
    """Lines to tick off, each with a field for the answer, which ticks it. `changed` by the person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, tuple[QCheckBox, QLineEdit]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lines(self, lines: Sequence[str], ticked: Sequence[str], said: Mapping[str, str]) -> None:
        """Show these lines, with what was ticked and answered so far."""
        discard_all(self._column)
        self._lines = {}
        for place, line in enumerate(dict.fromkeys(lines)):
            made = QWidget()
            box, field = QCheckBox(), QLineEdit(said.get(line, ""))
            box.setObjectName(f"call.ask.{place}.done")
            box.setAccessibleName(line)
            box.setChecked(line in ticked)
            field.setObjectName(f"call.ask.{place}")
            field.setPlaceholderText(_("What they answered"))
            field.setAccessibleName(_("Answer: {question}", question=line))
            box.toggled.connect(lambda _on: self.changed.emit())
            field.textEdited.connect(lambda text, box=box: self._answered(box, text))
            asked = QHBoxLayout()
            asked.setSpacing(8)
            asked.addWidget(box)
            asked.addWidget(label(line, wrap=True), 1)
            column = QVBoxLayout(made)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addLayout(asked)
            column.addWidget(field)
            self._column.addWidget(made)
            self._lines[line] = (box, field)
        self.updateGeometry()

    def ticked(self) -> list[str]:
        """The lines that are ticked."""
        return [line for line, (box, _field) in self._lines.items() if box.isChecked()]

    def said(self) -> dict[str, str]:
        """The answers by their lines."""
        return {line: field.text().strip() for line, (_box, field) in self._lines.items() if field.text().strip()}

    def begin(self) -> None:
        """Put the cursor on the first answer that is missing."""
        for box, field in self._lines.values():
            if not box.isChecked():
                field.setFocus()
                return

    def _answered(self, box: QCheckBox, text: str) -> None:
        box.setChecked(bool(text.strip()))
        self.changed.emit()


class FiveQuestions(QWidget):
    """The five questions before a contract: yes, no or not known, and how one knows. `changed` by the person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, tuple[str, str]] = {}
        self._rows: dict[str, tuple[Segmented, QLineEdit]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for question in QUESTIONS:
            name = translate(QUESTION_NAMES[question])
            choice = Segmented([(YES, _("yes")), (NO, _("no")), (UNKNOWN, _("?"))], name)
            choice.setObjectName(f"call.question.{question}")
            choice.chosen.connect(lambda _key: self.changed.emit())
            field = QLineEdit()
            field.setObjectName(f"call.evidence.{question}")
            field.setPlaceholderText(_("How do you know?"))
            field.setAccessibleName(_("{question}: how do you know?", question=name))
            field.textEdited.connect(lambda _text: self.changed.emit())
            asked = QHBoxLayout()
            asked.setSpacing(8)
            asked.addWidget(label(name, wrap=True), 1)
            asked.addWidget(choice)
            column.addLayout(asked)
            column.addWidget(field)
            self._rows[question] = (choice, field)

    def show_answers(self, known: Mapping[str, Criterion], draft: Mapping[str, Sequence[str]]) -> None:
        """Show what is known of the deal, and over it what was said in this call."""
        self._known = {key: (YES if one.met else NO, one.evidence) for key, one in known.items()}
        for question, (choice, field) in self._rows.items():
            verdict, evidence = draft.get(question) or self._known.get(question, (UNKNOWN, ""))
            choice.set_key(verdict)
            field.setText(evidence)

    def told(self) -> dict[str, list[str]]:
        """What was said in this call: verdict and evidence of the questions that differ from what was known.

        Evidence alone, without yes or no, is not told: it is nobody's answer yet.
        """
        found = {}
        for question, (choice, field) in self._rows.items():
            now = (choice.key(), field.text().strip())
            if now[0] != UNKNOWN and now != self._known.get(question, (UNKNOWN, "")):
                found[question] = list(now)
        return found
