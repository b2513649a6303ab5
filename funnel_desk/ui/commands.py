"""What can be done from anywhere: the actions with their shortcuts, and the menu that lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from funnel_desk.i18n import LANGUAGES, N_, _, translate
from funnel_desk.ui.look import Look
from funnel_desk.ui.shortcuts import PREFIX, Shortcuts
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
    _Command("quick_add", N_("Add a deal in one line"), "plus", ("Ctrl+Shift+N",)),
    _Command("palette", N_("Find or do…"), "search", ("Ctrl+K",)),
    _Command("undo", N_("Undo"), "undo", ("Ctrl+Z",)),
    _Command("redo", N_("Redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    _Command("past", N_("What happened to it"), "history", ("Ctrl+H",)),
    _Command("find", N_("Find here"), "search", ("Ctrl+F",)),
    _Command("import", N_("Import…"), "import", ("Ctrl+I",)),
    _Command("export", N_("Export…"), "export", ("Ctrl+E",)),
    _Command("print_day", N_("Print today…"), "print", ("Ctrl+P",)),
    _Command("print_week", N_("Print the week…"), "print", ("Ctrl+Shift+P",)),
    _Command("print_pipeline", N_("Print a pipeline…"), "print", ()),
    _Command("calendar", N_("Save as a calendar…"), "today", ()),
    _Command("share", N_("Share with a colleague…"), "export", ("Ctrl+Shift+E",)),
    _Command("merge", N_("Merge a colleague’s file…"), "import", ("Ctrl+Shift+I",)),
    _Command("open", N_("Open…"), "folder", ("Ctrl+O",)),
    _Command("new_file", N_("New file…"), "file", ("Ctrl+Alt+N",)),
    _Command("profile", N_("You and your company…"), "customers", ()),
    _Command("reminders", N_("Reminders…"), "today", ()),
    _Command("shortcuts", N_("Shortcuts"), "settings", ("F1", "?")),
    _Command("quit", N_("Quit"), "", ("Ctrl+Q",)),
)
_GROUPS = (
    ("new_deal", "quick_add"),
    ("palette", "find"),
    ("undo", "redo", "past"),
    ("import", "export"),
    ("print_day", "print_week", "print_pipeline", "calendar"),
    ("share", "merge"),
    ("new_file", "open"),
)


class Commands(QMenu):
    """The program's menu. Each action has the object name `action.KEY`, and its shortcut works all over the window.

    `shortcuts` knows these actions and those of the views.
    """

    theme_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget, language: str | None, shortcuts: Shortcuts | None = None) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self.shortcuts = shortcuts or Shortcuts({}, lambda _kept: None, self)
        self._actions: dict[str, QAction] = {}
        for command in _COMMANDS:
            self._actions[command.key] = self._make(command, window)
        for group in _GROUPS:
            self.addActions([self._actions[key] for key in group])
            self.addSeparator()
        themes = [(key, translate(_THEMES[key])) for key in CHOICES]
        self._add_choice("theme", _("Theme"), themes, look.choice, self.theme_chosen.emit)
        languages = [("", _("As the system")), *((key, _OWN_NAMES[key]) for key in LANGUAGES)]
        self._add_choice("language", _("Language"), languages, language or "", self.language_chosen.emit)
        self.addActions([self._actions["profile"], self._actions["reminders"], self._actions["shortcuts"]])
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
            self._window.removeAction(action)
            action.setParent(None)
            action.deleteLater()
        self.deleteLater()

    def add(self, key: str, text: str, icon: str, keys: str, place: str, then: Callable[[], object]) -> QAction:
        """One more thing that can be done from anywhere, which the menu does not list."""
        action = QAction(text, self._window)
        action.setObjectName(f"{PREFIX}{key}")
        action.setShortcuts([QKeySequence(one) for one in keys.split("; ") if one])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False: then())
        self._window.addAction(action)
        self._actions[key] = action
        self.shortcuts.take(action, place, icon=icon)
        return action

    def name_undo(self, undo: str, redo: str) -> None:
        """Say in the menu what undo and redo would do; empty: only the verbs."""
        self._actions["undo"].setText(_("Undo: {what}", what=undo) if undo else _("Undo"))
        self._actions["redo"].setText(_("Redo: {what}", what=redo) if redo else _("Redo"))

    def _make(self, command: _Command, window: QWidget) -> QAction:
        action = QAction(translate(command.text), window)
        action.setObjectName(f"{PREFIX}{command.key}")
        action.setShortcuts([QKeySequence(shortcut) for shortcut in command.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        window.addAction(action)
        self.shortcuts.take(action, _("Everywhere"), icon=command.icon)
        return action

    def _add_choice(
        self, name: str, title: str, choices: Sequence[tuple[str, str]], chosen: str, tell: Callable[[str], None]
    ) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _checked=False, key=key: tell(key))
            group.addAction(action)
            self.add(
                f"{name}.{key or 'system'}",
                _("{choice}: {chosen}", choice=title, chosen=text),
                "settings",
                "",
                _("Everywhere"),
                action.trigger,
            )

    def _dress(self) -> None:
        for command in _COMMANDS:
            if command.icon:
                self._actions[command.key].setIcon(self._look.icon(command.icon, "dim"))
