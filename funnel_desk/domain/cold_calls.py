"""Cold calls: how many of them end as a lead, and how many are needed for so many leads (seed 003: four of a hundred).

A cold call is an outgoing call on a deal that stands in the first stage of its pipeline. It ends as a lead when the
client wants to go on (the deal leaves that stage for a later one: the last call before that is the one that did it) or
agrees to a smaller step, such as coming to an event. A stay gives one lead at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.periods import ALWAYS, Period


@dataclass(frozen=True, slots=True)
class ColdCall:
    """One call of a stay in the first stage: when, whether a smaller step was agreed, whether the stay led onward."""

    stay: str
    at: Moment
    agreed: bool
    went_on: bool


@dataclass(frozen=True, slots=True)
class CallsNeeded:
    """So many cold calls for a number of leads, and between which numbers by the interval of the rate.

    ``calls`` and ``high`` are None where no number is enough as far as one knows (not one lead so far).
    """

    calls: int | None
    low: int | None
    high: int | None


def cold_call_rate(calls: Iterable[ColdCall], zone: str, period: Period = ALWAYS) -> Rate:
    """How many of the calls of a period ended as a lead."""
    bounds = period.bounds(zone)
    made = leads = 0
    ordered = sorted(calls, key=lambda one: (one.stay, one.at))
    for _stay, group in groupby(ordered, key=lambda one: one.stay):
        mine = list(group)
        lead = next((one for one in mine if one.agreed), mine[-1] if mine[-1].went_on else None)
        made += sum(bounds.holds(one.at) for one in mine)
        leads += lead is not None and bounds.holds(lead.at)
    return Rate(leads, made)


def calls_needed(leads: int, rate: Rate) -> CallsNeeded | None:
    """The cold calls for so many leads at a rate, rounded up; None where too few calls were made to say anything."""
    interval = rate.interval
    if rate.too_few or interval is None or rate.value is None:
        return None
    return CallsNeeded(_needed(leads, rate.value), _needed(leads, interval.high), _needed(leads, interval.low))


def _needed(leads: int, share: float) -> int | None:
    if leads <= 0:
        return 0
    return ceil(leads / share - 1e-9) if share > 0 else None
