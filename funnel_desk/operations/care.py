"""Care for several companies at once: how often to talk with them, what they could buy in a year."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from funnel_desk.domain.people import Company
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

MOST_DAYS = 100_000


class NotSoOften(Refusal):
    """What was told is no interval between talks."""

    message = N_("A talk every {days} days? Give a whole number of days from 1 on.")


class NoPotential(Refusal):
    """Nobody can buy less than nothing."""

    message = N_("What a company could buy in a year cannot be less than nothing.")


@operation(N_("Change {n} companies"))
def set_care(batch: Batch, company_ids: Collection[str], fields: Mapping[str, object]) -> int:
    """Set ``touch_every`` (days) and ``potential`` (minor units, with its currency) of companies; how many changed.

    A potential without a currency is in the workspace's. Raises NotSoOften and NoPotential.
    """
    days, potential = fields.get("touch_every"), fields.get("potential")
    if days is not None and not (isinstance(days, int) and 0 < days <= MOST_DAYS):
        raise NotSoOften(days=days)
    if isinstance(potential, int) and potential < 0:
        raise NoPotential
    told = dict(fields)
    if potential is not None and not told.get("potential_currency"):
        told["potential_currency"] = batch.find(Workspace)[0].currency
    changed = 0
    for company_id in company_ids:
        before = batch.get(Company, company_id)
        after = replace(before, **told)  # type: ignore[arg-type]  # the names of Company's own fields
        if after != before:
            batch.save(before, after)
            changed += 1
    batch.relabel(n=changed)
    return changed
