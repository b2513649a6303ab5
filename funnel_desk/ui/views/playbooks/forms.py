"""What there is to write about each part of a pipeline, field by field, and the form made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from funnel_desk.domain.playbook import STEP_KINDS
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.phrases import kind_name
from funnel_desk.ui.views.playbooks.fields import (
    ChoiceField,
    DayLine,
    Field,
    FlagField,
    LineField,
    NumberField,
    PercentField,
    TextField,
)
from funnel_desk.ui.widgets.labels import keep_width, label, present

_NAME_WIDTH = 124

FACTOR_NAMES = {
    "script": N_("words to say"),
    "offer": N_("offer"),
    "organisation": N_("organisation"),
    "market": N_("market"),
    "marketing": N_("marketing"),
    "law": N_("law"),
    "competition": N_("competition"),
    "segment": N_("client segment"),
    "product": N_("product"),
    "other": N_("something else"),
}
SIDE_NAMES = {
    "before": N_("before the sale"),
    "won": N_("here the deal is won"),
    "after": N_("after the sale"),
}
EXIT_NAMES = {
    "none": N_("leave it freely"),
    "warn": N_("warn while required steps are open"),
    "block": N_("not before the required steps are done"),
}
NEED_NAMES = {
    "required": N_("has to be done"),
    "optional": N_("may be left out"),
    "on_demand": N_("only when it comes up"),
}
SENT_NAMES = {"": N_("nothing to keep"), "offer": N_("our offer"), "invoice": N_("our invoice")}


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name in the form, what stands beside it, what kind it is. `words` is kept in two languages."""

    name: str
    title: str
    kind: str = "line"
    words: bool = True
    hint: str = ""


FORMS: Mapping[str, Sequence[Spec]] = {
    "pipeline": (
        Spec("name", N_("What it is called")),
        Spec("direction", N_("What we sell")),
        Spec("typical_client", N_("To whom")),
        Spec("source", N_("How they find us")),
        Spec("audience", N_("Audience"), "text", hint=N_("Who has the need, decides and pays")),
        Spec("product", N_("Product"), "text", hint=N_("What exactly they get")),
        Spec("price", N_("Price"), "text", hint=N_("How much, and how it is paid")),
        Spec("place", N_("Distribution"), "text", hint=N_("Where and how they get it")),
        Spec("promotion", N_("Promotion"), "text", hint=N_("How they hear of it")),
    ),
    "stage": (
        Spec("name", N_("What it is called")),
        Spec("probability", N_("Chance to win"), "percent", words=False),
        Spec("stalled_days", N_("Stalls after, days"), "number", words=False),
        Spec("hard_days", N_("Too late after, days"), "number", words=False),
        Spec("exit_rule", N_("To leave it"), "choice", words=False),
        Spec("side", N_("Side"), "choice", words=False),
    ),
    "step": (
        Spec("title", N_("Step")),
        Spec("kind", N_("Kind"), "choice", words=False),
        Spec("days", N_("Due after, days"), "number", words=False),
        Spec("working", N_("Working days only"), "flag", words=False),
        Spec("after", N_("Counted from"), "choice", words=False),
        Spec("say", N_("Words to say"), "text",
             hint=N_("{example} and its like are filled in; **…** marks the key question")),
        Spec("ask", N_("What to ask"), "text", hint=N_("One question a line")),
        Spec("done_when", N_("Done when"), "text", hint=N_("One sign a line")),
        Spec("result", N_("Result")),
        Spec("every", N_("Again every, days"), "number", words=False),
        Spec("until", N_("Until this is done"), "choice", words=False),
        Spec("need", N_("Necessity"), "choice", words=False),
        Spec("role", N_("Who does it")),
        Spec("sends", N_("The client has then"), "choice", words=False),
    ),
    "objection": (
        Spec("says", N_("The client says"), "text"),
        Spec("answer", N_("What to answer"), "text"),
    ),
    "reason": (Spec("name", N_("Reason")),),
    "mark": (
        Spec("on_day", N_("From this day"), "day", words=False),
        Spec("text", N_("What changed"), words=False),
        Spec("factor", N_("What it is about"), "choice", words=False),
        Spec("stage_id", N_("Stage"), "choice", words=False),
    ),
}  # fmt: skip
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "factor": FACTOR_NAMES,
    "side": SIDE_NAMES,
    "exit_rule": EXIT_NAMES,
    "need": NEED_NAMES,
    "sends": SENT_NAMES,
}


