"""What one person erases is erased on every desk that hears of it, in whatever order, and never comes back."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from funnel_desk.operations import deals, sharing
from funnel_desk.operations.erasing import erase
from funnel_desk.queries.person import mentions
from funnel_desk.storage.arrivals import ForgedBatch
from funnel_desk.storage.blanks import Value
from funnel_desk.storage.share_file import write_share
from tests.properties.agreement import contents
from tests.properties.world import Place
from tests.storage.forger import forge

Places = Callable[[int], list[Place]]
NAME = "Quarckovska"


def a_person(place: Place) -> tuple[str, str]:
    """A deal with a contact; their ids."""
    deal = place.desk.run(deals.new_deal, title="Deal", contact=NAME, note=f"of {NAME}")
    assert deal.contact_id is not None
    return deal.id, deal.contact_id


def erase_all(place: Place, contact: str) -> None:
    erase(place.desk, [one.value for one in place.desk.read(mentions, contact, [NAME])])


def holds_the_name(path: Path) -> bool:
    return NAME.encode() in path.read_bytes()


def share(place: Place) -> Path:
    out = place.path.with_suffix(".funnelshare")
    place.desk.read(lambda read: write_share(read.connection, out, "1"))
    return out


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_any_order_all_end_alike(places: Places, order: tuple[int, ...]) -> None:
    a, b, c, last = people = places(4)
    deal, contact = a_person(a)
    for other in (b, c):
        other.take(a)
    erase_all(a, contact)
    b.desk.run(deals.edit_deal, deal, note=f"{NAME} called again")  # not seen by the one who erased
    c.desk.run(deals.edit_deal, deal, title="Another title")
    erase_all(c, contact)
    for number in order:
        last.take(people[number])
    for place in people:
        for other in people:
            if other is not place:
                place.take(other)
    assert all(contents(place.desk) == contents(last.desk) for place in people)
    assert len({share(place).read_bytes() for place in people}) == 1
    erase_all(last, contact)
    assert not last.desk.read(mentions, contact, [NAME])
    assert not holds_the_name(share(last))


def test_what_was_erased_does_not_come_back_from_who_never_heard_of_it(places: Places) -> None:
    a, b = places(2)
    _deal, contact = a_person(a)
    b.take(a)
    erase_all(a, contact)
    b.desk.run(deals.new_deal, title="Something new")
    assert sharing.merge_file(a.desk, share(b)).created == 1
    a.desk.compact()
    assert not holds_the_name(a.path)
    assert sharing.merge_file(b.desk, share(a)).record is not None
    b.desk.compact()
    assert not holds_the_name(b.path)
    assert contents(a.desk) == contents(b.desk)


def test_a_withdrawn_merge_brings_nothing_back(places: Places) -> None:
    a, b = places(2)
    _deal, contact = a_person(a)
    b.take(a)
    erase_all(a, contact)
    record = sharing.merge_file(b.desk, share(a)).record
    assert record is not None
    b.desk.undo(record)
    b.desk.compact()
    assert not holds_the_name(b.path)


def test_a_share_without_erasures_is_of_the_first_version(places: Places) -> None:
    a, b = places(2)
    _deal, contact = a_person(a)
    assert int.from_bytes(share(a).read_bytes()[60:64]) == 1
    assert sharing.merge_file(b.desk, share(a)).created
    erase_all(a, contact)
    assert int.from_bytes(share(a).read_bytes()[60:64]) == 2


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE erasure SET field = 'stage_id'",),
        ("UPDATE erasure SET field = 'value'",),
        ("UPDATE erasure SET target_seq = 99",),
        ("UPDATE erasure SET target_seq = -1, field = 'nowhere'",),
        ("DELETE FROM erasure",),
        ("UPDATE batch SET kind = 'act' WHERE kind = 'erase'",),
        ("UPDATE erasure SET batch = (SELECT id FROM batch WHERE kind = 'new')",),
    ],
)
def test_forged_erasures_are_refused_and_nothing_is_changed(places: Places, statements: tuple[str, ...]) -> None:
    a, b = places(2)
    _deal, contact = a_person(a)
    erase_all(a, contact)
    odd = share(a)
    forge(odd, *statements)
    before = b.path.read_bytes()
    with pytest.raises(ForgedBatch):
        sharing.merge_file(b.desk, odd)
    assert b.path.read_bytes() == before


def test_the_same_value_may_be_erased_twice(places: Places) -> None:
    a, b = places(2)
    _deal, contact = a_person(a)
    b.take(a)
    values: list[Value] = [one.value for one in a.desk.read(mentions, contact)]
    erase(a.desk, values)
    erase(b.desk, values[:2])
    a.take(b)
    b.take(a)
    assert contents(a.desk) == contents(b.desk)
    assert share(a).read_bytes() == share(b).read_bytes()
