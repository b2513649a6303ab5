"""The board of a pipeline: which deals of a filter stand in which stage, and what each stage adds up to."""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.domain.pipeline import Pipeline, Stage
from funnel_desk.queries.deal_conditions import conditions
from funnel_desk.queries.deals import DealTotals, deal_totals
from funnel_desk.queries.pipelines import PipelineRow, pipelines
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

CLOSED = frozenset({"lost", "handed_over"})
"""How a deal ended that stays off every board."""


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage with the keys of its deals, the most urgent first, and what they add up to."""

    stage: Stage
    keys: Sequence[int]
    totals: DealTotals


@dataclass(frozen=True, slots=True)
class BoardFound:
    """The columns of a pipeline, of ``pipelines``; ``with_won`` says whether what was won is among the cards."""

    pipeline: PipelineRow
    pipelines: tuple[Pipeline, ...]
    columns: tuple[BoardColumn, ...]
    with_won: bool


def board(read: Reader, chosen: DealFilter) -> BoardFound | None:
    """The board of the filter's pipeline, else of the first one; None where there is no pipeline.

    Working stages always have a column and so has the won one, as a place to move to; won deals and the stages after
    the sale are shown where the filter asks for more than what is open. What is lost or handed over stays off.
    """
    found = pipelines(read)
    pipeline = next((one for one in found if one.pipeline.id == chosen.pipeline_id), found[0] if found else None)
    if pipeline is None:
        return None
    wanted = tuple(one for one in chosen.outcomes or ("open", "won") if one not in CLOSED)
    with_won = "won" in wanted
    columns = []
    for row in pipeline.stages:
        stage = row.stage
        if stage.side == "after" and not with_won:
            continue
        of_stage = replace(chosen, pipeline_id=pipeline.pipeline.id, stage_id=stage.id, outcomes=wanted)
        if not wanted or (stage.side == "won" and not with_won) or chosen.stage_id not in {None, stage.id}:
            columns.append(BoardColumn(stage, array("q"), DealTotals(0, ())))
        else:
            columns.append(BoardColumn(stage, _keys(read, of_stage), deal_totals(read, of_stage)))
    return BoardFound(pipeline, tuple(one.pipeline for one in found), tuple(columns), with_won)


def _keys(read: Reader, chosen: DealFilter) -> Sequence[int]:
    """The keys in the order of what is due, read as one text: a hundred thousand rows would hold up the window."""
    state = tables.deal_state.c
    ordered = (
        select(state.row_key)
        .select_from(tables.deal_state)
        .join(tables.deal, tables.deal.c.id == state.deal_id)
        .where(*conditions(read, chosen))
        .order_by(state.next_due.asc().nulls_last(), state.row_key)
        .subquery()
    )
    told = read.rows(select(func.json_group_array(ordered.c.row_key)))
    return array("q", json.loads(told[0][0]))
