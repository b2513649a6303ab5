"""Where an imported deal stands: the events of a new one, and what has to happen to one that is here already."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, EventKind, StageEvent
from funnel_desk.domain.moments import Moment, day_of, is_day
from funnel_desk.domain.path import Node
from funnel_desk.domain.pipeline import Stage
from funnel_desk.domain.situation import Rulebook, Situation
from funnel_desk.operations.import_matching import State
from funnel_desk.operations.import_values import IncomingDeal
from funnel_desk.operations.reason_names import ReasonNames


class Step(NamedTuple):
    """One event to come."""

    kind: EventKind
    stage: Stage
    at: Moment
    known: bool = True
    reason_id: str | None = None
    reason: str = ""


class PipelineWay(NamedTuple):
    """The stages of one pipeline that matter to deals without a history."""

    first: Stage
    won: Stage


def way_of(rulebook: Rulebook, pipeline_id: str) -> PipelineWay:
    """The first and the won stage of a pipeline."""
    stages = rulebook.pipeline_stages(pipeline_id)
    return PipelineWay(stages[0], next(stage for stage in stages if stage.side == "won"))


def first_steps(
    row: IncomingDeal, way: PipelineWay, stages: Mapping[str, Stage], created: Moment, closed: Moment
) -> list[Step]:
    """The events of a deal that came in without its history, after its creation in the first stage.

    An open one is where it is since its creation, as far as anybody knows. The path of a won one is unknown, and so is
    that of a lost one, unless the stage where it was lost is told.
    """
    stage = stages.get(row.stage_id or "")
    if row.outcome == "lost":
        stood = stages.get(row.lost_stage_id or "") or stage
        if stood is None:
            return [Step("lost", way.first, closed, known=False, reason_id=row.reason_id, reason=row.reason)]
        moved = [Step("moved", stood, created)] if stood.id != way.first.id else []
        return [*moved, Step("lost", stood, closed, reason_id=row.reason_id, reason=row.reason)]
    if row.outcome == "won":
        target = stage if stage is not None and stage.side != "before" else way.won
        return [Step("moved", target, closed, known=False)]
    if stage is not None and stage.id != way.first.id:
        return [Step("moved", stage, created)]
    return []


def next_steps(
    row: IncomingDeal, state: State, way: PipelineWay, stages: Mapping[str, Stage], now: Moment
) -> list[Step]:
    """What has happened to a deal that is here already, by what its row says; nothing where both agree.

    ``way`` is that of the pipeline that the row tells, else of the deal's own.
    """
    if row.pipeline_id in {None, state.pipeline_id}:
        return _steps_here(row, stages[state.stage_id], state.outcome, way, stages, now)
    told = stages.get(row.stage_id or "") or stages.get(row.lost_stage_id or "")
    target = told or (way.won if row.outcome == "won" else way.first)
    back = [Step("reopened", stages[state.stage_id], now)] if state.outcome == "lost" else []
    arrived = "open" if target.side == "before" else "won"
    at = row.closed_at or now
    return [*back, Step("handed_over", target, at), *_steps_here(row, target, arrived, way, stages, now)]


def _steps_here(
    row: IncomingDeal, here: Stage, outcome: str, way: PipelineWay, stages: Mapping[str, Stage], now: Moment
) -> list[Step]:
    """What has happened within the pipeline to a deal that stands ``here`` with this outcome."""
    told = stages.get(row.stage_id or "")
    closed = row.closed_at or now
    if row.outcome == "lost":
        stood = stages.get(row.lost_stage_id or "") or told or here
        if outcome == "lost":
            return []
        moved = [Step("moved", stood, closed)] if stood.id != here.id else []
        return [*moved, Step("lost", stood, closed, reason_id=row.reason_id, reason=row.reason)]
    kind: EventKind = "reopened" if outcome == "lost" else "moved"
    if row.outcome == "won":
        target = told if told is not None and told.side != "before" else None
        if outcome == "won":
            return [Step(kind, target, now)] if target is not None and target.id != here.id else []
        return [Step(kind, target or way.won, closed)]
    if outcome == "lost" and row.outcome == "open":
        return [Step(kind, told or here, now)]
    return [Step(kind, told, now)] if told is not None and told.id != here.id else []


def events_of(
    deal: Deal, previous: str, steps: list[Step], new_id: Callable[[], str], probability: int | None = None
) -> list[StageEvent]:
    """The events of these steps, one after the other."""
    events: list[StageEvent] = []
    for step in steps:
        event = StageEvent(
            new_id(),
            deal.id,
            previous,
            step.kind,
            step.stage.pipeline_id,
            step.stage.id,
            step.at,
            deal.value,
            deal.currency,
            deal.probability if probability is None else probability,
            step.reason_id,
            step.reason,
            "",
            step.known,
        )
        events.append(event)
        previous = event.id
    return events


def closing_node(here: Situation) -> Node | None:
    """The node that closed a deal: its loss, or the move by which it was last won."""
    nodes = here.path.nodes
    if here.present.outcome == "lost":
        return nodes[-1] if nodes[-1].kind == "lost" else None
    found = None
    for node in reversed(nodes):
        stage = here.rulebook.stages.get(node.stage_id)
        if node.kind == "lost" or stage is None or stage.side == "before":
            break
        found = node
    return found


def corrected(event: StageEvent, node: Node, row: IncomingDeal, zone: str, reasons: ReasonNames) -> StageEvent:
    """The event that closed a deal, with what the row knows better: its day, its reason, the stage of the loss.

    A row that says when the event counts, which is never before its past, says nothing new.
    """
    told = row.closed_at
    if told not in {None, node.at} and tells_more(event.at, str(told), zone, keep_instant=True):
        event = replace(event, at=str(told))
    if event.kind != "lost":
        return event
    reason = row.reason_id or row.reason
    if reason and reason not in {event.reason_id, reasons.find(event.reason) or event.reason}:
        event = replace(event, reason_id=row.reason_id, reason=row.reason)
    stood = row.lost_stage_id or row.stage_id
    if stood is not None and (stood != event.stage_id or not event.path_known):
        event = replace(event, stage_id=stood, path_known=True)
    return event


def tells_more(present: Moment | None, told: Moment, zone: str, *, keep_instant: bool = False) -> bool:
    """Whether a told moment is another one than the present, and not just the same known less exactly.

    ``keep_instant``: an instant, which somebody recorded, is not given up for any mere day.
    """
    if present is not None and is_day(told) and not is_day(present):
        return not keep_instant and day_of(present, zone) != told
    return told != present
