"""The page of today: the list of what wants attention, and beside it the action with its words."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout

from funnel_desk.i18n import N_, _, format_day, format_days, format_number, translate
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries import pipelines
from funnel_desk.queries.today import Section, Today, TodayItem, today
from funnel_desk.ui import phrases
from funnel_desk.ui.models.sections import Entry, Heading, Section as ListSection
from funnel_desk.ui.painting import ChipText
from funnel_desk.ui.route import NewDeal
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.today.panel import ActionPanel
from funnel_desk.ui.widgets.empty_state import EmptyState
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.two_line import TwoLineView

_TITLES: dict[Section, str] = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "no_next_action": N_("No next action"),
    "stalled": N_("Stalled"),
}
_MOST = 200
_MORE = "more:"


class TodayPage(Page):
    """Four lists in the order in which to work through them; one item is always chosen."""

    needs = FACTS

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._items: dict[str, TodayItem] = {}
        self._list = TwoLineView(parts.look, _("What to do today"))
        self._panel = ActionPanel(parts, self)
        self._both = MasterDetail(parts.look, self._list, self._panel, (456, 640))
        self._both.restore(parts.memory.get("split.today"))
        self._nothing = EmptyState(parts.look, "today", "")
        self._nothing.begun.connect(self._begin)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._nothing)
        self._list.entry_chosen.connect(self._chosen)
        self._list.entry_opened.connect(self._opened)
        self._list.entry_clicked.connect(self._clicked)
        self._panel.finished.connect(self._both.close_detail)
        self.setFocusProxy(self._list)
        self._has_pipeline = True
        self.refresh()

    def caption(self) -> Caption:
        return Caption(_("Today"), format_day(self._parts.bridge.today(), "weekday"))

    def refresh(self) -> None:
        bridge = self._parts.bridge
        found = bridge.ask(today, bridge.today())
        held, place = self._list.chosen_key(), self._list.place()
        self._items = {}
        changed = self._list.sections.show_sections(
            [
                self._section("overdue", found.overdue),
                self._section("today", found.today),
                self._section("no_next_action", found.no_next_action),
                self._section("stalled", found.stalled),
            ]
        )
        if not self._items:
            self._say_nothing(found)
            return
        self._stack.setCurrentWidget(self._both)
        if changed:
            self._list.choose(held, place)
        self._chosen(self._list.chosen_key())

    def keep(self) -> None:
        self._parts.memory.put("split.today", self._both.state())

    def _section(self, name: Section, items: tuple[TodayItem, ...]) -> ListSection:
        entries = []
        for item in items[:_MOST]:
            entry = self._entry(item)
            self._items[entry.key] = item
            entries.append(entry)
        if len(items) > _MOST:
            more = _("And {n} more", n=format_number(len(items) - _MOST))
            entries.append(Entry(f"{_MORE}{name}", more, _("See them all in Deals"), "more"))
        return ListSection(Heading(translate(_TITLES[name]), len(items)), tuple(entries))

    def _entry(self, item: TodayItem) -> Entry:
        title = " · ".join(part for part in (item.company, item.deal) if part)
        step = phrases.of(item.title)
        if item.section == "no_next_action":
            since = phrases.days_between_days(item.entered[:10], self._parts.bridge.today())
            detail = _("{stage}, for {days}", stage=phrases.of(item.stage), days=format_days(since))
        elif item.section == "stalled":
            detail = _("{stage}: keep it or let it go", stage=phrases.of(item.stage))
        else:
            detail = f"{phrases.of(item.stage)}: {step}"
        return Entry(
            key=f"{item.section}:{item.deal_id}",
            title=title,
            detail=detail,
            icon={"no_next_action": "attention", "stalled": "hourglass"}.get(item.section, item.kind),
            chip=self._chip(item),
            figure=phrases.money(item.value, item.currency),
        )

    def _chip(self, item: TodayItem) -> ChipText:
        if item.section == "overdue":
            return ChipText(format_days(item.days_late), "bad")
        if item.section == "no_next_action":
            return ChipText(_("plan one"), "warn")
        if item.section == "stalled":
            return ChipText(_("{days}, limit {limit}", days=format_days(item.days_late), limit=item.limit), "plain")
        bridge = self._parts.bridge
        zone = bridge.desk.workspace.time_zone
        day, _late = phrases.due(item.due, bridge.today(), zone)
        return ChipText(_("any time") if len(item.due or "") <= len("2026-11-22") else day, "accent")

    def _say_nothing(self, found: Today) -> None:
        self._panel.clear()
        self._has_pipeline = bool(self._parts.bridge.ask(pipelines.pipelines))
        if not self._has_pipeline:
            self._nothing.say(
                _("Tell first how you sell: a pipeline gives each day its steps."), _("Choose a playbook")
            )
        elif found.count == 0:
            self._nothing.say(_("Nothing is waiting today: all deals have their next day."), _("New deal"))
        self._stack.setCurrentWidget(self._nothing)

    @Slot()
    def _begin(self) -> None:
        if self._has_pipeline:
            self._parts.route.go("deals", NewDeal())
            return
        from funnel_desk.ui.dialogs.playbooks import ChoosePlaybook

        bridge = self._parts.bridge
        ChoosePlaybook(self.window(), lambda playbook: bridge.run(add_pipeline, playbook)).open()

    @Slot(str)
    def _chosen(self, key: str) -> None:
        item = self._items.get(key)
        if item is None:
            self._panel.clear()
        else:
            self._panel.show_item(item)

    @Slot(str)
    def _opened(self, key: str) -> None:
        item = self._items.get(key)
        if item is not None and not self._both.narrow:
            self._parts.route.go("deals", item.deal_id)
        else:
            self._clicked(key)

    @Slot(str)
    def _clicked(self, key: str) -> None:
        if key.startswith(_MORE):
            self._parts.route.go("deals")
        else:
            self._both.open_detail()
