"""Pipelines: made from a playbook, and from then on the user's own."""

from funnel_desk.domain import playbook as books
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.domain.playbook import Playbook
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


@operation(N_("Add pipeline “{name}”"))
def add_pipeline(batch: Batch, playbook: Playbook) -> Pipeline:
    """Make a pipeline from a playbook: its stages, steps, words, objections, and the lost reasons that are new here.

    A second pipeline from one playbook gets a number after its name, so that each can be named.
    """
    batch.relabel(name=playbook.name)
    there = batch.find(Pipeline)
    pipeline = Pipeline(
        id=batch.new_id(),
        name=free_name(playbook.name, there),
        playbook_key=playbook.key,
        direction=playbook.direction,
        typical_client=playbook.typical_client,
        source=playbook.source,
        position=len(there),
        audience=playbook.audience,
        product=playbook.product,
        price=playbook.price,
        place=playbook.place,
        promotion=playbook.promotion,
    )
    batch.add(pipeline)
    for position, stage in enumerate(playbook.stages):
        _add_stage(batch, pipeline, position, stage)
    for position, objection in enumerate(playbook.objections):
        batch.add(Objection(batch.new_id(), pipeline.id, objection.key, objection.says, objection.answer, position))
    known = batch.find(LostReason)
    keys = {reason.key for reason in known}
    for reason in playbook.lost_reasons:
        if reason.key not in keys:
            batch.add(LostReason(batch.new_id(), reason.key, reason.name, len(keys)))
            keys.add(reason.key)
    return pipeline


def free_name(name: Words, there: list[Pipeline]) -> Words:
    """A name that no pipeline has yet: with a number behind it if need be."""
    taken = {pipeline.name for pipeline in there}
    number = 2
    free = name
    while free in taken:
        free = Words(f"{name.en} {number}", f"{name.ru} {number}")
        number += 1
    return free


def _add_stage(batch: Batch, pipeline: Pipeline, position: int, stage: books.PlaybookStage) -> None:
    made = Stage(
        id=batch.new_id(),
        pipeline_id=pipeline.id,
        key=stage.key,
        name=stage.name,
        position=position,
        side=stage.side,
        probability=stage.probability,
        stalled_days=stage.stalled_days,
        exit_rule=stage.exit_rule,
        hard_days=stage.hard_days,
    )
    batch.add(made)
    for place, step in enumerate(stage.steps):
        batch.add(
            Step(
                id=batch.new_id(),
                pipeline_id=pipeline.id,
                stage_id=made.id,
                key=step.key,
                title=step.title,
                kind=step.kind,
                position=place,
                after=step.term.after,
                days=step.term.days,
                working=step.term.working,
                every=step.repeat.every if step.repeat else None,
                until=step.repeat.until if step.repeat else "",
                required=step.required,
                role=step.role,
                say=step.say,
                ask=step.ask,
                done_when=step.done_when,
                result=step.result,
                sends=step.sends,
                on_demand=step.on_demand,
            )
        )
