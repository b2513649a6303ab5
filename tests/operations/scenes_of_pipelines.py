"""Scenes for whoever edits pipelines: what is done, and with what."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.pipeline import LostReason, Objection, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.operations import (
    change_marks,
    pipeline_answers as answers,
    pipeline_page as page,
    pipeline_steps as steps,
    pipelines,
    stage_order,
    stages,
)
from funnel_desk.operations.desk import Desk, Operation
from funnel_desk.storage.situations import load
from tests.desks import a_playbook, stages as stages_of

NEW = Words("Quite new", "Совсем новое")
Scene = Callable[[Desk, Deal], tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]]


def rows(desk: Desk, kind: type[Any]) -> list[Any]:
    """All rows of a kind, in the order of the work."""
    return sorted(desk.read(lambda read: load(read.connection, kind)), key=lambda one: (one.position, one.id))


def stage(desk: Desk, place: int) -> Stage:
    return list(stages_of(desk).values())[place]


def step(desk: Desk, place: int) -> Step:
    every: list[Step] = rows(desk, Step)
    return next(one for one in every if one.position == place and one.stage_id == stage(desk, 0).id)


def after_done(desk: Desk, what: Operation[Any, Any], row: str) -> str:
    desk.run(what, row)
    return row


def spare(desk: Desk) -> str:
    return desk.run(pipelines.add_pipeline, a_playbook("apartment-doors")).id


def noted(desk: Desk, deal: Deal) -> str:
    return desk.run(change_marks.note_change, deal.pipeline_id, "2026-11-02", "new letter", "script").id


def unawaited(desk: Desk) -> str:
    return desk.run(steps.add_step, stage(desk, 0).id, NEW).id


SCENES: dict[str, Scene] = {
    "edit_pipeline": lambda _, deal: (page.edit_pipeline, (deal.pipeline_id,), {"name": NEW, "price": NEW}),
    "review_pipeline": lambda _, deal: (page.review_pipeline, (deal.pipeline_id,), {}),
    "move_pipeline": lambda desk, deal: (page.move_pipeline, (spare(desk), deal.pipeline_id), {}),
    "copy_pipeline": lambda _, deal: (page.copy_pipeline, (deal.pipeline_id,), {}),
    "archive_pipeline": lambda desk, _: (page.archive_pipeline, (spare(desk),), {}),
    "restore_pipeline": lambda desk, _: (
        page.restore_pipeline,
        (after_done(desk, page.archive_pipeline, spare(desk)),),
        {},
    ),
    "add_stage": lambda desk, deal: (stage_order.add_stage, (deal.pipeline_id, NEW, stage(desk, 1).id), {}),
    "edit_stage": lambda desk, _: (
        stages.edit_stage,
        (stage(desk, 0).id,),
        {"name": NEW, "probability": 1_500, "stalled_days": 3, "hard_days": 9, "exit_rule": "block"},
    ),
    "move_stage": lambda desk, _: (stage_order.move_stage, (stage(desk, 2).id, stage(desk, 0).id), {}),
    "archive_stage": lambda desk, _: (stage_order.archive_stage, (stage(desk, 0).id, stage(desk, 2).id), {}),
    "restore_stage": lambda desk, _: (
        stage_order.restore_stage,
        (after_done(desk, stage_order.archive_stage, stage(desk, 0).id),),
        {},
    ),
    "change_side": lambda desk, deal: (
        stage_order.change_side,
        (desk.run(stage_order.add_stage, deal.pipeline_id, NEW).id, "after"),
        {},
    ),
    "add_step": lambda desk, _: (steps.add_step, (stage(desk, 0).id, NEW, "visit", step(desk, 0).id), {}),
    "edit_step": lambda desk, _: (steps.edit_step, (step(desk, 0).id,), {"title": NEW, "days": 9, "say": NEW}),
    "move_step": lambda desk, _: (steps.move_step, (unawaited(desk), step(desk, 0).id), {}),
    "archive_step": lambda desk, _: (steps.archive_step, (unawaited(desk),), {}),
    "restore_step": lambda desk, _: (
        steps.restore_step,
        (after_done(desk, steps.archive_step, unawaited(desk)),),
        {},
    ),
    "add_objection": lambda _, deal: (answers.add_objection, (deal.pipeline_id, NEW, NEW), {}),
    "edit_objection": lambda desk, _: (answers.edit_objection, (rows(desk, Objection)[0].id,), {"answer": NEW}),
    "move_objection": lambda desk, _: (answers.move_objection, (rows(desk, Objection)[0].id, None), {}),
    "archive_objection": lambda desk, _: (answers.archive_objection, (rows(desk, Objection)[0].id,), {}),
    "restore_objection": lambda desk, _: (
        answers.restore_objection,
        (after_done(desk, answers.archive_objection, rows(desk, Objection)[0].id),),
        {},
    ),
    "add_lost_reason": lambda *_: (answers.add_lost_reason, (NEW,), {}),
    "edit_lost_reason": lambda desk, _: (answers.edit_lost_reason, (rows(desk, LostReason)[0].id, NEW), {}),
    "move_lost_reason": lambda desk, _: (answers.move_lost_reason, (rows(desk, LostReason)[0].id, None), {}),
    "archive_lost_reason": lambda desk, _: (answers.archive_lost_reason, (rows(desk, LostReason)[0].id,), {}),
    "restore_lost_reason": lambda desk, _: (
        answers.restore_lost_reason,
        (after_done(desk, answers.archive_lost_reason, rows(desk, LostReason)[0].id),),
        {},
    ),
    "note_change": lambda _, deal: (
        change_marks.note_change,
        (deal.pipeline_id, "2026-11-02", "new letter", "script", deal.stage_id),
        {},
    ),
    "edit_change": lambda desk, deal: (change_marks.edit_change, (noted(desk, deal),), {"factor": "law"}),
    "forget_change": lambda desk, deal: (change_marks.forget_change, (noted(desk, deal),), {}),
}
