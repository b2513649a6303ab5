"""A deal out of one line: with its company, its contact and what is planned next, as one act."""

from dataclasses import replace

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.people import Contact
from funnel_desk.i18n import N_
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.deals import new_deal
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("New deal “{title}”"))
def quick_add(
    batch: Batch,
    /,
    *,
    title: str = "",
    company: str = "",
    contact: str = "",
    email: str = "",
    phone: str = "",
    kind: str = "",
    planned_for: Moment | None = None,
    planned_text: str = "",
    **fields: object,
) -> Deal:
    """Create a deal with all that is told; a kind without a day is planned for today.

    An address or a number without a name belongs to a contact who is called by it; a contact who has one keeps it.
    Raises what ``new_deal`` raises.
    """
    person = contact.strip() or email.strip() or phone.strip()
    told = title.strip() or company.strip() or person
    deal: Deal = new_deal(batch, title=told, company=company, contact=person, **fields)  # type: ignore[arg-type]  # Deal's own fields
    if deal.contact_id is not None and (email or phone):
        known = batch.get(Contact, deal.contact_id)
        batch.save(known, replace(known, email=known.email or email.strip(), phone=known.phone or phone.strip()))
    if kind:
        plan_activity(batch, deal.id, kind, planned_for or day_of(batch.now, batch.zone), text=planned_text)
    batch.relabel(title=deal.title)
    return deal
