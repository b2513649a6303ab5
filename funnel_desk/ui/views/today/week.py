"""The weekly review: a guided half hour, step by step, and the weeks before to leaf through."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from funnel_desk.domain.moments import WEEK, add_days
from funnel_desk.i18n import _, format_day
from funnel_desk.progress import Progress
from funnel_desk.queries.day_lists import day_lists, size_of
from funnel_desk.queries.deals import DealFilter
from funnel_desk.queries.weekly_review import weekly_review
from funnel_desk.ui.view import FACTS, Caption, Page, Parts
from funnel_desk.ui.views.today.week_panel import WeekPanel
from funnel_desk.ui.views.today.week_rows import MOST_ROWS, Week, WeekDeal, sections_of
from funnel_desk.ui.widgets.labels import Elided, frame
from funnel_desk.ui.widgets.master_detail import MasterDetail
from funnel_desk.ui.widgets.two_line import TwoLineView

_AT_ONCE = 3_000
"""Up to so many deals the week is asked for at once; beyond that apart from the window."""
_SPLIT = "split.week"
_ALL_OF = {
    "stalled": DealFilter(outcomes=("open",), stalled=True),
    "without": DealFilter(outcomes=("open",), without_action=True),
    "lost": DealFilter(outcomes=("lost",)),
    "won": DealFilter(outcomes=("won",)),
    "slipped": DealFilter(outcomes=("open",)),
}


class WeekPage(Page):
    """Rows by step at the left, the question of the step and what can be done at the right."""

    needs = FACTS | {"snooze", "review"}

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._on: str | None = None
        self._week: Week | None = None
        self._deals: dict[str, WeekDeal] = {}
        self._asked = 0
        self._list = TwoLineView(parts.look, _("Steps of the weekly review"))
        self._list.setObjectName("week.list")
        self._list.setDragEnabled(False)
        self._panel = WeekPanel(parts, self)
        self._both = MasterDetail(parts.look, self._make_left(), self._panel, (456, 640))
        self._both.restore(parts.memory.get(_SPLIT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._both)
        later = Qt.ConnectionType.QueuedConnection
        self._list.entry_chosen.connect(self._chosen, later)
        self._list.entry_clicked.connect(self._clicked)
        self._list.entry_opened.connect(self._opened)
        self._panel.next_wanted.connect(self.next_step)
        self.add_deed("week.former_step", _("Former step"), partial(self._walk, -1), "K")
        self.add_deed("week.keep_note", _("Keep the note"), self._panel.note.save, "Ctrl+Return")
        self.setFocusProxy(self._list)
        self.refresh()

    @property
    def on_day(self) -> str | None:
        """A day of the week that is shown; None is this week."""
        return self._on

    def caption(self) -> Caption:
        return Caption(_("Weekly review"), _week_words(self._week) if self._week else "")

    def refresh(self) -> None:
        bridge = self._parts.bridge
        self._asked += 1
        on, today, now = self._on, bridge.today(), bridge.desk.clock()

        def ask() -> Week:
            review = bridge.ask(weekly_review, now=now, on_day=on)
            lists = bridge.ask(day_lists, today, None, None, MOST_ROWS) if on is None else None
            return Week(review, lists)

        if bridge.ask(size_of) <= _AT_ONCE:
            self._show(ask())
            return

        def work(_progress: Progress) -> Week:
            return ask()

        self._panel.setEnabled(False)  # nothing may be done twice
        self._parts.jobs.read("", work, partial(self._show_if_last, self._asked))

    def keep(self) -> None:
        self._parts.memory.put(_SPLIT, self._both.state())

    @Slot()
    def next_step(self) -> None:
        """Go on to the first row of the next step."""
        self._walk(1)

    def _make_left(self) -> QWidget:
        left = QWidget()
        head = QFrame()
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        self._name = Elided("", "name", name="week.name")
        self._earlier = self._button("earlier", "chevron-left", _("The week before"), partial(self._leaf, -WEEK))
        self._later = self._button("later", "chevron-right", _("The week after"), partial(self._leaf, WEEK))
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        row.addSpacing(8)
        row.addWidget(self._name, 1)
        self.add_deed("week.before", _("The week before"), self._earlier.click, "Alt+Left")
        self.add_deed("week.after", _("The week after"), self._later.click, "Alt+Right")
        rule = frame("line")
        rule.setFixedHeight(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(rule)
        column.addWidget(self._list, 1)
        return left

    def _button(self, name: str, icon: str, text: str, do: partial[None]) -> QPushButton:
        made = QPushButton()
        made.setObjectName(f"week.{name}")
        made.setProperty("role", "quiet")
        made.setAccessibleName(text)
        made.setToolTip(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._parts.look.dress(made, icon, "dim")
        made.clicked.connect(lambda _checked=False: do())
        return made

    def _show_if_last(self, asked: int, week: Week) -> None:
        if asked == self._asked:
            self._show(week)

    def _show(self, week: Week) -> None:
        self._panel.setEnabled(True)
        self._week = week
        held, place = self._list.chosen_key(), self._list.place()
        sections, self._deals = sections_of(week)
        changed = self._list.sections.show_sections(sections)
        self._later.setEnabled(not week.is_now)
        self._name.setText(_week_words(week))
        self.caption_changed.emit()
        if changed:
            self._list.choose(held, place)
        self._chosen(self._list.chosen_key())

    def _leaf(self, days: int) -> None:
        if self._week is None:
            return
        if self._panel.note.is_changed:
            self._panel.note.save()
        day = add_days(self._week.review.week.first or "", days)
        self._on = None if day <= self._week.review.today < add_days(day, WEEK) else day
        self.refresh()

    def _walk(self, way: int) -> None:
        """To the first row of a neighbouring step."""
        if self._week is None:
            return
        steps = self._week.steps
        here = _step_of(self._list.chosen_key())
        place = steps.index(here) + way if here in steps else 0
        if 0 <= place < len(steps):
            self._go_to(steps[place])

    def _go_to(self, step: str) -> None:
        keys = (
            entry.key for index in self._list.sections.entry_indexes() if (entry := self._list.sections.entry(index))
        )
        first = next((key for key in keys if key.startswith(f"{step}:")), "")
        self._list.choose(first)
        if step == "note":
            self._both.open_detail()
            self._panel.note.begin()

    @Slot(str)
    def _chosen(self, key: str) -> None:
        step = _step_of(key)
        if self._week is not None and step in self._week.steps:
            self._panel.show_row(self._week, step, self._deals.get(key))

    @Slot(str)
    def _clicked(self, key: str) -> None:
        if self._is_more(key):
            self._opened(key)
        else:
            self._both.open_detail()

    @Slot(str)
    def _opened(self, key: str) -> None:
        """Enter on a deal shows it; on "and more" the list of all; on a figure goes on to the next step."""
        deal, step = self._deals.get(key), _step_of(key)
        if deal is not None and not self._both.narrow:
            self._parts.route.go("deals", deal.deal_id)
        elif self._is_more(key):
            self._parts.route.go("deals", _ALL_OF[step].on_day(self._parts.bridge.today()))
        elif step == "note" or deal is not None:
            self._both.open_detail()
            if step == "note":
                self._panel.note.begin()
        else:
            self.next_step()

    def _is_more(self, key: str) -> bool:
        step = _step_of(key)
        return key == f"{step}:" and any(known.startswith(key) for known in self._deals)


def _week_words(week: Week) -> str:
    first, last = week.review.week.first or "", week.review.week.last or ""
    days = _("{first} – {last}", first=format_day(first, "short"), last=format_day(last, "short"))
    return _("This week, {days}", days=days) if week.is_now else days


def _step_of(key: str) -> str:
    return key.partition(":")[0]
