"""The steps of a weekly review as rows: deals to decide about, and figures to look at; each step has at least one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.slips import FICTION
from funnel_desk.i18n import N_, _, format_day, format_days, format_number, format_percent, ngettext, translate
from funnel_desk.queries.day_lists import DayLists
from funnel_desk.queries.today import Section, TodayItem
from funnel_desk.queries.weekly_review import WEEKS_BEFORE, ReviewedDeal, WeeklyReview
from funnel_desk.ui import phrases
from funnel_desk.ui.models.sections import Entry, Heading, Section as ListSection
from funnel_desk.ui.painting import ChipText

MOST_ROWS = 50
"""Of each step so many deals are listed; the list of deals has all of them."""


class Step(NamedTuple):
    """A step of the review: its title, what to ask oneself (the question marked), its icon, what to say of nothing."""

    title: str
    asks: str
    icon: str
    nothing: str = ""


STEPS: Mapping[str, Step] = {
    "lost": Step(
        N_("Lost this week"),
        N_("Read why each was lost. **Is one reason there twice, and what would have answered it?**"),
        "lost",
        N_("No deal was lost this week."),
    ),
    "stalled": Step(
        N_("Stalled"),
        N_("Nobody has touched it for longer than its stage allows. **Keep it with a next action, or let it go?**"),
        "hourglass",
        N_("Nothing has stalled."),
    ),
    "without": Step(
        N_("No next action"),
        N_("A deal without a next action is forgotten. **What happens next, and on which day?**"),
        "attention",
        N_("Each open deal has its next action."),
    ),
    "slipped": Step(
        N_("Closing day put off"),
        N_("A day that was put off three times is a wish. **Which day would the client confirm?**"),
        "today",
        N_("No closing day was put off this week."),
    ),
    "won": Step(
        N_("Won this week"),
        N_("Look at what went well. **What did you do there that can be done again?**"),
        "won",
        N_("No deal was won this week."),
    ),
    "changes": Step(
        N_("What changed"),
        N_("This week against the weeks before. **Is it a change, or chance?**"),
        "funnel",
    ),
    "load": Step(
        N_("Next week"),
        N_("What is planned for each day. **Which day is too full, and which one is free for new clients?**"),
        "task",
    ),
    "order": Step(
        N_("In order"),
        N_("How well the open deals are kept. **Which of the three do you mend first?**"),
        "check",
    ),
    "note": Step(
        N_("Note and decisions"),
        N_("Write down what you saw. **What do you decide for next week?**"),
        "note",
    ),
}
OF_NOW = frozenset({"stalled", "without", "order"})
"""Steps that show how things are now, and say nothing about a week that is over."""
_LISTS: Mapping[str, Section] = {"stalled": "stalled", "without": "no_next_action"}


@dataclass(frozen=True, slots=True)
class Week:
    """What a review shows: the week, and the lists of today where the week is the present one."""

    review: WeeklyReview
    lists: DayLists | None

    @property
    def is_now(self) -> bool:
        """Whether today lies in it."""
        return (self.review.week.first or "") <= self.review.today <= (self.review.week.last or "")

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps to go through."""
        return tuple(key for key in STEPS if self.is_now or key not in OF_NOW)


WeekDeal = ReviewedDeal | TodayItem


def deals_of(week: Week, step: str) -> tuple[int, Sequence[WeekDeal]]:
    """How many deals a step is about, and the first of them."""
    if step in _LISTS:
        found = next((one for one in week.lists.lists if one.section == _LISTS[step]), None) if week.lists else None
        return (found.count, found.items) if found else (0, ())
    deals: Sequence[ReviewedDeal] = getattr(week.review, step, ()) if step in {"lost", "won", "slipped"} else ()
    return len(deals), deals[:MOST_ROWS]


def sections_of(week: Week) -> tuple[list[ListSection], dict[str, WeekDeal]]:
    """The rows of all steps, and the deals by the keys of their rows (``step:deal``)."""
    known: dict[str, WeekDeal] = {}
    made = []
    for number, key in enumerate(week.steps, start=1):
        count, deals = deals_of(week, key)
        step = STEPS[key]
        entries = [_entry(week, key, deal) for deal in deals]
        known |= {entry.key: deal for entry, deal in zip(entries, deals, strict=True)}
        if count > len(deals):
            more = _("And {n} more", n=format_number(count - len(deals)))
            entries.append(Entry(f"{key}:", more, _("Show them in the list of deals"), "more"))
        elif not deals:
            entries.append(Entry(f"{key}:", *_summary(week, key), step.icon))
        title = _("{number}. {step}", number=number, step=translate(step.title))
        made.append(ListSection(Heading(title, count if step.nothing else None), tuple(entries)))
    return made, known


