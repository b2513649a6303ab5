"""Moving the next actions of deals to another day, and the rhythm in which clients are kept in touch with."""

from collections.abc import Sequence
from dataclasses import replace

from funnel_desk.domain import results
from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import NextAction
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.moments import Moment, on_day
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.touch import LONGEST, TOUCH_KIND, TOUCH_TITLE
from funnel_desk.i18n import N_, language
from funnel_desk.operations.activities import log_activity, move_activity, plan_activity
from funnel_desk.operations.desk import operation
from funnel_desk.operations.steps import postpone_step
from funnel_desk.storage.journal import Batch


class OddRhythm(Refusal):
    """Touches come after a number of days."""

    message = N_("A touch comes after 1 to {most} days.")


@operation(N_("Move the next action of “{title}” to another day"))
def put_off(batch: Batch, deal_id: str, day: str) -> None:
    """Move what is next for a deal to a day (``YYYY-MM-DD``), at the same time of day; plan a touch if nothing is."""
    here = batch.situation(deal_id)
    action: NextAction | None = here.action
    if action is not None and action.activity_id:
        move_activity(batch, action.activity_id, _moved(action.due, day, batch.zone))
    elif action is not None and action.step_id:
        postpone_step(batch, deal_id, action.step_id, _moved(action.due, day, batch.zone))
    else:
        plan_activity(batch, deal_id, TOUCH_KIND, day, text=TOUCH_TITLE.of(language()))
    batch.relabel(title=here.deal.title)


@operation(N_("Move the next actions of {n} deals to another day"))
def put_off_all(batch: Batch, deal_ids: Sequence[str], day: str) -> None:
    """Move what is next for several deals to a day."""
    for deal_id in deal_ids:
        put_off(batch, deal_id, day)
    batch.relabel(n=len(deal_ids))


@operation(N_("Keep in touch about “{title}”"))
def answer_touch(batch: Batch, deal_id: str, *, reached: bool = True, note: str = "", again: str = "") -> Activity:
    """Log a touch; where nobody answered (not ``reached``) plan the next try for the day ``again``."""
    result = results.DONE if reached else results.NO_ANSWER
    made = log_activity(batch, deal_id, TOUCH_KIND, text=note, result=result)
    if again:
        plan_activity(batch, deal_id, TOUCH_KIND, again, text=TOUCH_TITLE.of(language()))
    return made


@operation(N_("How often to keep in touch about “{title}”"))
def keep_in_touch(batch: Batch, deal_id: str, every: int | None) -> Deal:
    """Make a touch due so many days after the last one, while nothing else is; None ends it. Raises OddRhythm."""
    if every is not None and not 1 <= every <= LONGEST:
        raise OddRhythm(most=LONGEST)
    before = batch.get(Deal, deal_id)
    batch.relabel(title=before.title)
    after = replace(before, touch_every=every)
    batch.save(before, after)
    return after


@operation(N_("How often to keep in touch about {n} deals"))
def keep_in_touch_all(batch: Batch, deal_ids: Sequence[str], every: int | None) -> None:
    """The same for several deals. Raises OddRhythm."""
    for deal_id in deal_ids:
        keep_in_touch(batch, deal_id, every)
    batch.relabel(n=len(deal_ids))


def _moved(due: Moment | None, day: str, zone: str) -> Moment:
    return day if due is None else on_day(due, day, zone)
