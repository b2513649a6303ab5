"""The quiet pages of the builder: each asks one thing, and tells whether it is answered."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.playbook import STEP_KINDS
from funnel_desk.domain.playbook_draft import DraftStage, DraftStep, twice
from funnel_desk.i18n import _, translate
from funnel_desk.ui.phrases import kind_name
from funnel_desk.ui.views.playbooks.fields import ChoiceField, NumberField, TextField
from funnel_desk.ui.views.playbooks.suggestions import ACTIONS, AFTER, BEFORE, FIRST_BEFORE, WON
from funnel_desk.ui.widgets.flow import FlowLayout
from funnel_desk.ui.widgets.labels import discard, discard_all, label


class Asked(QWidget):
    """One page: a question, a sentence why, and what is asked."""

    def __init__(self, name: str, question: str, why: str) -> None:
        super().__init__()
        self.setObjectName(f"builder.{name}")
        self.setAccessibleName(question)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(label(question, "title", wrap=True))
        self.column.addWidget(label(why, "dim", wrap=True))
        self.column.addSpacing(8)

    def missing(self) -> str:
        """What has to be answered before one can go on; empty if nothing has."""
        return ""

    def line(self, name: str, title: str, hint: str = "") -> QLineEdit:
        """A line with its title over it."""
        made = QLineEdit()
        made.setObjectName(f"builder.{name}")
        made.setAccessibleName(title)
        made.setPlaceholderText(hint)
        self.column.addWidget(label(title, "heading"))
        self.column.addWidget(made)
        return made


class WhatAndWhom(Asked):
    """What is sold, and to whom."""

    def __init__(self) -> None:
        super().__init__("what", _("What do you sell, and to whom?"),

                         _("One kind of goods for one kind of client makes one pipeline; others follow."))  # fmt: skip
        self.direction = self.line("direction", _("What we sell"), _("Entrance doors for flats"))
        self.client = self.line("client", _("To whom"), _("A builder of any size"))
        self.audience = self.line(
            "audience", _("Who has the need, decides and pays"), _("Site engineers and directors")
        )
        self.name = self.line("name", _("Name of the pipeline"), _("As what you sell, if you leave it empty"))
        self.column.addStretch(1)

    def missing(self) -> str:
        return "" if self.direction.text().strip() else _("Write in a few words what you sell.")


class Ticks(Asked):
    """Suggestions to tick, and a line for what is one's own (several, with commas)."""

    def __init__(self, name: str, question: str, why: str, suggestions: Sequence[str], own: str) -> None:
        super().__init__(name, question, why)
        self._boxes: list[QCheckBox] = []
        for place, text in enumerate(suggestions):
            box = QCheckBox(translate(text))
            box.setObjectName(f"builder.{name}.{place}")
            self._boxes.append(box)
            self.column.addWidget(box)
        self.own = self.line(f"{name}.own", own)
        self.column.addStretch(1)

    def tick_all(self) -> None:
        """Take all suggestions."""
        for box in self._boxes:
            box.setChecked(True)

    def chosen(self) -> list[str]:
        """What was ticked and written."""
        own = [part.strip() for part in self.own.text().split(",") if part.strip()]
        return [*(box.text() for box in self._boxes if box.isChecked()), *own]


