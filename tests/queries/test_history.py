from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.operations.deals import edit_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.history import ActRow, act_keys, act_rows
from tests.queries.desks import open_bench


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for bench in open_bench(tmp_path):
        yield bench.desk


def acts(desk: Desk) -> list[ActRow]:
    keys = desk.read(act_keys)
    rows = {row.row_key: row for row in desk.read(act_rows, keys)}
    return [rows[key] for key in keys]


def test_the_newest_act_comes_first_and_the_first_began_the_file(desk: Desk) -> None:
    desk.run(new_deal, title="Gate")
    newest, first = acts(desk)
    assert (newest.label, newest.arguments, newest.changes) == ("New deal “{title}”", {"title": "Gate"}, 1)
    assert (newest.kind, newest.author, newest.undone_by) == ("act", "Anna", "")
    assert (first.kind, first.label) == ("new", "New workspace")


def test_what_is_undone_says_by_what_and_that_brings_it_back(desk: Desk) -> None:
    desk.run(new_deal, title="Gate")
    desk.undo()
    undo, act, _ = acts(desk)
    assert (undo.kind, act.undone_by) == ("undo", undo.batch)
    desk.undo(act.undone_by)
    redo, undo, act, _ = acts(desk)
    assert (redo.kind, redo.undone_by) == ("redo", "")
    assert (undo.undone_by, act.undone_by) == (redo.batch, "")


def test_taking_back_a_redo_is_taking_back_its_act(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    desk.run(edit_deal, deal.id, title="Barrier")
    desk.undo()
    desk.redo()
    desk.undo(acts(desk)[0].batch)
    newest, _, _, edit, *_ = acts(desk)
    assert edit.undone_by == newest.batch


def test_only_the_lines_asked_for_are_read(desk: Desk) -> None:
    for number in range(5):
        desk.run(new_deal, title=str(number))
    keys = desk.read(act_keys)
    assert {row.row_key for row in desk.read(act_rows, keys[1:3])} == set(keys[1:3])
    assert desk.read(act_rows, []) == []
