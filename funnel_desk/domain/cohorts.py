"""Conversion over time: the deals of each month, how far they came until now, and which months are still maturing.

Beside it the marks of what was changed in the way of selling, with what came before and after each (seed 002).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import day_of, days_between

MONTH_LENGTH = 7


@dataclass(frozen=True, slots=True)
class MonthCohort:
    """The deals that arrived in a month (``YYYY-MM``): M9 and M5 step by step (up to the won stage), so far.

    ``maturing`` of them are open and younger than a deal usually takes to be won: their month may yet rise.
    ``conversions`` leaves out deals whose path is unknown.
    """

    month: str
    deals: int
    won: int
    lost: int
    maturing: int
    conversions: tuple[Rate, ...]

    @property
    def win_rate(self) -> Rate:
        """M9."""
        return Rate(self.won, self.won + self.lost)

    @property
    def yielded(self) -> Rate:
        """M10: won of all that arrived."""
        return Rate(self.won, self.deals)


@dataclass(frozen=True, slots=True)
class Marked:
    """A change in the way of selling: the same conversion of deals that arrived before it, and from its day on.

    ``place`` is that of the stage it is about, whose conversion to the next is meant; None means M9 of all.
    """

    mark: ChangeMark
    place: int | None
    comparison: Comparison
    maturing: int


def month_cohorts(
    deals: Iterable[CohortDeal], won_place: int, *, zone: str, now: str, usual_days_to_win: float | None
) -> tuple[MonthCohort, ...]:
    """The deals by the month in which they arrived, the earliest first; months without any are left out."""
    months: dict[str, list[CohortDeal]] = defaultdict(list)
    for deal in deals:
        months[day_of(deal.arrived, zone)[:MONTH_LENGTH]].append(deal)
    return tuple(
        MonthCohort(
            month,
            len(group),
            sum(deal.outcome == "won" for deal in group),
            sum(deal.outcome == "lost" for deal in group),
            _maturing(group, zone, now, usual_days_to_win),
            tuple(converted(group, place) for place in range(won_place)),
        )
        for month, group in sorted(months.items())
    )


def marked(
    deals: Sequence[CohortDeal],
    marks: Iterable[tuple[ChangeMark, int | None]],
    *,
    zone: str,
    now: str,
    usual_days_to_win: float | None,
) -> tuple[Marked, ...]:
    """What came before and after each mark, with the place of its stage before the sale if it is about one.

    Before a mark counts from the mark before it on, and after it until the next one of the same stage: what was changed
    twice is not judged by what neither change was about.
    """
    ordered = sorted(marks, key=lambda one: (one[0].on_day, one[0].id))
    found: list[Marked] = []
    for nth, (mark, place) in enumerate(ordered):
        days = [other.on_day for other, where in ordered[:nth] if where == place and other.on_day < mark.on_day]
        later = [other.on_day for other, where in ordered[nth + 1 :] if where == place and other.on_day > mark.on_day]
        first, last = days[-1] if days else "", later[0] if later else "~"
        before = [deal for deal in deals if first <= day_of(deal.arrived, zone) < mark.on_day]
        after = [deal for deal in deals if mark.on_day <= day_of(deal.arrived, zone) < last]
        comparison = Comparison(converted(after, place), converted(before, place))
        found.append(Marked(mark, place, comparison, _maturing(after, zone, now, usual_days_to_win)))
    return tuple(found)


def converted(deals: Iterable[CohortDeal], place: int | None) -> Rate:
    """M9 of decided deals; with a place M7 from it to the next stage: open deals that wait there have not failed."""
    part = base = 0
    for deal in deals:
        if place is None:
            base += deal.outcome in ("won", "lost")
            part += deal.outcome == "won"
        elif deal.path_known and deal.visits:
            furthest = max(visit.place for visit in deal.visits)
            beyond = furthest > place
            base += beyond or (furthest == place and deal.outcome not in ("open", "handed_over"))
            part += beyond
    return Rate(part, base)


def _maturing(deals: Iterable[CohortDeal], zone: str, now: str, usual: float | None) -> int:
    if usual is None:
        return 0
    return sum(deal.outcome == "open" and days_between(deal.arrived, now, zone) < usual for deal in deals)
