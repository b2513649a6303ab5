"""How far deals came and what became of them, counted: enough for conversions, calibration and pace without a visit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import fmean
from typing import NamedTuple

from funnel_desk.domain.calibration import Calibration, StageCheck
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.velocity import Velocity

NOWHERE = -1
"""How far a deal came that has no stay in any stage shown."""


class Standing(NamedTuple):
    """So many ``deals`` of one kind: ``furthest`` is the place of the furthest stage that they ever reached.

    ``value`` (minor units) is that of the ``valued`` ones among them.
    """

    group: str
    currency: str
    outcome: Outcome
    path_known: bool
    furthest: int
    deals: int
    value: int
    valued: int


def resolved_rates(standings: Iterable[Standing], won_place: int) -> tuple[Rate, ...]:
    """M7 of each stage before the sale: of the deals that are decided there, the share that went on."""
    reached, waiting = [0] * (won_place + 1), [0] * (won_place + 1)
    for one in standings:
        if not one.path_known or one.furthest == NOWHERE:
            continue
        for place in range(min(one.furthest, won_place) + 1):
            reached[place] += one.deals
        if one.furthest < won_place and one.outcome in ("open", "handed_over"):
            waiting[one.furthest] += one.deals
    return tuple(Rate(reached[place + 1], reached[place] - waiting[place]) for place in range(won_place))


def checks(standings: Iterable[Standing], probabilities: Sequence[int]) -> Calibration:
    """M11 of the stages before the sale, in order; ``probabilities`` are what they say, in basis points."""
    won, closed = [0] * len(probabilities), [0] * len(probabilities)
    for one in standings:
        if one.path_known and one.outcome in ("won", "lost"):
            for place in range(min(one.furthest + 1, len(probabilities))):
                closed[place] += one.deals
                won[place] += one.deals if one.outcome == "won" else 0
    told = zip(probabilities, won, closed, strict=True)
    return Calibration(tuple(StageCheck(says, Rate(part, base)) for says, part, base in told))


def paces(standings: Iterable[Standing], days: Iterable[tuple[str, float]], currency: str) -> tuple[Velocity, ...]:
    """M14, one a currency, the main one first; ``days`` are those from first contact to winning, by currency.

    What was won before the first contact is left out.
    """
    counts: dict[str, Counter[str]] = {currency: Counter()}
    spans: dict[str, list[float]] = {}
    for one in standings:
        mine = counts.setdefault(one.currency or currency, Counter())
        mine[one.outcome] += one.deals
        if one.outcome == "won":
            mine["value"] += one.value
            mine["valued"] += one.valued
    for code, span in days:
        if span >= 0:
            spans.setdefault(code or currency, []).append(span)
    codes = sorted(counts, key=lambda code: (code != currency, code))
    return tuple(_pace(code, counts[code], spans.get(code, [])) for code in codes)


def _pace(code: str, counts: Counter[str], days: Sequence[float]) -> Velocity:
    valued = counts["valued"]
    return Velocity(
        currency=code,
        open_deals=counts["open"],
        average_won=Fraction(counts["value"], valued) if valued else None,
        win_rate=Rate(counts["won"], counts["won"] + counts["lost"]),
        days_to_win=fmean(days) if days else None,
        n=min(valued, len(days)),
    )
