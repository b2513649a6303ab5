from pathlib import Path

import pytest

from funnel_desk.operations.deals import edit_deal, lose_deal, new_deal, reopen_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.stage_order import archive_stage, restore_stage
from funnel_desk.operations.stages import IsCertain, NoProbability, set_stage_probability
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.deals import DealFilter, deal_keys, deal_rows
from funnel_desk.queries.funnel import funnel
from tests.desks import a_desk, stages


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


def chances(desk: Desk) -> list[int]:
    rows = desk.read(deal_rows, desk.read(deal_keys, DealFilter()))
    return [row.probability for row in sorted(rows, key=lambda row: row.title)]


def test_deals_without_a_probability_of_their_own_follow_the_stage_until_it_is_undone(desk: Desk) -> None:
    first = next(iter(stages(desk).values()))
    desk.run(new_deal, title="Follows")
    own = desk.run(new_deal, title="Own")
    desk.run(edit_deal, own.id, probability=9_000)
    desk.run(set_stage_probability, first.id, 3_300)
    assert chances(desk) == [3_300, 9_000]
    assert desk.history(1)[0].arguments == {"stage": first.name, "percent": "33"}
    desk.undo()
    assert chances(desk) == [first.probability, 9_000]


def test_the_same_again_is_no_act(desk: Desk) -> None:
    first = next(iter(stages(desk).values()))
    assert desk.run_named(set_stage_probability, first.id, first.probability)[1] is None


def test_what_is_won_stays_certain(desk: Desk) -> None:
    won = next(stage for stage in stages(desk).values() if stage.side == "won")
    with pytest.raises(IsCertain):
        desk.run(set_stage_probability, won.id, 5_000)


@pytest.mark.parametrize("beyond", [-1, 10_001])
def test_beyond_never_and_always_is_refused(desk: Desk, beyond: int) -> None:
    first = next(iter(stages(desk).values()))
    with pytest.raises(NoProbability):
        desk.run(set_stage_probability, first.id, beyond)
    assert stages(desk)[first.key].probability == first.probability


@pytest.mark.parametrize("again", [False, True])
def test_losing_and_reopening_move_nothing_while_the_stage_is_archived(desk: Desk, *, again: bool) -> None:
    first, second, *_others = stages(desk).values()
    deal = desk.run(new_deal, title="Gate", stage_id=second.id)
    desk.run(archive_stage, second.id)
    desk.run(lose_deal, deal.id, reason="too dear")
    if again:
        desk.run(reopen_deal, deal.id)
    desk.run(restore_stage, second.id)
    found = desk.read(funnel, Scope(deal.pipeline_id), now=desk.clock()).funnel.stages
    assert [(one.entered, one.lost) for one in found[:2]] == [(0, 0), (1 + again, 1)], first.name
