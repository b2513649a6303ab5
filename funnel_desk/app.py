"""The window's parts are created and introduced to each other here, and nowhere else."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Slot
from PySide6.QtWidgets import QApplication

from funnel_desk import i18n, settings
from funnel_desk.domain.problems import Problem, Refusal, Trouble
from funnel_desk.ui import views
from funnel_desk.ui.absence import opened
from funnel_desk.ui.backups import Backups
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.bugs import catch_bugs
from funnel_desk.ui.colleagues import SHARE_SUFFIX, Colleagues
from funnel_desk.ui.commands import Commands
from funnel_desk.ui.first_window import FirstWindow, ask_first_window
from funnel_desk.ui.icons import draw_icon
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.look import Look
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.one_key import OneKey
from funnel_desk.ui.outside import NO_DISPLAY, close_when_told, has_display
from funnel_desk.ui.own_settings import keep_shortcuts, remember, who
from funnel_desk.ui.route import Route
from funnel_desk.ui.shortcuts import Shortcuts
from funnel_desk.ui.view import Parts, listed
from funnel_desk.ui.window import Window

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.domain.playbook import Playbook
    from funnel_desk.operations.desk import Desk
    from funnel_desk.ui.bell import Reminding
    from funnel_desk.ui.first_run import Answers, FirstRun

SUFFIX = ".funnel"
_FIRST_NAME = i18n.N_("My deals")
_DEMO_NAME = i18n.N_("Demo")
_LOGO_COLOUR = "#2f5d50"


def open_window(path: Path | str, *, lang: str | None = None) -> Window:
    """The window on a workspace, its first view filled. Needs a QApplication. Raises the Trouble of the file."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("open_window needs a QApplication")
    session = Session(app, lang)
    try:
        session.open(Path(path))
    except Trouble:
        session.window.close()
        raise
    return session.window


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window: on a file, on the demo workspace, or where the person left off. Returns the exit status."""
    told, words = i18n.take_language(list(sys.argv[1:] if arguments is None else arguments))
    if not has_display():
        i18n.set_language(told or settings.load().language or i18n.system_language())
        sys.stderr.write(i18n.translate(NO_DISPLAY) + "\n")
        return 1
    demo = "--demo" in words
    files = [Path(word).absolute() for word in words if not word.startswith("-")]
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Funnel Desk")
    app.setDesktopFileName("funnel-desk")
    app.setWindowIcon(draw_icon("logo", _LOGO_COLOUR, 64))
    if not demo and ask_first_window(str(files[0]) if files else ""):
        return 0
    with TemporaryDirectory(prefix="funnel-desk-", ignore_cleanup_errors=True) as folder:
        session = Session(app, told)
        catch_bugs(session.window)
        first = None if demo else FirstWindow(session)
        if first is not None:
            first.asked.connect(session.raise_with)
        session.begin(files[0] if files else None, Path(folder) if demo else None)
        waking = close_when_told(session.window)
        status = app.exec()
        waking.stop()
        session.window.close()
    return status


class Session(QObject):
    """One window and the workspace that is open in it; both may be exchanged for others while it is shown."""

    def __init__(self, app: QApplication, lang: str | None) -> None:
        remembered = settings.load()
        i18n.set_language(lang or remembered.language or i18n.system_language())
        self._app, self._lang = app, lang
        self._look = Look(app, remembered.theme)
        self._memory = Memory(remembered.window)
        self.window = Window(self._look, self._memory)
        super().__init__(self.window)
        self._desk: Desk | None = None
        self._parts: Parts | None = None
        self._commands: Commands | None = None
        self._reminding: Reminding | None = None
        self._one_key: OneKey | None = None
        self._passing = False
        self._greeting: FirstRun | None = None
        self._translator = QTranslator(self)
        self.window.closed.connect(self._let_go)
        self.window.dropped.connect(self._take_file)
        self._build()
        self.window.show()

    def open(self, path: Path, *, passing: bool = False) -> None:
        """Open a workspace in the window; the one before is closed. A passing one is not the last file tomorrow.

        Raises the Trouble of the file.
        """
        from funnel_desk.operations.workspaces import open_desk
        from funnel_desk.storage.acts import Author

        me = who()
        desk, why_not = open_desk(path, Author(me.author_id, me.author_name))
        if self._desk is not None:
            self._let_go()
            self._build()
        self._furnish(desk, "" if why_not is None else i18n.translate_problem(why_not))
        if not passing and why_not is None:
            self._back_up()
        self._passing = passing
        if not passing:
            remember(lambda known: replace(known, last_file=str(path.absolute())))

    def begin(self, path: Path | None, demo_folder: Path | None) -> None:
        """Open the file told, or the demo in its folder, or the last file, or a new one. Tells its own Trouble."""
        try:
            if demo_folder is not None:
                self.open(self._make_demo(demo_folder), passing=True)
            elif path is not None:
                self.open(path)
            else:
                self._open_last()
        except Problem as problem:
            self._explain(problem)

    @Slot(str)
    def raise_with(self, path: str) -> None:
        """A second start: come to the front, and open the file that it was told."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()
        if path:
            self._open_or_explain(path)

    def _open_last(self) -> None:
        last = settings.load().last_file
        if last and Path(last).is_file():
            self.open(Path(last))
            return
        first = _first_file()
        if last is None and not first.is_file():
            self._welcome()
            return
        from funnel_desk.ui.dialogs.new_file import own_currency

        if not first.is_file():
            self._make(first, own_currency(), None)
        self.open(first)

    def _welcome(self, kept: "Answers | None" = None) -> None:
        """Nothing is known yet: ask in the window, and begin with what is told."""
        from funnel_desk.ui.first_run import FirstRun

        page = FirstRun(self._look, kept, builds=any(view.key == "playbooks" for view in listed(views)))
        self._greeting = page
        page.answered.connect(self._begin_with)
        page.language_chosen.connect(self._greet_in)
        self.window.welcome(page)

    @Slot(str)
    def _greet_in(self, language: str) -> None:
        if self._greeting is not None:
            kept = self._greeting.answers()
            self._choose_language(language)
            self._welcome(kept)

    @Slot(object)
    def _begin_with(self, answers: "Answers") -> None:
        """The first workspace, in the person's data folder."""
        if answers.name:
            remember(lambda known: replace(known, profile=replace(who(), author_name=answers.name)))
        first = _first_file()
        try:
            self._make(first, answers.currency, answers.playbook)
            self.open(first)
        except Refusal as problem:
            self.window.messages.refuse(i18n.translate_problem(problem))
            return
        except Problem as problem:
            self._explain(problem)
            return
        self._greeting = None
        if answers.then == "import":
            self._import_file("")
        elif answers.then == "build" and self._parts is not None:
            from funnel_desk.ui.views.playbooks.page import NewPipeline

            self._parts.route.go("playbooks", NewPipeline())

    def _build(self) -> None:
        """The shell in the language of now: everything but what needs a desk."""
        self._translate_qt()
        if self._commands is not None:
            self._commands.discard()
        known = settings.load()
        shortcuts = Shortcuts(known.shortcuts, keep_shortcuts)
        commands = self._commands = Commands(self._look, self.window, self._lang or known.language, shortcuts)
        shortcuts.setParent(commands)
        self.window.build(listed(views), commands)
        commands.theme_chosen.connect(self._choose_theme)
        commands.language_chosen.connect(self._choose_language)
        commands.action("open").triggered.connect(self._ask_for_file)
        commands.action("new_file").triggered.connect(self._ask_for_new)
        commands.action("quit").triggered.connect(self.window.close)

    def _furnish(self, desk: "Desk", why_not: str = "") -> None:
        self._desk = desk
        bridge, jobs = Bridge(desk, self), Jobs(self)
        bridge.troubled.connect(self._tell_trouble)
        self._parts = Parts(bridge, jobs, self._look, self._memory, Route(self))
        opened(self._memory, desk.workspace.id, desk.clock())
        self.window.furnish(self._parts, desk.path)
        if self._commands is not None:
            from funnel_desk.ui.bell import Reminding

            self._reminding = Reminding(self.window, self._parts, self._commands.action("reminders"), self)
            self._one_key = OneKey(self.window, self._commands, self._parts, self)
            Colleagues(
                self.window, self.window.read_only, self._commands, self._parts, why_not, self._again, self._parts.jobs
            )

    def _back_up(self) -> None:
        """Keep backups of the file that is open now, and say in the rail when the newest was taken."""
        if self._parts is not None:
            Backups(self._parts.bridge, self._parts.jobs, self.window.say_backed_up, self._parts.jobs)

    @Slot()
    def _let_go(self) -> None:
        """Stop what runs, remember the window, close the file."""
        if self._one_key is not None:
            self._one_key.discard()
            self._one_key = None
        if self._reminding is not None:
            self._reminding.leave()
            self._reminding = None
        if self._parts is not None:
            self._parts.jobs.close()
            self._parts.bridge.close()
            for part in (self._parts.jobs, self._parts.bridge, self._parts.route):
                part.deleteLater()
            self._parts = None
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self._memory.save()

    @Slot(str)
    def _choose_theme(self, choice: str) -> None:
        self._look.choose(choice)
        remember(lambda known: replace(known, theme=choice))

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        """Speak another language: the same desk in a shell built anew."""
        remember(lambda known: replace(known, language=language or None))
        self._lang = language or None
        i18n.set_language(language or i18n.system_language())
        if self._desk is None:
            self._build()
        else:
            path = self._desk.path
            self._let_go()
            self._build()
            try:
                self.open(path, passing=self._passing)
            except Problem as problem:
                self._explain(problem)

    def _again(self) -> None:
        """Try to open for changing what can only be looked at now."""
        if self._desk is not None:
            self._open_anew(str(self._desk.path))

    @Slot(str)
    def _take_file(self, path: str) -> None:
        """A file was dropped: a workspace is opened, a colleague's file merged, a table imported."""
        if path.endswith(SUFFIX):
            self._open_or_explain(path)
        elif path.endswith(SHARE_SUFFIX):
            from funnel_desk.ui.dialogs.merge_file import start_merge

            if self._parts is not None:
                start_merge(self.window, self._parts, path)
        elif path:
            self._import_file(path)

    def _import_file(self, path: str) -> None:
        from funnel_desk.ui.dialogs.import_file import start_import

        if self._parts is not None:
            start_import(self.window, self._parts, path)

    @Slot()
    def _ask_for_file(self) -> None:
        from funnel_desk.ui.dialogs.files import ask_open

        place = self._desk.path.parent if self._desk else settings.data_folder()
        ask_open(self.window, place, self._open_or_explain)

    @Slot()
    def _ask_for_new(self) -> None:
        from funnel_desk.ui.dialogs.new_file import NewFile

        place = self._desk.path.parent if self._desk else settings.data_folder()
        NewFile(self.window, place, self._make_and_open).open()

    def _make_and_open(self, path: Path, currency: str, playbook: "Playbook") -> None:
        try:
            self._make(path, currency, playbook)
        except Problem as problem:
            self._explain(problem)
        else:
            self._open_or_explain(str(path))

    def _make(self, path: Path, currency: str, playbook: "Playbook | None") -> None:
        """Write a new workspace, with a pipeline of this playbook in it if one is told."""
        from funnel_desk.operations.desk import Desk
        from funnel_desk.operations.workspaces import known_currency, new_workspace, zone_of_the_machine
        from funnel_desk.storage.acts import Author

        me = who()
        author = Author(me.author_id, me.author_name)
        if playbook is None:
            Desk.create(path, author, currency=known_currency(currency), time_zone=zone_of_the_machine())
        else:
            new_workspace(path, author, playbook, currency=currency)

    def _make_demo(self, folder: Path) -> Path:
        """The demo workspace, thrown away with its folder."""
        from funnel_desk.operations.demo import create_demo

        copy = folder / f"{i18n.translate(_DEMO_NAME)}{SUFFIX}"
        create_demo(copy)
        return copy

    def _open_or_explain(self, path: str) -> None:
        if self._desk is None or self._desk.path.absolute() != Path(path).absolute():
            self._open_anew(path)

    def _open_anew(self, path: str) -> None:
        try:
            self.open(Path(path))
        except Problem as problem:
            self._explain(problem)

    def _explain(self, problem: Problem) -> None:
        self._tell_trouble(i18n.translate_problem(problem))

    @Slot(str)
    def _tell_trouble(self, sentence: str) -> None:
        from funnel_desk.ui.dialogs.trouble import show_trouble

        show_trouble(self.window, sentence)

    def _translate_qt(self) -> None:
        """Qt's own dialogs speak as we do."""
        self._app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{i18n.language()}", folder):
            self._app.installTranslator(self._translator)


def _first_file() -> Path:
    """Where the first workspace lies, which was never given a place."""
    return settings.private_folder(settings.data_folder()) / (i18n.translate(_FIRST_NAME) + SUFFIX)
