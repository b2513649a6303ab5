"""Activities: talks, letters and visits, logged when they happened or planned for a time."""

from dataclasses import replace

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class AlreadyDone(Refusal):
    """The activity was done before."""

    message = N_("This is done already.")


@operation(N_("Log on “{title}”"))
def log_activity(
    batch: Batch,
    deal_id: str,
    kind: str,
    *,
    text: str = "",
    direction: str = "out",
    minutes: int | None = None,
    result: str = "",
    at: Moment | None = None,
) -> Activity:
    """Write down a contact that happened, through any channel, in or out."""
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    activity = Activity(
        batch.new_id(),
        kind,
        deal_id=deal_id,
        company_id=deal.company_id,
        contact_id=deal.contact_id,
        direction=direction,
        at=at or batch.now,
        minutes=minutes,
        result=result,
        text=text,
    )
    batch.add(activity)
    return activity


@operation(N_("Plan for “{title}”"))
def plan_activity(
    batch: Batch,
    deal_id: str,
    kind: str,
    planned_for: Moment,
    *,
    text: str = "",
    step_id: str | None = None,
    contact_id: str | None = None,
) -> Activity:
    """Plan a contact for a day or an instant, with the deal's contact unless another is told.

    It counts like a step of the checklist.
    """
    deal = batch.get(Deal, deal_id)
    batch.relabel(title=deal.title)
    activity = Activity(
        batch.new_id(),
        kind,
        deal_id=deal_id,
        company_id=deal.company_id,
        contact_id=contact_id or deal.contact_id,
        step_id=step_id,
        planned_for=planned_for,
        text=text,
    )
    batch.add(activity)
    return activity


@operation(N_("Done: “{text}”"))
def finish_activity(
    batch: Batch,
    activity_id: str,
    *,
    result: str = "done",
    note: str = "",
    minutes: int | None = None,
    at: Moment | None = None,
) -> Activity:
    """Say that a planned activity happened. Raises AlreadyDone."""
    before = batch.get(Activity, activity_id)
    batch.relabel(text=before.text)
    if before.at is not None:
        raise AlreadyDone
    text = "\n".join(part for part in (before.text, note) if part)
    after = replace(before, at=at or batch.now, result=result, minutes=minutes, text=text)
    batch.save(before, after)
    return after


@operation(N_("Move “{text}” to another day"))
def move_activity(batch: Batch, activity_id: str, planned_for: Moment) -> Activity:
    """Plan an activity for another day or instant."""
    before = batch.get(Activity, activity_id)
    batch.relabel(text=before.text)
    after = replace(before, planned_for=planned_for)
    batch.save(before, after)
    return after


@operation(N_("Change “{text}”"))
def edit_activity(batch: Batch, /, activity_id: str, **fields: object) -> Activity:
    """Change what an activity says of itself: its words, minutes, kind, direction, time or person."""
    before = batch.get(Activity, activity_id)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Activity's own fields
    batch.relabel(text=after.text or before.text)
    batch.save(before, after)
    return after


@operation(N_("Delete “{text}”"))
def delete_activity(batch: Batch, activity_id: str) -> None:
    """Delete an activity, done or planned; a step that was ticked with it stays ticked."""
    before = batch.get(Activity, activity_id)
    batch.relabel(text=before.text)
    batch.delete(before)
