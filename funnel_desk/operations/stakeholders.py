"""Who has a part in the decision on a deal."""

from dataclasses import replace

from funnel_desk.domain.people import Contact
from funnel_desk.domain.stakeholder import ATTITUDES, MOST_INFLUENCE, PARTS, Stakeholder
from funnel_desk.i18n import N_
from funnel_desk.operations.deal_facts import NothingSaid, among, deal_named, fact_of, words_of
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Note who has a say in “{title}”"))
def add_stakeholder(batch: Batch, /, deal_id: str, name: str, part: str, **fields: object) -> Stakeholder:
    """Write down a person's part; further ``fields`` are those of ``Stakeholder``.

    A contact of the deal's company with this name is linked. Raises NothingSaid and NotAmong.
    """
    deal = deal_named(batch, deal_id)
    name = words_of(name)
    if "contact_id" not in fields and deal.company_id:
        known = batch.find(Contact, company_id=deal.company_id, name=name)
        fields["contact_id"] = known[0].id if known else None
    made = _checked(Stakeholder(batch.new_id(), deal_id, name, part, **fields))  # type: ignore[arg-type]  # its fields
    batch.add(made)
    return made


@operation(N_("Change who has a say in “{title}”"))
def edit_stakeholder(batch: Batch, /, stakeholder_id: str, **fields: object) -> Stakeholder:
    """Change a person's part, attitude, influence or note. Raises NothingSaid and NotAmong."""
    before = fact_of(batch, Stakeholder, stakeholder_id)
    after = _checked(replace(before, **fields))  # type: ignore[arg-type]  # the names of Stakeholder's own fields
    batch.save(before, after)
    return after


def _checked(one: Stakeholder) -> Stakeholder:
    among(one.part, PARTS)
    among(one.attitude, ATTITUDES)
    if not one.name.strip():
        raise NothingSaid
    return replace(one, name=one.name.strip(), influence=min(MOST_INFLUENCE, max(1, one.influence)))
