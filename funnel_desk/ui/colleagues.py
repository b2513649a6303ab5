"""Colleagues and the past in the menu: sharing, merging, what happened to a thing, a file that somebody else holds."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from funnel_desk.ui.commands import Commands
from funnel_desk.ui.view import Page, Parts
from funnel_desk.ui.widgets.read_only_bar import ReadOnlyBar

SHARE_SUFFIX = ".funnelshare"
_WRITING = ("new_deal", "quick_add", "undo", "redo", "import", "merge")


class Colleagues(QObject):
    """Made for one desk. `why_not`: why nothing can be changed in its file; then the commands that write say so."""

    def __init__(
        self,
        window: QWidget,
        bar: ReadOnlyBar,
        commands: Commands,
        parts: Parts,
        why_not: str,
        again: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._parts, self._again = window, parts, again
        commands.action("share").triggered.connect(self._share)
        commands.action("merge").triggered.connect(self._merge)
        commands.action("past").triggered.connect(self._past)
        parts.bridge.read_only(why_not)
        bar.say(why_not)
        bar.try_again.connect(self._try_again)
        if why_not:
            for key in _WRITING:
                action = commands.action(key)
                action.setEnabled(False)
                action.setToolTip(why_not)

    @Slot()
    def _share(self) -> None:
        from funnel_desk.ui.dialogs.share_file import start_share

        start_share(self._window, self._parts)

    @Slot()
    def _merge(self) -> None:
        from funnel_desk.ui.dialogs.merge_file import ask_merge_file

        ask_merge_file(self._window, self._parts)

    @Slot()
    def _past(self) -> None:
        """Show the past of what the view shows, or the history where that is nothing of its own."""
        page = getattr(self._window, "page", lambda: None)()
        self._parts.route.go("history", page.past_of() if isinstance(page, Page) else None)

    @Slot()
    def _try_again(self) -> None:
        self._again()
