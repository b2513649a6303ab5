"""The pipelines of a workspace, their stages with the deals in them, and the reasons for losing."""

from dataclasses import dataclass

from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage and how many deals stand there now: open ones, and won ones from the won stage on."""

    stage: Stage
    deals: int


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A pipeline with its living stages in order."""

    pipeline: Pipeline
    stages: tuple[StageRow, ...]

    @property
    def won_stage(self) -> Stage:
        """The stage that wins a deal."""
        return next(row.stage for row in self.stages if row.stage.side == "won")


def pipelines(read: Reader) -> tuple[PipelineRow, ...]:
    """All living pipelines in the user's order."""
    stages = sorted(load(read.connection, Stage), key=lambda one: one.position)
    counts = dict(read.sql("SELECT stage_id, count(*) FROM deal_state WHERE outcome != 'lost' GROUP BY stage_id"))
    return tuple(
        PipelineRow(
            pipeline,
            tuple(
                StageRow(stage, int(counts.get(stage.id, 0)))
                for stage in stages
                if stage.pipeline_id == pipeline.id and not stage.archived
            ),
        )
        for pipeline in sorted(load(read.connection, Pipeline), key=lambda one: (one.position, one.id))
        if not pipeline.archived
    )


def lost_reasons(read: Reader) -> tuple[LostReason, ...]:
    """The living reasons for losing a deal, in the user's order."""
    found = [one for one in load(read.connection, LostReason) if not one.archived]
    return tuple(sorted(found, key=lambda one: (one.position, one.id)))


def objections(read: Reader, pipeline_id: str) -> tuple[Objection, ...]:
    """What clients of a pipeline say against it, and the answers."""
    found = [one for one in load(read.connection, Objection, "pipeline_id", [pipeline_id]) if not one.archived]
    return tuple(sorted(found, key=lambda one: (one.position, one.id)))