class Backwards(Asked):
    """The stages from the end backwards: the sale, what comes right before it, and so on; then what comes after."""

    def __init__(self) -> None:
        super().__init__("stages", _("Name the stages, from the end backwards"),
                         _("Begin where the deal is won, then ask: what has to be true before that?"))  # fmt: skip
        self.won = self.line("won", _("The deal is won when it is…"))
        self.won.setText(translate(WON[0]))
        self._suggest(WON, self.won.setText)
        self._lists: dict[str, list[QLineEdit]] = {"before": [], "after": []}
        self._rows = {"before": QVBoxLayout(), "after": QVBoxLayout()}
        for side, title, more, known in (
            ("before", _("Right before that, and before that…"), _("One more before that"), BEFORE),
            ("after", _("After the sale"), _("One more after that"), AFTER),
        ):
            self.column.addSpacing(8)
            self.column.addWidget(label(title, "heading"))
            self._rows[side].setSpacing(4)
            self.column.addLayout(self._rows[side])
            add = QPushButton(more)
            add.setObjectName(f"builder.{side}.more")
            add.clicked.connect(lambda _checked=False, side=side: self.add(side).setFocus())
            self.column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
            self._suggest(known, lambda text, side=side: self._take(side, text))
        for text in FIRST_BEFORE:
            self.add("before", translate(text))
        self.add("after", translate(AFTER[0]))
        self.column.addStretch(1)

    def add(self, side: str, text: str = "") -> QLineEdit:
        """One more line on a side of the sale."""
        lines = self._lists[side]
        made = QLineEdit(text)
        made.setObjectName(f"builder.{side}.{len(lines)}")
        made.setAccessibleName(
            _("Stage before the sale, {n} from the end", n=len(lines) + 1) if side == "before"
            else _("Stage after the sale, {n}", n=len(lines) + 1)
        )  # fmt: skip
        lines.append(made)
        self._rows[side].addWidget(made)
        return made

    def names(self, side: str) -> list[str]:
        """The names on a side in the order of the work; empty lines are left out."""
        found = [line.text().strip() for line in self._lists[side] if line.text().strip()]
        return found[::-1] if side == "before" else found

    def missing(self) -> str:
        every = [*self.names("before"), self.won.text(), *self.names("after")]
        if not self.won.text().strip():
            return _("Say when the deal is won.")
        if not self.names("before"):
            return _("Name at least one stage before the sale.")
        double = twice(every)
        return _("“{stage}” stands there twice. Stages are told apart by their names.", stage=double) if double else ""

    def _take(self, side: str, text: str) -> None:
        free = next((line for line in self._lists[side] if not line.text().strip()), None)
        if text not in self.names(side):
            (free or self.add(side)).setText(text)

    def _suggest(self, texts: Sequence[str], take: object) -> None:
        place = QWidget()
        flow = FlowLayout(place, 4)
        for text in texts:
            button = QPushButton(translate(text))
            button.setProperty("role", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(_("Take “{text}”", text=translate(text)))
            button.clicked.connect(lambda _checked=False, text=text: take(translate(text)))  # type: ignore[operator]
            flow.addWidget(button)
        self.column.addWidget(place)


class _ActionRow(QWidget):
    def __init__(self, name: str, step: DraftStep) -> None:
        super().__init__()
        self.title, self.kind, self.days = QLineEdit(step.title), ChoiceField(), NumberField()
        self.say, self.sends = step.say, step.sends
        self.title.setObjectName(f"{name}.title")
        self.title.setAccessibleName(_("Action"))
        self.title.setPlaceholderText(_("One simple, completed action"))
        self.kind.setObjectName(f"{name}.kind")
        self.kind.setAccessibleName(_("Kind"))
        self.kind.offer([(kind, kind_name(kind)) for kind in STEP_KINDS])
        self.kind.show_value(step.kind)
        self.days.setObjectName(f"{name}.days")
        self.days.setAccessibleName(_("Working days after the one before"))
        self.days.setToolTip(_("Working days after the one before"))
        self.days.start_over(step.days)
        self.days.setFixedWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.title, 1)
        row.addWidget(self.kind)
        row.addWidget(self.days)
        row.addWidget(label(_("w. d."), "note"))

    def step(self) -> DraftStep:
        days, fine = self.days.read()
        count = days if fine and isinstance(days, int) else 0
        return DraftStep(self.title.text().strip(), str(self.kind.currentData()), count, self.say, self.sends)


