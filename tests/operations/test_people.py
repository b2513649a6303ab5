"""Companies and contacts: their merge moves everything, is undone whole, and loses nothing done meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.operations import activities, deals, duplicates, people
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.storage import check
from funnel_desk.storage.journal import Batch
from tests.desks import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
    desk.close()


@operation("Note")
def note(batch: Batch, deal: str | None, company: str | None, contact: str | None, text: str) -> None:
    batch.add(Activity(batch.new_id(), "call", deal, company, contact, at=batch.now, text=text))


@operation("Part")
def part(batch: Batch, deal: str, contact: str) -> None:
    batch.add(Stakeholder(batch.new_id(), deal, "Ann", "decides", contact_id=contact))


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    return desk.read(lambda read: check.contents(read.connection))


def column(desk: Desk, statement: str, *values: object) -> list[Any]:
    return [row[0] for row in desk.read(lambda read: read.sql(statement, *values))]


def test_what_deals_stand_on_is_not_deleted_and_says_which(desk: Desk) -> None:
    deal = desk.run(deals.new_deal, title="Gate", company="North", contact="Ann")
    with pytest.raises(people.HasDeals, match="Gate"):
        desk.run(people.delete_company, str(deal.company_id))
    with pytest.raises(people.HasDeals, match="“Ann” cannot be deleted while deals stand on it: Gate"):
        desk.run(people.delete_contact, str(deal.contact_id))


def test_a_company_goes_and_its_people_stay(desk: Desk) -> None:
    company = desk.run(people.new_company, name=" North ", industry="gates")
    contact = desk.run(people.new_contact, name="Ann", company="north")
    deal = desk.run(deals.new_deal, title="Gate")
    desk.run(note, deal.id, company.id, contact.id, "with a deal")
    desk.run(note, None, company.id, contact.id, "with a person")
    desk.run(note, None, company.id, None, "with nobody")
    desk.run(part, deal.id, contact.id)
    before = contents(desk)
    desk.run(people.delete_company, company.id)
    assert column(desk, "SELECT company_id FROM contact") == [None]
    assert column(desk, "SELECT text FROM activity ORDER BY text") == ["with a deal", "with a person"]
    desk.run(people.delete_contact, contact.id)
    assert column(desk, "SELECT text FROM activity") == ["with a deal"]
    assert column(desk, "SELECT name FROM stakeholder WHERE contact_id IS NULL") == ["Ann"]
    desk.undo()
    desk.undo()
    assert contents(desk) == before


def test_nothing_is_nameless(desk: Desk) -> None:
    with pytest.raises(people.NoName):
        desk.run(people.new_company, name=" ")
    contact = desk.run(people.new_contact, name="Ann")
    with pytest.raises(people.NoName):
        desk.run(people.edit_contact, contact.id, name="")
    with pytest.raises(duplicates.WithItself):
        desk.run(duplicates.merge_contacts, contact.id, contact.id)


notes = st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.booleans(), st.booleans()), max_size=8)
COMPANY_FIELDS = ("name", "site", "industry", "owner", "note", "potential", "touch_every")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=notes, number=st.integers(0, 3), taken=st.sets(st.sampled_from(COMPANY_FIELDS)), of_contacts=st.booleans())
def test_merged_and_undone_is_as_before_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[int, bool, bool, bool]],
    number: int,
    taken: set[str],
    of_contacts: bool,
) -> None:
    desk = a_desk(tmp_path_factory.mktemp("merge"))
    kept = desk.run(people.new_company, name="North", site="north.by", potential=5)
    other = desk.run(people.new_company, name="ООО North", owner="Max", note="quiet", touch_every=7)
    ann = desk.run(people.new_contact, name="Ann", company="North", email="ann@north.by")
    anna = desk.run(people.new_contact, name="Anna", company="ООО North", phone="+375 29 1")
    made = [desk.run(deals.new_deal, title=f"Deal {nth}", company=("North", "ООО North")[nth % 2]) for nth in range(4)]
    for deal in made[:number]:
        desk.run(deals.edit_deal, deal.id, contact_id=anna.id)
        desk.run(part, deal.id, anna.id)
        desk.run(activities.log_activity, deal.id, "call", text="talked")
    for nth, with_deal, with_company, with_contact in said:
        owners = (kept, other, other)[nth], (ann, anna, anna)[nth]
        if with_deal or with_company or with_contact:
            desk.run(note, made[nth].id if with_deal else None, owners[0].id if with_company else None,
                     owners[1].id if with_contact else None, f"note {nth}")  # fmt: skip
    desk.run(duplicates.tell_apart, "company", other.id, kept.id)
    before = contents(desk)
    texts = column(desk, "SELECT text FROM activity ORDER BY text")
    if of_contacts:
        desk.run(duplicates.merge_contacts, ann.id, anna.id, {"phone", *taken})
        gone, table = anna.id, "contact"
        assert desk.read(lambda read: read.sql("SELECT email, phone FROM contact")) == [("ann@north.by", "+375 29 1")]
        assert column(desk, "SELECT count(*) FROM deal WHERE contact_id = ?", ann.id) == [number]
    else:
        desk.run(duplicates.merge_companies, kept.id, other.id, taken)
        gone, table = other.id, "company"
        values = column(desk, "SELECT site FROM company"), column(desk, "SELECT owner FROM company")
        assert values == ([("" if "site" in taken else "north.by")], ["Max" if "owner" in taken else ""])
        assert column(desk, "SELECT count(*) FROM deal WHERE company_id = ?", kept.id) == [4]
        assert column(desk, "SELECT count(*) FROM contact WHERE company_id = ?", kept.id) == [2]
    assert column(desk, f"SELECT count(*) FROM {table}") == [1]
    assert column(desk, "SELECT text FROM activity ORDER BY text") == texts
    refs = ("deal", "activity", "contact") if table == "company" else ("deal", "activity", "stakeholder")
    assert all(column(desk, f"SELECT count(*) FROM {ref} WHERE {table}_id = ?", gone) == [0] for ref in refs)
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []
    desk.undo()
    assert contents(desk) == before
    desk.redo()
    assert column(desk, f"SELECT count(*) FROM {table}") == [1]
    assert desk.read(lambda read: check.findings(read.connection)) == []
    desk.close()


def test_two_told_apart_stay_apart_through_a_merge(desk: Desk) -> None:
    a, b, c = (desk.run(people.new_company, name=name) for name in ("A", "B", "C"))
    desk.run(duplicates.tell_apart, "company", b.id, c.id)
    assert desk.run(duplicates.tell_apart, "company", c.id, b.id).first == min(b.id, c.id)
    desk.run(duplicates.merge_companies, a.id, b.id)
    rows = desk.read(lambda read: read.sql("SELECT first, second FROM not_duplicate"))
    assert [tuple(row) for row in rows] == [tuple(sorted((a.id, c.id)))]


def test_fields_of_the_records(desk: Desk) -> None:
    company = desk.run(people.new_company, name="North")
    after = desk.run(people.edit_company, company.id, potential=100, potential_currency="EUR", tasks="watch the gate")
    assert (after.potential, after.tasks) == (100, "watch the gate")
    contact = desk.run(people.new_contact, name="Ann", role="decides")
    assert desk.run(people.edit_contact, contact.id, company="north").company_id == company.id
    assert desk.run(people.edit_contact, contact.id, company="").company_id is None
    assert isinstance(company, Company)
    assert isinstance(contact, Contact)
