"""Filling and speed: what flows in and out of each stage week by week, how old what stands there is, what is missing.

Days are cut in the workspace's zone; weeks begin on Monday (seed 004: control of filling and speed).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.moments import WEEK, Moment, day_of, days_between

AGES = (7, 30, 90)
"""The limits of the age groups, in days: up to a week, a month, a quarter, and older."""


@dataclass(frozen=True, slots=True)
class WeekFlow:
    """A week of one stage, by its Monday: stays that stood there at its start and were begun, and how they ended.

    ``at_start`` + ``begun`` = ``advanced`` + ``back`` + ``lost`` + ``handed_over`` + what stands there at its end.
    """

    monday: str
    at_start: int
    begun: int
    advanced: int
    back: int
    lost: int
    handed_over: int

    @property
    def at_end(self) -> int:
        """How many stand there when the week ends."""
        return self.at_start + self.begun - self.advanced - self.back - self.lost - self.handed_over


@dataclass(frozen=True, slots=True)
class Ages:
    """How old the stays are that go on: ``counts`` up to each of AGES and older, and the oldest, in days."""

    counts: tuple[int, ...]
    oldest: float


@dataclass(frozen=True, slots=True)
class StageFlow:
    """One stage: its weeks in order, and the ages of what stands there now."""

    weeks: tuple[WeekFlow, ...]
    ages: Ages


@dataclass(frozen=True, slots=True)
class Filling:
    """How full a stage is against what the goal needs.

    ``needed`` deals have to come through it in the ``days`` that are left, each staying ``stays`` days, so that so many
    have to stand there at any moment (Little's law: stock = flow × time). ``there`` do. None where nothing is known.
    """

    there: int
    needed: int | None
    days: int
    stays: float | None

    @property
    def wanted(self) -> int | None:
        """How many should stand there; none where the goal needs no more."""
        if self.needed is None or self.stays is None or self.days <= 0:
            return None
        return ceil(Fraction(self.needed) * Fraction(self.stays) / self.days)

    @property
    def missing(self) -> int | None:
        """How many more should stand there."""
        return None if self.wanted is None else max(self.wanted - self.there, 0)


def mondays(today: str, weeks: int) -> tuple[str, ...]:
    """The Mondays of the last so many weeks, that of today's week last."""
    day = date.fromisoformat(today)
    this = day - timedelta(days=day.weekday())
    return tuple((this - timedelta(days=WEEK * back)).isoformat() for back in reversed(range(weeks)))


def flow(
    deals: Iterable[CohortDeal], places: int, weeks: Sequence[str], *, zone: str, now: Moment
) -> tuple[StageFlow, ...]:
    """What flowed through each of so many stages in these weeks (their Mondays, in order, without a gap)."""
    tallies = [[_Week() for _ in weeks] for _ in range(places)]
    ages: dict[int, list[float]] = defaultdict(list)
    last_day = (date.fromisoformat(weeks[-1]) + timedelta(days=WEEK)).isoformat() if weeks else ""
    for deal in deals:
        visits = deal.visits
        for nth, (place, entered, left, ended) in enumerate(visits):
            if left is None:
                ages[place].append(days_between(entered, now, zone))
            begun = _week(day_of(entered, zone), weeks, last_day)
            over = len(weeks) if left is None else _week(day_of(left, zone), weeks, last_day)
            stage = tallies[place]
            for week in range(max(begun + 1, 0), min(over + 1, len(weeks))):
                stage[week].at_start += 1
            if 0 <= begun < len(weeks):
                stage[begun].begun += 1
            if 0 <= over < len(weeks) and left is not None:
                back = ended == "moved" and nth + 1 < len(visits) and visits[nth + 1].place < place
                stage[over].ended["back" if back else "advanced" if ended == "moved" else ended] += 1
    return tuple(
        StageFlow(tuple(week.shown(monday) for monday, week in zip(weeks, stage, strict=True)), _ages(ages[place]))
        for place, stage in enumerate(tallies)
    )


class _Week:
    def __init__(self) -> None:
        self.at_start = self.begun = 0
        self.ended: Counter[str] = Counter()

    def shown(self, monday: str) -> WeekFlow:
        ended = self.ended
        return WeekFlow(
            monday, self.at_start, self.begun, ended["advanced"], ended["back"], ended["lost"], ended["handed_over"]
        )


def _week(day: str, weeks: Sequence[str], last_day: str) -> int:
    """The place of the week of a day: -1 before the first, their number after the last."""
    if not weeks or day < weeks[0]:
        return -1
    if day >= last_day:
        return len(weeks)
    return (date.fromisoformat(day).toordinal() - date.fromisoformat(weeks[0]).toordinal()) // WEEK


def _ages(days: Sequence[float]) -> Ages:
    counts = [0] * (len(AGES) + 1)
    for age in days:
        counts[sum(age > limit for limit in AGES)] += 1
    return Ages(tuple(counts), max(days, default=0.0))
