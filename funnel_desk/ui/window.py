"""The window: the rail, the top bar, the views side by side with nothing over them, the strip and the message bar."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import _, format_day, format_time, translate
from funnel_desk.progress import Progress
from funnel_desk.ui import call
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.commands import Commands
from funnel_desk.ui.jobs import stopped_sentence
from funnel_desk.ui.look import Look
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.rail import Rail
from funnel_desk.ui.shortcuts import keys_of
from funnel_desk.ui.top_bar import TopBar
from funnel_desk.ui.view import Page, Parts, View
from funnel_desk.ui.widgets.labels import discard, frame
from funnel_desk.ui.widgets.message_bar import MessageBar
from funnel_desk.ui.widgets.progress_strip import ProgressStrip
from funnel_desk.ui.widgets.read_only_bar import ReadOnlyBar

_LEAST = (900, 600)
_FIRST = (1280, 800)
_COUNT_AFTER_MS = 30


class Window(QMainWindow):
    """Shown at once with its rail and bar; `furnish` gives it a desk and the first view.

    `dropped` tells the path of a file that was dropped on it; `closed` comes last of all.
    """

    closed = Signal()
    dropped = Signal(str)

    def __init__(self, look: Look, memory: Memory) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(_("Funnel Desk"))
        self.setMinimumSize(*_LEAST)
        self.resize(*_FIRST)
        self.setAcceptDrops(True)
        look.clothe(self)
        self._look, self._memory = look, memory
        self._views: dict[str, View] = {}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._parts: Parts | None = None
        self._path = Path()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count)
        geometry = memory.get("geometry")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))

    def build(self, views: Sequence[View], commands: Commands) -> None:
        """Set up rail and bar in the language of now; what was there before is thrown away."""
        self._views = {view.key: view for view in (*views, call.VIEW)}
        self._pages, self._stale, self._parts = {}, set(), None
        self.rail = Rail(self._look, views)
        self.rail.head.set_menu(commands)
        self.rail.wanted.connect(self.go)
        self._shortcuts = commands.shortcuts
        for view in views:
            press = partial(self.rail.press, view.key)
            go = commands.add(
                f"go.{view.key}", translate(view.title), view.icon, f"Ctrl+{view.order}", _("Views"), press
            )
            go.changed.connect(partial(self._say_keys, view.key, go))
            self._say_keys(view.key, go)
        self.bar = TopBar(commands.action("palette"), commands.action("new_deal"))
        self.bar.crumb_pressed.connect(self._crumb_pressed)
        self.strip = ProgressStrip()
        self.read_only = ReadOnlyBar()
        self._stack = QStackedWidget()
        content = frame("plain")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.read_only)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        self.messages = MessageBar(self._look, content)
        whole: QFrame = frame("plain")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(content, 1)
        former = self.takeCentralWidget()
        if former is not None:
            discard(former)
        self.setCentralWidget(whole)

    def welcome(self, page: QWidget) -> None:
        """Show this page alone while there is no desk yet; `furnish` throws it away."""
        self.rail.hide()
        self.bar.hide()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def furnish(self, parts: Parts, path: Path) -> None:
        """Take a desk and show the view of last time, filled."""
        greeting = self._stack.currentWidget()
        if greeting is not None and not isinstance(greeting, Page):
            self._stack.removeWidget(greeting)
            discard(greeting)
        self.rail.show()
        self.bar.show()
        self._parts = parts
        parts.bridge.work_apart(parts.jobs)
        parts.bridge.touched.connect(self._touched)
        parts.bridge.told.connect(self._tell)
        parts.bridge.refused.connect(self.messages.refuse)
        parts.jobs.began.connect(self._work_began)
        parts.jobs.advanced.connect(self.strip.advance)
        parts.jobs.ended.connect(self._work_ended)
        parts.jobs.stopped.connect(lambda what: self.messages.tell(stopped_sentence(what)))
        parts.jobs.failed.connect(parts.bridge.explain)
        self.strip.cancelled.connect(parts.jobs.cancel)
        parts.route.wanted.connect(self._arrive)
        self.setWindowTitle(path.name + " – " + _("Funnel Desk"))
        self._path = path
        self.rail.say_file(path.name, str(path), _("Saved"))
        first = self._memory.get("view")
        self.go(first if first in self._views else next(iter(self._views)))
        self._count()

    def say_backed_up(self, taken: str) -> None:
        """Say in the rail when the newest backup of the file was taken (an instant in UTC)."""
        if self._parts is None:
            return
        zone = self._parts.bridge.desk.workspace.time_zone
        day = day_of(taken, zone)
        when = format_time(taken, zone) if day == self._parts.bridge.today() else format_day(day, "short")
        self.rail.say_file(self._path.name, str(self._path), _("Saved · backed up {when}", when=when))

    @Slot(str)
    def go(self, key: str) -> None:
        """Show a view; it is made now if this is the first time."""
        if self._parts is None:
            return
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._make(key, self._parts)
        elif key in self._stale:
            self._stale.discard(key)
            page.refresh()
        self._shortcuts.take_page(page, translate(self._views[key].title), key)
        self._stack.setCurrentWidget(page)
        if self._views[key].order:  # it stands in the rail
            self.rail.select(key)
            self._memory.put("view", key)
        self._say_caption()
        page.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Ask for everything again: what no table holds has changed (who you are, the day)."""
        shown = self.page()
        self._stale = set(self._pages)
        for key, page in self._pages.items():
            if page is shown:
                self._stale.discard(key)
                page.refresh()

    def page(self) -> Page | None:
        """The view that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where things stood; whoever opened the file closes it."""
        self._counting.stop()
        for page in self._pages.values():
            page.keep()
        self._memory.put("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        super().closeEvent(event)
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped anywhere on the window."""
        if _one_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """`dropped` tells its path."""
        event.acceptProposedAction()
        self.dropped.emit(_one_file(event.mimeData()))

    def _make(self, key: str, parts: Parts) -> Page:
        page = self._views[key].make(parts)
        page.setObjectName(f"view.{key}")
        page.setAccessibleName(translate(self._views[key].title))
        page.caption_changed.connect(self._say_caption)
        self._stack.addWidget(page)
        return page

    def _say_keys(self, key: str, go: QAction) -> None:
        self.rail.show_keys(key, keys_of(go))

    @Slot()
    def _say_caption(self) -> None:
        page = self.page()
        if page is not None:
            self.bar.show_caption(page.caption(), finds=True)

    @Slot()
    def _crumb_pressed(self) -> None:
        page = self.page()
        if page is not None:
            page.leave_crumb()

    @Slot(str, object)
    def _arrive(self, key: str, destination: object) -> None:
        self.go(key)
        page = self.page()
        if page is not None and destination is not None:
            page.arrive(destination)

    @Slot(object)
    def _touched(self, news: object) -> None:
        tables: frozenset[str] = getattr(news, "tables", frozenset())
        shown = self.page()
        for key, page in self._pages.items():
            if not page.needs & tables:
                continue
            if page is shown:
                page.refresh()
            else:
                self._stale.add(key)
        self._counting.start()

    @Slot()
    def _count(self) -> None:
        """Ask what waits in each view, apart from the window: a large file may take a moment."""
        if self._parts is None:
            return
        bridge, rail = self._parts.bridge, self.rail
        for key, view in self._views.items():
            if view.attention is not None:
                ask = partial(_ask_attention, view.attention, bridge)
                self._parts.jobs.read("", ask, partial(rail.count, key))

    @Slot(str, str)
    def _tell(self, sentence: str, batch: str) -> None:
        if not batch or self._parts is None:
            self.messages.tell(sentence)
            return
        bridge = self._parts.bridge
        self.messages.tell(sentence, _("Undo"), lambda: bridge.undo(batch))

    @Slot(str, bool)
    def _work_began(self, what: str, writes: bool) -> None:
        self.strip.begin(what)
        if writes and self._parts is not None:
            self._parts.bridge.pause(_("{what}: you can look, but not change anything until it ends.", what=what))

    @Slot(bool)
    def _work_ended(self, writes: bool) -> None:
        self.strip.end()
        if writes and self._parts is not None:
            self._parts.bridge.pause("")


def _one_file(dragged: QMimeData) -> str:
    urls = dragged.urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""


def _ask_attention(attention: Callable[[Bridge], int], bridge: Bridge, _progress: Progress) -> int:
    return attention(bridge)
