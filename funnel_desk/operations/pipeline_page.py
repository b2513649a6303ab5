"""A pipeline as a whole: its page, its place among the others, a copy of it, and putting it away."""

from dataclasses import replace

from funnel_desk.domain.arranging import placed
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.pipeline import Objection, Pipeline, Stage, Step
from funnel_desk.domain.pipeline_rules import check_name
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.pipelines import free_name
from funnel_desk.operations.stage_order import renumber
from funnel_desk.storage.journal import Batch


class OpenDealsInside(Refusal):
    """A pipeline with open deals is in use."""

    message = N_("“{pipeline}” still has open deals: {n}. Close them or hand them over first.")


class LastPipeline(Refusal):
    """Deals need a pipeline to stand in."""

    message = N_("“{pipeline}” is the only pipeline here. Add another one first.")


@operation(N_("Change pipeline “{pipeline}”"))
def edit_pipeline(batch: Batch, /, pipeline_id: str, **fields: object) -> Pipeline:
    """Change the name of a pipeline or what its page says. Raises NoName."""
    before = batch.get(Pipeline, pipeline_id)
    batch.relabel(pipeline=before.name)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Pipeline's own fields
    check_name(after.name)
    batch.save(before, after)
    return after


@operation(N_("Look through pipeline “{pipeline}”"))
def review_pipeline(batch: Batch, pipeline_id: str) -> Pipeline:
    """Say that somebody looked today whether a pipeline is still true."""
    before = batch.get(Pipeline, pipeline_id)
    batch.relabel(pipeline=before.name)
    after = replace(before, reviewed_on=day_of(batch.now, batch.zone))
    batch.save(before, after)
    return after


@operation(N_("Move pipeline “{pipeline}”"))
def move_pipeline(batch: Batch, pipeline_id: str, before: str | None) -> None:
    """Put a pipeline before another one (None: at the end)."""
    batch.relabel(pipeline=batch.get(Pipeline, pipeline_id).name)
    there = sorted(batch.find(Pipeline), key=lambda one: (one.position, one.id))
    by_id = {one.id: one for one in there}
    renumber(batch, [by_id[row] for row in placed(list(by_id), pipeline_id, before)])


@operation(N_("Copy pipeline “{pipeline}”"))
def copy_pipeline(batch: Batch, pipeline_id: str) -> Pipeline:
    """Make another pipeline with the same page, stages, steps and objections, and no deals."""
    model = batch.get(Pipeline, pipeline_id)
    batch.relabel(pipeline=model.name)
    there = batch.find(Pipeline)
    made = replace(
        model,
        id=batch.new_id(),
        name=free_name(model.name, there),
        position=len(there),
        archived=False,
        reviewed_on=None,
    )
    batch.add(made)
    stages: dict[str, str] = {}
    for stage in sorted(batch.find(Stage, pipeline_id=pipeline_id), key=lambda one: one.position):
        if not stage.archived:
            stages[stage.id] = batch.new_id()
            batch.add(replace(stage, id=stages[stage.id], pipeline_id=made.id))
    for step in batch.find(Step, pipeline_id=pipeline_id):
        if not step.archived and step.stage_id in stages:
            batch.add(replace(step, id=batch.new_id(), pipeline_id=made.id, stage_id=stages[step.stage_id]))
    for objection in batch.find(Objection, pipeline_id=pipeline_id):
        if not objection.archived:
            batch.add(replace(objection, id=batch.new_id(), pipeline_id=made.id))
    return made


@operation(N_("Archive pipeline “{pipeline}”"))
def archive_pipeline(batch: Batch, pipeline_id: str) -> None:
    """Take a pipeline out of use; its closed deals stay. Raises OpenDealsInside and LastPipeline."""
    before = batch.get(Pipeline, pipeline_id)
    batch.relabel(pipeline=before.name)
    [[n]] = batch.rows(
        "SELECT count(*) FROM deal_state WHERE outcome = 'open' AND pipeline_id = ?", pipeline_id
    )  # fmt: skip
    if n:
        raise OpenDealsInside(pipeline=before.name, n=n)
    if not any(one.id != pipeline_id and not one.archived for one in batch.find(Pipeline)):
        raise LastPipeline(pipeline=before.name)
    if not before.archived:
        batch.save(before, replace(before, archived=True))


@operation(N_("Restore pipeline “{pipeline}”"))
def restore_pipeline(batch: Batch, pipeline_id: str) -> None:
    """Use a pipeline again."""
    before = batch.get(Pipeline, pipeline_id)
    batch.relabel(pipeline=before.name)
    if before.archived:
        batch.save(before, replace(before, archived=False))
