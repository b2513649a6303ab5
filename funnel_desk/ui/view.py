"""What a view is: how it is listed in the rail, what it is given, and what the window asks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from funnel_desk import registry
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.jobs import Jobs
from funnel_desk.ui.look import Look
from funnel_desk.ui.memory import Memory
from funnel_desk.ui.route import PastOf, Route

FACTS = frozenset({
    "deal", "stage_event", "touched_step", "activity", "company", "contact", "pipeline", "stage", "step", "objection",
    "lost_reason", "workspace", "criterion", "obstacle", "stakeholder", "condition", "risk", "terms_request",
    "satisfaction", "claim", "waiting", "feedback", "own_field",
})  # fmt: skip
"""The tables of which a deal is made; a view that shows deals needs the news of all of them."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What every view may use."""

    bridge: Bridge
    jobs: Jobs
    look: Look
    memory: Memory
    route: Route


@dataclass(frozen=True, slots=True)
class Caption:
    """What the top bar says: where this lies (a way back), the title, and a note beside it."""

    title: str
    note: str = ""
    crumb: str = ""


class Page(QWidget):
    """A view on screen. It is made when it is first shown, and is refreshed when something it `needs` was touched.

    Its `actions()` are what can be done in it: the palette finds them, the sheet of shortcuts lists and remaps them.
    """

    caption_changed = Signal()
    needs: frozenset[str] = frozenset()
    """The tables whose news concern it."""
    has_search = False
    """Whether it has a search field of its own, so that the bar need not offer one."""

    def add_deed(self, key: str, text: str, do: Callable[[], object], keys: str = "") -> QAction:
        """One more thing that can be done here, by these keys ("Alt+Up"); its object name is `action.KEY`."""
        action = QAction(text, self)
        action.setObjectName(f"action.{key}")
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: do())
        self.addAction(action)
        return action

    def caption(self) -> Caption:
        """What the top bar says while this page is shown."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask again and show what is true now, keeping what the person has selected."""
        raise NotImplementedError

    def arrive(self, destination: object) -> None:
        """Somebody came here to see this (a deal's id, a filter)."""

    def leave_crumb(self) -> None:
        """Somebody pressed the crumb in the top bar."""

    def start_search(self) -> bool:
        """Put the cursor into the page's own search field; False if it has none."""
        return False

    def chosen_deals(self) -> object:
        """The filter of the deals that it lists; None where it lists none, or cannot say."""
        return None

    def past_of(self) -> PastOf | None:
        """The one thing that it shows now and that has a past; None where there is none."""
        return None

    def keep(self) -> None:
        """The window closes: tell the memory what should be the same tomorrow."""


@dataclass(frozen=True, slots=True)
class View:
    """An entry of the rail. Files of `ui/views` have one each, named VIEW.

    `title` is a template of words; `order` is its place and its Ctrl+digit (0: one comes to it by another way);
    `attention` counts what waits there.
    """

    key: str
    title: str
    icon: str
    order: int
    make: Callable[[Parts], Page]
    attention: Callable[[Bridge], int] | None = None


def listed(views: ModuleType) -> list[View]:
    """The views of a folder in the order of the rail."""
    return sorted(registry.discover_kind(views, "VIEW", View).values(), key=lambda view: view.order)
