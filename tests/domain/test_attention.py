import pytest

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.attention import first_contact, last_contact, last_touch, latest_plan, stalled
from funnel_desk.domain.deal import Deal, StepAct, TouchedStep

DEAL = Deal("deal", "p", "1", "2026-11-05", "Doors")
DONE = [Activity("b", "call", at="2026-11-09"), Activity("a", "call", at="2026-11-02T10:00:00Z")]
PLANS = [Activity("c", "call", planned_for="2026-12-01"), Activity("d", "call", planned_for="2026-11-30")]


def touched(act: StepAct, at: str) -> TouchedStep:
    return TouchedStep("t", "deal", "deal", "ask", act, at)


def test_the_first_contact_is_the_field_else_the_first_activity_else_the_creation() -> None:
    met = Deal("deal", "p", "1", "2026-11-05", "Doors", first_contact_at="2026-10-01")
    assert first_contact(met, DONE) == "2026-10-01"
    assert first_contact(DEAL, [*DONE, *PLANS]) == "2026-11-02T10:00:00Z"
    assert first_contact(DEAL, PLANS) == "2026-11-05"


def test_contacts_are_done_and_plans_are_not() -> None:
    assert last_contact([*DONE, *PLANS]) == "2026-11-09"
    assert last_contact(PLANS) is None
    assert (
        latest_plan([*DONE, *PLANS, Activity("e", "call", at="2026-12-09", planned_for="2026-12-09")]) == "2026-12-01"
    )
    assert latest_plan(DONE) is None


def test_the_last_touch_is_the_latest_of_contact_move_and_step_done() -> None:
    assert last_touch(None, "2026-11-05", []) == "2026-11-05"
    assert last_touch("2026-11-09", "2026-11-05", []) == "2026-11-09"
    assert last_touch("2026-11-09", "2026-11-05", [touched("done", "2026-11-10")]) == "2026-11-10"
    assert last_touch(None, "2026-11-05", [touched("moved", "2026-11-10"), touched("skipped", "2026-11-11")]) == (
        "2026-11-05"
    )


@pytest.mark.parametrize(
    ("limit", "plan", "over"),
    [
        (14, None, 1),
        (15, None, None),
        (None, None, None),
        (14, "2026-11-19", 1),
        (14, "2026-11-20", None),
        (14, "2026-11-19T21:30:00Z", None),
        (0, None, 15),
    ],
)
def test_a_deal_stalls_beyond_its_stages_limit_and_without_a_plan(
    limit: int | None, plan: str | None, over: int | None
) -> None:
    assert stalled("2026-11-05", limit, plan, "2026-11-20", "Europe/Minsk") == over


def test_a_deal_touched_today_is_not_stalled() -> None:
    assert stalled("2026-11-19T21:30:00Z", 0, None, "2026-11-20", "Europe/Minsk") is None
