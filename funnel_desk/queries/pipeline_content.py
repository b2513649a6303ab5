"""A pipeline with all that was written into it: stages, steps, objections, and the workspace's lost reasons."""

from dataclasses import dataclass

from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.queries.pipelines import lost_reasons, objections
from funnel_desk.queries.revisions import revisions
from funnel_desk.storage.journal import NotThere
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


@dataclass(frozen=True, slots=True)
class StageContent:
    """A living stage and its living steps, in order."""

    stage: Stage
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PipelineContent:
    """The whole pipeline; ``changed_at`` is when somebody last changed it (an instant)."""

    pipeline: Pipeline
    stages: tuple[StageContent, ...]
    objections: tuple[Objection, ...]
    lost_reasons: tuple[LostReason, ...]
    changed_at: str


def pipeline_content(read: Reader, pipeline_id: str) -> PipelineContent:
    """The pipeline with this id. Raises NotThere."""
    found = load(read.connection, Pipeline, "id", [pipeline_id])
    if not found:
        raise NotThere
    stages = [one for one in load(read.connection, Stage, "pipeline_id", [pipeline_id]) if not one.archived]
    steps = [one for one in load(read.connection, Step, "pipeline_id", [pipeline_id]) if not one.archived]
    steps.sort(key=lambda one: (one.position, one.id))
    return PipelineContent(
        pipeline=found[0],
        stages=tuple(
            StageContent(stage, tuple(step for step in steps if step.stage_id == stage.id))
            for stage in sorted(stages, key=lambda one: (one.position, one.id))
        ),
        objections=objections(read, pipeline_id),
        lost_reasons=lost_reasons(read),
        changed_at=revisions(read, [pipeline_id])[pipeline_id].at,
    )
