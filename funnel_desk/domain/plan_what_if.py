"""What if the plan's figures were others: more going on from a stage, a larger sale, a quicker one?

Amounts are minor units of one currency. Nothing here touches the plan itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from funnel_desk.domain.leads_plan import Conversion, LeadsPlan, Takings, plan_leads
from funnel_desk.domain.working_days import working_days

_HUNDRED = 100
_LEAST = Fraction(1, 1_000)


@dataclass(frozen=True, slots=True)
class Changes:
    """Points of a hundred deals that go on more (or fewer) at the stage of a place, and per cent of the other two."""

    place: int = 0
    points: int = 0
    average: int = 0
    time: int = 0


@dataclass(frozen=True, slots=True)
class Then:
    """The plan with other figures.

    ``money`` is what the leads that the plan needs as it is would bring then, with what is won and expected.
    ``days_to_win`` is how long a win takes then; ``last_lead`` the day by which a lead has to come to be won in the
    period, None where no day is left for that or nobody knows; ``days`` are the working days until it.
    """

    plan: LeadsPlan
    money: int | None
    days_to_win: float | None
    last_lead: str | None
    days: int


def what_if(plan: LeadsPlan, changes: Changes, *, days_to_win: float | None, today: str, last: str | None) -> Then:
    """What changes would make of a plan for a period that ends on a day (None: it does not end)."""
    ways = _changed([need.conversion for need in plan.stages], changes)
    average = None if plan.average_won is None else plan.average_won * max(0, _HUNDRED + changes.average) / _HUNDRED
    won = _as_takings(average, plan.won_so_far)
    took = None if days_to_win is None else days_to_win * max(0, _HUNDRED + changes.time) / _HUNDRED
    last_lead = _last_lead(took, today, last)
    return Then(
        plan=plan_leads(plan.goal, ways, won, plan.expected_from_open),
        money=_money(plan, ways, average),
        days_to_win=took,
        last_lead=last_lead,
        days=working_days(today, last_lead) if last_lead else 0,
    )


def _changed(ways: Sequence[Conversion], changes: Changes) -> list[Conversion]:
    """The ways, one of them changed; no share falls to nothing or rises over all."""
    changed = list(ways)
    if changed and changes.points:
        way = changed[changes.place]
        share = min(Fraction(1), max(_LEAST, way.share + Fraction(changes.points, _HUNDRED)))
        changed[changes.place] = replace(way, share=share)
    return changed


def _as_takings(average: Fraction | None, so_far: int) -> Takings:
    """What gives just this average."""
    if average is None:
        return Takings(so_far=so_far)
    return Takings(average.numerator, average.denominator, so_far)


def _money(plan: LeadsPlan, ways: Sequence[Conversion], average: Fraction | None) -> int | None:
    leads = plan.leads_after_open
    if leads is None or average is None:
        return None
    wins = Fraction(leads)
    for way in ways:
        wins *= way.share
    return plan.won_so_far + plan.expected_from_open + round(wins * average)


def _last_lead(took: float | None, today: str, last: str | None) -> str | None:
    if took is None or last is None:
        return None
    day = (date.fromisoformat(last) - timedelta(days=round(took))).isoformat()
    return day if day >= today else None