class Actions(Asked):
    """For each stage: what is done there, and by when."""

    def __init__(self) -> None:
        super().__init__("actions", _("What is done in each stage, and by when?"),
                         _("Simple, completed actions: a call, a letter, a visit. Terms in working days."))  # fmt: skip
        self._rows: dict[str, list[_ActionRow]] = {}
        self._inside = QVBoxLayout()
        self._inside.setSpacing(4)
        self.column.addLayout(self._inside)
        self.column.addStretch(1)

    def ask_about(self, names: Sequence[str]) -> None:
        """Ask about these stages; what was written about one of the same name stays."""
        if names == list(self._rows):
            return
        former = {name: self.steps(name) for name in self._rows}
        discard_all(self._inside)
        self._rows = {}
        for place, name in enumerate(names):
            self._inside.addWidget(_stage_heading(name))
            self._rows[name] = []
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            self._inside.addWidget(box)
            for step in former.get(name) or _suggested(name) or (DraftStep(""),):
                self._add(place, name, column, step)
            more = QPushButton(_("One more action"))
            more.setObjectName(f"builder.actions.{place}.more")
            more.setProperty("role", "link")
            more.setAccessibleName(_("One more action in “{stage}”", stage=name))
            more.clicked.connect(
                lambda _checked=False, place=place, name=name, column=column: self._add(
                    place, name, column, DraftStep("")
                ).title.setFocus()
            )  # fmt: skip
            self._inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def steps(self, name: str) -> tuple[DraftStep, ...]:
        """The actions of a stage."""
        return tuple(step for row in self._rows.get(name, ()) if (step := row.step()).title)

    def say(self, name: str, place: int, text: str) -> None:
        """Keep what to say in the so-manieth action of a stage."""
        rows = [row for row in self._rows.get(name, ()) if row.title.text().strip()]
        if place < len(rows):
            rows[place].say = text

    def _add(self, place: int, name: str, column: QVBoxLayout, step: DraftStep) -> _ActionRow:
        rows = self._rows[name]
        made = _ActionRow(f"builder.actions.{place}.{len(rows)}", step)
        rows.append(made)
        column.addWidget(made)
        return made


class WhatToSay(Asked):
    """What to say in each action."""

    def __init__(self) -> None:
        super().__init__("say", _("What do you say there?"),
                         _("In your own words, as you speak. {example} becomes the name; **…** marks the key question.",
                           example="{contact}"))  # fmt: skip
        self._fields: list[tuple[str, int, TextField]] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(6)
        self.column.addLayout(self._inside)
        self.column.addStretch(1)

    def ask_about(self, stages: Sequence[DraftStage]) -> None:
        """Ask about the actions of these stages."""
        for _name, _place, field in self._fields:
            discard(field)
        discard_all(self._inside)
        self._fields = []
        for stage in stages:
            for place, step in enumerate(stage.steps):
                title = f"{stage.name} · {step.title}"
                self._inside.addWidget(label(title, "heading", wrap=True))
                field = TextField()
                field.setObjectName(f"builder.say.{len(self._fields)}")
                field.setAccessibleName(title)
                field.start_over(step.say)
                self._fields.append((stage.name, place, field))
                self._inside.addWidget(field)

    def texts(self) -> list[tuple[str, int, str]]:
        """Stage, place of the action, and what is said."""
        return [(name, place, field.toPlainText().strip()) for name, place, field in self._fields]

    def missing(self) -> str:
        from funnel_desk.domain.pipeline_rules import script_problem
        from funnel_desk.i18n import translate_problem

        for _name, _place, field in self._fields:
            problem = script_problem(field.toPlainText())
            if problem is not None:
                field.setFocus()
                return translate_problem(problem)
        return ""


def _suggested(name: str) -> tuple[DraftStep, ...]:
    """The usual actions of a stage that has one of the suggested names."""
    for text, actions in ACTIONS.items():
        if translate(text) == name:
            return tuple(
                DraftStep(translate(one.title), one.kind, one.days, translate(one.say), one.sends) for one in actions
            )  # fmt: skip
    return ()


def _stage_heading(name: str) -> QWidget:
    made = label(name, "name", wrap=True)
    made.setContentsMargins(0, 10, 0, 0)
    return made