class Form(QWidget):
    """The fields of one kind of thing. `changed` tells a field's name and its new value (words whole)."""

    changed = Signal(str, object)
    typing = Signal(str, str)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._values: Mapping[str, object] = {}
        self._lang = "en"
        self.fields: dict[str, Field] = {}
        self._specs = {spec.name: spec for spec in FORMS[kind]}
        self._others = {spec.name: label("", "note", wrap=True) for spec in FORMS[kind] if spec.words}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        for place, spec in enumerate(FORMS[kind]):
            self._add(3 * place, kind, spec)

    def show_values(self, row: str, values: Mapping[str, object], lang: str, *, fresh: bool) -> None:
        """Show these values in a language; `fresh` drops what was being written about something else."""
        self._values, self._lang = values, lang
        for name, field in self.fields.items():
            value = values.get(name)
            if isinstance(value, Words):
                self._show_other(name, value)
                value = value.ru if lang == "ru" else value.en
            if fresh:
                field.start_over(value)
            else:
                field.show_value(value)
        self.setProperty("row", row)

    def offer(self, name: str, choices: Sequence[tuple[object, str]]) -> None:
        """What there is to choose from in a field."""
        field = self.fields[name]
        if isinstance(field, ChoiceField):
            field.offer(choices)

    def put_below(self, name: str, widget: QWidget) -> None:
        """Show something right below a field."""
        place = list(self._specs).index(name)
        self._grid.addWidget(widget, 3 * place + 2, 0, 1, 2)

    def hide_field(self, name: str, *, hidden: bool) -> None:
        """Leave a field out where it means nothing."""
        place = 3 * list(self._specs).index(name)
        for column in (0, 1):
            item = self._grid.itemAtPosition(place, column)
            widget = item.widget() if item is not None else None
            if widget is not None:
                present(widget, shown=not hidden)

    def commit(self) -> None:
        """Tell everything that is written and was not told yet."""
        for field in self.fields.values():
            field.commit()

    def _add(self, row: int, kind: str, spec: Spec) -> None:
        title = translate(spec.title)
        field = _make(spec)
        field.setObjectName(f"playbooks.{kind}.{spec.name}")
        field.setAccessibleName(title)
        field.committed.connect(lambda value, name=spec.name: self._tell(name, value))
        if isinstance(field, TextField):
            field.textChanged.connect(lambda name=spec.name, one=field: self.typing.emit(name, one.toPlainText()))
        if spec.hint and isinstance(field, TextField):
            field.setPlaceholderText(translate(spec.hint, example="{contact}"))
        self.fields[spec.name] = field
        if isinstance(field, FlagField):
            self._grid.addWidget(field, row, 1)
            return
        what = label(title, "dim", wrap=True)
        what.setBuddy(field)
        keep_width(what, _NAME_WIDTH)
        self._grid.addWidget(what, row, 0, Qt.AlignmentFlag.AlignTop)
        what.setContentsMargins(0, 5, 0, 0)
        self._grid.addWidget(field, row, 1)
        if spec.words:
            self._grid.addWidget(self._others[spec.name], row + 1, 1)
            present(self._others[spec.name], shown=False)

    def _show_other(self, name: str, words: Words) -> None:
        """The text in the other language, so that one is written beside the other."""
        other = words.en if self._lang == "ru" else words.ru
        mine = words.ru if self._lang == "ru" else words.en
        note = self._others[name]
        note.setText(_("In English: {text}", text=other) if self._lang == "ru" else _("In Russian: {text}", text=other))
        present(note, shown=bool(other) and not mine)

    def _tell(self, name: str, value: object) -> None:
        before = self._values.get(name)
        if isinstance(before, Words):
            text = str(value or "")
            value = Words(before.en, text) if self._lang == "ru" else Words(text, before.ru)
        self.changed.emit(name, value)


def _make(spec: Spec) -> Field:  # noqa: PLR0911 - one a kind of field
    match spec.kind:
        case "text":
            return TextField()
        case "number":
            return NumberField()
        case "percent":
            return PercentField()
        case "day":
            return DayLine()
        case "flag":
            return FlagField(translate(spec.title))
        case "choice":
            made = ChoiceField()
            if spec.name == "kind":
                made.offer([(kind, kind_name(kind)) for kind in STEP_KINDS])
            elif spec.name in _CHOICES:
                made.offer([(key, translate(text)) for key, text in _CHOICES[spec.name].items()])
            return made
        case _:
            return LineField()
