"""Stays: what became of a deal, stage by stage. Every report reads them, never "where the deal sits now"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from funnel_desk.domain.deal import Outcome, TouchedStep
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.path import Node, Path
from funnel_desk.domain.pipeline import Stage

Ended = Literal["moved", "lost", "handed_over", ""]
Ending = Literal["advanced", "back", "lost", "handed_over", ""]

SIDES = {"before": 0, "won": 1, "after": 2}


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a deal in a stage. ``ended`` is empty while it goes on; `ending` tells advanced from moved back.

    ``entered`` and ``left`` are effective (never before the stay before); ``entry_id`` is the event that began it, or
    the deal's own id. ``place`` counts a deal's stays from 0.
    """

    deal_id: str
    place: int
    pipeline_id: str
    stage_id: str
    entry_id: str
    entered: Moment
    left: Moment | None
    ended: Ended


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of a deal in one pipeline: one row a deal and pipeline, the unit that reports count.

    ``arrived`` is the deal's creation, or the day it was first handed over here. ``closed_at`` is when the present
    outcome came (also that of being handed over), ``won_at`` the same for a won deal, empty for all others.
    ``path_known`` is false for a closed deal that came in without its history. ``won_then_lost`` tells a refund from a
    loss. ``stage_id`` is where it stands or was closed.
    """

    deal_id: str
    pipeline_id: str
    stage_id: str
    arrived: Moment
    outcome: Outcome
    closed_at: Moment | None
    won_at: Moment | None
    path_known: bool
    won_then_lost: bool
    reason_id: str | None
    reason: str


@dataclass(slots=True)
class _Course:
    """A passage while it is being followed."""

    arrived: Moment
    stage_id: str = ""
    outcome: Outcome = "open"
    closed_at: Moment | None = None
    path_known: bool = True
    won_then_lost: bool = False
    reason_id: str | None = None
    reason: str = ""

    def enter(self, stay: Stay, *, sold: bool, known: bool) -> None:
        """Come into a stage: won from the won stage on, open before it. Going on inside a sale wins nothing anew."""
        self.stage_id = stay.stage_id
        if sold and self.outcome == "won":
            return
        self.outcome, self.closed_at = ("won", stay.entered) if sold else ("open", None)
        self.path_known = known or not sold
        self.won_then_lost, self.reason_id, self.reason = False, None, ""

    def lose(self, loss: Node) -> None:
        self.won_then_lost = self.outcome == "won"
        self.outcome, self.closed_at, self.path_known = "lost", loss.at, loss.path_known
        self.reason_id, self.reason = loss.reason_id, loss.reason

    def hand_over(self, at: Moment | None) -> None:
        """A won deal stays won where it was won; an unwon one is neither won nor lost here any more."""
        if self.outcome == "open":
            self.outcome, self.closed_at = "handed_over", at


def stays_of(path: Path, stages: Mapping[str, Stage]) -> list[Stay]:
    """The stays of a deal in order; ``stages`` are those of all its pipelines by id.

    An archived stage counts as a living one (`living`), and plain moves inside what counts as one stage are one stay. A
    move after a loss reopens; a loss in another stage than the present one first moves there. A stage that is not in
    ``stages`` counts as itself.
    """
    stays: list[Stay] = []
    deal_id = path.nodes[0].event_ids[0]
    pipeline_id = stage_id = entry_id = entered = ""
    for node in path.nodes:
        counted = _counted(node.stage_id, stages)
        if entry_id and (counted != stage_id or node.pipeline_id != pipeline_id):
            ended: Ended = "moved" if node.pipeline_id == pipeline_id else "handed_over"
            stays.append(Stay(deal_id, len(stays), pipeline_id, stage_id, entry_id, entered, node.at, ended))
            entry_id = ""
        elif not entry_id and node.kind == "lost":
            continue  # it is lost already
        if not entry_id:
            pipeline_id, stage_id, entry_id, entered = node.pipeline_id, counted, node.event_ids[0], node.at
        if node.kind == "lost":
            stays.append(Stay(deal_id, len(stays), pipeline_id, stage_id, entry_id, entered, node.at, "lost"))
            entry_id = ""
    if entry_id:
        stays.append(Stay(deal_id, len(stays), pipeline_id, stage_id, entry_id, entered, None, ""))
    return stays


def passages_of(path: Path, stays: Sequence[Stay], stages: Mapping[str, Stage]) -> list[Passage]:
    """What became of a deal in each pipeline it came through, in the order it first arrived there.

    A deal that comes back into a pipeline goes on with the same passage: it keeps the day it first arrived, and the
    last state rules.
    """
    unknown = {node.event_ids[0] for node in path.nodes if not node.path_known}
    losses = _losses(path)
    courses: dict[str, _Course] = {}
    for stay in stays:
        course = courses.get(stay.pipeline_id)
        if course is None:
            course = courses[stay.pipeline_id] = _Course(stay.entered)
        stage = stages.get(stay.stage_id)
        course.enter(stay, sold=stage is not None and stage.side != "before", known=stay.entry_id not in unknown)
        if stay.ended == "lost":
            course.lose(next(losses))
        elif stay.ended == "handed_over":
            course.hand_over(stay.left)
    deal_id = path.nodes[0].event_ids[0]
    return [
        Passage(
            deal_id, pipeline_id, one.stage_id, one.arrived, one.outcome, one.closed_at,
            one.closed_at if one.outcome == "won" else None,
            one.path_known, one.won_then_lost, one.reason_id, one.reason,
        )
        for pipeline_id, one in courses.items()
    ]  # fmt: skip


def present_passage(stays: Sequence[Stay], passages: Iterable[Passage]) -> Passage:
    """The passage in which the deal is now: that of its last stay."""
    return next(passage for passage in passages if passage.pipeline_id == stays[-1].pipeline_id)


def sold_at(present: Passage, passages: Iterable[Passage]) -> Moment | None:
    """When the sale was made that the work after it counts from.

    That of the present pipeline, else the latest of the others: a deal that was won and handed over stays sold.
    """
    if present.won_at is not None:
        return present.won_at
    return max((passage.won_at for passage in passages if passage.won_at is not None), default=None)


def touches_of(path: Path, stays: Iterable[Stay], touches: Sequence[TouchedStep]) -> Sequence[TouchedStep]:
    """The touched steps that count: those of the shown path, each under the entry of the stay it counts in.

    A step ticked on a branch that is not shown stays out; one ticked after an equal move of somebody else, or before
    a stage was archived and two stays became one, belongs to the joined stay.
    """
    if not touches:
        return touches
    begins = {stay.entry_id for stay in stays}
    entry_of: dict[str, str] = {}
    entry = ""
    for node in path.nodes:
        entry = node.event_ids[0] if node.event_ids[0] in begins else entry
        entry_of.update(dict.fromkeys(node.event_ids, entry))
    counted = [(touch, entry_of.get(touch.entry_id)) for touch in touches]
    return [
        touch if entry_id == touch.entry_id else replace(touch, entry_id=entry_id)
        for touch, entry_id in counted
        if entry_id is not None
    ]


def ending(stay: Stay, next_stay: Stay | None, order: Mapping[str, int]) -> Ending:
    """How a stay ended, by the present order of the stages (`stage_order`); empty while it goes on."""
    if stay.ended != "moved":
        return stay.ended
    if next_stay is None:
        raise ValueError("a stay that was left by a move has one after it")
    return "advanced" if order.get(next_stay.stage_id, -1) > order.get(stay.stage_id, -1) else "back"


def stage_order(stages: Iterable[Stage]) -> dict[str, int]:
    """The place of each stage of one pipeline, from 0: before the sale, the won stage, after it."""
    return {stage.id: place for place, stage in enumerate(sorted(stages, key=_place))}


def living(stage: Stage, stages: Mapping[str, Stage]) -> Stage:
    """The stage that an archived one counts as: the nearest earlier living one on its side of the sale, else a later.

    A living stage counts as itself, and so does one whose whole side is archived.
    """
    if not stage.archived:
        return stage
    side = [
        one
        for one in stages.values()
        if not one.archived and one.pipeline_id == stage.pipeline_id and one.side == stage.side
    ]
    earlier = [one for one in side if _place(one) < _place(stage)]
    return max(earlier, key=_place) if earlier else min(side, key=_place, default=stage)


def _place(stage: Stage) -> tuple[int, int, str]:
    return SIDES[stage.side], stage.position, stage.id


def _counted(stage_id: str, stages: Mapping[str, Stage]) -> str:
    stage = stages.get(stage_id)
    return living(stage, stages).id if stage is not None and stage.archived else stage_id


def _losses(path: Path) -> Iterator[Node]:
    """The losses that ended a stay: not one that follows another loss."""
    return (node for before, node in pairwise(path.nodes) if node.kind == "lost" and before.kind != "lost")
