"""What an import has to know of a workspace before it reads a single row."""

from dataclasses import dataclass

from funnel_desk.domain.pipeline import LostReason, Pipeline, Stage
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


@dataclass(frozen=True, slots=True)
class Ground:
    """The names that cells may mean: living pipelines in order, all stages, the known reasons for losing."""

    currency: str
    zone: str
    pipelines: tuple[Pipeline, ...]
    stages: tuple[Stage, ...]
    """Of all pipelines, archived ones last: they still have deals in their histories."""
    reasons: tuple[LostReason, ...]

    def pipeline_stages(self, pipeline_id: str) -> list[Stage]:
        """The living stages of a pipeline in order."""
        return [stage for stage in self.stages if stage.pipeline_id == pipeline_id and not stage.archived]


def import_ground(read: Reader) -> Ground:
    """The workspace as an import sees it."""
    pipelines = [one for one in load(read.connection, Pipeline) if not one.archived]
    return Ground(
        read.currency,
        read.zone,
        tuple(sorted(pipelines, key=lambda one: (one.position, one.id))),
        tuple(sorted(load(read.connection, Stage), key=lambda one: (one.archived, one.position, one.id))),
        tuple(sorted(load(read.connection, LostReason), key=lambda one: (one.archived, one.position, one.id))),
    )
