"""Does the regulation pay? (M23): required steps done before a stage was left, beside the win rates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.discipline_report import (
    DealDiscipline,
    Discipline,
    LeftStay,
    discipline_report,
    stays_discipline,
)
from funnel_desk.domain.pipeline import Step
from funnel_desk.queries.cohort import StageOrder, stages_in_order
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import passage, stay, touched_step


def discipline(read: Reader, pipeline_id: str) -> Discipline:
    """The discipline of all deals of a pipeline whose path is known.

    A stay that ended the moment it began is none: a deal that came in with its stage was never worked on in those
    before it.
    """
    return discipline_report(_deals(read, pipeline_id, stages_in_order(read, pipeline_id)))


def _deals(read: Reader, pipeline_id: str, order: StageOrder) -> Iterator[DealDiscipline]:
    steps: dict[str, list[Step]] = defaultdict(list)
    for step in load(read.connection, Step, "pipeline_id", [pipeline_id]):
        steps[step.stage_id].append(step)
    touches = _touches(read)
    rows = read.rows(
        select(
            stay.c.deal_id,
            stay.c.stage_id,
            stay.c.entry_id,
            stay.c.entered,
            stay.c.left,
            stay.c.ended,
            passage.c.outcome,
        )
        .join_from(stay, passage, (passage.c.deal_id == stay.c.deal_id) & (passage.c.pipeline_id == stay.c.pipeline_id))
        .where(stay.c.pipeline_id == pipeline_id, passage.c.path_known == True)  # noqa: E712 - SQL
        .order_by(stay.c.deal_id, stay.c.place)
    )
    for _deal_id, path in groupby(rows, attrgetter("deal_id")):
        stays = list(path)
        left = [
            LeftStay(here.left, steps[here.stage_id], touches.get(here.entry_id, ()))
            for here, there in pairwise(stays)
            if _forward(here, there, order)
        ]
        yield stays_discipline(stays[0].outcome, left, read.zone)


def _forward(here: Any, there: Any, order: StageOrder) -> bool:  # noqa: ANN401 - SQLAlchemy's rows
    if here.ended != "moved" or here.left == here.entered:
        return False
    return order.place[there.stage_id] > order.place[here.stage_id]


def _touches(read: Reader) -> Mapping[str, Sequence[TouchedStep]]:
    columns = [touched_step.c[name] for name in TouchedStep.__dataclass_fields__]
    found: dict[str, list[TouchedStep]] = defaultdict(list)
    for row in read.rows(select(*columns).where(touched_step.c.act != "moved")):
        found[row.entry_id].append(TouchedStep(*row))
    return found
