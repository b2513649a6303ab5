"""Is the pipeline kept in order? (M21): open deals without a next action, actions overdue, deals stalled."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.attention import stalled
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.moments import Moment, day_of


class CaredFor(NamedTuple):
    """What is planned for an open deal, and since when nobody has touched it.

    ``next_kind`` is empty where there is no next action; ``limit`` is the stage's, in days.
    """

    next_kind: str
    next_due: Moment | None
    last_touch: Moment
    limit: int | None
    planned_at: Moment | None


@dataclass(frozen=True, slots=True)
class Hygiene:
    """Three shares: open deals without a next action, next actions that are overdue, open deals that stalled (M19)."""

    without_action: Rate
    overdue: Rate
    stalled: Rate


def hygiene(deals: Iterable[CaredFor], *, today: str, zone: str) -> Hygiene:
    """The hygiene of the open deals on a day."""
    n = without = late = resting = 0
    for one in deals:
        n += 1
        without += not one.next_kind
        late += bool(one.next_kind) and one.next_due is not None and day_of(one.next_due, zone) < today
        resting += stalled(one.last_touch, one.limit, one.planned_at, today, zone) is not None
    return Hygiene(Rate(without, n), Rate(late, n - without), Rate(resting, n))
