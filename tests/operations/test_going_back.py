"""Going back to before an act: all later acts of one person as one, and one way forward again."""

from pathlib import Path

import pytest

from funnel_desk.operations import bulk, deals
from funnel_desk.operations.desk import Desk, NotAnAct, NotUndoable
from funnel_desk.operations.sharing import merge_file
from funnel_desk.queries.history import act_keys, act_rows
from funnel_desk.storage import check
from funnel_desk.storage.undo import NothingLeft
from tests.desks import BOB, Clock, a_desk, stages


def contents(desk: Desk) -> object:
    return desk.read(lambda read: check.contents(read.connection))


def struck_out(desk: Desk) -> list[str]:
    rows = desk.read(act_rows, desk.read(act_keys))
    return [row.label for row in sorted(rows, key=lambda row: row.row_key) if row.undone_by]


def sound(desk: Desk) -> None:
    assert desk.read(lambda read: check.findings(read.connection)) == []
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


def test_all_later_acts_go_back_as_one_and_come_back_as_one(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    first = desk.run(deals.new_deal, title="Gate")
    point = contents(desk)
    _, batch = desk.run_named(deals.move_deal, first.id, list(stages(desk).values())[1].id)
    assert batch is not None
    desk.run(deals.new_deal, title="Yard", company="North")
    desk.run(deals.edit_deal, first.id, value=500_00)
    desk.run(deals.edit_deal, first.id, value=700_00, note="called")
    now = contents(desk)
    tried = desk.try_go_back(batch)
    assert contents(desk) == now
    found = desk.go_back(batch)
    assert (found.reverted, found.kept) == (tried.reverted, ())
    assert contents(desk) == point
    assert len(struck_out(desk)) == 4
    assert desk.undo_names()[1] is not None
    desk.redo()
    assert contents(desk) == now
    assert struck_out(desk) == ["All since “{act}”"]
    desk.undo(desk.history(1)[0].batch)
    assert contents(desk) == point
    sound(desk)


def test_what_was_undone_and_redone_since_goes_back_to_how_it_stood(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    deal = desk.run(deals.new_deal, title="Gate")
    _, early = desk.run_named(deals.edit_deal, deal.id, note="early")
    _, kept = desk.run_named(deals.edit_deal, deal.id, source="site")
    point = contents(desk)
    _, here = desk.run_named(deals.edit_deal, deal.id, value=100)
    desk.undo(early)
    desk.undo(kept)
    desk.undo(desk.history(1)[0].batch)
    desk.run(deals.edit_deal, deal.id, value=200)
    assert here is not None
    desk.go_back(here)
    assert contents(desk) == point
    sound(desk)


def test_what_a_colleague_built_on_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    ann = a_desk(tmp_path, clock=Clock())
    deal = ann.run(deals.new_deal, title="Gate")
    bob = a_desk(tmp_path / "b", author=BOB)
    merge_file(bob, ann.path)
    bob.run(deals.edit_deal, deal.id, note="met them")
    merge_file(ann, bob.path)
    ann.run(deals.new_deal, title="Yard")
    found = ann.go_back(_first(ann))
    assert {one.row for one in found.kept} == {deal.id}
    titles = ann.read(lambda read: read.sql("SELECT title, note FROM deal"))
    assert [tuple(row) for row in titles] == [("Gate", "met them")]
    sound(ann)
    for desk in (ann, bob):
        desk.close()


def _first(desk: Desk) -> str:
    return next(entry.batch for entry in reversed(desk.history()) if entry.kind == "act")


def test_the_beginning_and_an_undo_are_no_points_to_go_back_to(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    with pytest.raises(NotUndoable):
        desk.go_back(desk.history()[-1].batch)
    _, batch = desk.run_named(deals.new_deal, title="Gate")
    undone = desk.undo()
    with pytest.raises(NotAnAct):
        desk.go_back(undone.batch)
    assert batch is not None
    desk.redo()
    desk.go_back(batch)
    with pytest.raises(NothingLeft):
        desk.go_back(batch)


def test_an_act_over_many_deals_is_taken_back_from_one_of_them_only(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    one, other = (desk.run(deals.new_deal, title=title) for title in ("Gate", "Yard"))
    _, batch = desk.run_named(bulk.lose_deals, [one.id, other.id], reason="too dear")
    assert batch is not None
    desk.take_back_from(batch, one.id, one.title)
    assert struck_out(desk) == []
    assert outcomes(desk) == {one.id: "open", other.id: "lost"}
    sound(desk)
    desk.redo()
    assert outcomes(desk) == {one.id: "lost", other.id: "lost"}


def outcomes(desk: Desk) -> dict[str, str]:
    rows = desk.read(lambda read: read.sql("SELECT deal_id, outcome FROM deal_state"))
    return {row[0]: row[1] for row in rows}
