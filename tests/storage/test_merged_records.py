"""Two desks: one merges two companies while the other goes on with the one that goes. Nothing is lost."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.activity import Activity
from funnel_desk.operations import deals, duplicates, people
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch
from tests.properties.agreement import assert_as_the_journal_says, assert_sound, contents, differing
from tests.properties.world import Place

Places = Callable[[int], list[Place]]


@operation("Note")
def note(batch: Batch, company: str, text: str) -> None:
    batch.add(Activity(batch.new_id(), "call", company_id=company, at=batch.now, text=text))


def column(place: Place, statement: str) -> set[Any]:
    return {row[0] for row in place.desk.read(lambda read: read.sql(statement))}


def test_merged_here_edited_there(places: Places) -> None:
    a, b = places(2)
    kept = a.desk.run(people.new_company, name="North")
    other = a.desk.run(people.new_company, name="North Ltd")
    first = a.desk.run(deals.new_deal, title="Before", company="North Ltd")
    a.desk.run(note, other.id, "old talk")
    b.take(a)
    a.desk.run(duplicates.merge_companies, kept.id, other.id)
    b.desk.run(people.edit_company, other.id, note="said meanwhile")
    b.desk.run(people.new_contact, name="Ann", company="North Ltd")
    b.desk.run(deals.new_deal, title="Meanwhile", company="North Ltd")
    b.desk.run(deals.edit_deal, first.id, value=7)
    b.desk.run(note, other.id, "new talk")
    for place, from_whom in ((a, b), (b, a)):
        place.take(from_whom)
    for place in (a, b):
        assert_as_the_journal_says(place.path)
        assert_sound(place.desk)
        assert column(place, "SELECT title FROM deal") == {"Before", "Meanwhile"}
        assert column(place, "SELECT value FROM deal WHERE title = 'Before'") == {7}
        assert column(place, "SELECT note FROM company") == {"", "said meanwhile"}
        assert column(place, "SELECT text FROM activity") == {"old talk", "new talk"}
        assert column(place, "SELECT name FROM contact") == {"Ann"}
        named = "SELECT 1 FROM deal WHERE company_id NOT IN (SELECT id FROM company)"
        assert column(place, named) == set()
    assert not differing(contents(a.desk), contents(b.desk))
    a.desk.run(duplicates.merge_companies, kept.id, other.id, {"note"})
    assert column(a, "SELECT note FROM company") == {"said meanwhile"}
    assert column(a, "SELECT DISTINCT company_id FROM deal") == {kept.id}
    b.take(a)
    assert not differing(contents(a.desk), contents(b.desk))


def test_merged_on_both_desks_into_different_ones(places: Places) -> None:
    a, b = places(2)
    one = a.desk.run(people.new_company, name="North", site="north.by")
    two = a.desk.run(people.new_company, name="North Ltd", owner="Max")
    a.desk.run(deals.new_deal, title="One", company="North")
    a.desk.run(deals.new_deal, title="Two", company="North Ltd")
    b.take(a)
    a.desk.run(duplicates.merge_companies, one.id, two.id)
    b.desk.run(duplicates.merge_companies, two.id, one.id)
    a.take(b)
    b.take(a)
    for place in (a, b):
        assert_as_the_journal_says(place.path)
        assert_sound(place.desk)
        assert column(place, "SELECT title FROM deal") == {"One", "Two"}
        assert column(place, "SELECT 1 FROM deal WHERE company_id NOT IN (SELECT id FROM company)") == set()
    assert not differing(contents(a.desk), contents(b.desk))
