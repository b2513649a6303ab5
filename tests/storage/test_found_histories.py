"""Histories that random ones found and that once went wrong, each as the shortest story that shows it."""

from collections.abc import Callable

import pytest

from funnel_desk.operations import deals, steps
from funnel_desk.storage.undo import FEW, NothingLeft
from tests.properties.agreement import contents
from tests.properties.world import SALES, Place

Places = Callable[[int], list[Place]]

pytestmark = pytest.mark.parametrize("few", [0, FEW], ids=["as sets", "one by one"])


def test_what_others_need_stays_when_the_redo_that_brought_it_is_undone(places: Places, few: int) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal", contact="Ann")
    redone = a.reverse(a.reverse(batch, few).batch, few)
    a.desk.run(steps.tick_step, deal.id, f"{SALES}-0-0")
    with pytest.raises(NothingLeft):
        a.reverse(redone.batch, few)


def test_a_company_that_somebody_else_names_is_there_when_its_creation_comes_back(places: Places, few: int) -> None:
    a, b = places(2)
    _, batch = a.desk.run_named(deals.new_deal, title="Deal", company="Alfa")
    b.take(a)
    b.desk.run(deals.new_deal, title="Another", company="Alfa")
    undone = a.reverse(batch, few)
    a.take(b)
    assert [row[0] for row in contents(a.desk)["company"]] != []
    a.reverse(undone.batch, few)


def test_a_delete_does_not_come_back_to_what_is_not_there(places: Places, few: int) -> None:
    (a,) = places(1)
    deal, batch = a.desk.run_named(deals.new_deal, title="Deal")
    _, deleted = a.desk.run_named(deals.delete_deal, deal.id)
    undone = a.reverse(deleted, few)
    a.reverse(batch, few)
    with pytest.raises(NothingLeft, match="what it belongs to is not there"):
        a.reverse(undone.batch, few)
