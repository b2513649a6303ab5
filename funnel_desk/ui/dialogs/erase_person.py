"""Erasing a person: every value found, ticked, then a name typed out, then it is gone for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.people import Contact
from funnel_desk.domain.problems import Problem
from funnel_desk.i18n import _, format_moment, format_number, ngettext
from funnel_desk.operations.backups import how_many
from funnel_desk.operations.erasing import erase, forget_backups
from funnel_desk.progress import Progress
from funnel_desk.queries.names import name_of
from funnel_desk.queries.person import Mention, mentions
from funnel_desk.ui.change_words import changed_field, table_name
from funnel_desk.ui.phrases import of
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import Elided, frame, label, present
from funnel_desk.ui.widgets.ticked_table import TickedModel, TickedTable

_SIZE = (860, 560)
_WIDTHS = [170, 100, 200, 164, 116]
_SAYS = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """The mentions, and what the rows that they stand in are called, by table and id."""

    mentions: tuple[Mention, ...]
    names: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was done: values erased, backups deleted, and why those could not be."""

    values: int
    backups: int
    problem: Problem | None = None


class ErasePersonDialog(QDialog):
    """What is known is looked for apart from the window, and so it is erased."""

    def __init__(self, window: QWidget, parts: Parts, contact: Contact) -> None:
        super().__init__(window)
        self.setObjectName("erase")
        self.setWindowTitle(_("Erase this person"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._parts, self._contact = parts, contact
        self._found: tuple[Mention, ...] = ()
        self._spared: set[object] = set()
        self._asked = 0
        self._backups = how_many(parts.bridge.desk.path)
        self._build()
        self._look()

    # --- what is found -----------------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """Look again, with the further words; what was not ticked stays so."""
        self._asked += 1
        asked, bridge, contact_id = self._asked, self._parts.bridge, self._contact.id
        also = tuple(word.strip() for word in self.words.text().split(",") if word.strip())

        def work(_progress: Progress) -> _Found:
            found = bridge.ask(mentions, contact_id, also)
            rows = {(one.table, one.row) for one in found if one.table}
            return _Found(found, {row: of(bridge.ask(name_of, *row)) for row in rows})

        def take(found: _Found) -> None:
            if asked == self._asked:
                self._show(found)

        self._count.setText(_("Looking for what is known…"))
        self._parts.jobs.read(_("Looking for what is known of a person"), work, take)

    def _show(self, found: _Found) -> None:
        self._found = found.mentions
        zone = self._parts.bridge.desk.workspace.time_zone
        rows = [
            (_where(one, found.names), changed_field(one.field), " ".join(one.says.split()),
             format_moment(one.at, zone), one.author)
            for one in found.mentions
        ]  # fmt: skip
        off = [place for place, one in enumerate(found.mentions) if one.value in self._spared]
        self._model.show_ticked((_("Where"), _("Field"), _("What it says"), _("When"), _("By whom")), rows, off)
        self.table.choose(0)
        self._offer()

    def _chosen(self) -> list[Mention]:
        return [one for place, one in enumerate(self._found) if self._model.is_ticked(place)]

    @Slot()
    def _ticked(self) -> None:
        for place, one in enumerate(self._found):
            (self._spared.discard if self._model.is_ticked(place) else self._spared.add)(one.value)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        chosen, why = len(self._chosen()), self._parts.bridge.why_closed()
        self._count.setText(
            ngettext("{chosen} of {count} value is ticked", "{chosen} of {count} values are ticked", len(self._found),
                     chosen=format_number(chosen), count=format_number(len(self._found)))
        )  # fmt: skip
        named = self.confirm.text().strip().casefold() == self._contact.name.strip().casefold()
        self.start.setEnabled(bool(chosen) and named and not why)
        self.start.setToolTip(why)

    # --- erasing -----------------------------------------------------------------------------------------------------

    @Slot()
    def _run(self) -> None:
        if self._parts.bridge.refuses():
            return
        desk, values, forgets = self._parts.bridge.desk, [one.value for one in self._chosen()], self.forget.isChecked()

        def work(_progress: Progress) -> _Outcome:
            erase(desk, values)
            try:
                return _Outcome(len(values), forget_backups(desk) if forgets else 0)
            except Problem as problem:
                return _Outcome(len(values), 0, problem)

        if self._parts.jobs.write(_("Erasing what is known of a person"), work, self._teller()):
            self.accept()

    def _teller(self) -> Callable[[_Outcome], None]:
        """What tells the outcome when this dialog is gone."""
        bridge = self._parts.bridge

        def tell(done: _Outcome) -> None:
            told = ngettext("{count} value is erased for ever.", "{count} values are erased for ever.", done.values,
                            count=format_number(done.values))  # fmt: skip
            if done.backups:
                gone = ngettext("{count} older backup is deleted.", "{count} older backups are deleted.", done.backups,
                                count=format_number(done.backups))  # fmt: skip
                told = f"{told} {gone}"
            bridge.tell(told)
            if done.problem is not None:
                bridge.explain(done.problem)

        return tell

    # --- the page ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        name = self._contact.name
        title = Elided(_("Erase what is known of “{name}”", name=name), "title", name="erase.title")
        warning = label(
            _("What is ticked is erased for ever, also from the history: it cannot be undone. It travels to your"
              " colleagues at the next merge. Links and figures stay; older backups keep what was erased."),
            "warn", wrap=True, name="erase.warning",
        )  # fmt: skip
        self.words = self._field("erase.words", _("Further words that mean this person, such as a surname"))
        self.words.setPlaceholderText(_("Surname, nickname"))
        self.words.returnPressed.connect(self._look)
        again = self._button("erase.again", _("Search again"), self._look)
        self._model = TickedModel(self)
        self._model.show_ticked((_("Where"), _("Field"), _("What it says"), _("When"), _("By whom")), [], ())
        self._model.ticked.connect(self._ticked)
        self.table = TickedTable(self._parts.look, _("What is known of this person"), self._model, _WIDTHS, _SAYS)
        self.table.setObjectName("erase.values")
        self._count = label("", "dim", name="erase.count")
        count = format_number(self._backups)
        self.forget = QCheckBox(_("Delete the older backups ({count})", count=count))
        self.forget.setObjectName("erase.forget")
        self.forget.setToolTip(_("A new backup is made in their place."))
        present(self.forget, shown=self._backups > 0)
        self.confirm = self._field("erase.confirm", _("Type the name of the contact: {name}", name=name))
        self.confirm.textChanged.connect(self._offer)
        self.start = self._button("erase.start", _("Erase for ever"), self._run)
        self.start.setEnabled(False)
        search, body, foot = QHBoxLayout(), QVBoxLayout(), frame("foot")
        search.addWidget(self.words, 1)
        search.addWidget(again)
        body.setContentsMargins(20, 16, 20, 12)
        body.setSpacing(8)
        body.addWidget(title)
        body.addWidget(warning)
        body.addWidget(label(self.words.accessibleName(), "dim", wrap=True))
        body.addLayout(search)
        body.addWidget(self.table, 1)
        for part in (self._count, self.forget, label(self.confirm.accessibleName(), "dim", wrap=True), self.confirm):
            body.addWidget(part)
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 10, 20, 12)
        row.addStretch(1)
        row.addWidget(self._button("erase.cancel", _("Cancel"), self.reject))
        row.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(body, 1)
        column.addWidget(foot)

    def _field(self, name: str, told: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(told)
        return made

    def _button(self, name: str, text: str, act: Callable[[], object]) -> QPushButton:
        """One that Enter in a field does not press."""
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made


def _where(one: Mention, names: Mapping[tuple[str, str], str]) -> str:
    if not one.table:
        return _("Words of the history")
    kind, name = table_name(one.table), names[one.table, one.row]
    return kind if name == one.table else _("{kind}: {name}", kind=kind, name=name)
