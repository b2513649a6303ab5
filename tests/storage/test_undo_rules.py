"""The rules of undo and redo, one story each; the numbers are those of the journal's rules."""

from collections.abc import Callable

import pytest

from funnel_desk.operations import activities, deals, steps
from funnel_desk.operations.desk import NothingToRedo, NothingToUndo, NotUndoable
from funnel_desk.storage.judge import BUILT_ON, CHANGED, DELETED, MOVED, WITHOUT_OWNER
from funnel_desk.storage.undo import Kept, NothingLeft, UnknownBatch
from tests.properties import world
from tests.properties.agreement import contents
from tests.properties.world import CARE, SALES, Place

Places = Callable[[int], list[Place]]


def a_deal(place: Place, value: int | None = None) -> tuple[str, str]:
    """A new deal and its batch."""
    deal, batch = place.desk.run_named(deals.new_deal, title="Deal", value=value)
    assert batch is not None
    return deal.id, batch


def move(place: Place, deal: str, stage: int) -> str:
    """Move a deal; gives the batch."""
    batch = place.desk.run_named(deals.move_deal, deal, f"{SALES}-{stage}")[1]
    assert batch is not None
    return batch


def field(place: Place, deal: str, name: str) -> object:
    return place.desk.read(lambda read: read.sql(f"SELECT {name} FROM deal WHERE id = ?", deal))[0][0]


def stage(place: Place, deal: str) -> str:
    return str(place.desk.read(lambda read: read.sql("SELECT stage_id FROM deal_state WHERE deal_id = ?", deal))[0][0])


def count(place: Place, table: str) -> int:
    return int(place.desk.read(lambda read: read.sql(f"SELECT count(*) FROM {table}"))[0][0])


def test_what_was_changed_since_is_kept_and_the_rest_goes_back(places: Places) -> None:  # 17
    (a,) = places(1)
    deal, _ = a_deal(a)
    _, both = a.desk.run_named(deals.edit_deal, deal, note="x", source="web")
    a.desk.run(deals.edit_deal, deal, note="y")
    report = a.desk.undo(both)
    assert (report.reverted, report.kept) == (1, (Kept("deal", deal, CHANGED),))
    assert (field(a, deal, "note"), field(a, deal, "source")) == ("y", "")


def test_a_row_that_others_stand_on_is_kept_and_told(places: Places) -> None:  # 18
    (a,) = places(1)
    deal, batch = a_deal(a)
    a.desk.run(activities.log_activity, deal, "call")
    with pytest.raises(NothingLeft, match=BUILT_ON):
        a.desk.undo(batch)
    assert count(a, "deal") == 1


def test_a_step_ticked_after_a_move_keeps_the_move(places: Places) -> None:  # 9, 18
    (a,) = places(1)
    deal, _ = a_deal(a)
    moved = move(a, deal, 1)
    a.desk.run(steps.tick_step, deal, f"{SALES}-1-0")
    with pytest.raises(NothingLeft, match=BUILT_ON):
        a.desk.undo(moved)
    assert stage(a, deal) == f"{SALES}-1"


def test_of_an_import_only_the_deals_that_somebody_worked_on_are_kept_and_those_whole(places: Places) -> None:  # 18
    (a,) = places(1)
    _, batch = a.desk.run_named(world.bring_in, "Alfa", 2)
    deal = str(a.desk.read(lambda read: read.sql("SELECT deal_id FROM stage_event ORDER BY row_key"))[0][0])
    a.desk.run(deals.edit_deal, deal, note="x")
    report = a.desk.undo(batch)
    assert {(kept.table, kept.why) for kept in report.kept} == {("deal", BUILT_ON), ("company", BUILT_ON)}
    assert (count(a, "deal"), count(a, "stage_event"), count(a, "company")) == (1, 1, 1)
    assert stage(a, deal) == f"{SALES}-2"


def test_a_pipeline_with_deals_in_it_is_kept_whole(places: Places) -> None:  # 18
    (a,) = places(1)
    deal, _ = a_deal(a)
    _, batch = a.desk.run_named(world.another_pipeline)
    target = a.desk.read(lambda read: read.sql("SELECT id, pipeline_id FROM stage ORDER BY row_key DESC"))[0][0]
    stages = count(a, "stage")
    a.desk.run(deals.hand_over, deal, target)
    with pytest.raises(NothingLeft, match=BUILT_ON):
        a.desk.undo(batch)
    assert count(a, "stage") == stages


def test_nothing_is_written_into_what_is_not_there(places: Places) -> None:  # 19
    (a,) = places(1)
    deal, created = a_deal(a)
    _, edited = a.desk.run_named(deals.edit_deal, deal, note="x")
    assert edited is not None
    a.desk.run(deals.delete_deal, deal)
    with pytest.raises(NothingLeft, match=DELETED):
        a.desk.undo(edited)
    with pytest.raises(NothingLeft, match=DELETED):
        a.desk.undo(created)
    a.desk.undo()
    undone = a.desk.undo(edited)
    a.desk.undo(created)
    with pytest.raises(NothingLeft, match=WITHOUT_OWNER):
        a.desk.undo(undone.batch)


def test_a_move_does_not_come_back_beside_one_that_was_made_since(places: Places) -> None:  # 21
    (a,) = places(1)
    deal, _ = a_deal(a)
    undone = a.desk.undo(move(a, deal, 1))
    move(a, deal, 2)
    with pytest.raises(NothingLeft, match=MOVED):
        a.desk.undo(undone.batch)
    assert stage(a, deal) == f"{SALES}-2"


