"""A call that is over: one act, whatever was heard in it."""

from pathlib import Path

import pytest

from funnel_desk.domain import results
from funnel_desk.domain.calling import subject_of
from funnel_desk.domain.deal import Deal
from funnel_desk.operations import activities, calls, deals
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.deal import DealCard, deal_card
from funnel_desk.queries.pipelines import objections
from funnel_desk.storage import check
from tests.desks import a_desk, stages


def contents(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    return desk.read(lambda read: check.contents(read.connection))


def card_of(desk: Desk, deal: Deal) -> DealCard:
    found = desk.read(deal_card, deal.id, "2026-11-02")
    assert found is not None
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "canonical-outbound")


@pytest.fixture
def deal(desk: Desk) -> Deal:
    return desk.run(deals.new_deal, title="Plant", company="Progress", contact="Irina")


def call_step(desk: Desk, deal: Deal, key: str = "cold-call") -> str:
    return next(state.step.id for state in card_of(desk, deal).situation.states if state.step.key == key)


def test_a_call_is_one_act(desk: Desk, deal: Deal) -> None:
    before = contents(desk)
    catalogue = desk.read(objections, deal.pipeline_id)
    talk = desk.run(
        calls.finish_call,
        deal.id,
        "done",
        step_id=call_step(desk, deal),
        note="a talk",
        minutes=4,
        heard=[calls.Heard(catalogue[0].id), calls.Heard(None, "too far", "we deliver")],
        answers={"need": calls.Answer(met=True, evidence="asked"), "budget": calls.Answer(met=False)},
        due="2026-11-12",
    )
    card = card_of(desk, deal)
    assert (talk.minutes, talk.text, talk.kind) == (4, "a talk", "call")
    assert [one.kind for one in card.around.obstacles] == ["objection", "objection"]
    assert {one.question: one.met for one in card.around.criteria} == {"need": True, "budget": False}
    assert [state.due for state in card.situation.states if state.step.key == "prepare-call"] == ["2026-11-12"]
    desk.undo()
    assert contents(desk) == before


@pytest.mark.parametrize("result", [results.NOT_YET, results.NO_ANSWER])
def test_who_cannot_talk_is_called_again(desk: Desk, deal: Deal, result: str) -> None:
    step = call_step(desk, deal)
    desk.run(calls.finish_call, deal.id, result, step_id=step, due="2026-11-09")
    state = next(one for one in card_of(desk, deal).situation.states if one.step.id == step)
    assert (state.status, state.due) == ("open", "2026-11-09")


@pytest.mark.parametrize("result", ["done", "no_answer", "refused", "smaller_step"])
def test_a_planned_call(desk: Desk, deal: Deal, result: str) -> None:
    planned = desk.run(activities.plan_activity, deal.id, "call", "2026-11-02", text="ask about the yard")
    desk.run(calls.finish_call, deal.id, result, activity_id=planned.id, note="spoke")
    found = {one.id: one for one in card_of(desk, deal).situation.activities}
    if result == "no_answer":
        assert found[planned.id].at is None
        assert found[planned.id].planned_for == "2026-11-03"
        assert len(found) == 2
    else:
        assert found[planned.id].result == result
        assert len(found) == 1


def test_a_call_for_no_reason_is_logged_and_the_next_one_planned(desk: Desk, deal: Deal) -> None:
    desk.run(calls.finish_call, deal.id, "no_answer", note="line was busy")
    planned = card_of(desk, deal).planned
    assert [(one.kind, one.planned_for) for one in planned] == [("call", "2026-11-03")]


def test_a_call_moves_the_deal_on(desk: Desk, deal: Deal) -> None:
    before = contents(desk)
    ahead = next(one for one in stages(desk).values() if one.position == 1)
    desk.run(calls.finish_call, deal.id, "done", step_id=call_step(desk, deal), onward=ahead.id)
    assert card_of(desk, deal).situation.stage.id == ahead.id
    desk.undo()
    assert contents(desk) == before


def test_no_day_in_the_past(desk: Desk, deal: Deal) -> None:
    before = contents(desk)
    with pytest.raises(calls.NextDayIsPast):
        desk.run(calls.finish_call, deal.id, "no_answer", due="2026-11-01")
    assert contents(desk) == before


def test_what_a_call_is_about(desk: Desk, deal: Deal) -> None:
    here = card_of(desk, deal).situation
    found = subject_of(here)
    assert found.step is not None
    assert found.step.key == "cold-call"  # what comes next is a task; the first call of the stage is meant
    assert subject_of(here, call_step(desk, deal, "call-again")).step is not None
    planned = desk.run(activities.plan_activity, deal.id, "call", "2026-11-02")
    found = subject_of(card_of(desk, deal).situation)
    assert found.planned is not None or found.step is not None
    assert planned.id
