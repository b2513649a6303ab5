"""If they object: a word finds what to answer, while one talks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from funnel_desk.domain.pipeline import Objection
from funnel_desk.domain.script import spans
from funnel_desk.i18n import _, format_number, language, ngettext
from funnel_desk.queries.objections import ObjectionUse, found_objections
from funnel_desk.ui import phrases
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.sections import Entry, Heading, Section
from funnel_desk.ui.widgets.labels import SectionHeading, discard_all, label, present
from funnel_desk.ui.widgets.one_line import OneLineView
from funnel_desk.ui.widgets.script_card import ScriptCard

_ROWS = 4
_ROW = 32
OWN = "own"


class Objections(QWidget):
    """The catalogue as it is searched: up and down choose, Enter says that it was heard. `changed`: what was heard."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._known: Sequence[Objection] = ()
        self._uses: Mapping[str, ObjectionUse] = {}
        self._found: dict[str, Objection] = {}
        self.heard: list[list[str]] = []
        self.search = QLineEdit()
        self.search.setObjectName("call.objection")
        self.search.setPlaceholderText(_("A word of what they say"))
        self.search.setAccessibleName(_("What they object"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show)
        self._list = OneLineView(look, _("Objections"))
        self._list.setObjectName("call.objections")
        self._list.picked.connect(self._picked)
        self._list.selectionModel().currentChanged.connect(lambda *_rows: self._answer())
        self._reply = ScriptCard(look, "card_words", _("What to answer"), object_name="call.answer")
        self._count = label("", "dim", wrap=True, name="call.objection.count")
        self._use = QPushButton(_("They said it"))
        self._use.setObjectName("call.objection.use")
        self._use.setToolTip(_("Enter"))
        self._use.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._use.clicked.connect(self.use)
        self._chosen = QWidget()
        self._chosen_column = QVBoxLayout(self._chosen)
        self._chosen_column.setContentsMargins(0, 0, 0, 0)
        self._chosen_column.setSpacing(2)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._count, 1)
        told.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (SectionHeading(_("If they say")), self.search, self._list, self._reply):
            column.addWidget(part)
        column.addLayout(told)
        column.addWidget(self._chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_catalogue(
        self, known: Sequence[Objection], uses: Mapping[str, ObjectionUse], heard: Sequence[Sequence[str]]
    ) -> None:
        """Search in these; `heard` was said in this call already."""
        self._known, self._uses, self.heard = known, uses, [list(one) for one in heard]
        self.search.clear()
        self._show()
        self._show_heard()

    @Slot()
    def use(self) -> None:
        """They said the chosen one: it is kept with the call, once."""
        entry = self._list.chosen()
        typed = self.search.text().strip()
        if entry is None:
            return
        one = self._found.get(entry.key)
        told = [one.id, phrases.of(one.says), phrases.of(one.answer)] if one else ["", typed, ""]
        if told[1] and told[:2] not in [had[:2] for had in self.heard]:
            self.heard.append(told)
            self._show_heard()
            self.changed.emit()
        if not one:
            self.search.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the field that belong to the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
                self.use()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _show(self) -> None:
        typed = self.search.text().strip()
        found = found_objections(self._known, typed, self._uses, language())
        self._found = {one.id: one for one in found}
        rows = [Entry(one.id, phrases.of(one.says), "", "message", figure=self._times(one.id)) for one in found]
        if not found and typed:
            rows = [Entry(OWN, _("Note in their own words: “{text}”", text=typed), "", "plus")]
        self._list.sections.show_sections([Section(Heading(_("Objections"), len(rows)), tuple(rows))] if rows else [])
        self._list.setRowHidden(0, bool(rows))  # its heading stands above the field
        self._list.setFixedHeight(min(len(rows), _ROWS) * _ROW)
        self._list.choose()
        present(self._list, shown=bool(rows))
        self._answer()

    def _times(self, objection: str) -> str:
        use = self._uses.get(objection)
        return _("{n}×", n=format_number(use.raised)) if use else ""

    @Slot()
    def _answer(self) -> None:
        entry = self._list.chosen()
        one = self._found.get(entry.key) if entry else None
        self._reply.say(spans(phrases.of(one.answer)) if one else [])
        present(self._reply, shown=one is not None and bool(one.answer))
        present(self._use, shown=entry is not None)
        use = self._uses.get(one.id) if one else None
        told = ""
        if one is not None:
            told = _("not heard so far")
        if use is not None:
            told = _(
                "{heard}, on {part} of {base} the deal went on",
                heard=ngettext("heard once", "heard {n} times", use.raised),
                part=use.went_on.part,
                base=ngettext("{n} deal", "{n} deals", use.went_on.base),
            )
            if use.went_on.too_few:
                told = ngettext("heard once", "heard {n} times", use.raised)
        self._count.setText(told)

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._list.choose(key)

    def _show_heard(self) -> None:
        discard_all(self._chosen_column)
        for place, (_objection, text, _reply) in enumerate(self.heard):
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            across.addWidget(label(_("They said: “{text}”", text=text), wrap=True), 1)
            back = QPushButton(_("Take back"))
            back.setObjectName(f"call.heard.{place}")
            back.setProperty("role", "link")
            back.setAccessibleName(_("Take back: {text}", text=text))
            back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            back.clicked.connect(lambda _checked=False, place=place: self._take_back(place))
            across.addWidget(back)
            self._chosen_column.addWidget(row)
        present(self._chosen, shown=bool(self.heard))

    def _take_back(self, place: int) -> None:
        del self.heard[place]
        self._show_heard()
        self.changed.emit()
