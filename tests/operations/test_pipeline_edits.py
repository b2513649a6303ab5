"""What may and may not be done to a pipeline, and what live deals make of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain import pipeline_rules as rules
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.operations import (
    change_marks,
    pipeline_answers as answers,
    pipeline_page as page,
    pipeline_steps as steps,
    stage_order as order,
    stages as stage_acts,
)
from funnel_desk.operations.deals import lose_deal, move_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.pipelines import add_pipeline
from funnel_desk.operations.steps import tick_step
from funnel_desk.queries.change_marks import change_marks as marks_of
from funnel_desk.queries.pipeline_page import PipelinePage, example_deal, pipeline_lines, pipeline_page
from funnel_desk.queries.pipelines import lost_reasons, objections
from funnel_desk.storage.situations import load
from tests.desks import Clock, a_desk, a_playbook, stages

NEW = Words("Quite new", "Совсем новое")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


def pipeline(desk: Desk) -> Pipeline:
    return desk.read(pipeline_lines)[0].pipeline


def shown(desk: Desk) -> PipelinePage:
    return desk.read(pipeline_page, pipeline(desk).id)


def names(desk: Desk) -> list[str]:
    return [one.key for one in shown(desk).stages if not one.archived]


def where(desk: Desk, deal: Deal) -> str:
    found = desk.read(lambda read: read.sql("SELECT stage_id FROM deal_state WHERE deal_id = ?", deal.id))
    return str(found[0][0])


def steps_of(desk: Desk, stage: Stage) -> tuple[Step, ...]:
    return shown(desk).steps_of(stage.id)


def test_a_stage_comes_after_the_chosen_one_with_a_chance_between_its_neighbours(desk: Desk) -> None:
    first, second = list(stages(desk).values())[:2]
    made = desk.run(order.add_stage, pipeline(desk).id, NEW, first.id)
    assert names(desk)[1] == made.key == "quite-new"
    assert first.probability <= made.probability <= second.probability
    assert made.side == "before"


def test_after_the_won_stage_come_stages_after_the_sale(desk: Desk) -> None:
    won = next(one for one in stages(desk).values() if one.side == "won")
    made = desk.run(order.add_stage, pipeline(desk).id, NEW, won.id)
    assert (made.side, made.probability) == ("after", 10_000)


def test_two_stages_never_have_one_name_in_any_language(desk: Desk) -> None:
    first, second = list(stages(desk).values())[:2]
    with pytest.raises(rules.NameTaken):
        desk.run(stage_acts.edit_stage, first.id, name=Words("", second.name.ru.upper()))
    with pytest.raises(rules.NoName):
        desk.run(stage_acts.edit_stage, first.id, name=Words(" ", ""))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"stalled_days": 0}, rules.NoLimit),
        ({"hard_days": 99_999}, rules.NoLimit),
        ({"stalled_days": 10, "hard_days": 9}, rules.HardLimitFirst),
        ({"probability": 10_001}, stage_acts.NoProbability),
    ],
)
def test_limits_and_chances_that_are_none_are_refused(
    desk: Desk, fields: dict[str, object], problem: type[Exception]
) -> None:
    first = next(iter(stages(desk).values()))
    with pytest.raises(problem):
        desk.run(stage_acts.edit_stage, first.id, **fields)


def test_order_stays_within_a_side_of_the_sale(desk: Desk) -> None:
    first, *_, last = stages(desk).values()
    with pytest.raises(order.OtherSideOfTheSale):
        desk.run(order.move_stage, first.id, last.id)
    with pytest.raises(order.OtherSideOfTheSale):
        desk.run(order.archive_stage, first.id, last.id)


def test_the_won_stage_is_not_archived_and_changes_no_side(desk: Desk) -> None:
    won = next(one for one in stages(desk).values() if one.side == "won")
    with pytest.raises(order.WonStageStays):
        desk.run(order.archive_stage, won.id)
    with pytest.raises(order.WonStageStays):
        desk.run(order.change_side, won.id, "before")


def test_one_stage_before_the_sale_stays(desk: Desk) -> None:
    before = [one for one in stages(desk).values() if one.side == "before"]
    for stage in before[1:]:
        desk.run(order.archive_stage, stage.id)
    with pytest.raises(order.LastStage):
        desk.run(order.archive_stage, before[0].id)
    with pytest.raises(order.LastStage):
        desk.run(order.change_side, before[0].id, "after")


def test_a_stage_where_deals_have_been_keeps_its_side(desk: Desk) -> None:
    desk.run(new_deal, title="Gate")
    first = next(iter(stages(desk).values()))
    with pytest.raises(order.HasHadDeals):
        desk.run(order.change_side, first.id, "after")


@pytest.mark.parametrize("place", [0, 1, 3])
def test_deals_of_an_archived_stage_count_where_it_was_said_and_come_back(desk: Desk, place: int) -> None:
    deal = desk.run(new_deal, title="Gate")
    mine = list(stages(desk).values())
    desk.run(move_deal, deal.id, mine[2].id)
    desk.run(order.archive_stage, mine[2].id, mine[place].id)
    assert where(desk, deal) == mine[place].id
    desk.run(order.restore_stage, mine[2].id)
    assert where(desk, deal) == mine[2].id


def test_what_counts_as_a_stage_goes_with_it_wherever_it_is_moved(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    first, second, third, *_ = stages(desk).values()
    desk.run(move_deal, deal.id, second.id)
    desk.run(order.archive_stage, second.id, third.id)
    desk.run(order.move_stage, third.id, first.id)
    assert where(desk, deal) == third.id
    desk.run(order.add_stage, pipeline(desk).id, NEW, third.id)
    assert where(desk, deal) == third.id


def test_terms_lead_somewhere_and_never_in_a_circle(desk: Desk) -> None:
    first = next(iter(stages(desk).values()))
    one, other = steps_of(desk, first)[:2]
    desk.run(steps.edit_step, other.id, after=f"step:{one.key}")
    with pytest.raises(rules.WaitsForItself):
        desk.run(steps.edit_step, one.id, after=f"step:{other.key}")
    with pytest.raises(rules.WaitsForItself):
        desk.run(steps.edit_step, one.id, every=3, until=one.key)
    with pytest.raises(rules.NothingToWaitFor):
        desk.run(steps.edit_step, one.id, after="step:nothing")
    with pytest.raises(rules.SaleComesLater):
        desk.run(steps.edit_step, one.id, after="sale")
    with pytest.raises(steps.StepIsAwaited):
        desk.run(steps.archive_step, one.id)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("Hello {contcat}", rules.NoPlaceholder), ("{contact", rules.LoneBrace), ("**when?", rules.LoneBold)],
)
def test_a_script_that_could_not_be_read_is_refused(desk: Desk, text: str, problem: type[Exception]) -> None:
    step = steps_of(desk, next(iter(stages(desk).values())))[0]
    with pytest.raises(problem):
        desk.run(steps.edit_step, step.id, say=Words(text, ""))


@pytest.mark.parametrize("fields", [{"days": -1}, {"days": 9_999}, {"every": 0}, {"every": 400}])
def test_terms_that_are_none_are_refused(desk: Desk, fields: dict[str, object]) -> None:
    step = steps_of(desk, next(iter(stages(desk).values())))[0]
    with pytest.raises(rules.NoTerm):
        desk.run(steps.edit_step, step.id, **fields)
    with pytest.raises(rules.UnknownKind):
        desk.run(steps.edit_step, step.id, kind="dance")


def test_a_step_stays_in_its_stage_and_is_not_required_on_demand(desk: Desk) -> None:
    first, second = list(stages(desk).values())[:2]
    mine, other = steps_of(desk, first)[0], steps_of(desk, second)[0]
    with pytest.raises(steps.StepOfAnotherStage):
        desk.run(steps.move_step, mine.id, other.id)
    assert not desk.run(steps.edit_step, mine.id, on_demand=True, required=True).required


def test_what_was_done_of_an_archived_step_stays(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    first = next(iter(stages(desk).values()))
    step = desk.run(steps.add_step, first.id, NEW)
    desk.run(tick_step, deal.id, step.id)
    desk.run(steps.archive_step, step.id)
    assert desk.read(lambda read: read.sql("SELECT count(*) FROM touched_step"))[0][0] == 1
    assert step.id not in {one.id for one in steps_of(desk, first)}
    desk.run(steps.restore_step, step.id)
    assert step.id in {one.id for one in steps_of(desk, first)}


def test_a_pipeline_with_open_deals_or_the_only_one_is_not_archived(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    with pytest.raises(page.OpenDealsInside):
        desk.run(page.archive_pipeline, pipeline(desk).id)
    desk.run(lose_deal, deal.id, reason="too dear")
    with pytest.raises(page.LastPipeline):
        desk.run(page.archive_pipeline, pipeline(desk).id)
    first = pipeline(desk).id
    desk.run(add_pipeline, a_playbook("apartment-doors"))
    desk.run(page.archive_pipeline, first)
    assert [line.pipeline.archived for line in desk.read(pipeline_lines)] == [False, True]


def test_archived_objections_and_reasons_are_offered_no_more(desk: Desk) -> None:
    objection = desk.read(objections, pipeline(desk).id)[0]
    reason = desk.read(lost_reasons)[0]
    desk.run(answers.archive_objection, objection.id)
    desk.run(answers.archive_lost_reason, reason.id)
    assert objection not in desk.read(objections, pipeline(desk).id)
    assert reason not in desk.read(lost_reasons)
    assert {one.archived for one in desk.read(lambda read: load(read.connection, Objection))} == {False, True}
    assert {one.archived for one in desk.read(lambda read: load(read.connection, LostReason))} == {False, True}


def test_noted_changes_are_found_by_day_the_latest_first(desk: Desk) -> None:
    own = pipeline(desk).id
    for day in ("2026-03-03", "2026-05-05", "2026-04-04"):
        desk.run(change_marks.note_change, own, day, f"from {day}")
    assert [one.on_day for one in desk.read(marks_of, own)] == ["2026-05-05", "2026-04-04", "2026-03-03"]
    assert [one.on_day for one in desk.read(marks_of, own, "2026-04-01", "2026-04-30")] == ["2026-04-04"]
    assert len(shown(desk).versions) == 1  # a note is no new version
    for told, problem in (
        (("2026-04-04", " "), change_marks.NothingNoted),
        (("2026-13-04", "x"), change_marks.NoSuchDay),
        (("2026-04-04", "x", "weather"), change_marks.UnknownFactor),
    ):
        with pytest.raises(problem):
            desk.run(change_marks.note_change, own, *told)


def test_versions_count_every_act_and_name_who_did_it(desk: Desk) -> None:
    desk.run(page.review_pipeline, pipeline(desk).id)
    desk.undo()
    assert len(shown(desk).versions) == 3
    assert shown(desk).versions[0].author == "Ann"


def test_a_pipeline_that_nobody_looked_through_counts_from_the_day_it_was_made(tmp_path: Path) -> None:
    clock = Clock("2026-03-01T09:00:00Z")
    desk = a_desk(tmp_path, clock=clock)
    assert desk.read(pipeline_lines)[0].since == "2026-03-01"
    clock.now = "2026-07-01T09:00:00Z"
    desk.run(page.review_pipeline, pipeline(desk).id)
    assert desk.read(pipeline_lines)[0].since == "2026-07-01"
    desk.close()


def test_a_script_is_tried_on_a_deal_of_its_stage_first(desk: Desk) -> None:
    first, second = list(stages(desk).values())[:2]
    assert desk.read(example_deal, pipeline(desk).id, first.id) == ""
    here = desk.run(new_deal, title="Here")
    there = desk.run(new_deal, title="There")
    desk.run(move_deal, there.id, second.id)
    assert desk.read(example_deal, pipeline(desk).id, first.id) == here.id
    assert desk.read(example_deal, pipeline(desk).id, second.id) == there.id
