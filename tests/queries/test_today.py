from pathlib import Path

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.operations.activities import finish_activity, plan_activity
from funnel_desk.operations.deals import lose_deal, move_deal, new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.steps import skip_step, tick_step
from funnel_desk.queries.today import Today, TodayItem, today
from tests.desks import Clock, a_desk, stages


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")  # a Monday


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return a_desk(tmp_path, "security-systems", clock=clock)


def a_deal(desk: Desk, title: str = "Cameras", value: int = 100) -> Deal:
    return desk.run(new_deal, title=title, value=value, currency="EUR")


def on(desk: Desk, day: str) -> Today:
    return desk.read(today, day)


def titles(items: tuple[TodayItem, ...]) -> list[tuple[str, str]]:
    return [(item.deal, item.step_key) for item in items]


def test_a_new_deal_is_due_today_and_late_tomorrow(desk: Desk) -> None:
    a_deal(desk)
    assert titles(on(desk, "2026-11-02").today) == [("Cameras", "write-down-interest")]
    late = on(desk, "2026-11-04").overdue
    assert [(item.days_late, item.kind) for item in late] == [(2, "task")]
    assert on(desk, "2026-11-01").count == 0


def test_the_next_action_follows_the_ticks(desk: Desk) -> None:
    deal = a_deal(desk)
    desk.run(tick_step, deal.id, "write-down-interest")
    assert titles(on(desk, "2026-11-03").today) == [("Cameras", "find-details")]
    desk.run(tick_step, deal.id, "find-details", result="no_answer")
    moved = on(desk, "2026-11-03")
    assert titles(moved.today) == [("Cameras", "find-details")], "no answer: the next working day"


def test_a_planned_activity_counts_like_a_step(desk: Desk) -> None:
    deal = a_deal(desk)
    call = desk.run(plan_activity, deal.id, "call", "2026-11-01T22:30:00Z", text="Call on Monday")
    found = on(desk, "2026-11-02").today
    assert [(item.title, item.activity_id) for item in found] == [("Call on Monday", call.id)], "half past one, Monday"
    desk.run(finish_activity, call.id)
    assert titles(on(desk, "2026-11-02").today) == [("Cameras", "write-down-interest")]


def test_what_has_a_time_goes_first_then_the_larger_deal(desk: Desk) -> None:
    a_deal(desk, "small", 1)
    a_deal(desk, "large", 9)
    timed = a_deal(desk, "timed", 0)
    desk.run(plan_activity, timed.id, "call", "2026-11-02T07:00:00Z")
    assert [item.deal for item in on(desk, "2026-11-02").today] == ["timed", "large", "small"]


def test_a_deal_whose_checklist_is_through_has_no_next_action(desk: Desk) -> None:
    deal = a_deal(desk)
    for step in ("write-down-interest", "find-details", "propose-visit"):
        desk.run(tick_step, deal.id, step)
    desk.run(skip_step, deal.id, "run-demonstration")
    found = on(desk, "2026-11-02")
    assert [item.deal for item in found.no_next_action] == ["Cameras"]
    assert found.today == found.overdue == ()


def test_a_lost_deal_wants_nothing_and_a_won_one_its_care(desk: Desk) -> None:
    lost, won = a_deal(desk, "lost"), a_deal(desk, "won")
    desk.run(lose_deal, lost.id, reason="expensive")
    desk.run(win_deal, won.id)
    found = on(desk, "2027-01-10")
    assert {item.deal for item in found.overdue} == {"won"}
    assert found.stalled == ()


def test_a_deal_stalls_after_its_stages_limit_unless_something_is_planned(desk: Desk) -> None:
    deal, planned = a_deal(desk, "left"), a_deal(desk, "planned")
    limit = stages(desk)["details"].stalled_days
    assert limit is not None
    desk.run(plan_activity, planned.id, "call", "2027-06-01")
    assert on(desk, "2026-11-02").stalled == ()
    found = on(desk, "2027-05-01").stalled
    assert [(item.deal, item.limit) for item in found] == [("left", limit)]
    assert found[0].days_late > limit
    desk.run(move_deal, deal.id, stages(desk)["offer"].id, on="2027-04-30")
    assert on(desk, "2027-05-01").stalled == ()


def test_the_payment_reminder_comes_back_each_week_until_the_stage_is_left(desk: Desk, clock: Clock) -> None:
    deal = a_deal(desk)
    desk.run(move_deal, deal.id, stages(desk)["payment"].id)
    desk.run(tick_step, deal.id, "ask-payment-day")
    due = []
    for _ in range(3):
        item = next(item for item in on(desk, "2027-05-01").overdue if item.step_key == "remind-payment")
        due.append(item.due)
        clock.now = f"{item.due}T08:00:00Z"
        desk.run(tick_step, deal.id, "remind-payment")
    first = due[0]
    assert first is not None
    days = [int(day[8:10]) + (30 if day[5:7] == "12" else 0) for day in due if day]
    assert days == [days[0], days[0] + 7, days[0] + 14]
    desk.run(win_deal, deal.id)
    assert all(item.step_key != "remind-payment" for item in on(desk, "2027-05-01").overdue)
