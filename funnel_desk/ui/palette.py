"""The palette: one field over the window that finds every deal, company and contact and does every command."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from funnel_desk.domain.name_index import Named, NameIndex
from funnel_desk.i18n import _, ngettext
from funnel_desk.operations.deals import move_deal
from funnel_desk.ui import palette_rows as rows, phrases
from funnel_desk.ui.models.sections import ENTRY, Entry, Heading, Section
from funnel_desk.ui.overlay import Overlay
from funnel_desk.ui.palette_rows import Choice, Found
from funnel_desk.ui.route import ShowRecord
from funnel_desk.ui.shortcuts import Deed, Shortcuts
from funnel_desk.ui.view import Parts
from funnel_desk.ui.widgets.labels import label
from funnel_desk.ui.widgets.one_line import OneLineView

if TYPE_CHECKING:
    from funnel_desk.domain.pipeline import Stage

_SIZE = (640, 480)
_TYPING_MS = 20
_PAGE = 8
_SEEN = "palette.seen"
_MOST_SEEN = 12
ADD, COMMANDS, PEOPLE = "+", ">", "@"


class Palette(Overlay):
    """Enter goes, Right or Tab shows what can be done with the chosen deal, Escape leaves.

    “> ” lists commands only, “@ ” people only, “+ ” adds a deal in one line.
    """

    def __init__(
        self, window: QWidget, parts: Parts, shortcuts: Shortcuts, do: Callable[[Deed], object],
        add: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(window, "palette", _("Find or do"), _SIZE)
        self._parts, self._shortcuts, self._do, self._add = parts, shortcuts, do, add
        self._choices: dict[str, Choice] = {}
        self._index: NameIndex | None = None
        self._found: Found | None = None
        self._recent: list[Named] = []
        self._deal, self._typed = "", ""
        self._deeds: list[Choice] = []
        self._waiting, self._goes = False, False
        self.input = QLineEdit()
        self.input.setObjectName("palette.input")
        self.input.setAccessibleName(_("Find or do"))
        self.list = OneLineView(parts.look, _("What was found"))
        self.list.setObjectName("palette.list")
        self._hint = label("", "note", wrap=True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TYPING_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        for part, margin in ((self.input, 12), (self.list, 0), (self._hint, 16)):
            row = QVBoxLayout()
            row.setContentsMargins(margin, 0, margin, 0)
            row.addWidget(part)
            column.addLayout(row, 1 if part is self.list else 0)
        self.setTabOrder(self.input, self.list)
        self.input.installEventFilter(self)
        self.input.textChanged.connect(self._typed_on)
        self._later.timeout.connect(self._look_up)
        self.list.picked.connect(self._pick)
        self.list.selectionModel().currentChanged.connect(self._announce)
        parts.bridge.touched.connect(self._touched)
        parts.route.wanted.connect(self._went)

    @Slot()
    def open(self, text: str = "") -> None:
        """Come with an empty field and what was seen last; pressed again, go."""
        if self.isVisible():
            self.leave()
            return
        self._deal, self._deeds, self._found, self._goes = "", [], None, False
        self._say(_("Find a deal, a company, a person, or what to do"), _keys_hint())
        self.input.setText(text)
        self._ask_recent()
        self._show()
        self.come(self.input)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while the field has the focus."""
        if watched is self.input and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, field = event.key(), self.input
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
        at_end = field.cursorPosition() == len(field.text()) and not field.hasSelectedText()
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key == Qt.Key.Key_Tab or (key == Qt.Key.Key_Right and at_end):
            self._open_deeds()
        elif self._deal and (
            key in {Qt.Key.Key_Backtab, Qt.Key.Key_Escape}
            or (key in {Qt.Key.Key_Left, Qt.Key.Key_Backspace} and not field.text())
        ):
            self._close_deeds()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key != Qt.Key.Key_Backtab:
            return False
        return True

    @Slot(str)
    def _typed_on(self, text: str) -> None:
        self._goes = False
        if self._deal or not self._plain(text) or text.startswith(COMMANDS):
            self._waiting = False
            self._later.stop()
        else:
            self._waiting = True
            self._later.start()
        self._show()

    @Slot()
    def _look_up(self) -> None:
        text = self._plain(self.input.text())
        work = partial(rows.look_up, self._parts.bridge, text, self._index)
        self._parts.jobs.read("", work, self._look_at)

    def _look_at(self, found: Found) -> None:
        self._index = self._index or found.index
        if found.text != self._plain(self.input.text()):
            return  # more was typed meanwhile, and is being looked up
        self._found, self._waiting = found, False
        self._show()
        if self._goes:
            self._enter()

    def _plain(self, text: str) -> str:
        """What is looked for: without the sign that says where."""
        sign = text[:1] in {ADD, COMMANDS, PEOPLE}
        return "" if text.startswith(ADD) else text[1 if sign else 0 :].strip()

    def _show(self) -> None:
        """The rows for what stands in the field; the chosen one stays chosen if it is still there and was moved to."""
        text = self.input.text()
        if self._deal:
            groups = [(_("Do with it"), rows.filtered(self._deeds, text))]
        elif text.startswith(ADD):
            groups = [(_("Add"), [self._addition(text[1:].strip())])]
        else:
            groups = self._groups(text)
        held = self.list.chosen()
        first = self.list.sections.entry_indexes()[:1]
        moved = held is not None and first and self.list.currentIndex() != first[0]
        self._choices = {one.entry.key: one for _title, choices in groups for one in choices}
        sections = [
            Section(Heading(title, len(choices)), tuple(one.entry for one in choices)) for title, choices in groups
        ]
        self.list.sections.show_sections(sections)
        self.list.choose(held.key if held is not None and moved else "")

    def _groups(self, text: str) -> list[tuple[str, list[Choice]]]:
        plain = self._plain(text)
        listed = rows.commands(self._shortcuts.deeds(), plain, self._do)
        if text.startswith(COMMANDS):
            return [(_("Commands"), listed)]
        people = self._things(self._found.people) if self._found and plain else []
        if text.startswith(PEOPLE):
            return [(_("Companies and contacts"), people)]
        if not plain:
            return [(_("Seen last"), self._things([(0, one) for one in self._recent])), (_("Commands"), listed)]
        deals = self._things(self._found.deals) if self._found else []
        groups = [
            (_("Commands"), listed[: rows.MOST]),
            (_("Deals"), deals),
            (_("Companies and contacts"), people),
            (_("Add"), [self._addition(plain)] if not (listed or deals or people or self._waiting) else []),
        ]
        return sorted(groups, key=lambda group: rows.best(group[1]))

    def _things(self, found: Sequence[tuple[int, Named]]) -> list[Choice]:
        return rows.things(found, self._go)

    def _addition(self, line: str) -> Choice:
        title = _("Add “{line}” as a deal", line=line) if line else _("Add a deal in one line")
        return Choice(Entry("add", title, "", "plus"), lambda: self._add(line), rows.MOST)

    def _enter(self) -> None:
        if self._waiting:
            self._goes = True  # what is about to come may answer better than what is listed
            return
        entry = self.list.chosen()
        if entry is not None:
            self._pick(entry.key)

    @Slot(str)
    def _pick(self, key: str) -> None:
        choice = self._choices.get(key)
        if choice is not None:
            self.leave()
            choice.act()

    def _go(self, one: Named) -> None:
        self._remember(one.kind, one.id)
        if one.kind == "deal":
            self._parts.route.go("deals", one.id)
        else:
            self._parts.route.go("customers", ShowRecord(one.kind, one.id))

    def _open_deeds(self) -> None:
        """What can be done with the chosen deal."""
        entry = self.list.chosen()
        if self._deal or entry is None or not entry.key.startswith("deal:"):
            return
        deal_id = entry.key.removeprefix("deal:")
        title, deeds = rows.deal_deeds(self._parts, deal_id, self._move)
        if not deeds:
            return
        self._typed, self._deal, self._deeds = self.input.text(), deal_id, deeds
        self._say(_("What to do with “{deal}”", deal=title), _("Enter does it, Escape leads back"))
        self.input.clear()
        self._show()

    def _close_deeds(self) -> None:
        deal, self._deal = self._deal, ""
        self._say(_("Find a deal, a company, a person, or what to do"), _keys_hint())
        self.input.setText(self._typed)
        self._show()
        self.list.choose(f"deal:{deal}")

    def _move(self, deal_id: str, stage: "Stage") -> None:
        bridge = self._parts.bridge
        done = bridge.run(move_deal, deal_id, stage.id)
        if done is not None:
            self._remember("deal", deal_id)
            told, left = _("Moved to “{stage}”.", stage=phrases.of(stage.name)), len(done.value)
            if left:
                told += " " + ngettext("{n} required step was left open.", "{n} required steps were left open.", left)
            bridge.tell(told, done)

    def _say(self, placeholder: str, hint: str) -> None:
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleDescription(placeholder)
        self._hint.setText(hint)

    def _ask_recent(self) -> None:
        self._parts.jobs.read("", partial(rows.recent, self._parts.bridge, self._seen()), self._look_at_recent)

    def _look_at_recent(self, found: list[Named]) -> None:
        self._recent = found
        if self.isVisible() and not self.input.text() and not self._deal:
            self._show()

    def _seen(self) -> list[tuple[str, str]]:
        try:
            kept = json.loads(self._parts.memory.get(_SEEN) or "[]")
            return [(str(kind), str(row)) for kind, row in kept]
        except (ValueError, TypeError):
            return []

    def _remember(self, kind: str, row_id: str) -> None:
        seen = [(kind, row_id), *(one for one in self._seen() if one != (kind, row_id))]
        self._parts.memory.put(_SEEN, json.dumps(seen[:_MOST_SEEN]))

    @Slot(str, object)
    def _went(self, view: str, destination: object) -> None:
        if view == "deals" and isinstance(destination, str):
            self._remember("deal", destination)

    @Slot(object)
    def _touched(self, news: object) -> None:
        if {"company", "contact"} & getattr(news, "tables", frozenset()):
            self._index = None

    def _announce(self) -> None:
        """A screen reader stays in the field: it is told what is chosen below."""
        spoken = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        if self.isVisible() and isinstance(self.list.currentIndex().data(ENTRY), Entry) and spoken:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, str(spoken)))


def _keys_hint() -> str:
    return _("Enter goes · Tab: what to do with a deal · > commands · @ people · + adds")
