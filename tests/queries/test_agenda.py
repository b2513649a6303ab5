"""The agenda: what has a day and is not done, each thing with a name that stays."""

from pathlib import Path

import pytest

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.people import Company
from funnel_desk.i18n import N_
from funnel_desk.operations.activities import finish_activity, move_activity, plan_activity
from funnel_desk.operations.deals import edit_deal, lose_deal, move_deal, new_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.steps import postpone_step, tick_step
from funnel_desk.queries.agenda import Action, agenda
from funnel_desk.storage.journal import Batch
from tests.desks import Clock, a_desk, stages


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")  # a Monday


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return a_desk(tmp_path, "security-systems", clock=clock)


@pytest.fixture
def deal(desk: Desk) -> Deal:
    return desk.run(new_deal, title="Cameras", company="Progress Plant", contact="Irina Sokolova")


def only(desk: Desk) -> Action:
    (action,) = desk.read(agenda)
    return action


def step_of(action: Action) -> str:
    return action.uid.split(".")[2]


def test_the_next_step_with_whom_and_what_to_say(desk: Desk, deal: Deal) -> None:
    action = only(desk)
    assert (action.deal_id, action.deal, action.company) == (deal.id, "Cameras", "Progress Plant")
    assert (action.contact, action.kind, action.due) == ("Irina Sokolova", "task", "2026-11-02")
    assert "{my_company}" in action.say.en
    assert action.ask


def test_what_is_late_and_what_comes_stand_by_their_day_a_time_first(desk: Desk) -> None:
    late = desk.run(new_deal, title="Late", on="2026-10-01")
    desk.run(new_deal, title="Later", on="2026-12-01")
    desk.run(plan_activity, late.id, "visit", "2026-12-01T12:00:00Z", text="Walk round")
    assert [(one.deal, one.due) for one in desk.read(agenda)] == [
        ("Late", "2026-10-01"), ("Late", "2026-12-01T12:00:00Z"), ("Later", "2026-12-01"),
    ]  # fmt: skip


def test_another_day_is_the_same_action(desk: Desk, deal: Deal) -> None:
    before = only(desk)
    desk.run(postpone_step, deal.id, "write-down-interest", "2026-11-09")
    following, after = desk.read(agenda)
    assert (after.uid, after.due) == (before.uid, "2026-11-09"), "moved by hand: it has its day though another is next"
    assert after.revision.number > before.revision.number
    assert following.due == "2026-11-03"
    desk.run(postpone_step, deal.id, "write-down-interest", "2026-11-10")
    assert [one.due for one in desk.read(agenda)] == ["2026-11-03", "2026-11-10"]
    desk.run(tick_step, deal.id, "write-down-interest")
    assert [one.uid for one in desk.read(agenda)] == [following.uid]


def test_a_time_planned_for_a_step_is_the_same_action(desk: Desk, deal: Deal) -> None:
    before = only(desk)
    step_id = step_of(before)
    call = desk.run(plan_activity, deal.id, "call", "2026-11-02T14:00:00Z", text="Call", step_id=step_id)
    assert (only(desk).uid, only(desk).due, only(desk).kind) == (before.uid, "2026-11-02T14:00:00Z", "call")
    assert only(desk).say, "it has the words of the step"
    desk.run(move_activity, call.id, "2026-11-02T15:00:00Z")
    assert (only(desk).uid, only(desk).due) == (before.uid, "2026-11-02T15:00:00Z")
    second = desk.run(plan_activity, deal.id, "call", "2026-11-06T08:00:00Z", text="Again", step_id=step_id)
    assert [one.uid for one in desk.read(agenda)] == [before.uid, f"{deal.id}.{second.id}"]


def test_done_is_gone_and_the_next_is_another_one(desk: Desk, deal: Deal) -> None:
    first = only(desk)
    desk.run(tick_step, deal.id, "write-down-interest")
    second = only(desk)
    assert second.uid != first.uid
    desk.undo()
    assert only(desk).uid == first.uid
    assert only(desk).revision.number > first.revision.number, "to undo is to touch"


def test_a_stage_entered_again_begins_other_actions(desk: Desk, deal: Deal) -> None:
    known = stages(desk)
    first = only(desk)
    desk.run(move_deal, deal.id, known["offer"].id)
    desk.run(move_deal, deal.id, known["details"].id)
    assert step_of(only(desk)) == step_of(first)
    assert only(desk).uid != first.uid


def test_each_turn_of_a_repeat_is_an_action(desk: Desk, deal: Deal, clock: Clock) -> None:
    desk.run(move_deal, deal.id, stages(desk)["payment"].id)
    desk.run(tick_step, deal.id, "ask-payment-day")
    first = only(desk)
    clock.now = "2026-11-10T09:00:00Z"
    desk.run(tick_step, deal.id, "remind-payment")
    second = only(desk)
    assert step_of(first) == step_of(second)
    assert first.uid != second.uid
    assert (first.due, second.due) == ("2026-11-09", "2026-11-17")


def test_a_lost_deal_asks_for_nothing_but_what_is_planned(desk: Desk, deal: Deal) -> None:
    desk.run(lose_deal, deal.id, reason="No money")
    assert desk.read(agenda) == ()
    call = desk.run(plan_activity, deal.id, "call", "2027-03-01", text="Ask again in spring")
    assert (only(desk).title, only(desk).uid) == ("Ask again in spring", f"{deal.id}.{call.id}")
    desk.run(finish_activity, call.id)
    assert desk.read(agenda) == ()


def test_what_is_planned_with_a_company_alone_counts(desk: Desk) -> None:
    @operation(N_("Plan"))
    def plan(batch: Batch) -> None:
        batch.add(Company("company-1", "Lidia Bakery"))
        batch.add(Activity("activity-1", "visit", company_id="company-1", planned_for="2026-11-05", text="Say hello"))

    desk.run(plan)
    action = only(desk)
    assert (action.deal_id, action.company, action.title) == (None, "Lidia Bakery", "Say hello")
    assert action.revision.number > 0


def test_only_what_an_action_follows_from_moves_its_revision(desk: Desk, deal: Deal) -> None:
    before = only(desk).revision
    desk.run(new_deal, title="Another", on="2026-11-20")
    assert desk.read(agenda)[0].revision == before
    desk.run(edit_deal, deal.id, note="They like blue")
    assert desk.read(agenda)[0].revision.number > before.number
