"""The funnel's numbers (M1-M8, M9, M10, M12, M13): one pass over the deals, never "where the deal sits now".

A deal whose path is unknown counts in totals, values and times to win, in M1 and M2 and among those who are there now;
it is left out of every number that goes from stage to stage. Amounts are minor units, one line a currency.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.funnel_tally import StageTally, Tally
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, days_between
from funnel_desk.domain.money import Amount
from funnel_desk.domain.periods import Bounds
from funnel_desk.domain.pipeline import Side


@dataclass(frozen=True, slots=True)
class Spans:
    """How long something took, in days: the middle one, the mean, and of how many. None where there were none."""

    median: float | None
    mean: float | None
    n: int


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What became of the deals in one stage.

    ``entered`` M1, ``touched`` M2, ``reached`` M3, ``strict`` M4, ``conversion`` M5 and ``resolved`` M7 (to the next
    stage; None for the won stage and for the last one), ``cumulative`` M6. M8, all of it stays: ``at_start`` (0 unless
    in a period) + ``entered`` = ``advanced`` + ``moved_back`` + ``lost`` + ``handed_over`` + ``now``.

    ``lost_here`` counts deals whose loss stands, ``lost_reasons`` why, most frequent first. ``value`` is that of the
    deals that reached the stage, ``without_value`` how many of them have none. ``days`` is M12, ``going_days`` the age
    of the stays that still go on.
    """

    reached: int
    entered: int
    touched: int
    strict: int
    now: int
    lost_here: int
    conversion: Rate | None
    cumulative: Rate
    resolved: Rate | None
    at_start: int
    advanced: int
    moved_back: int
    lost: int
    handed_over: int
    days: Spans
    going_days: Spans
    value: tuple[Amount, ...]
    without_value: int
    lost_reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """The numbers of a set of deals: ``deals`` = ``won`` + ``lost`` + ``open`` + ``handed_over``, then stage by stage.

    ``win_rate`` is M9, ``won_of_all`` is M10 (a cohort by creation). ``days_to_win`` is M13; the ``negative`` ones are
    left out of it. ``maturing`` counts open deals younger than ``usual_days_to_win``.
    """

    deals: int
    won: int
    lost: int
    open: int
    handed_over: int
    unknown_path: int
    won_then_lost: int
    win_rate: Rate
    won_of_all: Rate
    won_value: tuple[Amount, ...]
    won_without_value: int
    days_to_win: Spans
    negative: int
    usual_days_to_win: float | None
    maturing: int
    stages: tuple[StageFigures, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """The funnel of all deals, and of each group; together the groups are the whole."""

    whole: Funnel
    groups: Mapping[str, Funnel]


def measure(
    deals: Iterable[CohortDeal],
    sides: Sequence[Side],
    *,
    zone: str,
    now: Moment,
    currency: str = "",
    bounds: Bounds | None = None,
    usual_days_to_win: float | None = None,
) -> Measured:
    """Count the deals, stage by stage and group by group.

    ``sides`` tells of each stage, in order, on which side of the sale it is. ``bounds`` is given where deals were cut
    to a period: what began before it was there at its start. ``usual_days_to_win`` tells which deals are still
    maturing; without it, these deals' own median does. ``currency`` comes first among the amounts.
    """
    tallies: dict[str, Tally] = {}
    for deal in deals:
        tally = tallies.get(deal.group)
        if tally is None:
            tally = tallies[deal.group] = Tally(len(sides), zone, now, bounds)
        tally.add(deal)
    whole = Tally(len(sides), zone, now, bounds)
    for tally in tallies.values():
        whole.pool(tally)
    won_place = sides.index("won")
    everything = _funnel(whole, won_place, currency, usual_days_to_win)
    usual = usual_days_to_win if usual_days_to_win is not None else everything.days_to_win.median
    groups = {name: _funnel(tally, won_place, currency, usual) for name, tally in sorted(tallies.items())}
    return Measured(everything, groups)


def _funnel(tally: Tally, won_place: int, currency: str, usual_days_to_win: float | None) -> Funnel:
    won, lost = tally.outcomes["won"], tally.outcomes["lost"]
    deals = tally.outcomes.total()
    days_to_win = spans(tally.days_to_win)
    usual = usual_days_to_win if usual_days_to_win is not None else days_to_win.median
    return Funnel(
        deals=deals,
        won=won,
        lost=lost,
        open=tally.outcomes["open"],
        handed_over=tally.outcomes["handed_over"],
        unknown_path=tally.unknown_path,
        won_then_lost=tally.won_then_lost,
        win_rate=Rate(won, won + lost),
        won_of_all=Rate(won, deals),
        won_value=amounts(tally.won_value, currency),
        won_without_value=tally.won_without_value,
        days_to_win=days_to_win,
        negative=tally.negative,
        usual_days_to_win=usual,
        maturing=0 if usual is None else sum(age < usual for age in tally.open_ages),
        stages=_stages(tally.stages, won_place, currency),
    )


def _stages(tallies: Sequence[StageTally], won_place: int, currency: str) -> tuple[StageFigures, ...]:
    """From the last stage back: who came further came through here too."""
    reached_next = strict = without_value = 0
    value: Counter[str] = Counter()
    figures: list[StageFigures] = []
    first = sum(tally.furthest for tally in tallies)
    for place in reversed(range(len(tallies))):
        tally = tallies[place]
        reached = reached_next + tally.furthest
        strict += tally.strict_end
        without_value += tally.without_value
        value.update(tally.value)
        goes_on = place not in (won_place, len(tallies) - 1)
        figures.append(
            StageFigures(
                reached=reached,
                entered=tally.entered,
                touched=tally.touched,
                strict=strict,
                now=tally.now,
                lost_here=tally.lost_here,
                conversion=Rate(reached_next, reached) if goes_on else None,
                cumulative=Rate(reached, first),
                resolved=Rate(reached_next, reached - tally.waiting) if goes_on else None,
                at_start=tally.at_start,
                advanced=tally.advanced,
                moved_back=tally.moved_back,
                lost=tally.lost,
                handed_over=tally.handed_over,
                days=spans(tally.days),
                going_days=spans(tally.going_days),
                value=amounts(value, currency),
                without_value=without_value,
                lost_reasons=tuple(sorted(tally.reasons.items(), key=lambda item: (-item[1], item[0]))),
            )
        )
        reached_next = reached
    return tuple(reversed(figures))


def spans(days: Sequence[float]) -> Spans:
    """The middle and the mean of how long things took."""
    return Spans(median(days), fmean(days), len(days)) if days else Spans(None, None, 0)


def usual_days(wins: Iterable[tuple[Moment, Moment]], zone: str) -> float | None:
    """The median days from first contact to winning; those won before the first contact are left out."""
    return spans([days for first, won in wins if (days := days_between(first, won, zone)) >= 0]).median


def amounts(by_currency: Mapping[str, int], currency: str) -> tuple[Amount, ...]:
    """One amount a currency, never added up: the main one first, the others by their code."""
    codes = sorted(by_currency, key=lambda code: (code != currency, code))
    return tuple(Amount(by_currency[code], code) for code in codes)
