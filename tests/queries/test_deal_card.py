from pathlib import Path

import pytest

from funnel_desk.domain.slips import Slips
from funnel_desk.domain.words import Words
from funnel_desk.operations.activities import log_activity
from funnel_desk.operations.deals import edit_deal, lose_deal, move_deal, new_deal, reopen_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.follow_ups import begin_follow_up
from funnel_desk.operations.obstacles import raise_obstacle, remove_obstacle
from funnel_desk.operations.steps import tick_step
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.queries.deal_facts import Origin
from funnel_desk.queries.scripts import called, script_values
from tests.desks import Clock, a_desk, stages


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-02T09:00:00Z")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return a_desk(tmp_path, "security-systems", clock=clock)


def card(desk: Desk, deal_id: str, day: str = "2026-11-20") -> DealCard:
    found = desk.read(deal_card, deal_id, day)
    assert found is not None
    return found


def test_the_path_tells_days_and_what_was_skipped(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", on="2026-11-02")
    desk.run(move_deal, deal.id, stages(desk)["objections"].id, on="2026-11-06")
    lines = {line.stage.key: (line.state, line.days) for line in card(desk, deal.id).stages}
    assert lines["details"] == ("passed", 4.0)
    assert lines["offer"] == ("skipped", None)
    assert lines["objections"] == ("now", 14.0)
    assert lines["care"] == ("ahead", None)


def test_the_timeline_has_everything_newest_first(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", on="2026-11-02")
    desk.run(log_activity, deal.id, "call", text="spoke of the yard", minutes=8, at="2026-11-03T08:00:00Z")
    desk.run(tick_step, deal.id, "write-down-interest", note="from the site", on="2026-11-04")
    desk.run(lose_deal, deal.id, reason="expensive", on="2026-11-05")
    desk.run(reopen_deal, deal.id, on="2026-11-06")
    found = card(desk, deal.id).timeline
    assert [(entry.kind, entry.text) for entry in found] == [
        ("reopened", ""), ("lost", ""), ("activity", "from the site"),
        ("activity", "spoke of the yard"), ("created", ""),
    ]  # fmt: skip
    assert found[1].words.en
    assert found[1].words != Words("expensive", "expensive"), "the reason's own name"


def test_a_reason_of_ones_own_is_kept_as_it_was_said(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    desk.run(lose_deal, deal.id, reason="the dog ate the contract")
    found = card(desk, deal.id)
    assert found.reason == Words("the dog ate the contract", "the dog ate the contract")
    assert found.situation.action is None


def test_scripts_speak_of_the_offer_and_the_invoice(desk: Desk) -> None:
    deal = desk.run(
        new_deal, title="Gate", contact="Ирина Петровна Соколова", company="Plant", value=1200, currency="EUR"
    )
    assert card(desk, deal.id).facts.last_offer_day == ""
    desk.run(move_deal, deal.id, stages(desk)["offer"].id, on="2026-11-03")
    desk.run(tick_step, deal.id, "send-calculation", note="two gates and the yard", on="2026-11-10")
    desk.run(move_deal, deal.id, stages(desk)["contract"].id, on="2026-11-11")
    desk.run(tick_step, deal.id, "send-contract", on="2026-11-12")
    facts = card(desk, deal.id).facts
    assert (facts.last_offer, facts.last_offer_day, facts.days_since_invoice) == (
        "two gates and the yard",
        "2026-11-10",
        8,
    )
    values = script_values(facts, "Max", "")
    assert values["contact"] == "Ирина Петровна"
    assert values["last_offer_day"] == "10 November"
    assert "my_company" not in values


def test_a_person_is_called_by_the_first_name() -> None:
    assert called("Irina Sokolova") == "Irina"
    assert called("Соколова Ирина Петровна") == "Ирина Петровна"
    assert called("Пётр Ильич") == "Пётр Ильич"
    assert called("") == ""


def test_steps_of_earlier_stages_are_kept_as_they_were(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    desk.run(tick_step, deal.id, "find-details")
    desk.run(win_deal, deal.id, because="they signed at once")
    found = card(desk, deal.id)
    assert [past.stage.key for past in found.past_steps] == ["details"]
    states = {state.step.key: state.status for state in found.past_steps[0].states}
    assert states["find-details"] == "done"
    assert states["propose-visit"] == "ended"
    assert found.situation.path.nodes[-1].because == "they signed at once"


def test_there_is_no_card_of_a_deal_that_was_undone(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    desk.undo()
    assert desk.read(deal_card, deal.id, "2026-11-20") is None


def test_the_timeline_tells_everything_with_who_wrote_it(desk: Desk, clock: Clock) -> None:
    deal = desk.run(new_deal, title="Gate", on="2026-11-02", expected_close="2026-12-01")
    clock.now = "2026-11-03T09:00:00Z"
    obstacle = desk.run(raise_obstacle, deal.id, "cables in the yard", kind="fit")
    clock.now = "2026-11-04T09:00:00Z"
    desk.run(remove_obstacle, obstacle.id)
    clock.now = "2026-11-05T09:00:00Z"
    desk.run(edit_deal, deal.id, expected_close="2026-12-20")
    found = card(desk, deal.id)
    assert [(one.kind, one.channel, one.result) for one in found.timeline] == [
        ("noted", "close", "2026-12-20"), ("settled", "obstacle", "fit"), ("noted", "obstacle", "fit"),
        ("created", "", ""),
    ]  # fmt: skip
    assert all(one.origin == Origin("Ann", "hand") for one in found.timeline)
    assert not found.around.open_obstacles


def test_slips_are_counted_from_the_journal_and_undone_ones_are_not(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", expected_close="2026-12-01")
    for day in ("2026-12-11", "2026-12-05", "2027-01-11"):
        desk.run(edit_deal, deal.id, expected_close=day)
    assert card(desk, deal.id).around.slips == Slips(2, 41)
    desk.undo()
    assert card(desk, deal.id).around.slips == Slips(1, 4)
    desk.run(edit_deal, deal.id, expected_close=None)
    assert card(desk, deal.id).around.slips == Slips(1, 4)


def test_sales_that_belong_together_list_each_other(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate", company="Alfa")
    desk.run(win_deal, deal.id)
    later = desk.run(begin_follow_up, deal.id, "repeat", "Second gate")
    (down,) = card(desk, deal.id).around.linked
    (up,) = card(desk, later.id).around.linked
    assert (down.deal_id, down.kind, down.former) == (later.id, "repeat", False)
    assert (up.deal_id, up.former, up.outcome) == (deal.id, True, "won")


def test_the_steps_of_coming_stages_are_there(desk: Desk) -> None:
    deal = desk.run(new_deal, title="Gate")
    coming = card(desk, deal.id).coming_steps
    assert next(stage.key for stage, _ in coming) == "offer"
    assert all(steps for _, steps in coming)
