"""What each operation on the facts around a deal is tried with."""

from collections.abc import Callable
from typing import Any

from funnel_desk.domain.aftercare import Claim, Waiting
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.pipeline import Objection
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.operations import (
    activities,
    aftercare,
    calls,
    commitment,
    deal_facts,
    deals,
    feedback,
    follow_ups,
    obstacles,
    own_fields,
    qualification,
    stakeholders,
)
from funnel_desk.operations.desk import Desk, Operation

Scene = Callable[[Desk, Deal], tuple[Operation[Any, Any], tuple[Any, ...], dict[str, Any]]]


def answered(desk: Desk, deal: Deal) -> Deal:
    desk.run(qualification.answer_question, deal.id, "need", met=True, evidence="asked for it")
    return deal


def raised(desk: Desk, deal: Deal) -> Obstacle:
    return desk.run(obstacles.raise_obstacle, deal.id, "cables in the yard", kind="fit", answer="radio")


def removed(desk: Desk, deal: Deal) -> Obstacle:
    return desk.run(obstacles.remove_obstacle, raised(desk, deal).id)


def somebody(desk: Desk, deal: Deal) -> Stakeholder:
    return desk.run(stakeholders.add_stakeholder, deal.id, "Pavel", "decides", attitude="for", influence=3)


def conditional(desk: Desk, deal: Deal) -> Condition:
    return desk.run(commitment.set_condition, deal.id, "the board agrees", due="2026-12-01")


def risky(desk: Desk, deal: Deal) -> Risk:
    return desk.run(commitment.flag_risk, deal.id, "competitor", text="North")


def asked(desk: Desk, deal: Deal) -> TermsRequest:
    return desk.run(commitment.request_terms, deal.id, "discount", discount=1000)


def waiting(desk: Desk, deal: Deal) -> Waiting:
    return desk.run(aftercare.wait_for, deal.id, "Stores", text="two cameras", expected_on="2026-12-01")


def claimed(desk: Desk, deal: Deal) -> Claim:
    return desk.run(aftercare.raise_claim, deal.id, "one camera is dark", kind="product")


def told(desk: Desk, deal: Deal) -> Feedback:
    reason = desk.read(lambda read: read.sql("SELECT id FROM lost_reason"))[0][0]
    return desk.run(feedback.write_feedback, deal.id, "marketing", "the ad says 2024", reason_id=reason)


def won(desk: Desk, deal: Deal) -> Deal:
    desk.run(deals.win_deal, deal.id)
    return deal


def fielded(desk: Desk, deal: Deal) -> OwnField:
    made = desk.run(own_fields.add_own_field, "Roof", "choice", choices=("flat", "steep"))
    desk.run(own_fields.fill_own_field, deal.id, made.id, "flat")
    return made


def put_away(desk: Desk, deal: Deal) -> OwnField:
    return desk.run(own_fields.archive_own_field, fielded(desk, deal).id)


def logged(desk: Desk, deal: Deal) -> str:
    return desk.run(activities.log_activity, deal.id, "call", text="talked", minutes=3).id


def catalogued(desk: Desk) -> str:
    return str(desk.read(lambda read: read.sql(f"SELECT id FROM {Objection.__name__.lower()}"))[0][0])


