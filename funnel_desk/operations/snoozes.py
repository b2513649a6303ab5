"""Letting deals rest until a day, for a reason, and waking them before it."""

from collections.abc import Sequence
from dataclasses import replace

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.snooze import Snooze
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class NoReasonToRest(Refusal):
    """Whoever meets the deal again has to know why it was left."""

    message = N_("Say in a few words why it may rest.")


class DayIsPast(Refusal):
    """Rest ends on a day that is still to come."""

    message = N_("Choose a day after today.")


class NotResting(Refusal):
    """There is nothing to wake."""

    message = N_("“{title}” is not resting.")


@operation(N_("Let “{title}” rest"))
def snooze_deal(batch: Batch, deal_id: str, until_day: str, reason: str) -> Snooze:
    """Leave a deal in peace until a day (``YYYY-MM-DD``). Raises NoReasonToRest and DayIsPast."""
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    reason = reason.strip()
    if not reason:
        raise NoReasonToRest
    if until_day <= day_of(batch.now, batch.zone):
        raise DayIsPast
    made = Snooze(batch.new_id(), deal_id, batch.now, until_day, reason)
    batch.add(made)
    return made


@operation(N_("Let {n} deals rest"))
def snooze_deals(batch: Batch, deal_ids: Sequence[str], until_day: str, reason: str) -> None:
    """Leave several deals in peace until a day. Raises NoReasonToRest and DayIsPast."""
    for deal_id in deal_ids:
        snooze_deal(batch, deal_id, until_day, reason)
    batch.relabel(n=len(deal_ids))


@operation(N_("Wake “{title}”"))
def wake_deal(batch: Batch, deal_id: str) -> Snooze:
    """End a deal's rest today. Raises NotResting."""
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    today = day_of(batch.now, batch.zone)
    newest = max(batch.find(Snooze, deal_id=deal_id), key=lambda one: (one.at, one.id), default=None)
    if newest is None or newest.until_day <= today:
        raise NotResting(title=deal.title)
    after = replace(newest, until_day=today)
    batch.save(newest, after)
    return after


@operation(N_("Wake {n} deals"))
def wake_deals(batch: Batch, deal_ids: Sequence[str]) -> None:
    """End the rest of several deals today. Raises NotResting."""
    for deal_id in deal_ids:
        wake_deal(batch, deal_id)
    batch.relabel(n=len(deal_ids))
