"""Stages and a pipeline that an import brings along, because its table names them and the workspace lacks them."""

from dataclasses import replace

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.situation import Rulebook
from funnel_desk.operations.import_look import ReaderLook
from funnel_desk.operations.import_values import Additions
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.reader import Reader


def add_stages(batch: Batch, additions: Additions) -> None:
    """Make them, the stages between those before the sale and the sale itself."""
    if additions.pipeline is not None:
        batch.add(additions.pipeline)
    working = [stage for stage in additions.stages if stage.side == "before"]
    if working:
        begin = min(stage.position for stage in working)
        for stage in batch.find(Stage, pipeline_id=working[0].pipeline_id):
            if stage.position >= begin:
                batch.save(stage, replace(stage, position=stage.position + len(working)))
    for stage in additions.stages:
        shifted = stage.side != "before" and working
        batch.add(replace(stage, position=stage.position + len(working)) if shifted else stage)


class LookAhead(ReaderLook):
    """Looks through a reader as if the stages were there already."""

    def __init__(self, read: Reader, now: Moment, additions: Additions) -> None:
        super().__init__(read, now)
        self._additions = additions

    def rulebook(self) -> Rulebook:
        """Stages and steps as they will be."""
        known = super().rulebook()
        added = {stage.id: stage for stage in self._additions.stages}
        return known._replace(stages={**known.stages, **added}) if added else known
