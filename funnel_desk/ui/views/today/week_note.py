"""What was seen in a week and what is decided for the next one, kept with the week."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.review import Review
from funnel_desk.i18n import _, format_day
from funnel_desk.ui.widgets.labels import SectionHeading, label, present

_HEIGHT = 110


class WeekNote(QWidget):
    """`saved`: (what was seen, what is decided). What is being written stays there while the week is read again."""

    saved = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week = ""
        self._before = label("", "dim", wrap=True, name="week.before")
        self._text, self._decisions = (
            _field("week.text", _("What we saw")),
            _field("week.decisions", _("What we decide")),
        )
        save = QPushButton(_("Keep the note"))
        save.setObjectName("week.save")
        save.clicked.connect(self.save)
        self._state = label("", "dim", name="week.state")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(save)
        row.addWidget(self._state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._before)
        column.addWidget(SectionHeading(_("What we saw")))
        column.addWidget(self._text)
        column.addWidget(SectionHeading(_("What we decide")))
        column.addWidget(self._decisions)
        column.addLayout(row)
        for field in (self._text, self._decisions):
            field.textChanged.connect(self._say_state)

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not kept yet."""
        return any(field.document().isModified() for field in (self._text, self._decisions))

    def show_note(self, week: str, note: Review | None, before: Review | None) -> None:
        """Show the note of the week that ends with a day, and what the review before it decided."""
        decided = before.decisions if before else ""
        if before is not None and decided:
            day = format_day(before.on_day, "spoken")
            self._before.setText(_("Decided in the week until {day}: {what}", day=day, what=decided))
        present(self._before, shown=bool(decided))
        if week == self._week and self.is_changed:
            return
        self._week = week
        for field, text in ((self._text, note.text if note else ""), (self._decisions, note.decisions if note else "")):
            if field.toPlainText() != text:
                field.setPlainText(text)
            field.document().setModified(False)
        self._say_state()

    def begin(self) -> None:
        """Put the cursor where the note goes."""
        self._text.setFocus()

    def save(self) -> None:
        """Keep what is written."""
        for field in (self._text, self._decisions):
            field.document().setModified(False)
        self.saved.emit(self._text.toPlainText(), self._decisions.toPlainText())
        self._say_state()

    def _say_state(self) -> None:
        empty = not self._text.toPlainText() and not self._decisions.toPlainText()
        self._state.setText(_("Not kept yet") if self.is_changed else "" if empty else _("Kept"))


def _field(name: str, spoken: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setTabChangesFocus(True)
    made.setFixedHeight(_HEIGHT)
    return made
