"""Since when nobody has touched a deal, and whether that is too long."""

from collections.abc import Iterable
from datetime import date

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal, TouchedStep
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.results import NO_ANSWER


def first_contact(deal: Deal, activities: Iterable[Activity]) -> Moment:
    """When the client was first met: the deal's own field, else the first activity done, else the creation."""
    return deal.first_contact_at or min((one.at for one in activities if one.at), default=deal.created_at)


def last_contact(activities: Iterable[Activity]) -> Moment | None:
    """When somebody was last spoken or written to; a call that nobody answered is no contact."""
    return max((one.at for one in activities if one.at and one.result != NO_ANSWER), default=None)


def latest_plan(activities: Iterable[Activity]) -> Moment | None:
    """The latest moment for which something is planned and not yet done."""
    return max((one.planned_for for one in activities if one.planned_for and one.at is None), default=None)


def last_touch(contact: Moment | None, moved: Moment, touches: Iterable[TouchedStep]) -> Moment:
    """The latest of the last contact, the last stage move and the last step done."""
    return max([moved, contact or moved, *(touch.at for touch in touches if touch.act == "done")])


def stalled(touched: Moment, limit_days: int | None, planned_at: Moment | None, today: str, zone: str) -> int | None:
    """By how many days a deal has gone untouched beyond its stage's limit; None while it is not stalled.

    A stage without a limit stalls nothing, and neither does a deal with a plan for today or later.
    """
    if limit_days is None or (planned_at is not None and day_of(planned_at, zone) >= today):
        return None
    days = date.fromisoformat(today).toordinal() - date.fromisoformat(day_of(touched, zone)).toordinal()
    return days - limit_days if days > limit_days else None
