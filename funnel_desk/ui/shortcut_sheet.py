"""The sheet of shortcuts: all keys by the place where they work, searchable, and another key for any of them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.search import folded
from funnel_desk.i18n import N_, _, translate
from funnel_desk.ui.look import Look
from funnel_desk.ui.models.sections import Entry, Heading, Section
from funnel_desk.ui.overlay import Overlay
from funnel_desk.ui.shortcuts import Deed, Shortcuts, keys_of, portable
from funnel_desk.ui.widgets.labels import present
from funnel_desk.ui.widgets.one_line import OneLineView

_SIZE = (640, 560)
_FIXED = (
    (N_("Choose in a list"), "↑ ↓"),
    (N_("Open what is chosen"), "Enter"),
    (N_("Back, or leave"), "Esc"),
    (N_("The next part, and the one before"), "Tab, Shift+Tab"),
    (N_("Menu"), "F10"),
)
_OF_THE_TABLE = (
    (N_("Move to…"), "M"),
    (N_("Change"), "E"),
    (N_("Plan"), "P"),
    (N_("Tag"), "T"),
    (N_("Lose"), "L"),
    (N_("Delete"), "Del"),
    (N_("Choose a view (V)"), "V"),
    (N_("Filter the deals (F)"), "F"),
    (N_("Choose the columns (C)"), "C"),
    (N_("Sort by the column of the cursor"), "S"),
    (N_("Change the cell of the cursor"), "F2"),
)
_NEEDED = {
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}  # fmt: skip
_MODIFIERS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_unknown,
}  # fmt: skip
_STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ShortcutSheet(Overlay):
    """Enter asks for another key, Delete brings back the one that it came with, Escape leaves."""

    def __init__(self, window: QWidget, look: Look, shortcuts: Shortcuts) -> None:
        super().__init__(window, "shortcuts", _("Shortcuts"), _SIZE)
        self._shortcuts = shortcuts
        self._shown: dict[str, Deed] = {}
        self._changing: Deed | None = None
        self._pending = ""
        self.search = QLineEdit()
        self.search.setObjectName("shortcuts.search")
        self.search.setAccessibleName(_("Find a shortcut"))
        self.search.setPlaceholderText(_("Find a shortcut"))
        self.list = OneLineView(look, _("Shortcuts"))
        self.list.setObjectName("shortcuts.list")
        self.keys = _KeyCatcher()
        self._change = self._button("change", _("Another key…"))
        self._reset = self._button("reset", _("As it was"))
        self._reset_all = self._button("reset_all", _("All as they were"))
        self._copy = self._button("copy", _("Copy as text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 12)
        column.setSpacing(8)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self._copy)
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(8)
        for button in (self._change, self._reset, self._reset_all):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.keys)
        column.addLayout(foot)
        present(self.keys, shown=False)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show)
        self.list.picked.connect(lambda _key: self.search.setFocus())
        self.list.selectionModel().currentChanged.connect(self._announce)
        self.list.doubleClicked.connect(lambda _index: self._begin())
        self._change.clicked.connect(self._begin)
        self._reset.clicked.connect(self._as_it_was)
        self._reset_all.clicked.connect(self._all_as_they_were)
        self._copy.clicked.connect(self._copy_text)
        self.keys.pressed.connect(self._take)
        self.keys.accepted.connect(self._take_from_rival)
        self.keys.left.connect(self._end)

    def open(self) -> None:
        """Come with all of them; pressed again, go."""
        if self.isVisible():
            self.leave()
            return
        self._end()
        self.search.clear()
        self._show()
        self.come(self.search)

    def text(self) -> str:
        """All of them as text to print: a heading a place, a line a shortcut."""
        lines = []
        for title, rows in self._groups(""):
            lines += [title, *(f"  {entry.figure or '–'}\t{entry.title}" for entry in rows), ""]
        return "\n".join(lines)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while the field has the focus."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._begin()
                return True
            if key == Qt.Key.Key_Delete and self.search.cursorPosition() == len(self.search.text()):
                self._as_it_was()
                return True
        return super().eventFilter(watched, event)

    def _groups(self, wanted: str) -> list[tuple[str, list[Entry]]]:
        groups: dict[str, list[Entry]] = {}
        self._shown = {}
        words = folded(wanted).split()
        for place, deed in enumerate(self._shortcuts.deeds()):
            keys = keys_of(deed.action)
            whole = folded(f"{deed.text} {keys} {deed.place}")
            if not all(word in whole for word in words):
                continue
            note = _("changed") if self._shortcuts.is_changed(deed) else ""
            entry = Entry(f"{deed.view}:{deed.key or place}", deed.text, note, deed.icon, figure=keys)
            self._shown[entry.key] = deed
            groups.setdefault(deed.place, []).append(entry)
        table, fixed = _fixed("table", _OF_THE_TABLE, words), _fixed("fixed", _FIXED, words)
        return [*groups.items(), (_("In the table of deals"), table), (_("In every list"), fixed)]

    @Slot()
    def _show(self) -> None:
        held = self.list.chosen()
        self.list.sections.show_sections(
            [Section(Heading(title, len(rows)), tuple(rows)) for title, rows in self._groups(self.search.text())]
        )
        self.list.choose(held.key if held else "")

    def _chosen(self) -> Deed | None:
        entry = self.list.chosen()
        return self._shown.get(entry.key) if entry is not None else None

    @Slot()
    def _begin(self) -> None:
        deed = self._chosen()
        if deed is None or not deed.key:
            self._tell(_("This key cannot be changed."))
            return
        self._changing, self._pending = deed, ""
        self._tell(_("Press the new keys for “{command}”. Backspace: none, Esc: leave it as it is.", command=deed.text))
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _take(self, keys: str) -> None:
        deed = self._changing
        if deed is None:
            return
        rival = self._shortcuts.rival(deed, keys) if keys else None
        if rival is not None:
            self._pending = keys
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            told = _("“{keys}” does “{command}” already. Enter takes it from there; or press others.",
                     keys=shown, command=rival.text)  # fmt: skip
            self._tell(told if rival.key else _("“{keys}” does “{command}”, which keeps it. Press others.",
                                                keys=shown, command=rival.text))  # fmt: skip
            self._pending = keys if rival.key else ""
            return
        self._shortcuts.change(deed, keys)
        self._end()
        self._show()

    @Slot()
    def _take_from_rival(self) -> None:
        deed, keys = self._changing, self._pending
        rival = self._shortcuts.rival(deed, keys) if deed is not None and keys else None
        if deed is None or rival is None:
            return
        left = [portable(one) for one in rival.action.shortcuts() if portable(one) != keys]
        self._shortcuts.change(rival, "; ".join(left))
        self._take(keys)

    @Slot()
    def _end(self) -> None:
        self._changing, self._pending = None, ""
        present(self.keys, shown=False)
        if self.isVisible():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _as_it_was(self) -> None:
        deed = self._chosen()
        if deed is None or not deed.key or not self._shortcuts.is_changed(deed):
            return
        first = deed.keys.split("; ")
        rivals = [one for one in (self._shortcuts.rival(deed, keys) for keys in first if keys) if one is not None]
        if rivals:
            self._tell(_("“{keys}” does “{command}” now. Give that another key first.",
                         keys=keys_of(rivals[0].action), command=rivals[0].text))  # fmt: skip
            return
        self._shortcuts.reset(deed)
        self._show()

    @Slot()
    def _all_as_they_were(self) -> None:
        self._shortcuts.reset_all()
        self._show()

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._tell(_("Copied: paste it wherever you want to print it."))

    def _tell(self, text: str) -> None:
        self.keys.setText(text)
        self.keys.setAccessibleName(text)
        present(self.keys, shown=True)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _announce(self) -> None:
        spoken = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        if self.isVisible() and spoken:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, str(spoken)))

    def _button(self, name: str, text: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(f"shortcuts.{name}")
        made.setAutoDefault(False)
        return made


class _KeyCatcher(QLabel):
    """While it has the focus every key is told and does nothing else: `pressed` with it in portable text."""

    pressed = Signal(str)
    accepted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shortcuts.keys")
        self.setProperty("role", "warn")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(16, 4, 16, 4)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def event(self, event: QEvent) -> bool:
        """Keep every key from being a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)  # Tab too, which would go on to the next part
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what was pressed; what lists need stays theirs."""
        key = Qt.Key(event.key())
        strong = bool(event.modifiers() & _STRONG)
        event.accept()
        if key in _MODIFIERS:
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and not strong:
            self.pressed.emit("")
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not strong:
            self.accepted.emit()
        elif key not in _NEEDED or strong:
            self.pressed.emit(portable(QKeySequence(event.keyCombination())))


def _fixed(kind: str, keys: Sequence[tuple[str, str]], words: Sequence[str]) -> list[Entry]:
    """Keys that cannot be changed, as far as they answer what is looked for."""
    named = [(translate(text).removesuffix(f" ({key})").rstrip("…"), key) for text, key in keys]
    return [
        Entry(f"{kind}:{place}", text, "", "", figure=key)
        for place, (text, key) in enumerate(named)
        if all(word in folded(f"{text} {key}") for word in words)
    ]
