"""Losses of the process of one pipeline, and what is logged of each channel."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from funnel_desk.domain.checklist import steps_of
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.process_losses import Channel, FinishedStay, StepUse, process_losses
from funnel_desk.queries.cohort import stages_in_order
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from funnel_desk.storage.tables import passage, stay, touched_step

CHANNELS = ("call", "email", "message", "meeting", "visit", "demo", "document")
"""The kinds of talk of which the log can lag, in this order; others that were logged come after them."""

_LOGGED = """
    SELECT activity.kind, activity.direction, activity.at FROM activity WHERE activity.at IS NOT NULL
"""
_OVERDUE = """
    SELECT next_kind, count(*) FROM deal_state
     WHERE outcome = 'open' AND next_due IS NOT NULL AND substr(next_due, 1, 10) < ?
     GROUP BY 1
"""


def step_uses(read: Reader, pipeline_id: str) -> tuple[StepUse, ...]:
    """How the steps of a pipeline were used in the stays of deals whose path is known, stage by stage.

    A stay that ended the moment it began is none: a deal that came in with its stage was never worked on before it.
    """
    places = {stage.id: place for place, stage in enumerate(stages_in_order(read, pipeline_id).stages)}
    uses = process_losses(_stays(read, pipeline_id, places), read.zone)
    return tuple(sorted(uses, key=lambda use: (places.get(use.step.stage_id, len(places)), use.step.position)))


def channels(read: Reader, *, now: Moment, period: Period) -> tuple[Channel, ...]:
    """What was logged of each channel in a period, and what is overdue of it today."""
    bounds, zone = period.bounds(read.zone), read.zone
    counts: dict[str, list[int]] = {kind: [0, 0] for kind in CHANNELS}
    last: dict[str, Moment] = {}
    for kind, direction, at in read.sql(_LOGGED):
        last[kind] = max(last.get(kind, at), at)
        if bounds.holds(at):
            counts.setdefault(kind, [0, 0])[direction != "in"] += 1
    overdue = dict(tuple(row) for row in read.sql(_OVERDUE, day_of(now, zone)))
    return tuple(
        Channel(kind, came, went, day_of(last[kind], zone) if kind in last else None, overdue.get(kind, 0))
        for kind, (came, went) in counts.items()
    )


def _stays(read: Reader, pipeline_id: str, places: dict[str, int]) -> Iterator[FinishedStay]:
    steps: dict[str, list[Step]] = defaultdict(list)
    by_key: dict[str, Step] = {}
    for step in sorted(load(read.connection, Step, "pipeline_id", [pipeline_id]), key=lambda one: one.position):
        steps[step.stage_id].append(step)
        by_key[step.key] = step
    touches: dict[str, list[TouchedStep]] = defaultdict(list)
    columns = [touched_step.c[name] for name in TouchedStep.__dataclass_fields__]
    for row in read.rows(select(*columns)):
        touches[row.deal_id].append(TouchedStep(*row))
    rows = read.rows(
        select(stay.c.deal_id, stay.c.stage_id, stay.c.entry_id, stay.c.entered, stay.c.left, stay.c.ended,
               passage.c.won_at)
        .join_from(stay, passage, (passage.c.deal_id == stay.c.deal_id) & (passage.c.pipeline_id == stay.c.pipeline_id))
        .where(stay.c.pipeline_id == pipeline_id, passage.c.path_known == True)  # noqa: E712 - SQL
        .order_by(stay.c.deal_id, stay.c.place)
    )  # fmt: skip
    for deal_id, path in groupby(rows, attrgetter("deal_id")):
        stays, mine = list(path), touches.get(deal_id, [])
        for nth, here in enumerate(stays):
            if here.left is None or here.left == here.entered:
                continue
            states = steps_of(
                steps[here.stage_id], here.entry_id, here.entered, mine,
                by_key=by_key, zone=read.zone, sale_at=here.won_at,
            )  # fmt: skip
            following = stays[nth + 1] if nth + 1 < len(stays) else None
            forward = (
                here.ended == "moved"
                and following is not None
                and places.get(following.stage_id, -1) > places.get(here.stage_id, -1)
            )
            yield FinishedStay(states, [one for one in mine if one.entry_id == here.entry_id], forward)
