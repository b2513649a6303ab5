"""Losses of the process, from real deals: what nobody does, what is done late, what followed, what is logged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import Period
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.process_losses import StepUse
from funnel_desk.operations import activities, deals, steps
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.process_losses import channels, step_uses
from funnel_desk.storage.situations import load
from tests.desks import Clock, a_desk, stages

MONDAY = "2026-11-02T09:00:00Z"


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = a_desk(tmp_path, clock=clock)
    yield desk
    desk.close()


def first_steps(desk: Desk) -> list[Step]:
    first = next(stage for stage in stages(desk).values() if stage.position == 0)
    found: list[Step] = desk.read(lambda read: load(read.connection, Step, "stage_id", [first.id]))
    return sorted((step for step in found if not step.on_demand), key=lambda step: step.position)


def uses(desk: Desk) -> dict[str, StepUse]:
    pipeline = next(iter(stages(desk).values())).pipeline_id
    return {use.step.key: use for use in desk.read(step_uses, pipeline)}


def test_done_late_twice_skipped_and_what_followed(desk: Desk, clock: Clock) -> None:
    first, second, *rest = first_steps(desk)
    target = next(stage for stage in stages(desk).values() if stage.position == 1)
    for n in range(12):
        clock.now = MONDAY
        deal = desk.run(deals.new_deal, title=f"deal {n}")
        clock.now = "2026-11-30T09:00:00Z" if n < 3 else "2026-11-02T15:00:00Z"
        if n < 6:
            desk.run(steps.tick_step, deal.id, first.id)
        else:
            desk.run(steps.skip_step, deal.id, first.id)
        if n == 0:
            desk.run(steps.untick_step, deal.id, first.id)
            desk.run(steps.tick_step, deal.id, first.id)
        clock.now = "2026-11-30T10:00:00Z"
        if n < 6:
            desk.run(deals.move_deal, deal.id, target.id)
        else:
            desk.run(deals.lose_deal, deal.id, reason="expensive")
    desk.run(deals.new_deal, title="still there")
    use = uses(desk)[first.key]
    assert (use.stays, use.done, use.late, use.twice, use.skipped) == (12, 6, 3, 0, 6)
    assert (use.with_it, use.without) == (Rate(6, 6), Rate(0, 6))
    assert use.followed.verdict == "better"
    assert not use.never_done
    assert all(uses(desk)[step.key].never_done for step in (second, *rest))


def test_what_is_logged_of_each_channel(desk: Desk, clock: Clock) -> None:
    deal = desk.run(deals.new_deal, title="deal")
    desk.run(activities.log_activity, deal.id, "call", direction="out")
    desk.run(activities.log_activity, deal.id, "call", direction="in")
    desk.run(activities.log_activity, deal.id, "message", direction="in", at="2026-10-02")
    desk.run(activities.log_activity, deal.id, "comment", direction="in")
    desk.run(activities.plan_activity, deal.id, "call", "2026-11-02T10:00:00Z")
    clock.now = "2026-12-01T09:00:00Z"
    found = {
        channel.kind: (channel.incoming, channel.outgoing, channel.last_day)
        for channel in desk.read(channels, now=clock.now, period=Period("2026-11-01", "2026-11-30"))
    }
    assert found["call"] == (1, 1, "2026-11-02")
    assert found["message"] == (0, 0, "2026-10-02")
    assert found["comment"] == (1, 0, "2026-11-02")
    assert found["email"] == (0, 0, None)
    overdue = desk.read(channels, now=clock.now, period=Period("2026-11-01", "2026-11-30"))
    assert {channel.kind: channel.overdue for channel in overdue if channel.overdue} == {"call": 1}
