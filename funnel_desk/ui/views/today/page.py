"""The page of today: the list of what wants attention, and beside it the action with its words."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from funnel_desk.domain.moments import add_days
from funnel_desk.i18n import _, format_day
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.progress import Progress
from funnel_desk.queries import pipelines
from funnel_desk.queries.calls import due_calls
from funnel_desk.queries.day_lists import FIRST_ROWS, DayLists, day_lists, size_of
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.today import TodayItem
from funnel_desk.ui.absence import away
from funnel_desk.ui.call.unfinished import UnfinishedCalls
from funnel_desk.ui.route import NewDeal, StartCalls
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.today.drop_places import DropPlaces, near_days
from funnel_desk.ui.views.today.head import DayHead
from funnel_desk.ui.views.today.many import move_to
from funnel_desk.ui.views.today.panel import ActionPanel
from funnel_desk.ui.views.today.rows import BY_COMPANY, MORE, Rows
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.two_line import TwoLineView

_AT_ONCE = 3_000
"""Up to so many deals the lists are asked for at once; beyond that apart from the window."""
_MORE_ROWS = 200
_SPLIT, _GROUP, _FOLDED = "split.today", "today.group", "today.folded"


class TodayPage(Page):
    """The lists in the order in which to work through them; one item is always chosen, or several."""

    needs = FACTS | {"snooze"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._items: dict[str, TodayItem] = {}
        self._found: DayLists | None = None
        self._most: dict[str, int] = {}
        self._asked = 0
        kept = parts.memory.get(_FOLDED)
        self._folded = set(kept.split("\n")) if kept else {"resting"}
        self._away = away(parts.memory, parts.bridge.desk.workspace.id)
        self._list = TwoLineView(parts.look, _("What to do today"))
        self._list.setObjectName("today.list")
        self._panel = ActionPanel(parts, self)
        self._both = MasterDetail(parts.look, self._make_left(), self._panel, (456, 640))
        self._both.restore(parts.memory.get(_SPLIT))
        self._nothing = EmptyState(parts.look, "today", "")
        self._nothing.begun.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._nothing)
        self._listen()
        self._add_keys()
        self.setFocusProxy(self._list)
        self._has_pipeline = True
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Today"), format_day(self._parts.bridge.today(), "weekday"))

    def refresh(self) -> None:
        bridge = self._parts.bridge
        self._asked += 1
        on, most = bridge.today(), dict(self._most)

        def ask() -> DayLists:
            return bridge.ask(day_lists, on, self._away, most)

        if bridge.ask(size_of) <= _AT_ONCE:
            self._show(ask())
            return
        then = partial(self._show_if_last, self._asked)

        def work(_progress: Progress) -> DayLists:
            return ask()

        self._panel.setEnabled(False)  # no answer may be given twice
        self._parts.jobs.read("", work, then)

    def showEvent(self, event: QShowEvent) -> None:
        """A call may have been left without a result meanwhile."""
        super().showEvent(event)
        self._unfinished.look_again()

    def keep(self) -> None:
        self._parts.memory.put(_SPLIT, self._both.state())
        self._parts.memory.put(_GROUP, self._head.group())
        self._parts.memory.put(_FOLDED, "\n".join(sorted(self._folded)) or "\n")

    def _make_left(self) -> QWidget:
        left = QWidget()
        self._head = DayHead(self._parts.memory.get(_GROUP))
        self._places = DropPlaces(self._dropped)
        self._unfinished = UnfinishedCalls(self._parts)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._unfinished)
        column.addWidget(self._places)
        column.addWidget(self._list, 1)
        return left

    def _listen(self) -> None:
        listed, later = self._list, Qt.ConnectionType.QueuedConnection
        listed.selectionModel().selectionChanged.connect(self._chosen, later)
        listed.entry_opened.connect(self._opened)
        listed.entry_clicked.connect(self._clicked)
        listed.fold_wanted.connect(self._fold)
        listed.rows_dropped.connect(self._dropped, later)  # after the drag has come to its end
        listed.dragging.connect(self._drag)
        self._head.grouped.connect(self._regroup)
        self._head.deals_wanted.connect(self._show_deals)
        self._panel.finished.connect(self._both.close_detail)
        self._panel.call_wanted.connect(self._call)

    def _add_keys(self) -> None:
        for name, keys, text, days in (
            ("tomorrow", "+", _("Move to the next working day"), 1),
            ("two_days", "Shift+D", _("Move by two working days"), 2),
        ):
            action = QAction(text, self)
            action.setObjectName(f"action.today.{name}")
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, days=days: self._move_by(days))
            self.addAction(action)

    def _show_if_last(self, asked: int, found: DayLists) -> None:
        if asked == self._asked:
            self._show(found)

    def _show(self, found: DayLists) -> None:
        """Show the lists; what was chosen stays chosen, else what stands in its place is."""
        self._found = found
        self._panel.setEnabled(True)
        self._head.show_figures(found.hygiene)
        held, place, many = self._list.chosen_key(), self._list.place(), self._list.chosen_keys()
        rows = Rows(found.on, self._parts.bridge.desk.workspace.time_zone)
        company = self._head.group() == BY_COMPANY
        sections = (rows.by_company if company else rows.by_time)(found, self._folded)
        changed = self._list.sections.show_sections(sections)
        self._items = rows.items
        if not found.lists:
            self._say_nothing()
            return
        self._stack.setCurrentWidget(self._both)
        if changed:
            self._list.choose(held, place)
            if held in self._items:
                self._list.choose_all(many)
        self._chosen()

    def _say_nothing(self) -> None:
        self._panel.clear()
        self._has_pipeline = bool(self._parts.bridge.ask(pipelines.pipelines))
        if not self._has_pipeline:
            self._nothing.say(
                _("Tell first how you sell: a pipeline gives each day its steps."), _("Choose a playbook")
            )
        else:
            self._nothing.say(_("Nothing is waiting today: all deals have their next day."), _("New deal"))
        self._stack.setCurrentWidget(self._nothing)

    def _chosen_items(self) -> list[TodayItem]:
        keys = self._list.chosen_keys() or [self._list.chosen_key()]
        return [self._items[key] for key in keys if key in self._items]

    def _move_by(self, days: int) -> None:
        bridge = self._parts.bridge
        move_to(bridge, self._chosen_items(), add_days(bridge.today(), days, working=True))

    @Slot(str)
    def _dropped(self, section: str) -> None:
        """Rows were dropped on a section, or on a day."""
        bridge = self._parts.bridge
        day = near_days(bridge.today()).get(section)
        if day is None:
            bridge.refused.emit(_("Drop it on a day: today, tomorrow or this week."))
        else:
            move_to(bridge, self._chosen_items(), day)

    @Slot(bool)
    def _drag(self, begins: bool) -> None:
        if begins:
            self._places.show_days(self._parts.bridge.today())
        else:
            self._places.hide()

    @Slot(str, bool)
    def _fold(self, key: str, folded: bool) -> None:
        self._folded = self._folded | {key} if folded else self._folded - {key}
        if self._found is not None:
            self._show(self._found)
        if folded:
            self._list.choose_heading(key)
        else:
            first = self._list.sections.index_of_heading(key)
            self._list.setCurrentIndex(first.siblingAtRow(first.row() + 1))

    @Slot()
    def _regroup(self) -> None:
        if self._found is not None:
            self._show(self._found)

    @Slot()
    def _call(self) -> None:
        """Call the chosen deals; where one call is chosen, all calls that are due, beginning with it."""
        bridge, ids = self._parts.bridge, [item.deal_id for item in self._chosen_items()]
        on = bridge.today()

        def begin(due: tuple[str, ...]) -> None:
            self._parts.route.go("call", StartCalls(due if ids[0] in due else ids, first=ids[0]))

        def ask(_progress: Progress) -> tuple[str, ...]:
            return bridge.ask(due_calls, on)

        if len(ids) > 1:
            begin(())
        elif ids and bridge.ask(size_of) <= _AT_ONCE:
            begin(bridge.ask(due_calls, on))
        elif ids:
            self._parts.jobs.read("", ask, begin)

    @Slot(object)
    def _show_deals(self, deals: DealFilter) -> None:
        self._parts.route.go("deals", deals.on_day(self._parts.bridge.today()))

    @Slot()
    def _begin(self) -> None:
        if self._has_pipeline:
            self._parts.route.go("deals", NewDeal())
            return
        from funnel_desk.ui.dialogs.playbooks import ChoosePlaybook

        bridge = self._parts.bridge
        ChoosePlaybook(self.window(), lambda playbook: bridge.run(add_pipeline, playbook)).open()

    @Slot()
    def _chosen(self) -> None:
        self._panel.show_items(self._chosen_items())

    @Slot(str)
    def _opened(self, key: str) -> None:
        item = self._items.get(key)
        if item is not None and not self._both.narrow:
            self._parts.route.go("deals", item.deal_id)
        else:
            self._clicked(key)

    @Slot(str)
    def _clicked(self, key: str) -> None:
        if key.startswith(MORE):
            section = key.removeprefix(MORE)
            self._most[section] = self._most.get(section, FIRST_ROWS) + _MORE_ROWS
            self.refresh()
        elif self._list.selectionModel().selectedIndexes()[1:] == []:
            self._both.open_detail()
