"""A pipeline for whoever edits it: what is archived too, how many deals stand where, and its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.pipeline import LostReason, Objection, Pipeline, Stage, Step
from funnel_desk.queries.change_marks import change_marks
from funnel_desk.storage.history import read_arguments
from funnel_desk.storage.journal import NotThere
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

LATEST = 2_000
"""Among so many of the latest deals an example is looked for."""
SIDES = ("before", "won", "after")


class StageCount(NamedTuple):
    """How many deals stand in a stage of a pipeline, and how many of them are open."""

    pipeline_id: str
    stage_id: str
    deals: int
    open: int


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """A pipeline in the list, archived or not; ``since`` is the day since which nobody looked it through."""

    pipeline: Pipeline
    open_deals: int
    since: str


@dataclass(frozen=True, slots=True)
class Version:
    """One act that changed a pipeline: the template that names it and what fills it, when (an instant), by whom."""

    batch: str
    label: str
    arguments: Mapping[str, object]
    at: str
    author: str


@dataclass(frozen=True, slots=True)
class PipelinePage:
    """All of a pipeline, archived parts too, in order. ``open_deals`` are counted by stage, ``deals`` altogether."""

    pipeline: Pipeline
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    objections: tuple[Objection, ...]
    lost_reasons: tuple[LostReason, ...]
    marks: tuple[ChangeMark, ...]
    open_deals: Mapping[str, int]
    deals: int
    versions: tuple[Version, ...]
    since: str

    def steps_of(self, stage_id: str) -> tuple[Step, ...]:
        """The living steps of a stage, in order."""
        return tuple(step for step in self.steps if step.stage_id == stage_id and not step.archived)


def deal_counts(read: Reader) -> tuple[StageCount, ...]:
    """How many deals stand where. Of very many deals this takes a moment: a screen asks it apart."""
    rows = read.sql(
        "SELECT pipeline_id, stage_id, count(*), sum(outcome = 'open') FROM deal_state GROUP BY pipeline_id, stage_id"
    )
    return tuple(StageCount(row[0], row[1], int(row[2]), int(row[3])) for row in rows)


def deals_up_to(read: Reader, most: int) -> int:
    """How many deals the file holds, counted no further than this."""
    return int(read.sql("SELECT count(*) FROM (SELECT 1 FROM deal_state LIMIT ?)", most)[0][0])


def pipeline_lines(read: Reader, counts: Sequence[StageCount] | None = None) -> tuple[PipelineLine, ...]:
    """All pipelines in the user's order, archived ones last, with these counts (without them: counted now)."""
    counts = deal_counts(read) if counts is None else counts
    found = sorted(load(read.connection, Pipeline), key=lambda one: (one.archived, one.position, one.id))
    return tuple(
        PipelineLine(one, sum(c.open for c in counts if c.pipeline_id == one.id), _since(read, one)) for one in found
    )


def pipeline_page(read: Reader, pipeline_id: str, counts: Sequence[StageCount] | None = None) -> PipelinePage:
    """The pipeline with this id, with these counts (without them: counted now). Raises NotThere."""
    found = load(read.connection, Pipeline, "id", [pipeline_id])
    if not found:
        raise NotThere
    stages = load(read.connection, Stage, "pipeline_id", [pipeline_id])
    places = {one.id: (SIDES.index(one.side), one.position, one.id) for one in stages}
    steps = load(read.connection, Step, "pipeline_id", [pipeline_id])
    objections = load(read.connection, Objection, "pipeline_id", [pipeline_id])
    counts = [one for one in (deal_counts(read) if counts is None else counts) if one.pipeline_id == pipeline_id]
    return PipelinePage(
        pipeline=found[0],
        stages=tuple(sorted(stages, key=lambda one: places[one.id])),
        steps=tuple(sorted(steps, key=lambda one: (places[one.stage_id], one.position, one.id))),
        objections=tuple(sorted(objections, key=lambda one: (one.position, one.id))),
        lost_reasons=tuple(sorted(load(read.connection, LostReason), key=lambda one: (one.position, one.id))),
        marks=change_marks(read, pipeline_id),
        open_deals={one.stage_id: one.open for one in counts},
        deals=sum(one.deals for one in counts),
        versions=versions(read, pipeline_id),
        since=_since(read, found[0]),
    )


def versions(read: Reader, pipeline_id: str) -> tuple[Version, ...]:
    """What made a pipeline what it is, act by act, the latest first; undoing counts. Its version is their number."""
    rows = read.sql(
        "SELECT id, label, arguments, at, author FROM batch WHERE key IN"
        " (SELECT batch FROM change WHERE root = ? AND tbl != 'change_mark' UNION SELECT mark.batch FROM mark"
        " JOIN change ON change.key = mark.target WHERE change.root = ? AND change.tbl != 'change_mark')"
        " AND key NOT IN (SELECT batch FROM withdrawn) ORDER BY lamport DESC, id DESC",
        pipeline_id,
        pipeline_id,
    )
    return tuple(Version(row[0], row[1], read_arguments(row[2]), row[3], row[4]) for row in rows)


def example_deal(read: Reader, pipeline_id: str, stage_id: str) -> str:
    """A deal with which to try out a script: the latest in the stage, else in the pipeline; empty if there is none."""
    for latest in (LATEST, -1):  # all of very many deals are looked through only if there is no other way
        found = read.sql(
            "SELECT deal_id FROM (SELECT * FROM deal_state ORDER BY row_key DESC LIMIT ?) WHERE pipeline_id = ?"
            " ORDER BY stage_id = ? DESC, outcome = 'open' DESC, row_key DESC LIMIT 1",
            latest,
            pipeline_id,
            stage_id,
        )
        if found:
            return str(found[0][0])
    return ""


def _since(read: Reader, pipeline: Pipeline) -> str:
    """Since when nobody has looked a pipeline through: the last review, else the day on which it was made."""
    if pipeline.reviewed_on:
        return pipeline.reviewed_on
    made = read.sql(
        "SELECT min(batch.at) FROM change JOIN batch ON batch.key = change.batch WHERE change.root = ?", pipeline.id
    )[0][0]
    return day_of(str(made), read.zone) if made else ""
