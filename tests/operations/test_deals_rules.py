from pathlib import Path

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.operations.deals import (
    OtherPipeline,
    company_named,
    edit_deal,
    hand_over,
    lose_deal,
    move_deal,
    new_deal,
    reopen_deal,
    win_deal,
)
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.storage.journal import Batch
from tests.desks import a_desk, a_playbook


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = a_desk(tmp_path)
    desk.run(add_pipeline, a_playbook("apartment-doors"))
    return desk


def test_a_value_without_a_currency_is_in_the_workspaces_own(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", value=100)
    assert deal.currency == "EUR"
    assert desk.run(new_deal, title="Free").currency == ""
    assert desk.run(new_deal, title="Yen", value=5, currency="JPY").currency == "JPY"
    bare = desk.run(new_deal, title="Later")
    assert desk.run(edit_deal, bare.id, value=7).currency == "EUR"


def test_a_deal_is_made_and_moved_within_one_pipeline(desk: Desk) -> None:
    first, second = desk.read(pipelines)
    foreign = second.stages[2].stage
    with pytest.raises(OtherPipeline):
        desk.run(new_deal, title="Gate", pipeline_id=first.pipeline.id, stage_id=foreign.id)
    deal = desk.run(new_deal, title="Gate", stage_id=foreign.id)
    assert deal.pipeline_id == second.pipeline.id, "the stage tells the pipeline"
    own = desk.run(new_deal, title="Door")
    with pytest.raises(OtherPipeline):
        desk.run(move_deal, own.id, foreign.id)
    desk.run(lose_deal, own.id, reason="too dear")
    with pytest.raises(OtherPipeline):
        desk.run(reopen_deal, own.id, stage_id=foreign.id)
    desk.run(reopen_deal, own.id)
    desk.run(hand_over, own.id, foreign.id)
    desk.run(win_deal, own.id)
    assert {row.stage.key: row.deals for row in desk.read(pipelines)[1].stages}["won"] == 1


def test_a_company_is_found_whatever_its_case(desk: Desk) -> None:
    @operation("Find")
    def both(batch: Batch) -> tuple[str, str]:
        return company_named(batch, "Завод ЁЛКА").id, company_named(batch, " завод елка ").id

    one, other = desk.run(both)
    assert one == other
    deal: Deal = desk.run(new_deal, title="Gate", company="ЗАВОД ёлка")
    assert deal.company_id == one