def test_a_move_comes_back_beside_those_that_were_there_before(places: Places) -> None:  # 20, 21
    a, b = places(2)
    deal, _ = a_deal(a)
    b.take(a)
    mine = move(a, deal, 1)
    move(b, deal, 2)
    a.take(b)
    before = contents(a.desk)
    undone = a.desk.undo(mine)
    assert stage(a, deal) == f"{SALES}-2"
    a.desk.undo(undone.batch)
    assert contents(a.desk) == before


def test_a_sibling_by_content_is_a_sibling(places: Places) -> None:  # 10, 20
    a, b = places(2)
    deal, _ = a_deal(a)
    b.take(a)
    for place, then in ((a, 2), (b, 4)):
        move(place, deal, 1)
        move(place, deal, then)
    mine = a.desk.history(1)[0].batch
    a.take(b)
    before = contents(a.desk)
    a.desk.undo(a.desk.undo(mine).batch)
    assert contents(a.desk) == before


def test_a_step_that_held_an_undone_move_may_be_unticked_and_ticked_again(places: Places) -> None:  # 20
    a, b = places(2)
    deal, _ = a_deal(a)
    moved = move(a, deal, 1)
    b.take(a)
    b.desk.run(steps.tick_step, deal, f"{SALES}-1-0")
    a.desk.undo(moved)
    move(a, deal, 2)
    b.take(a)
    assert count(b, "stage_event") == 2
    before = contents(b.desk)
    touched = b.desk.read(lambda read: read.sql("SELECT id FROM touched_step"))[0][0]
    b.desk.run(world.delete_touch, touched)
    assert count(b, "stage_event") == 1
    b.desk.undo()
    assert contents(b.desk) == before


def test_two_who_undid_the_same_act_and_one_who_redoes(places: Places) -> None:  # 2
    a, b = places(2)
    deal, batch = a_deal(a, value=5)
    _, edited = a.desk.run_named(deals.edit_deal, deal, value=6)
    assert edited is not None
    b.take(a)
    mine = a.desk.undo(edited)
    b.desk.undo(edited)
    a.take(b)
    a.desk.undo(mine.batch)
    b.take(a)
    assert (field(a, deal, "value"), field(b, deal, "value")) == (6, 6)
    assert batch not in {entry.batch for entry in a.desk.history() if entry.undone}


def test_an_imported_deal_that_anothers_move_kept_is_redone_and_undone_at_once(places: Places) -> None:  # the open one
    a, b = places(2)
    deal, batch = a_deal(a)
    b.take(a)
    move(b, deal, 1)
    undone = a.desk.undo(batch)
    a.take(b)
    assert count(a, "deal") == 1
    before = contents(a.desk)
    redone = a.desk.undo(undone.batch)
    assert a.desk.undo(redone.batch).kept == ()
    assert contents(a.desk) == before


def test_an_edit_elsewhere_wins_over_a_delete_and_a_delete_over_a_redo(places: Places) -> None:  # 7
    a, b = places(2)
    deal, _ = a_deal(a, value=1)
    _, edited = a.desk.run_named(deals.edit_deal, deal, value=2)
    b.take(a)
    undone = b.desk.undo(edited)
    a.take(b)
    a.desk.run(deals.delete_deal, deal)
    b.desk.undo(undone.batch)  # a mark is no edit
    a.take(b)
    assert count(a, "deal") == 0
    b.desk.run(deals.edit_deal, deal, note="x")
    a.take(b)
    b.take(a)
    assert (count(a, "deal"), count(b, "deal")) == (1, 1)


def test_the_newest_act_of_this_author_is_undone_first_and_a_new_act_clears_redo(places: Places) -> None:
    a, b = places(2)
    with pytest.raises(NothingToUndo):
        a.desk.undo()
    deal, _ = a_deal(a)
    b.take(a)
    b.desk.run(deals.edit_deal, deal, note="his")
    a.desk.run(deals.edit_deal, deal, value=1)
    a.take(b)
    a.desk.undo()
    assert (field(a, deal, "note"), field(a, deal, "value")) == ("his", None)
    a.desk.redo()
    assert field(a, deal, "value") == 1
    with pytest.raises(NothingToRedo):
        a.desk.redo()
    a.desk.undo()
    a.desk.run(deals.edit_deal, deal, value=3)
    with pytest.raises(NothingToRedo):
        a.desk.redo()


def test_the_history_knows_what_is_undone_at_any_remove(places: Places) -> None:
    (a,) = places(1)
    _, batch = a_deal(a)
    said = []
    target = batch
    for _ in range(4):
        target = a.desk.undo(target).batch
        said.append([entry.undone for entry in reversed(a.desk.history())][1:])
    assert said == [[True, False], [False, True, False], [True, False, True, False], [False, True, False, True, False]]


def test_the_beginning_is_not_undone_and_an_unknown_act_is_told(places: Places) -> None:
    (a,) = places(1)
    with pytest.raises(NotUndoable):
        a.desk.undo(a.desk.history()[-1].batch)
    with pytest.raises(UnknownBatch, match="no act nonsense"):
        a.desk.undo("nonsense")


def test_a_merge_is_withdrawn_here_only_and_brought_back(places: Places) -> None:  # 22
    a, b = places(2)
    deal, _ = a_deal(a)
    b.take(a)
    b.desk.run(deals.edit_deal, deal, value=5)
    moved = move(b, deal, 1)
    before = contents(a.desk)
    union = a.take(b)
    after = contents(a.desk)
    a.withdraw(union.batches)
    assert contents(a.desk) == before
    assert moved not in {entry.batch for entry in a.desk.history()}
    assert a.take(b).hidden == tuple(sorted(union.batches))
    b.take(a)
    assert stage(b, deal) == f"{SALES}-1"
    a.bring_back()
    assert contents(a.desk) == after
    a.desk.run(deals.hand_over, deal, f"{CARE}-0")
    a.withdraw(union.batches)
    assert count(a, "stage_event") == 2  # a live move keeps the one before
