"""Stages: what they say of the deals that stand in them."""

from dataclasses import replace

from funnel_desk.domain.forecast import CERTAIN
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.pipeline_rules import check_stage
from funnel_desk.domain.problems import Refusal
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch


class StageElsewhere(Refusal):
    """Two things that belong together are in two pipelines."""

    message = N_("The stage “{stage}” belongs to another pipeline.")


class IsCertain(Refusal):
    """From the won stage on a deal is won, whatever anybody says."""

    message = N_("“{stage}” comes after the sale: its deals are won, so there is no probability to set.")


class NoProbability(Refusal):
    """A probability beyond never and always."""

    message = N_("{percent} % is no probability. It lies between 0 and 100 %.")


@operation(N_("Change stage “{stage}”"))
def edit_stage(batch: Batch, /, stage_id: str, **fields: object) -> Stage:
    """Change the name, the probability, the limits of stalling or the exit rule of a stage.

    Raises IsCertain, NoProbability, NoName, NameTaken, NoLimit and HardLimitFirst.
    """
    before = batch.get(Stage, stage_id)
    batch.relabel(stage=before.name)
    after = replace(before, **fields)  # type: ignore[arg-type]  # the names of Stage's own fields
    if after.probability != before.probability:
        _check_probability(after)
    check_stage(after, batch.find(Stage, pipeline_id=before.pipeline_id))
    batch.save(before, after)
    return after


@operation(N_("Set the probability of “{stage}” to {percent} %"))
def set_stage_probability(batch: Batch, stage_id: str, probability: int) -> Stage:
    """Say another probability (basis points) of a stage before the sale; deals with one of their own keep it.

    Raises IsCertain and NoProbability.
    """
    stage = batch.get(Stage, stage_id)
    batch.relabel(stage=stage.name, percent=f"{probability / 100:g}")
    changed = replace(stage, probability=probability)
    _check_probability(changed)
    if changed != stage:
        batch.save(stage, changed)
    return changed


def _check_probability(stage: Stage) -> None:
    if stage.side != "before":
        raise IsCertain(stage=stage.name)
    if not 0 <= stage.probability <= CERTAIN:
        raise NoProbability(percent=f"{stage.probability / 100:g}")
