"""A funnel beside that of another period: what is better or worse beyond doubt, and what it is too early to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from funnel_desk.domain.comparison import Comparison, Verdict
from funnel_desk.domain.funnel import Funnel
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import Period
from funnel_desk.i18n import N_

SENTENCES: Mapping[Verdict, str] = {
    "better": N_("Better: {share} of {n} against {other} of {other_n}."),
    "worse": N_("Worse: {share} of {n} against {other} of {other_n}."),
    "too_early": N_("Too early to say: {share} of {n} against {other} of {other_n}."),
}
"""What is said of a comparison; the shares are told as they are shown, from `Comparison.share` and `.other`."""


@dataclass(frozen=True, slots=True)
class FunnelComparison:
    """Two funnels of the same stages: their win rates (M9), and how deals go on from each stage (M7).

    None for the won stage and for the last one. ``same_length`` is false where the two periods are of different
    lengths, so that numbers of deals cannot be held against each other; None where a period has an open end.
    """

    win_rate: Comparison
    stages: tuple[Comparison | None, ...]
    same_length: bool | None


def compare_funnels(funnel: Funnel, other: Funnel, period: Period, other_period: Period) -> FunnelComparison:
    """Hold a funnel against that of another period, share by share."""
    pairs = [(one.resolved, there.resolved) for one, there in zip(funnel.stages, other.stages, strict=True)]
    days, other_days = days_of(period), days_of(other_period)
    return FunnelComparison(
        Comparison(funnel.win_rate, other.win_rate),
        tuple(_comparison(share, before) for share, before in pairs),
        None if days is None or other_days is None else days == other_days,
    )


def compare_with_rest(whole: Funnel, group: Funnel) -> FunnelComparison:
    """Hold a group of a funnel against all the others of it, share by share."""
    stages = [
        None
        if one.resolved is None or there.resolved is None
        else Comparison(one.resolved, _rest(there.resolved, one.resolved))
        for one, there in zip(group.stages, whole.stages, strict=True)
    ]
    return FunnelComparison(
        Comparison(group.win_rate, _rest(whole.win_rate, group.win_rate)), tuple(stages), same_length=True
    )


def growth(number: int, before: int) -> float | None:
    """How much a number grew: 0.5 from 10 to 15. None from 0: what was not there before is new and has no growth."""
    return None if before == 0 else (number - before) / before


def days_of(period: Period) -> int | None:
    """How many days a period has; None where an end is open."""
    if period.first is None or period.last is None:
        return None
    return date.fromisoformat(period.last).toordinal() - date.fromisoformat(period.first).toordinal() + 1


def _comparison(share: Rate | None, other: Rate | None) -> Comparison | None:
    return None if share is None or other is None else Comparison(share, other)


def _rest(whole: Rate, part: Rate) -> Rate:
    return Rate(whole.part - part.part, whole.base - part.base)
