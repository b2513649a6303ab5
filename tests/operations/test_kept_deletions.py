"""What one deletes while another writes it stays, is told, and is kept or deleted after all."""

from pathlib import Path

import pytest

from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.disagreements import NoDisagreement, keep, settle
from funnel_desk.operations.sharing import bring_back_merge, look_into, merge_file
from funnel_desk.queries.conflicts import conflicts
from funnel_desk.queries.merges import merges
from funnel_desk.storage import check
from funnel_desk.storage.merging import NotWithdrawn
from tests.desks import BOB, a_desk


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Desk, Desk, str]:
    """Two desks with the same deal: Ann has deleted it, Bob has written a note on it meanwhile."""
    (tmp_path / "b").mkdir()
    ann = a_desk(tmp_path)
    deal = ann.run(deals.new_deal, title="Gate")
    bob = a_desk(tmp_path / "b", author=BOB)
    merge_file(bob, ann.path)
    ann.run(deals.delete_deal, deal.id)
    bob.run(deals.edit_deal, deal.id, note="met them")
    return ann, bob, deal.id


def titles(desk: Desk) -> list[str]:
    return [row[0] for row in desk.read(lambda read: read.sql("SELECT title FROM deal"))]


def test_it_stays_and_is_told(pair: tuple[Desk, Desk, str]) -> None:
    ann, bob, deal = pair
    assert merge_file(ann, bob.path).conflicts == 1
    assert merge_file(bob, ann.path).conflicts == 1
    for desk in (ann, bob):
        assert titles(desk) == ["Gate"]
        (one,) = desk.read(conflicts)
        assert (one.field, one.deal_id, one.what) == ("deleted", deal, "Gate")
        assert (one.shown.value, one.shown.author, one.other.value, one.other.author) == (False, "Bob", True, "Ann")
    assert ann.read(conflicts)[0].id == bob.read(conflicts)[0].id


def test_it_is_deleted_after_all(pair: tuple[Desk, Desk, str]) -> None:
    ann, bob, _ = pair
    merge_file(ann, bob.path)
    (one,) = ann.read(conflicts)
    with pytest.raises(NoDisagreement):
        ann.run(settle, one.id, other=False)
    ann.run(settle, one.id, other=True)
    assert (titles(ann), ann.read(conflicts)) == ([], ())
    ann.undo()
    assert (titles(ann), ann.read(conflicts)) == (["Gate"], (one,))
    ann.redo()
    merge_file(bob, ann.path)
    assert (titles(bob), bob.read(conflicts)) == ([], ())


def test_it_is_kept_for_good(pair: tuple[Desk, Desk, str]) -> None:
    ann, bob, _ = pair
    merge_file(bob, ann.path)
    (one,) = bob.read(conflicts)
    keep(bob, one.id, "Gate")
    assert (titles(bob), bob.read(conflicts)) == (["Gate"], ())
    with pytest.raises(NoDisagreement):
        keep(bob, one.id, "Gate")
    merge_file(ann, bob.path)
    assert (titles(ann), ann.read(conflicts)) == (["Gate"], ())
    bob.undo(bob.history(1)[0].batch)
    assert (titles(bob), bob.read(conflicts)) == (["Gate"], (one,))
    bob.undo(bob.history(1)[0].batch)
    assert bob.read(conflicts) == ()
    for desk in (ann, bob):
        assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


def test_a_merge_is_looked_into_withdrawn_and_brought_back(pair: tuple[Desk, Desk, str]) -> None:
    ann, bob, _ = pair
    found = look_into(ann, bob.path)
    assert [(one.author, one.acts) for one in found.colleagues] == [("Bob", 2)]
    assert {act.label for act in found.examples} == {"New workspace", "Change “{title}”"}
    assert (found.merge.conflicts, found.withdrawn) == (1, 0)
    done = merge_file(ann, bob.path)
    assert done.record is not None
    with pytest.raises(NotWithdrawn):
        bring_back_merge(ann, done.record)
    ann.undo(done.record)
    assert (titles(ann), look_into(ann, bob.path).withdrawn) == ([], 2)
    assert bring_back_merge(ann, done.record) == done.new_changes
    assert [one.withdrawn for one in ann.read(merges)] == [False]
    assert titles(ann) == ["Gate"]