def _summary(week: Week, key: str) -> tuple[str, str]:
    """What stands in a step without deals."""
    review = week.review
    if STEPS[key].nothing:
        return translate(STEPS[key].nothing), _("On to the next step")
    if key == "changes":
        return verdict_of(review), _("New deals: {n}", n=format_number(review.arrived))
    if key == "load":
        count = sum(review.load.values())
        return ngettext("{n} action is planned", "{n} actions are planned", count), _fullest(review)
    if key == "order":
        rate = review.hygiene.without_action
        return _("No next action: {share}", share=share_of(rate)), _("Open deals: {n}", n=format_number(rate.base))
    note = review.note
    if note is None:
        return _("Nothing is noted yet"), _("What did this week teach, and what follows?")
    first = (note.decisions or note.text).split("\n")[0]
    return _("Noted"), first


def share_of(rate: Rate) -> str:
    """A share with what it is made of."""
    part, base = format_number(rate.part), format_number(rate.base)
    if rate.value is None:
        return _("none")
    return _("{part} of {base}, {share}", part=part, base=base, share=format_percent(rate.value))


def verdict_of(review: WeeklyReview) -> str:
    """Whether deals are won more often than before, where that can be said."""
    return {
        "better": _("Deals are won more often than before"),
        "worse": _("Deals are won less often than before"),
        "too_early": _("Too early to say whether anything changed"),
    }[review.rates.verdict]


def lines_of(week: Week, key: str) -> list[tuple[str, str]]:
    """The figures of a step."""
    review = week.review
    if key == "changes":
        return [
            (_("New deals, and in the week before"), _beside(review.arrived, review.arrived_before)),
            (_("Won, and in the week before"), _beside(len(review.won), review.won_before)),
            (_("Lost"), format_number(len(review.lost))),
            (_("Won of those closed"), share_of(review.rates.share)),
            (_("Won of those closed in {n} weeks before", n=WEEKS_BEFORE), share_of(review.rates.other)),
        ]
    if key == "load":
        return [(format_day(day, "weekday"), format_number(count)) for day, count in review.load.items()]
    if key == "order":
        kept = review.hygiene
        return [
            (_("No next action"), share_of(kept.without_action)),
            (_("Overdue"), share_of(kept.overdue)),
            (_("Stalled"), share_of(kept.stalled)),
        ]
    return []


def _beside(now: int, before: int) -> str:
    return _("{now}, before {before}", now=format_number(now), before=format_number(before))


def _fullest(review: WeeklyReview) -> str:
    day, count = max(review.load.items(), key=lambda one: one[1])
    return _("Most on {day}: {n}", day=format_day(day, "weekday"), n=count) if count else _("The week is still free")


def _entry(week: Week, step: str, deal: WeekDeal) -> Entry:
    name = deal.title if isinstance(deal, ReviewedDeal) else deal.deal
    detail, chip = _said(week, step, deal)
    return Entry(
        key=f"{step}:{deal.deal_id}",
        title=" · ".join(part for part in (deal.company, name) if part),
        detail=detail,
        icon=STEPS[step].icon,
        chip=chip,
        figure=phrases.money(deal.value, deal.currency),
    )


def _said(week: Week, step: str, deal: WeekDeal) -> tuple[str, ChipText]:
    if isinstance(deal, TodayItem):
        days = deal.days_late
        if step == "without":
            days = phrases.days_between_days(deal.entered[:10], week.review.today)
        return phrases.of(deal.stage), ChipText(format_days(days), "warn" if step == "without" else "plain")
    if step == "slipped":
        times = ngettext("put off {n} time", "put off {n} times", deal.times)
        later = _("{days} later", days=format_days(deal.slipped_days))
        if deal.times >= FICTION:
            return f"{later}, {times}", ChipText(_("a wish"), "bad")
        return f"{later}, {times}", ChipText(format_day(deal.on_day, "short"), "plain")
    stage = phrases.of(deal.stage) if deal.stage else ""
    why = phrases.of(deal.why)
    said = f"{stage}: {why}" if why else stage
    return said, ChipText(format_day(deal.on_day, "short"), "bad" if step == "lost" else "accent")
