"""What can be done from anywhere: the actions with their shortcuts, and the menu that lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from funnel_desk.i18n import LANGUAGES, N_, _, translate
from funnel_desk.ui.look import Look
from funnel_desk.ui.theme import CHOICES

# A language is called as its speakers call it, in every language.
_OWN_NAMES = {"en": "English", "ru": "Русский"}
_THEMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}


@dataclass(frozen=True, slots=True)
class _Command:
    key: str
    text: str
    icon: str
    shortcuts: tuple[str, ...]


_COMMANDS = (
    _Command("new_deal", N_("New deal"), "plus", ("Ctrl+N",)),
    _Command("undo", N_("Undo"), "undo", ("Ctrl+Z",)),
    _Command("redo", N_("Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    _Command("find", N_("Find a deal"), "search", ("Ctrl+F",)),
    _Command("import", N_("Import…"), "import", ("Ctrl+I",)),
    _Command("export", N_("Export…"), "export", ("Ctrl+E",)),
    _Command("open", N_("Open…"), "folder", ("Ctrl+O",)),
    _Command("new_file", N_("New file…"), "file", ("Ctrl+Shift+N",)),
    _Command("profile", N_("You and your company…"), "customers", ()),
    _Command("quit", N_("Quit"), "", ("Ctrl+Q",)),
)
_GROUPS = (("new_deal", "find"), ("undo", "redo"), ("import", "export"), ("new_file", "open"))


class Commands(QMenu):
    """The program's menu. Each action has the object name `action.KEY`, and its shortcut works all over the window."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget, language: str | None) -> None:
        super().__init__(window)
        self._look = look
        self._actions: dict[str, QAction] = {}
        for command in _COMMANDS:
            self._actions[command.key] = self._make(command, window)
        for group in _GROUPS:
            self.addActions([self._actions[key] for key in group])
            self.addSeparator()
        themes = [(key, translate(_THEMES[key])) for key in CHOICES]
        self._add_choice(_("Theme"), themes, look.choice, self.theme_chosen.emit)
        languages = [("", _("As the system")), *((key, _OWN_NAMES[key]) for key in LANGUAGES)]
        self._add_choice(_("Language"), languages, language or "", self.language_chosen.emit)
        self.addAction(self._actions["profile"])
        self.addSeparator()
        self.addAction(self._actions["quit"])
        look.changed.connect(self._dress)
        self._dress()

    def action(self, key: str) -> QAction:
        """The action `action.KEY`; raises KeyError for a key that is none."""
        return self._actions[key]

    def discard(self) -> None:
        """Go, with all actions: their shortcuts must not fight with those of the next menu."""
        for action in self._actions.values():
            action.setParent(None)
            action.deleteLater()
        self.deleteLater()

    def name_undo(self, undo: str, redo: str) -> None:
        """Say in the menu what undo and redo would do; empty: only the verbs."""
        self._actions["undo"].setText(_("Undo: {what}", what=undo) if undo else _("Undo"))
        self._actions["redo"].setText(_("Redo: {what}", what=redo) if redo else _("Redo"))

    def _make(self, command: _Command, window: QWidget) -> QAction:
        action = QAction(translate(command.text), window)
        action.setObjectName(f"action.{command.key}")
        action.setShortcuts([QKeySequence(shortcut) for shortcut in command.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        window.addAction(action)
        return action

    def _add_choice(
        self, title: str, choices: Sequence[tuple[str, str]], chosen: str, tell: Callable[[str], None]
    ) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _checked=False, key=key: tell(key))
            group.addAction(action)

    def _dress(self) -> None:
        for command in _COMMANDS:
            if command.icon:
                self._actions[command.key].setIcon(self._look.icon(command.icon, "dim"))
