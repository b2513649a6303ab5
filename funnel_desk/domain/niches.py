"""Segments and niches: groups of deals by what their client is, each with its conversion, value and time.

Also how each has moved since a day, because a crisis hits segments differently (seed 004). Amounts are minor units.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.comparison import Comparison
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.funnel import Spans, amounts, spans
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, day_of, days_between
from funnel_desk.domain.money import Amount


class NicheDeal(NamedTuple):
    """A deal in one pipeline with the words by which it is grouped; value in minor units, None where none is known."""

    key: tuple[str, ...]
    outcome: Outcome
    value: int | None
    currency: str
    first_contact: Moment
    arrived: Moment
    closed_at: Moment | None
    won_at: Moment | None


@dataclass(frozen=True, slots=True)
class Niche:
    """A group: its deals = won + lost + open + those handed over; M9, the won value by currency, M13.

    ``before`` and ``since`` are M9 of what was closed before the day asked about, and from it on; ``arrived_since``
    counts the deals that came in from it on.
    """

    key: tuple[str, ...]
    deals: int
    won: int
    lost: int
    open: int
    won_value: tuple[Amount, ...]
    days_to_win: Spans
    before: Rate
    since: Rate
    arrived_since: int

    @property
    def win_rate(self) -> Rate:
        """M9."""
        return Rate(self.won, self.won + self.lost)

    @property
    def moved(self) -> Comparison:
        """Whether it is won more or less often since the day than before."""
        return Comparison(self.since, self.before)


def least_and_hardest_hit(found: Iterable[Niche]) -> tuple[Niche, Niche] | None:
    """Of niches that moved since a day: the one least hit, and the one hardest hit.

    None as long as it is too early to say: the hardest hit has to be won less often than before beyond doubt, and the
    intervals of how the two moved must not meet.
    """
    moved = [
        (niche.moved.difference, niche.moved.interval, niche)
        for niche in found
        if not niche.before.too_few and not niche.since.too_few
    ]
    told = [(change, interval, niche) for change, interval, niche in moved if change is not None and interval]
    if len(told) < 2:  # noqa: PLR2004 - one has nobody to be held against
        return None
    least, hardest = max(told, key=lambda one: one[0]), min(told, key=lambda one: one[0])
    if hardest[2].moved.verdict != "worse" or least[1].low <= hardest[1].high:
        return None
    return least[2], hardest[2]


def niches(deals: Iterable[NicheDeal], *, zone: str, currency: str, since: str | None = None) -> tuple[Niche, ...]:
    """The groups, that with the greatest won value in the main currency first, then that with the most deals.

    ``since`` is a day; without one everything counts as before.
    """
    groups: dict[tuple[str, ...], list[NicheDeal]] = defaultdict(list)
    for deal in deals:
        groups[deal.key].append(deal)
    found = [_niche(key, group, zone, currency, since) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (-_main(one, currency), -one.deals, one.key)))


def _main(niche: Niche, currency: str) -> int:
    return next((amount.minor for amount in niche.won_value if amount.currency == currency), 0)


def _niche(key: tuple[str, ...], deals: list[NicheDeal], zone: str, currency: str, since: str | None) -> Niche:
    outcomes = Counter(deal.outcome for deal in deals)
    value: Counter[str] = Counter()
    closed = {True: Counter[str](), False: Counter[str]()}
    days: list[float] = []
    arrived_since = 0
    for deal in deals:
        arrived_since += since is not None and day_of(deal.arrived, zone) >= since
        if deal.outcome in ("won", "lost") and deal.closed_at is not None:
            late = since is not None and day_of(deal.closed_at, zone) >= since
            closed[late][deal.outcome] += 1
        if deal.outcome == "won":
            if deal.value is not None:
                value[deal.currency or currency] += deal.value
            took = days_between(deal.first_contact, deal.won_at, zone) if deal.won_at is not None else -1
            if took >= 0:
                days.append(took)
    before, after = (Rate(counts["won"], counts.total()) for counts in (closed[False], closed[True]))
    return Niche(
        key, len(deals), outcomes["won"], outcomes["lost"], outcomes["open"],
        amounts(value, currency), spans(days), before, after, arrived_since,
    )  # fmt: skip
