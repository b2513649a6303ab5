"""Many deals at once: those that a rule holds back stay and are told, the others go; one undo takes all of it back."""

from pathlib import Path

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.operations import bulk
from funnel_desk.operations.deals import IsLost, NoTitle, lose_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.saved_views import NoViewName, ViewNameTaken, move_view, rename_view, save_view
from funnel_desk.progress import Cancelled
from funnel_desk.queries.deals import DealFilter, deal_keys, deal_rows
from funnel_desk.queries.saved_views import saved_views
from funnel_desk.storage import check
from tests.desks import a_desk, stages


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def deals(desk: Desk, count: int) -> list[Deal]:
    return [desk.run(new_deal, title=f"Deal {place}", company="Beta") for place in range(count)]


def second(desk: Desk) -> str:
    return next(stage.id for stage in stages(desk).values() if stage.position == 1)


def test_lost_deals_stay_and_are_told_while_the_others_move(desk: Desk) -> None:
    first, gone, last = deals(desk, 3)
    desk.run(lose_deal, gone.id, reason="silence")
    before = desk.read(lambda read: check.contents(read.connection))
    found = desk.run(bulk.move_deals, [first.id, gone.id, last.id], second(desk))
    assert found.done == 2
    assert [(held.title, type(held.why)) for held in found.held] == [("Deal 1", IsLost)]
    rows = desk.read(deal_rows, desk.read(deal_keys, DealFilter(stage_id=second(desk))))
    assert sorted(row.title for row in rows) == ["Deal 0", "Deal 2"]
    assert desk.history(1)[0].arguments["n"] == 2
    desk.undo()
    assert desk.read(lambda read: check.contents(read.connection)) == before


def test_where_none_can_go_the_first_reason_is_the_answer(desk: Desk) -> None:
    (gone,) = deals(desk, 1)
    desk.run(bulk.lose_deals, [gone.id], reason="silence")
    with pytest.raises(IsLost):
        desk.run(bulk.lose_deals, [gone.id], reason="silence")


def test_a_value_brings_its_currency_and_a_title_is_not_empty(desk: Desk) -> None:
    chosen = [deal.id for deal in deals(desk, 3)]
    assert desk.run(bulk.edit_deals, chosen, {"value": 700}).done == 3
    rows = desk.read(deal_rows, desk.read(deal_keys, DealFilter(keys=tuple(chosen))))
    assert {(row.value, row.currency) for row in rows} == {(700, "EUR")}
    with pytest.raises(NoTitle):
        desk.run(bulk.edit_deals, chosen, {"title": " "})


def test_tags_come_and_go_and_keep_their_order(desk: Desk) -> None:
    (deal,) = deals(desk, 1)
    desk.run(bulk.tag_deals, [deal.id], add=["b", "a", "c"])
    desk.run(bulk.tag_deals, [deal.id], add=["b", "d"], remove=["a"])
    assert desk.read(deal_rows, desk.read(deal_keys, DealFilter()))[0].tags == ("b", "c", "d")
    assert desk.run(bulk.tag_deals, [deal.id], add=["d"]).done == 0


def test_a_bulk_that_is_cancelled_changes_nothing(desk: Desk) -> None:
    chosen = [deal.id for deal in deals(desk, 2)]

    class Impatient:
        def report(self, _done: int, _total: int, _what: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.run(bulk.delete_deals, chosen, progress=Impatient())
    assert len(desk.read(deal_keys, DealFilter())) == 2


def test_twenty_deleted_and_brought_back_byte_for_byte(desk: Desk) -> None:
    chosen = [deal.id for deal in deals(desk, 20)]
    desk.run(bulk.move_deals, chosen[:10], second(desk))
    before = desk.read(lambda read: check.contents(read.connection))
    assert desk.run(bulk.delete_deals, chosen).done == 20
    assert desk.read(deal_keys, DealFilter()) == []
    desk.undo()
    assert len(desk.read(deal_keys, DealFilter(), ["value"])) == 20
    assert desk.read(lambda read: check.contents(read.connection)) == before
    assert desk.read(lambda read: check.differences(read.connection, read.zone)) == []


def test_views_have_names_of_their_own_and_an_order(desk: Desk) -> None:
    mine = desk.run(save_view, "  My   view ", {"sources": "web"})
    other = desk.run(save_view, "Other", {})
    assert mine.name == "My view"
    with pytest.raises(ViewNameTaken):
        desk.run(save_view, "MY VIEW", {})
    with pytest.raises(NoViewName):
        desk.run(rename_view, mine.id, " ")
    desk.run(rename_view, mine.id, "my view")
    desk.run(move_view, other.id, 0)
    assert [view.name for view in desk.read(saved_views)] == ["Other", "my view"]