DEAL_SCENES: dict[str, Scene] = {
    "finish_call": lambda desk, deal: (
        calls.finish_call,
        (deal.id, "done"),
        {
            "step_id": str(desk.read(lambda read: read.sql("SELECT next_step_id FROM deal_state"))[0][0]),
            "note": "they want cameras",
            "minutes": 7,
            "heard": [calls.Heard(None, "too dear", "it lasts"), calls.Heard(catalogued(desk))],
            "answers": {"need": calls.Answer(met=True, evidence="said so")},
            "due": "2026-11-20",
        },
    ),
    "answer_question": lambda desk, deal: (
        qualification.answer_question,
        (answered(desk, deal).id, "need"),
        {"met": False, "evidence": "took it back"},
    ),
    "forget_answer": lambda desk, deal: (qualification.forget_answer, (answered(desk, deal).id, "need"), {}),
    "raise_obstacle": lambda desk, deal: (
        obstacles.raise_obstacle,
        (deal.id,),
        {"objection_id": catalogued(desk)},
    ),
    "answer_obstacle": lambda desk, deal: (obstacles.answer_obstacle, (raised(desk, deal).id, "by radio"), {}),
    "remove_obstacle": lambda desk, deal: (obstacles.remove_obstacle, (raised(desk, deal).id,), {}),
    "raise_again": lambda desk, deal: (obstacles.raise_again, (removed(desk, deal).id,), {}),
    "add_stakeholder": lambda _, deal: (stakeholders.add_stakeholder, (deal.id, "Ann", "uses"), {"note": "guard"}),
    "edit_stakeholder": lambda desk, deal: (
        stakeholders.edit_stakeholder,
        (somebody(desk, deal).id,),
        {"part": "blocks", "attitude": "against", "influence": 1},
    ),
    "set_condition": lambda _, deal: (commitment.set_condition, (deal.id, "the board agrees"), {"due": "2026-12-01"}),
    "meet_condition": lambda desk, deal: (commitment.meet_condition, (conditional(desk, deal).id,), {}),
    "flag_risk": lambda _, deal: (commitment.flag_risk, (deal.id, "other"), {"text": "the owner is ill"}),
    "settle_risk": lambda desk, deal: (commitment.settle_risk, (risky(desk, deal).id,), {}),
    "request_terms": lambda _, deal: (commitment.request_terms, (deal.id, "payment"), {"text": "in three parts"}),
    "decide_terms": lambda desk, deal: (
        commitment.decide_terms,
        (asked(desk, deal).id, "given"),
        {"answer": "paid at once"},
    ),
    "wait_for": lambda _, deal: (aftercare.wait_for, (deal.id, "Stores"), {"text": "cameras"}),
    "end_waiting": lambda desk, deal: (aftercare.end_waiting, (waiting(desk, deal).id,), {}),
    "mark_satisfaction": lambda _, deal: (aftercare.mark_satisfaction, (deal.id, "below"), {"text": "slow"}),
    "raise_claim": lambda _, deal: (aftercare.raise_claim, (deal.id, "dark"), {"kind": "product"}),
    "settle_claim": lambda desk, deal: (aftercare.settle_claim, (claimed(desk, deal).id,), {"answer": "replaced"}),
    "write_feedback": lambda _, deal: (feedback.write_feedback, (deal.id, "production", "the case is loose"), {}),
    "hand_feedback": lambda desk, deal: (feedback.hand_feedback, (told(desk, deal).id,), {}),
    "answer_feedback": lambda desk, deal: (feedback.answer_feedback, (told(desk, deal).id, "mended"), {}),
    "strike_out": lambda desk, deal: (deal_facts.strike_out, (Obstacle, raised(desk, deal).id), {}),
    "begin_follow_up": lambda desk, deal: (
        follow_ups.begin_follow_up,
        (won(desk, deal).id, "cross_sell", "And an alarm"),
        {},
    ),
    "add_own_field": lambda *_: (own_fields.add_own_field, ("Floor", "number"), {}),
    "rename_own_field": lambda desk, deal: (own_fields.rename_own_field, (fielded(desk, deal).id, "Kind of roof"), {}),
    "archive_own_field": lambda desk, deal: (own_fields.archive_own_field, (fielded(desk, deal).id,), {}),
    "revive_own_field": lambda desk, deal: (own_fields.revive_own_field, (put_away(desk, deal).id,), {}),
    "fill_own_field": lambda desk, deal: (
        own_fields.fill_own_field,
        (deal.id, fielded(desk, deal).id, "steep"),
        {},
    ),
    "edit_activity": lambda desk, deal: (
        activities.edit_activity,
        (logged(desk, deal),),
        {"text": "talked long", "minutes": 30},
    ),
    "delete_activity": lambda desk, deal: (activities.delete_activity, (logged(desk, deal),), {}),
}
