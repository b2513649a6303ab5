"""The same company or contact written twice: made one, or told apart for good.

A row never changes its root, so what stands on the record that goes (a talk without a deal) is written anew under the
one that stays; all else only names the other one.
"""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import TypeVar

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.not_duplicate import NotDuplicate, RecordKind
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

Record = TypeVar("Record", Company, Contact)


class WithItself(Refusal):
    """One record cannot be two."""

    message = N_("“{name}” cannot be merged with itself.")


@operation(N_("Merge “{other}” into “{name}”"))
def merge_companies(batch: Batch, keep_id: str, other_id: str, taken: Collection[str] = ()) -> Company:
    """Make one company of two: fields in ``taken`` are those of the other one, all that belongs to that one moves here.

    The other one is deleted. Raises WithItself and NotThere.
    """
    kept, other = batch.get(Company, keep_id), batch.get(Company, other_id)
    after = _filled(batch, kept, other, taken)
    for deal in batch.find(Deal, company_id=other_id):
        batch.save(deal, replace(deal, company_id=keep_id))
    for contact in batch.find(Contact, company_id=other_id):
        batch.save(contact, replace(contact, company_id=keep_id))
    gone: list[Activity] = []
    for activity in batch.find(Activity, company_id=other_id):
        moved = replace(activity, company_id=keep_id)
        if activity.deal_id or activity.contact_id:
            batch.save(activity, moved)
        else:
            batch.add(replace(moved, id=batch.new_id()))
            gone.append(activity)
    _retell(batch, keep_id, other_id)
    batch.delete_all([*gone, other])
    return after


@operation(N_("Merge “{other}” into “{name}”"))
def merge_contacts(batch: Batch, keep_id: str, other_id: str, taken: Collection[str] = ()) -> Contact:
    """Make one contact of two, as ``merge_companies`` does of companies."""
    kept, other = batch.get(Contact, keep_id), batch.get(Contact, other_id)
    after = _filled(batch, kept, other, taken)
    for deal in batch.find(Deal, contact_id=other_id):
        batch.save(deal, replace(deal, contact_id=keep_id))
    for part in batch.find(Stakeholder, contact_id=other_id):
        batch.save(part, replace(part, contact_id=keep_id))
    gone: list[Activity] = []
    for activity in batch.find(Activity, contact_id=other_id):
        moved = replace(activity, contact_id=keep_id)
        if activity.deal_id:
            batch.save(activity, moved)
        else:
            batch.add(replace(moved, id=batch.new_id()))
            gone.append(activity)
    _retell(batch, keep_id, other_id)
    batch.delete_all([*gone, other])
    return after


@operation(N_("“{name}” and “{other}” are two"))
def tell_apart(batch: Batch, kind: RecordKind, first_id: str, second_id: str) -> NotDuplicate:
    """Remember that two records are no duplicates, so that they are not offered again. Raises NotThere."""
    table: type[Company | Contact] = Company if kind == "company" else Contact
    first, second = (batch.get(table, one) for one in (first_id, second_id))
    batch.relabel(name=first.name, other=second.name)
    low, high = sorted((first_id, second_id))
    known = batch.find(NotDuplicate, first=low, second=high)
    if known:
        return known[0]
    made = NotDuplicate(batch.new_id(), kind, low, high)
    batch.add(made)
    return made


def _filled(batch: Batch, kept: Record, other: Record, taken: Collection[str]) -> Record:
    """Save the kept record with the fields that are taken from the other."""
    if kept.id == other.id:
        raise WithItself(name=kept.name)
    batch.relabel(name=kept.name, other=other.name)
    names = {item.name for item in fields(kept)} - {"id"}
    chosen = {name: getattr(other, name) for name in taken if name in names}
    after = replace(kept, **chosen)
    batch.save(kept, after)
    return after


def _retell(batch: Batch, keep_id: str, other_id: str) -> None:
    """Whoever was told apart from the one that goes is told apart from the one that stays."""
    for told in [*batch.find(NotDuplicate, first=other_id), *batch.find(NotDuplicate, second=other_id)]:
        against = told.second if told.first == other_id else told.first
        if against == keep_id:
            batch.delete(told)
            continue
        low, high = sorted((keep_id, against))
        batch.save(told, replace(told, first=low, second=high))
