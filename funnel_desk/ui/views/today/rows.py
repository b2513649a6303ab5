"""The lists of a day as the rows of the view: what each says, by time or by company."""

from collections.abc import Collection

from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import N_, _, format_day, format_days, format_number, format_time, translate
from funnel_desk.queries.day_lists import DayLists
from funnel_desk.queries.today import Section, TodayItem
from funnel_desk.ui import phrases
from funnel_desk.ui.models.sections import Entry, Heading, Section as ListSection
from funnel_desk.ui.painting import ChipText

DUE = frozenset({"overdue", "missed", "today", "tomorrow", "week"})
"""The sections whose items are an action with a day."""
MORE = "more:"
BY_TIME, BY_COMPANY = "time", "company"

_TITLES: dict[Section, str] = {
    "overdue": N_("Overdue"),
    "missed": N_("Missed while the program was closed"),
    "today": N_("Today"),
    "no_next_action": N_("No next action"),
    "stalled": N_("Stalled"),
    "tomorrow": N_("Tomorrow"),
    "week": N_("This week"),
    "resting": N_("Resting"),
}
_ICONS = {"no_next_action": "attention", "stalled": "hourglass", "resting": "hourglass"}
_TIMED = len("2026-11-22T")


class Rows:
    """Makes rows of items, in a workspace's zone, on a day."""

    def __init__(self, today: str, zone: str) -> None:
        self._today, self._zone = today, zone
        self.items: dict[str, TodayItem] = {}
        """The items by the keys of their rows."""

    def by_time(self, found: DayLists, folded: Collection[str]) -> list[ListSection]:
        """Section by section; of a folded one only the heading."""
        made = []
        for one in found.lists:
            heading = Heading(translate(_TITLES[one.section]), one.count, one.section, one.section in folded)
            entries = [] if heading.folded else [self._entry(item) for item in one.items]
            if entries and one.count > len(one.items):
                entries.append(_more(one.section, one.count - len(one.items)))
            made.append(ListSection(heading, tuple(entries)))
        return made

    def by_company(self, found: DayLists, folded: Collection[str]) -> list[ListSection]:
        """Company by company, in the order of what is most urgent; each deal once. Without a company comes last."""
        firms: dict[str, list[TodayItem]] = {}
        known: set[str] = set()
        for item in (item for one in found.lists if one.section != "resting" for item in one.items):
            if item.deal_id not in known:
                known.add(item.deal_id)
                firms.setdefault(item.company, []).append(item)
        made = []
        for name in sorted(firms, key=lambda one: one == ""):
            key = f"company:{name}"
            heading = Heading(name or _("Without a company"), len(firms[name]), key, key in folded)
            entries = () if heading.folded else tuple(self._entry(item, company=False) for item in firms[name])
            made.append(ListSection(heading, entries))
        hidden = [(one.section, one.count - len(one.items)) for one in found.lists if one.section != "resting"]
        more = tuple(_more(section, count, name=True) for section, count in hidden if count)
        return [*made, ListSection(Heading(_("Not shown yet"), sum(count for _s, count in hidden)), more)]

    def _entry(self, item: TodayItem, *, company: bool = True) -> Entry:
        key = f"{item.section}:{item.deal_id}"
        self.items[key] = item
        return Entry(
            key=key,
            title=" · ".join(part for part in (item.company if company else "", item.deal) if part),
            detail=self._detail(item),
            icon=_ICONS.get(item.section, phrases.kind_icon(item.kind)),
            chip=self._chip(item),
            figure=phrases.money(item.value, item.currency),
        )

    def _detail(self, item: TodayItem) -> str:
        stage = phrases.of(item.stage)
        if item.section == "resting":
            return item.rested
        if item.rested and item.until <= self._today and item.section in {"no_next_action", "stalled"}:
            return _("{stage}: rested, {reason}", stage=stage, reason=item.rested)
        if item.section == "no_next_action":
            since = phrases.days_between_days(item.entered[:10], self._today)
            return _("{stage}, for {days}", stage=stage, days=format_days(since))
        if item.section == "stalled":
            if is_hard(item):
                return _("{stage}: decide now, it can no longer wait", stage=stage)
            return _("{stage}: keep it or let it go", stage=stage)
        return f"{stage}: {phrases.of(item.title)}"

    def _chip(self, item: TodayItem) -> ChipText:
        if item.section == "resting":
            return ChipText(_("until {day}", day=phrases.day_words(item.until, self._today)), "plain")
        if item.section == "no_next_action":
            return ChipText(_("plan one"), "warn")
        return _stalled_chip(item) if item.section == "stalled" else self._due_chip(item)

    def _due_chip(self, item: TodayItem) -> ChipText:
        due = item.due or ""
        timed = len(due) > _TIMED
        if item.days_late > 0:
            return ChipText(format_days(item.days_late), "bad")
        if item.section == "week":
            return ChipText(format_day(day_of(due, self._zone), "weekday"), "plain")
        shown = format_time(due, self._zone) if timed else _("any time")
        return ChipText(shown, "plain" if item.section == "tomorrow" else "accent")


def _stalled_chip(item: TodayItem) -> ChipText:
    days = format_days(item.days_late)
    if is_hard(item):
        return ChipText(_("{days}, at most {limit}", days=days, limit=item.hard_limit), "bad")
    return ChipText(_("{days}, limit {limit}", days=days, limit=item.limit), "plain")


def is_hard(item: TodayItem) -> bool:
    """Whether a stalled deal is beyond the limit after which it can no longer wait."""
    return item.section == "stalled" and item.hard_limit is not None and item.days_late > item.hard_limit


def _more(section: Section, count: int, *, name: bool = False) -> Entry:
    more = _("And {n} more", n=format_number(count))
    title = f"{translate(_TITLES[section])}: {more}" if name else more
    return Entry(f"{MORE}{section}", title, _("Show more of them"), "more")
