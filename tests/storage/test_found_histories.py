"""Histories that random ones found and that once went wrong, each as the shortest story that shows it."""

from collections.abc import Callable

import pytest

from funnel_desk.operations import deals, steps
from funnel_desk.storage.undo import NothingLeft
from tests.properties.agreement import contents
from tests.properties.world import SALES, Place

Places = Callable[[int], list[Place]]


def test_what_others_need_stays_when_the_redo_that_brought_it_is_undone(places: Places) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal", contact="Ann")
    redone = a.desk.undo(a.desk.undo(batch).batch)
    a.desk.run(steps.tick_step, deal.id, f"{SALES}-0-0")
    with pytest.raises(NothingLeft):
        a.desk.undo(redone.batch)


def test_a_company_that_somebody_else_names_is_there_when_its_creation_comes_back(places: Places) -> None:
    a, b = places(2)
    _, batch = a.desk.run_named(deals.new_deal, title="Deal", company="Alfa")
    b.take(a)
    b.desk.run(deals.new_deal, title="Another", company="Alfa")
    undone = a.desk.undo(batch)
    a.take(b)
    assert [row[0] for row in contents(a.desk)["company"]] != []
    a.desk.undo(undone.batch)


def test_a_delete_does_not_come_back_to_what_is_not_there(places: Places) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal")
    _, deleted = a.desk.run_named(deals.delete_deal, deal.id)
    undone = a.desk.undo(deleted)
    a.desk.undo(batch)
    with pytest.raises(NothingLeft, match="what it belongs to is not there"):
        a.desk.undo(undone.batch)
