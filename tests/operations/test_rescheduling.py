from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as some

from funnel_desk.domain.moments import day_of, instant, on_day
from funnel_desk.operations.activities import finish_activity, log_activity, plan_activity
from funnel_desk.operations.deals import lose_deal, new_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.rescheduling import OddRhythm, keep_in_touch, put_off, put_off_all
from funnel_desk.operations.snoozes import DayIsPast, NoReasonToRest, NotResting, snooze_deal, wake_deal
from funnel_desk.operations.steps import tick_step
from funnel_desk.queries.agenda import agenda
from funnel_desk.queries.deals import DealFilter, deal_keys, deal_rows
from funnel_desk.queries.today import today
from tests.desks import ZONE, Clock, a_desk

STEPS = ("write-down-interest", "find-details", "propose-visit", "run-demonstration")


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return a_desk(tmp_path, "security-systems", clock=clock)


def through(desk: Desk, title: str = "Gate") -> str:
    deal = desk.run(new_deal, title=title)
    for step in STEPS:
        desk.run(tick_step, deal.id, step)
    return deal.id


def test_a_touch_is_due_so_many_days_after_the_last_and_moves_on_by_itself(desk: Desk, clock: Clock) -> None:
    deal = through(desk)
    assert [item.deal for item in desk.read(today, "2026-11-12").no_next_action] == ["Gate"]
    desk.run(keep_in_touch, deal, 10)
    (item,) = desk.read(today, "2026-11-12").today
    assert (item.kind, item.due, str(getattr(item.title, "en", ""))) == ("call", "2026-11-12", "Keep in touch")
    assert desk.read(today, "2026-11-12").no_next_action == ()
    (row,) = desk.read(deal_rows, desk.read(deal_keys, DealFilter()))
    assert (row.next_title, row.next_due) == (item.title, "2026-11-12")
    (action,) = desk.read(agenda)
    first = action.uid
    assert (action.due, action.title) == ("2026-11-12", item.title)
    clock.now = "2026-11-12T09:00:00Z"
    desk.run(log_activity, deal, "call", result="no_answer")
    assert len(desk.read(today, "2026-11-12").today) == 1, "nobody answered: still due"
    desk.run(log_activity, deal, "call", result="done")
    assert desk.read(today, "2026-11-12").count == 0
    (action,) = desk.read(agenda)
    assert action.due == "2026-11-22"
    assert action.uid != first


def test_what_has_a_day_goes_before_the_touch(desk: Desk, clock: Clock) -> None:
    deal = through(desk)
    desk.run(keep_in_touch, deal, 3)
    planned = desk.run(plan_activity, deal, "visit", "2026-11-20", text="Show it")
    assert [one.title for one in desk.read(agenda)] == ["Show it"]
    clock.now = "2026-11-20T09:00:00Z"
    desk.run(finish_activity, planned.id)
    assert [one.due for one in desk.read(agenda)] == ["2026-11-23"]
    desk.run(lose_deal, deal, reason="too dear")
    assert desk.read(agenda) == ()


def test_a_rhythm_respected_is_no_stall(desk: Desk) -> None:
    deal = through(desk)
    assert desk.read(today, "2027-01-20").stalled
    desk.run(keep_in_touch, deal, 90)
    assert desk.read(today, "2027-01-20").stalled == ()
    assert desk.read(today, "2027-03-20").stalled


def test_another_day_keeps_the_time_of_day_also_when_clocks_change(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate").id
    desk.run(plan_activity, deal, "call", "2026-11-02T12:30:00Z", text="Call")
    desk.run(put_off, deal, "2026-11-05")
    assert desk.read(agenda)[0].due in {"2026-11-05T12:30:00Z", "2026-11-02"}
    dues = {one.due for one in desk.read(agenda)}
    assert "2026-11-05T12:30:00Z" in dues


def test_several_at_once_and_a_touch_where_nothing_is_planned(desk: Desk) -> None:
    deals = [through(desk, "A"), desk.run(new_deal, title="B").id]
    desk.run(put_off_all, deals, "2026-11-06")
    assert "2026-11-06" in {day_of(one.due, ZONE) for one in desk.read(agenda)}
    assert desk.read(today, "2026-11-02").count == 0
    desk.undo()
    assert desk.read(today, "2026-11-02").count == 2


@pytest.mark.parametrize("every", [0, -1, 3651])
def test_a_rhythm_that_is_none_is_refused(desk: Desk, every: int) -> None:
    deal = desk.run(new_deal, title="Gate")
    with pytest.raises(OddRhythm):
        desk.run(keep_in_touch, deal.id, every)


def test_rest_needs_a_reason_and_a_day_to_come(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    with pytest.raises(NoReasonToRest):
        desk.run(snooze_deal, deal.id, "2026-12-01", "  ")
    with pytest.raises(DayIsPast):
        desk.run(snooze_deal, deal.id, "2026-11-02", "holiday")
    with pytest.raises(NotResting):
        desk.run(wake_deal, deal.id)


def test_a_resting_deal_is_left_in_peace_until_its_day(desk: Desk) -> None:
    deal = through(desk)
    desk.run(snooze_deal, deal, "2027-02-01", "the budget comes in February")
    for day in ("2026-11-03", "2027-01-31"):
        found = desk.read(today, day)
        assert found.no_next_action == found.stalled == ()
    back = desk.read(today, "2027-02-01")
    assert [(item.deal, item.rested) for item in back.no_next_action] == [("Gate", "the budget comes in February")]
    assert [item.deal for item in back.stalled] == ["Gate"]
    desk.run(wake_deal, deal)
    assert desk.read(today, "2026-11-03").no_next_action[0].rested == "the budget comes in February"


@given(
    moment=some.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=some.just(UTC)),  # noqa: DTZ001
    day=some.dates(date(2000, 1, 2), date(2090, 1, 1)),
    zone=some.sampled_from(["Europe/Minsk", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_what_is_moved_lands_on_the_day_that_was_meant(moment: datetime, day: date, zone: str) -> None:
    skipped = zone == "Pacific/Apia" and day == date(2011, 12, 30)  # a day that Samoa never had
    moved = on_day(instant(moment), day.isoformat(), zone)
    assert day_of(moved, zone) == day.isoformat() or skipped
    assert on_day(moved, day.isoformat(), zone) == moved or skipped
