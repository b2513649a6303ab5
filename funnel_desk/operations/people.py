"""Companies and contacts by themselves: new, changed, deleted."""

from collections.abc import Sequence
from dataclasses import replace

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.i18n import N_
from funnel_desk.operations.deals import company_named
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

_MOST_NAMED = 3


class NoName(Refusal):
    """A company or a contact without a name could not be told from another."""

    message = N_("Give it a name first.")


class HasDeals(Refusal):
    """What deals stand on stays until they are gone or somebody else's."""

    message = N_("“{name}” cannot be deleted while deals stand on it: {deals}. Delete those or change their client.")


@operation(N_("New company “{name}”"))
def new_company(batch: Batch, /, *, name: str, **fields: object) -> Company:
    """Add a company; further ``fields`` are those of ``Company``. Raises NoName."""
    made = Company(batch.new_id(), _named(name))
    made = replace(made, **fields)  # type: ignore[arg-type]  # the names of Company's own fields
    batch.relabel(name=made.name)
    batch.add(made)
    return made


@operation(N_("Change “{name}”"))
def edit_company(batch: Batch, /, company_id: str, **fields: object) -> Company:
    """Change fields of a company. Raises NoName where the name would be empty."""
    before = batch.get(Company, company_id)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Company's own fields
    after = replace(after, name=_named(after.name))
    batch.relabel(name=before.name)
    batch.save(before, after)
    return after


@operation(N_("Delete “{name}”"))
def delete_company(batch: Batch, company_id: str) -> None:
    """Delete a company with what was noted on it alone; its people stay, without a company. Raises HasDeals."""
    company = batch.get(Company, company_id)
    batch.relabel(name=company.name)
    _refuse_with_deals(company.name, batch.find(Deal, company_id=company_id))
    for contact in batch.find(Contact, company_id=company_id):
        batch.save(contact, replace(contact, company_id=None))
    gone: list[Activity] = []
    for activity in batch.find(Activity, company_id=company_id):
        if activity.deal_id or activity.contact_id:
            batch.save(activity, replace(activity, company_id=None))
        else:
            gone.append(activity)
    batch.delete_all([*gone, company])


@operation(N_("New contact “{name}”"))
def new_contact(batch: Batch, /, *, name: str, company: str = "", **fields: object) -> Contact:
    """Add a contact; the company is found by its name or made. Raises NoName."""
    owner = company_named(batch, company).id if company.strip() else None
    made = Contact(batch.new_id(), _named(name), owner)
    made = replace(made, **fields)  # type: ignore[arg-type]  # the names of Contact's own fields
    batch.relabel(name=made.name)
    batch.add(made)
    return made


@operation(N_("Change “{name}”"))
def edit_contact(batch: Batch, /, contact_id: str, *, company: str | None = None, **fields: object) -> Contact:
    """Change fields of a contact; a company is named, and made if there is none of that name. Raises NoName."""
    before = batch.get(Contact, contact_id)
    if company is not None:
        fields["company_id"] = company_named(batch, company).id if company.strip() else None
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Contact's own fields
    after = replace(after, name=_named(after.name))
    batch.relabel(name=before.name)
    batch.save(before, after)
    return after


@operation(N_("Delete “{name}”"))
def delete_contact(batch: Batch, contact_id: str) -> None:
    """Delete a contact with what was noted on them alone; deals in which they have a part keep the name.

    Raises HasDeals.
    """
    contact = batch.get(Contact, contact_id)
    batch.relabel(name=contact.name)
    _refuse_with_deals(contact.name, batch.find(Deal, contact_id=contact_id))
    for part in batch.find(Stakeholder, contact_id=contact_id):
        batch.save(part, replace(part, contact_id=None))
    gone: list[Activity] = []
    for activity in batch.find(Activity, contact_id=contact_id):
        if activity.deal_id:
            batch.save(activity, replace(activity, contact_id=None))
        else:
            gone.append(activity)
    batch.delete_all([*gone, contact])


def _named(name: str) -> str:
    if not name.strip():
        raise NoName
    return name.strip()


def _refuse_with_deals(name: str, deals: Sequence[Deal]) -> None:
    if deals:
        titles = ", ".join(deal.title for deal in deals[:_MOST_NAMED])
        raise HasDeals(name=name, deals=titles + (", …" if len(deals) > _MOST_NAMED else ""))
