"""What came of the call: note, results by one key, what comes next and on which day."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_day
from funnel_desk.ui.widgets.day_menu import DayMenu
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.key_button import KeyButton
from funnel_desk.ui.widgets.labels import Elided, label, present
from funnel_desk.ui.widgets.message_bar import KEPT_FREE
from funnel_desk.ui.widgets.result_row import Result, ResultRow

_LINES = 3
"""So many lines of the note are seen at once."""
_MOST = 9
_PADDING = 20


class CallFoot(QFrame):
    """`answered` tells the key of a result; digits press them where nobody types, Alt and a digit everywhere.

    `changed`: the note, the day or the way onward. `due` is the day that was chosen, empty for the one proposed.
    """

    answered = Signal(str)
    changed = Signal()

    def __init__(self, scope: QWidget, today: Callable[[], str]) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self.setProperty(KEPT_FREE, True)
        self._today = today
        self._zone, self._proposed, self.due = "", "", ""
        self._title = ""
        self.note = QPlainTextEdit()
        self.note.setObjectName("call.note")
        self.note.setPlaceholderText(_("Note, kept with the result"))
        self.note.setAccessibleName(_("Note"))
        self.note.setTabChangesFocus(True)
        self.note.document().contentsChanged.connect(self._fit)
        self.note.textChanged.connect(self.changed)
        self._results = ResultRow(scope)
        self._results.chosen.connect(self.answered)
        self.onward = QCheckBox()
        self.onward.setObjectName("call.onward")
        self.onward.toggled.connect(lambda _on: self.changed.emit())
        self._then, self._day = Elided("", "dim", name="call.then"), label("", "name", name="call.day")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 16, 10)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self._results)
        column.addLayout(self._make_then())
        column.addWidget(self._make_keys(scope))
        self._fit()

    def _make_keys(self, scope: QWidget) -> QWidget:
        self._another = KeyButton("D", _("another day"), scope)
        self._write = KeyButton("N", _("note"), scope)
        self._ask = KeyButton("A", _("answers"), scope)
        self._object = KeyButton("O", _("objection"), scope)
        self._later = KeyButton("J", _("next"), scope)
        self._former = KeyButton("K", _("previous"), scope)
        self.asks, self.objects = self._ask.clicked, self._object.clicked
        self.goes_on, self.goes_back = self._later.clicked, self._former.clicked
        keys = (
            ("day", self._another), ("write", self._write), ("answers", self._ask),
            ("object", self._object), ("previous", self._former), ("next", self._later),
        )  # fmt: skip
        row = QWidget()
        flow = FlowLayout(row, spacing=4)
        for name, button in keys:
            button.setObjectName(f"call.{name}")
            flow.addWidget(button)
        self._another.clicked.connect(self._ask_day)
        onward = QShortcut(QKeySequence("M"), scope)
        onward.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        onward.activated.connect(self._turn_onward)
        self._write.clicked.connect(self.note.setFocus)
        for digit in range(1, _MOST + 1):
            typed = QShortcut(QKeySequence(f"Alt+{digit}"), scope)
            typed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            typed.activated.connect(lambda digit=digit: self._press(digit))
        return row

    def _make_then(self) -> QHBoxLayout:
        then = QHBoxLayout()
        then.setSpacing(6)
        for part in (self._then, self._day, self.onward):
            then.addWidget(part)
        then.addStretch(1)
        return then

    def show_results(self, results: Sequence[Result]) -> None:
        """The results to choose from; the same ones stay as they are."""
        if list(results) != self._results.results():
            self._results.show_results(results)

    def show_draft(self, note: str, due: str, *, onward: bool) -> None:
        """What was written so far."""
        self.due = due
        self.note.blockSignals(True)  # it is the person's typing that is kept, not this
        self.onward.blockSignals(True)
        self.note.setPlainText(note)
        self.onward.setChecked(onward)
        self.note.blockSignals(False)
        self.onward.blockSignals(False)

    def show_next(self, title: str, proposed: str, stage: str, zone: str) -> None:
        """What comes next after success, on which day; the stage ahead, empty where there is none."""
        self._zone, self._proposed, self._title = zone, proposed, title
        self.onward.setText(_("and on to “{stage}”", stage=stage).replace("&", "&&"))
        self.onward.setToolTip(_("The deal goes on with the result (M)"))
        present(self.onward, shown=bool(stage))
        self._say_day()

    def show_queue(self, *, before: bool, after: bool) -> None:
        """Whether there are calls before and after this one."""
        present(self._former, shown=before)
        present(self._later, shown=after)

    @Slot()
    def _turn_onward(self) -> None:
        if self.onward.isVisible():
            self.onward.toggle()

    @Slot()
    def _fit(self) -> None:
        """As high as its lines, up to a few."""
        lines = min(max(1, self.note.document().lineCount()), _LINES)
        self.note.setFixedHeight(lines * self.note.fontMetrics().lineSpacing() + _PADDING)

    def _say_day(self) -> None:
        day = self.due or (day_of(self._proposed, self._zone) if self._proposed else "")
        self._then.setText(_("then: {what}", what=self._title) if self._title else _("then: a call") if day else "")
        self._day.setText(format_day(day, "short") if day else "")
        present(self._then, shown=bool(self._title or day))
        present(self._day, shown=bool(day))

    def _press(self, digit: int) -> None:
        known = self._results.results()
        if self.isVisible() and digit <= len(known):
            self.answered.emit(known[digit - 1].key)

    @Slot()
    def _ask_day(self) -> None:
        menu = DayMenu(self._today(), self.take_day, self)
        menu.popup(self._another.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def take_day(self, day: str) -> None:
        """What comes next is wanted on this day."""
        self.due = day
        self._say_day()
        self.changed.emit()
