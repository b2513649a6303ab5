"""Which pipeline and which stage a cell means: by key, or by name in any language of the program."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.domain.search import folded
from funnel_desk.exchange.meanings import outcome_of_stage
from funnel_desk.exchange.words import normalise
from funnel_desk.i18n import language
from funnel_desk.queries.import_ground import Ground

_PIPELINE_AFTER = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class StageWord:
    """What a stage cell means: a stage, an outcome, or both (a stage from the sale on)."""

    stage: Stage | None
    outcome: Literal["open", "won", "lost"]


class StageNames:
    """Finds pipelines and stages by everything they are called. What is asked once is known from then on."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._stages: dict[str, Mapping[str, Stage]] = {
            pipeline.id: _by_name(stage for stage in ground.stages if stage.pipeline_id == pipeline.id)
            for pipeline in ground.pipelines
        }
        self._pipelines = _pipelines_by_name(ground.pipelines)
        self._known: dict[tuple[str, str], StageWord | None] = {}

    def pipeline(self, cell: str) -> Pipeline | None:
        """The pipeline that a cell names."""
        return self._pipelines.get(folded(cell.strip())) or self._pipelines.get(normalise(cell))

    def stage(self, cell: str, pipeline_id: str) -> StageWord | None:
        """What a stage cell means in a pipeline; None when nothing is called so."""
        key = (cell, pipeline_id)
        if key not in self._known:
            self._known[key] = self._find(cell, pipeline_id)
        return self._known[key]

    def anywhere(self, cell: str, pipeline_id: str) -> StageWord | None:
        """What a stage cell means in this pipeline or, where a deal was handed over, in another."""
        return self.stage(cell, pipeline_id) or next(
            (word for other in self._stages if (word := self.stage(cell, other)) is not None), None
        )

    def said(self, pipeline_id: str) -> str:
        """The living stages of a pipeline as a person may write them."""
        stages = self._ground.pipeline_stages(pipeline_id)
        return ", ".join(f"{stage.name.of(language())} ({stage.key})" for stage in stages)

    def _find(self, cell: str, pipeline_id: str) -> StageWord | None:
        stages = self._stages[pipeline_id]
        stage = stages.get(folded(cell.strip())) or stages.get(normalise(cell))
        if stage is not None:
            return StageWord(stage, "open" if stage.side == "before" else "won")
        outcome = outcome_of_stage(cell)
        if outcome is not None:
            return StageWord(None, outcome)
        bare = _PIPELINE_AFTER.sub("", cell)  # "Closed won (Sales pipeline)"
        return self._find(bare, pipeline_id) if bare.strip() and bare != cell else None


def _by_name(stages: Iterable[Stage]) -> dict[str, Stage]:
    """Stages by their keys, then by their names, then by both without punctuation; the earlier keeps a name."""
    found: dict[str, Stage] = {}
    listed = list(stages)
    for stage in listed:
        found.setdefault(folded(stage.key), stage)
        found.setdefault(stage.id, stage)
    for stage in listed:
        for name in (stage.name.en, stage.name.ru):
            found.setdefault(folded(name.strip()), stage)
    for stage in listed:
        for name in (stage.key, stage.name.en, stage.name.ru):
            found.setdefault(normalise(name), stage)
    found.pop("", None)
    return found


def _pipelines_by_name(pipelines: Iterable[Pipeline]) -> dict[str, Pipeline]:
    found: dict[str, Pipeline] = {}
    listed = list(pipelines)
    for pipeline in listed:
        for name in (pipeline.id, pipeline.name.en, pipeline.name.ru):
            found.setdefault(folded(name.strip()), pipeline)
    for pipeline in listed:
        found.setdefault(folded(pipeline.playbook_key), pipeline)
    for pipeline in listed:
        for name in (pipeline.name.en, pipeline.name.ru, pipeline.playbook_key):
            found.setdefault(normalise(name), pipeline)
    found.pop("", None)
    return found
