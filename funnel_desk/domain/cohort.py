"""Which deals a report counts, and the path of each through the stages of one pipeline."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.periods import Bounds
from funnel_desk.domain.stays import Ended

Basis = Literal["created", "closed", "active"]
"""created: deals created in the period, with all that happened to them until now. closed: deals whose present outcome
came in it. active: deals open at any moment of it, and what happened in it."""

Grouping = Literal["source", "product", "segment", "owner", "kind"]

BASES: tuple[Basis, ...] = ("created", "closed", "active")
GROUPINGS: tuple[Grouping, ...] = ("source", "product", "segment", "owner", "kind")


class Visit(NamedTuple):
    """A stay by the place of its stage in the present order (0 is the first). ``ended`` is empty while it goes on."""

    place: int
    entered: Moment
    left: Moment | None
    ended: Ended


class CohortDeal(NamedTuple):
    """What a report has to know of one deal in one pipeline. ``value`` is in minor units, ``reason`` an id or words.

    ``visits`` lie in order; moves between stages that count as one are none of them (`stays.stays_of` sees to that).
    """

    id: str
    group: str
    value: int | None
    currency: str
    outcome: Outcome
    arrived: Moment
    first_contact: Moment
    closed_at: Moment | None
    won_at: Moment | None
    path_known: bool
    won_then_lost: bool
    reason: str
    visits: Sequence[Visit]


def active_in(deal: CohortDeal, bounds: Bounds, won_place: int) -> CohortDeal | None:
    """The deal as it looked when the period was over, with the visits that reach into it; None if never open in it.

    Open is a deal that stands before the sale. What came after the period has not happened yet: such a visit still goes
    on, such an outcome is open.
    """
    visits = [_clipped(visit, bounds) for visit in deal.visits if _reaches_into(visit, bounds)]
    if all(visit.place >= won_place for visit in visits):
        return None
    last = visits[-1]
    if last.ended == "lost":
        outcome: Outcome = "lost"
    elif last.place >= won_place:
        outcome = "won"
    else:
        outcome = "handed_over" if last.ended == "handed_over" else "open"
    won_at = _won_at(visits, won_place)
    return deal._replace(
        outcome=outcome,
        closed_at=None if outcome == "open" else won_at if outcome == "won" else last.left,
        won_at=won_at,
        won_then_lost=outcome == "lost" and last.place >= won_place,
        reason=deal.reason if outcome == "lost" else "",
        visits=visits,
    )


def _reaches_into(visit: Visit, bounds: Bounds) -> bool:
    return not bounds.is_after(visit.entered) and (visit.left is None or not bounds.is_before(visit.left))


def _clipped(visit: Visit, bounds: Bounds) -> Visit:
    if visit.left is not None and bounds.is_after(visit.left):
        return visit._replace(left=None, ended="")
    return visit


def _won_at(visits: Sequence[Visit], won_place: int) -> Moment | None:
    """When the deal last came to the won stage or beyond, if it stood there in the end; after a refund, anew."""
    won_at: Moment | None = None
    for visit in visits:
        if visit.place < won_place:
            won_at = None
        elif won_at is None:
            won_at = visit.entered
        if visit.ended == "lost":
            won_at = None
    return won_at
