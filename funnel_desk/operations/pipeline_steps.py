"""The steps of a pipeline and the words to say. Deals that are under way follow what is written here at once."""

from collections.abc import Sequence
from dataclasses import replace

from funnel_desk.domain.arranging import free_key, placed
from funnel_desk.domain.pipeline import Stage, Step
from funnel_desk.domain.pipeline_rules import check_circles, check_step
from funnel_desk.domain.playbook import STEP_PREFIX
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.words import Words
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.stage_order import renumber, stages_in_order
from funnel_desk.storage.journal import Batch


class StepIsAwaited(Refusal):
    """Another step waits for this one, and would never be due without it."""

    message = N_("“{other}” waits for “{step}”. Give that one another term first.")


class StepOfAnotherStage(Refusal):
    """A step stays in its stage: what deals did there belongs to it."""

    message = N_("“{step}” stays in its stage, because deals have done it there. Add one to the other stage instead.")


@operation(N_("Add step “{step}”"))
def add_step(batch: Batch, stage_id: str, title: Words, kind: str = "call", after: str | None = None) -> Step:
    """Add a step to a stage after another one (without it: as the last), due on the day the stage begins.

    Raises NoName and UnknownKind.
    """
    batch.relabel(step=title)
    stage = batch.get(Stage, stage_id)
    every = _in_order(batch, stage.pipeline_id)
    keys = [one.key for one in batch.find(Step, pipeline_id=stage.pipeline_id)]
    mine = [one for one in every if one.stage_id == stage_id]
    step = Step(
        batch.new_id(), stage.pipeline_id, stage_id, free_key(title, keys, "step"), title, kind, len(mine)
    )  # fmt: skip
    check_step(step, stage, [*every, step])
    batch.add(step)
    ids = [one.id for one in mine]
    follower = ids[ids.index(after) + 1] if after in ids and ids[-1] != after else None
    by_id = {one.id: one for one in (*mine, step)}
    renumber(batch, [by_id[row] for row in placed([*ids, step.id], step.id, follower)])
    return step


@operation(N_("Change step “{step}”"))
def edit_step(batch: Batch, /, step_id: str, **fields: object) -> Step:
    """Change any of a step's own fields. What comes up on demand is not required.

    Raises NoName, UnknownKind, NoTerm, NothingToWaitFor, WaitsForItself, SaleComesLater, NoPlaceholder, LoneBrace and
    LoneBold.
    """
    before = batch.get(Step, step_id)
    batch.relabel(step=before.title)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Step's own fields
    if after.on_demand:
        after = replace(after, required=False)
    if after.every is None:
        after = replace(after, until="")
    check_step(after, batch.get(Stage, before.stage_id), _in_order(batch, before.pipeline_id))
    batch.save(before, after)
    return after


@operation(N_("Move step “{step}”"))
def move_step(batch: Batch, step_id: str, before: str | None) -> None:
    """Put a step before another one of its stage (None: at the end). Raises StepOfAnotherStage and WaitsForItself."""
    step = batch.get(Step, step_id)
    batch.relabel(step=step.title)
    if before is not None and batch.get(Step, before).stage_id != step.stage_id:
        raise StepOfAnotherStage(step=step.title)
    mine = {one.id: one for one in _in_order(batch, step.pipeline_id) if one.stage_id == step.stage_id}
    renumber(batch, [mine[row] for row in placed(list(mine), step_id, before)])
    check_circles(_in_order(batch, step.pipeline_id))


@operation(N_("Archive step “{step}”"))
def archive_step(batch: Batch, step_id: str) -> None:
    """Take a step out of use; what was done of it stays. Raises StepIsAwaited."""
    step = batch.get(Step, step_id)
    batch.relabel(step=step.title)
    for other in _in_order(batch, step.pipeline_id):
        if step.key in {other.after.removeprefix(STEP_PREFIX) if ":" in other.after else "", other.until}:
            raise StepIsAwaited(other=other.title, step=step.title)
    if not step.archived:
        batch.save(step, replace(step, archived=True))


@operation(N_("Restore step “{step}”"))
def restore_step(batch: Batch, step_id: str) -> None:
    """Use a step again, where it was. Raises what `edit_step` raises if the rest of the pipeline has changed since."""
    step = batch.get(Step, step_id)
    batch.relabel(step=step.title)
    if step.archived:
        batch.save(step, replace(step, archived=False))
        restored = replace(step, archived=False)
        check_step(restored, batch.get(Stage, step.stage_id), _in_order(batch, step.pipeline_id))


def _in_order(batch: Batch, pipeline_id: str) -> Sequence[Step]:
    """The living steps of a pipeline in the order of the work."""
    places = {stage.id: place for place, stage in enumerate(stages_in_order(batch, pipeline_id))}
    living = [one for one in batch.find(Step, pipeline_id=pipeline_id) if not one.archived]
    return sorted(living, key=lambda one: (places[one.stage_id], one.position, one.id))
