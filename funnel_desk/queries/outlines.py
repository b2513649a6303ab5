"""The pipelines and their stages by name, without a look at the deals."""

from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


def pipeline_outlines(read: Reader) -> list[tuple[Pipeline, tuple[Stage, ...]]]:
    """The pipelines that are in use, in order, each with its living stages."""
    stages: list[Stage] = sorted(load(read.connection, Stage), key=lambda one: (one.position, one.id))
    found: list[Pipeline] = sorted(load(read.connection, Pipeline), key=lambda one: (one.position, one.id))
    return [
        (pipeline, tuple(one for one in stages if one.pipeline_id == pipeline.id and not one.archived))
        for pipeline in found
        if not pipeline.archived
    ]
