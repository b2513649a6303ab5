"""A deal in one line: what is typed is shown as it was understood, part by part, and each part can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.moments import DAY_LENGTH, Moment, instant
from funnel_desk.domain.money import major
from funnel_desk.domain.quick_day import read_when
from funnel_desk.domain.quick_line import QuickLine, read_line
from funnel_desk.domain.quick_money import Readings, read_money
from funnel_desk.i18n import _, format_day, format_money
from funnel_desk.operations.quick_add import quick_add
from funnel_desk.queries.finding import known_sources
from funnel_desk.ui import phrases
from funnel_desk.ui.overlay import Overlay
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import discard_all, label, present, repolish

_SIZE = (680, 520)
_PLAIN = ("company", "title", "contact", "phone", "email", "source", "tags", "note")


@dataclass(frozen=True, slots=True)
class _Question:
    """A part with several readings: its field, what was written, each reading in words and as the field has it."""

    field: str
    text: str
    answers: tuple[tuple[str, str], ...]


class QuickAdd(Overlay):
    """Enter saves, Tab goes through the parts; what can be read in two ways is asked first."""

    def __init__(self, window: QWidget, parts: Parts) -> None:
        super().__init__(window, "quick_add", _("Add a deal in one line"), _SIZE)
        self._parts = parts
        self._sources: Sequence[str] = ()
        self._own: set[str] = set()
        self.line = QLineEdit()
        self.line.setObjectName("quick_add.line")
        self.line.setAccessibleName(_("The deal in one line"))
        self.line.setPlaceholderText(_("Progress Plant, 12k EUR, call Friday 14:00, ads"))
        self._fields: dict[str, QLineEdit] = {}
        self.kind = QComboBox()
        self.kind.setObjectName("quick_add.kind")
        self.kind.setAccessibleName(_("What to do next"))
        self.kind.addItem(_("nothing planned"), "")
        for kind in phrases.KINDS:
            self.kind.addItem(phrases.kind_name(kind), kind)
        self.kind.activated.connect(lambda _row: self._corrected("kind"))
        self._meaning = label("", "dim", wrap=True, name="quick_add.meaning")
        self._questions = QVBoxLayout()
        self._questions.setSpacing(4)
        self._save = QPushButton(_("Save the deal"))
        self._save.setObjectName("quick_add.save")
        self._save.setProperty("role", "primary")
        self._save.setToolTip(QKeySequence(Qt.Key.Key_Return).toString(QKeySequence.SequenceFormat.NativeText))
        self._save.clicked.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.line)
        column.addLayout(self._grid())
        column.addWidget(self._meaning)
        column.addLayout(self._questions)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(label(_("Enter saves · Tab corrects a part · Esc leaves"), "note"), 1)
        foot.addWidget(self._save)
        column.addLayout(foot)
        self.line.textChanged.connect(self._understand)

    def open(self, line: str = "") -> None:
        """Come empty, or with what was typed elsewhere."""
        self._own.clear()
        self.line.setText(line)
        self._understand()
        self.come(self.line)
        bridge = self._parts.bridge
        self._parts.jobs.read("", lambda _progress: bridge.ask(known_sources), self._learn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves from every field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.save()
            event.accept()
            return
        super().keyPressEvent(event)

    @Slot()
    def save(self) -> None:
        """Make the deal, its company, its contact and what is planned: one act. A question comes first."""
        questions = self._ask()
        if questions:
            first = self.findChild(QPushButton, f"quick_add.{questions[0].field}.0")
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wrong = self._unreadable()
        if wrong:
            self._fields[wrong].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        texts = {name: self._fields[name].text().strip() for name in _PLAIN}
        money, when = self._money(), self._when()
        tags = tuple(tag.lstrip("#") for tag in texts.pop("tags").replace(",", " ").split())
        bridge = self._parts.bridge
        done = bridge.run(
            quick_add,
            kind=str(self.kind.currentData() or ("task" if when else "")),
            planned_for=_moment(when[0], bridge.desk.workspace.time_zone) if when else None,
            tags=tags,
            value=money.readings[0] if money else None,
            currency=money.currency if money else "",
            **texts,
        )
        if done is None:
            return
        self.leave()
        bridge.tell(_("New deal: “{deal}”.", deal=done.value.title), done)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        names = {
            "company": _("Company"), "title": _("What is sold"), "contact": _("Contact"), "phone": _("Phone"),
            "value": _("Value"), "email": _("E-mail"), "when": _("When"), "source": _("Source"), "tags": _("Tags"),
            "note": _("Need"),
        }  # fmt: skip
        for name, said in names.items():
            field = self._fields[name] = QLineEdit()
            field.setObjectName(f"quick_add.{name}")
            field.setAccessibleName(said)
            field.textEdited.connect(lambda _text, name=name: self._corrected(name))
        rows = (("company", "title"), ("contact", "phone"), ("value", "email"), ("kind", "when"), ("source", "tags"))
        for row, pair in enumerate(rows):
            for side, name in enumerate(pair):
                grid.addWidget(label(names.get(name, _("Next")), "dim"), row, 2 * side)
                grid.addWidget(self.kind if name == "kind" else self._fields[name], row, 2 * side + 1)
        grid.addWidget(label(names["note"], "dim"), len(rows), 0)
        grid.addWidget(self._fields["note"], len(rows), 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _learn(self, sources: list[str]) -> None:
        self._sources = sources
        if self.isVisible():
            self._understand()

    @Slot()
    def _understand(self) -> None:
        """Show what the line says in the parts that nobody corrected."""
        bridge = self._parts.bridge
        read = read_line(self.line.text(), bridge.today(), bridge.desk.workspace.currency, self._sources)
        for name, text in _texts(read).items():
            if name not in self._own:
                self._fields[name].setText(text)
        if "kind" not in self._own:
            self.kind.setCurrentIndex(max(0, self.kind.findData(read.kind)))
        self._say()

    def _corrected(self, name: str) -> None:
        self._own.add(name)
        self._say()

    def _say(self) -> None:
        """In words what would be saved, and what has to be asked."""
        bridge = self._parts.bridge
        money, when = self._money(), self._when()
        kind = str(self.kind.currentData() or "")
        said = []
        if money is not None and len(money.readings) == 1:
            said.append(format_money(money.readings[0], money.currency))
        if kind or when:
            day = _in_words(when[0]) if len(when) == 1 else _("the day is asked below") if when else _("today")
            said.append(_("{what}: {when}", what=phrases.kind_name(kind or "task"), when=day))
        wrong = self._unreadable()
        for name in ("value", "when"):
            field = self._fields[name]
            if field.property("wrong") != ("true" if wrong == name else "false"):
                field.setProperty("wrong", "true" if wrong == name else "false")
                repolish(field)
        if wrong:
            said.append(_("“{text}” cannot be read.", text=self._fields[wrong].text()))
        self._meaning.setText(" · ".join(said))
        present(self._meaning, shown=bool(said))
        self._show_questions(self._ask(), bridge.desk.workspace.currency)

    def _money(self) -> Readings | None:
        return read_money(self._fields["value"].text().strip(), self._parts.bridge.desk.workspace.currency)

    def _when(self) -> tuple[str, ...]:
        return read_when(self._fields["when"].text(), self._parts.bridge.today())

    def _unreadable(self) -> str:
        if self._fields["value"].text().strip() and self._money() is None:
            return "value"
        return "when" if self._fields["when"].text().strip() and not self._when() else ""

    def _ask(self) -> list[_Question]:
        """What can be read in several ways."""
        asked = []
        money, when = self._money(), self._when()
        if money is not None and len(money.readings) > 1:
            answers = tuple(
                (
                    format_money(one, money.currency),
                    f"{major(one, money.currency).removesuffix('.00')} {money.currency}",
                )
                for one in money.readings
            )
            asked.append(_Question("value", self._fields["value"].text(), answers))
        if len(when) > 1:
            asked.append(_Question("when", self._fields["when"].text(), tuple((_in_words(one), one) for one in when)))
        return asked

    def _show_questions(self, questions: list[_Question], _currency: str) -> None:
        while (item := self._questions.takeAt(0)) is not None:
            row = item.layout()
            if row is not None:
                discard_all(row)
        for question in questions:
            asked = QHBoxLayout()
            asked.addWidget(label(_("What does “{text}” mean?", text=question.text), "warn", wrap=True))
            self._questions.addLayout(asked)
            row = QHBoxLayout()
            row.setSpacing(8)
            for place, (said, text) in enumerate(question.answers):
                button = QPushButton(said)
                button.setObjectName(f"quick_add.{question.field}.{place}")
                button.clicked.connect(lambda _c=False, name=question.field, text=text: self._settle(name, text))
                row.addWidget(button)
            row.addStretch(1)
            self._questions.addLayout(row)
        if questions and self.isVisible():
            said = _("What does “{text}” mean?", text=questions[0].text)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _settle(self, name: str, text: str) -> None:
        self._fields[name].setText(text)
        self._corrected(name)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


def _texts(read: QuickLine) -> dict[str, str]:
    """The parts of a line as the fields show them; a doubtful one as it was written."""
    doubts = {one.field: one for one in read.doubts}
    value = "" if read.value is None else f"{major(read.value, read.currency).removesuffix('.00')} {read.currency}"
    when = read.when
    if "action" in doubts:
        written = doubts["action"].text.split()
        when = next(
            (" ".join(part) for part in (written, written[1:], written[:-1]) if " ".join(part) and _is_day(part)),
            doubts["action"].readings[0],
        )
    return {
        "company": read.company, "title": read.title, "contact": read.contact, "phone": read.phone,
        "value": doubts["value"].text if "value" in doubts else value, "email": read.email, "when": when,
        "source": read.source, "tags": " ".join(f"#{tag}" for tag in read.tags), "note": read.note,
    }  # fmt: skip


def _is_day(words: Sequence[str]) -> bool:
    return bool(read_when(" ".join(words), "2026-01-01"))


def _in_words(when: str) -> str:
    day = format_day(when[:DAY_LENGTH], "weekday")
    return f"{day}, {when[DAY_LENGTH:].strip()}" if len(when) > DAY_LENGTH else f"{day} {when[:4]}"


def _moment(when: str, zone: str) -> Moment:
    if len(when) == DAY_LENGTH:
        return when
    return instant(datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone)))
