"""Stays: what became of a deal, stage by stage. Every report reads them, never "where the deal sits now"."""

from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.moments import Moment

Ended = Literal["moved", "lost", "handed_over", ""]


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a deal in a stage. ``ended`` is empty while it goes on; advanced or back follows from the stages' order.

    ``entered`` and ``left`` are effective (never before the stay before); ``entry_id`` is the event that began it, or the
    deal's own id.
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

    ``arrived`` is the deal's creation, or the day it was handed over here. ``path_known`` is false for a closed deal that
    came in without its history. ``won_then_lost`` tells a refund from a loss. ``stage_id`` is where it stands or was closed.
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
