"""What is one key away from everywhere while a desk is open: palette, a deal in one line, finding, undo and more."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from funnel_desk.ui.commands import Commands
from funnel_desk.ui.find_strip import FindStrip
from funnel_desk.ui.own_undo import OwnUndo
from funnel_desk.ui.paper import Paper
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.shortcuts import Deed
from funnel_desk.ui.view import Parts
from funnel_desk.ui.window import Window


class OneKey(QObject):
    """Makes each part when it is first asked for, and lives as long as the desk that is open in the window."""

    def __init__(self, window: Window, commands: Commands, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._commands, self._parts = window, commands, parts
        self._made: dict[str, QObject] = {}
        self._own_undo = OwnUndo(commands.action("undo"), commands.action("redo"), self)
        Paper(window, commands, parts, self)
        commands.action("palette").triggered.connect(self.open_palette)
        commands.action("quick_add").triggered.connect(self._begin_line)
        commands.action("shortcuts").triggered.connect(self.show_shortcuts)
        commands.action("find").triggered.connect(self.find)
        commands.action("undo").triggered.connect(self._undo)
        commands.action("redo").triggered.connect(self._redo)
        commands.action("new_deal").triggered.connect(self._new_deal)
        commands.action("import").triggered.connect(self._import)
        commands.action("export").triggered.connect(self._export)
        commands.action("profile").triggered.connect(self._ask_who)
        commands.aboutToShow.connect(self._name_undo)

    @Slot()
    def open_palette(self) -> None:
        """Find or do: over whatever is shown."""
        from funnel_desk.ui.palette import Palette

        self._commands.name_undo(*self._parts.bridge.undo_names())
        made = self._made.get("palette")
        if not isinstance(made, Palette):
            made = self._made["palette"] = Palette(
                self._window, self._parts, self._commands.shortcuts, self._do, self.add_in_one_line
            )
        made.open()

    @Slot()
    def _begin_line(self) -> None:
        self.add_in_one_line()

    def add_in_one_line(self, line: str = "") -> None:
        """A deal out of one line, with what was typed already."""
        from funnel_desk.ui.quick_add import QuickAdd

        made = self._made.get("quick_add")
        if not isinstance(made, QuickAdd):
            made = self._made["quick_add"] = QuickAdd(self._window, self._parts)
        made.open(line)

    @Slot()
    def show_shortcuts(self) -> None:
        """All keys by place, and another key for each."""
        from funnel_desk.ui.shortcut_sheet import ShortcutSheet

        made = self._made.get("shortcuts")
        if not isinstance(made, ShortcutSheet):
            made = self._made["shortcuts"] = ShortcutSheet(self._window, self._parts.look, self._commands.shortcuts)
        made.open()

    @Slot()
    def find(self) -> None:
        """Find in the view that is shown: in its own search field, or through what it lists."""
        page = self._window.page()
        if page is None or page.start_search():
            return
        made = self._made.get("find")
        if not isinstance(made, FindStrip):
            made = self._made["find"] = FindStrip(self._window)
        made.open(page)

    def _do(self, deed: Deed) -> None:
        """Do a command of a view there."""
        if deed.view:
            self._window.go(deed.view)
        deed.action.trigger()

    @Slot()
    def _new_deal(self) -> None:
        self._parts.route.go("deals", NewDeal())

    @Slot()
    def _import(self) -> None:
        from funnel_desk.ui.dialogs.import_file import start_import

        start_import(self._window, self._parts)

    @Slot()
    def _export(self) -> None:
        from funnel_desk.ui.dialogs.export_file import start_export

        start_export(self._window, self._parts)

    @Slot()
    def _ask_who(self) -> None:
        from funnel_desk.ui.dialogs.profile import ProfileDialog

        dialog = ProfileDialog(self._window)
        dialog.changed.connect(self._window.refresh)
        dialog.open()

    @Slot()
    def _undo(self) -> None:
        if not self._own_undo.undo(QApplication.focusWidget()):
            self._parts.bridge.undo()

    @Slot()
    def _redo(self) -> None:
        if not self._own_undo.redo(QApplication.focusWidget()):
            self._parts.bridge.redo()

    @Slot()
    def _name_undo(self) -> None:
        self._commands.name_undo(*self._parts.bridge.undo_names())

    def discard(self) -> None:
        """Go, with all that was made."""
        for made in self._made.values():
            made.setParent(None)
            made.deleteLater()
        self._made.clear()
        self.deleteLater()
