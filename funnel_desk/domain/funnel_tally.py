"""Counting deals for the funnel: raw counts, taken deal by deal, which can be pooled. No rates yet."""

from collections import Counter
from dataclasses import dataclass, field

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.moments import Moment, days_between
from funnel_desk.domain.periods import Bounds


@dataclass(slots=True)
class StageTally:
    """The counts of one stage.

    ``furthest`` counts the deals that came no further, ``waiting`` those of them that are open or went to another
    pipeline, ``strict_end`` those that were in every stage up to this one and not in the next. ``value`` is that of the
    deals that came no further, by currency.
    """

    entered: int = 0
    at_start: int = 0
    touched: int = 0
    now: int = 0
    advanced: int = 0
    moved_back: int = 0
    lost: int = 0
    handed_over: int = 0
    furthest: int = 0
    waiting: int = 0
    strict_end: int = 0
    lost_here: int = 0
    without_value: int = 0
    value: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    days: list[float] = field(default_factory=list)
    going_days: list[float] = field(default_factory=list)

    def pool(self, other: "StageTally") -> None:
        """Take the counts of another set of deals."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.value.update(other.value)
        self.reasons.update(other.reasons)
        self.days += other.days
        self.going_days += other.going_days


_SUMS = tuple(name for name, item in StageTally.__dataclass_fields__.items() if item.type is int)


class Tally:
    """The counts of a set of deals; ``add`` takes one more, ``pool`` takes those of another set."""

    def __init__(self, places: int, zone: str, now: Moment, bounds: Bounds | None) -> None:
        self._zone, self._now, self._bounds = zone, now, bounds
        self.outcomes: Counter[str] = Counter()
        self.unknown_path = 0
        self.won_then_lost = 0
        self.won_without_value = 0
        self.won_value: Counter[str] = Counter()
        self.days_to_win: list[float] = []
        self.negative = 0
        self.open_ages: list[float] = []
        self.stages = [StageTally() for _ in range(places)]

    def add(self, deal: CohortDeal) -> None:
        """Count one more deal."""
        self.outcomes[deal.outcome] += 1
        self.unknown_path += not deal.path_known
        self.won_then_lost += deal.won_then_lost
        if deal.outcome == "won":
            self._add_win(deal)
        elif deal.outcome == "open":
            self.open_ages.append(days_between(deal.arrived, self._now, self._zone))
        been = self._add_visits(deal)
        if deal.path_known and been:
            self._add_path(deal, been)

    def pool(self, other: "Tally") -> None:
        """Take the counts of another set of deals, none of which is in this one."""
        self.outcomes.update(other.outcomes)
        self.unknown_path += other.unknown_path
        self.won_then_lost += other.won_then_lost
        self.won_without_value += other.won_without_value
        self.won_value.update(other.won_value)
        self.days_to_win += other.days_to_win
        self.negative += other.negative
        self.open_ages += other.open_ages
        for mine, its in zip(self.stages, other.stages, strict=True):
            mine.pool(its)

    def _add_win(self, deal: CohortDeal) -> None:
        if deal.value is None:
            self.won_without_value += 1
        else:
            self.won_value[deal.currency] += deal.value
        if deal.won_at is not None:
            days = days_between(deal.first_contact, deal.won_at, self._zone)
            if days < 0:
                self.negative += 1
            else:
                self.days_to_win.append(days)

    def _add_visits(self, deal: CohortDeal) -> int:
        """M1, M2, M8 and M12: each stay is begun, or was there at the start, and ends in one of four ways or goes on.

        Gives the places where the deal has been, as bits.
        """
        visits, been = deal.visits, 0
        for nth, (place, entered, left, ended) in enumerate(visits):
            stage = self.stages[place]
            again = been >> place & 1
            been |= 1 << place
            stage.touched += not again
            if self._bounds is not None and self._bounds.is_before(entered):
                stage.at_start += 1
            else:
                stage.entered += 1
            if left is None:
                stage.now += 1
                stage.going_days.append(days_between(entered, self._now, self._zone))
                continue
            if deal.path_known:
                days = days_between(entered, left, self._zone)
                if again:  # so the last one in the list is this deal's own
                    stage.days[-1] += days
                else:
                    stage.days.append(days)
            if ended == "moved":
                if nth + 1 < len(visits) and visits[nth + 1].place < place:
                    stage.moved_back += 1
                else:
                    stage.advanced += 1
            elif ended == "lost":
                stage.lost += 1
            else:
                stage.handed_over += 1
        return been

    def _add_path(self, deal: CohortDeal, been: int) -> None:
        """M3, M4, M7, values and losses: where the path led."""
        furthest = self.stages[been.bit_length() - 1]
        furthest.furthest += 1
        furthest.waiting += deal.outcome in ("open", "handed_over")
        if deal.value is None:
            furthest.without_value += 1
        else:
            furthest.value[deal.currency] += deal.value
        if been & 1:
            first_gap = ~been & (been + 1)
            self.stages[first_gap.bit_length() - 2].strict_end += 1
        if deal.outcome == "lost":
            here = self.stages[deal.visits[-1].place]
            here.lost_here += 1
            here.reasons[deal.reason] += 1
