"""Whom to call, what they object, and what cold calls bring."""

from pathlib import Path

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.pipeline import Objection
from funnel_desk.domain.words import Words
from funnel_desk.operations import calls, deals
from funnel_desk.operations.activities import plan_activity
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.calls import due_calls, still_deals
from funnel_desk.queries.cold_calls import cold_calls
from funnel_desk.queries.objections import ObjectionUse, found_objections, objection_uses
from funnel_desk.queries.pipelines import objections
from tests.desks import Clock, a_desk, stages


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return a_desk(tmp_path, "canonical-outbound", clock=clock)


def test_due_calls(desk: Desk) -> None:
    days = ("2026-11-02", "2026-10-29", "2026-11-03", "2026-11-02T08:00:00Z")
    made = [desk.run(deals.new_deal, title=f"Deal {day}") for day in days]
    for deal, day in zip(made, days, strict=True):
        desk.run(plan_activity, deal.id, "call", day)
    found = [next(one.title for one in made if one.id == key) for key in desk.read(due_calls, "2026-11-02")]
    assert found[0] == "Deal 2026-10-29"
    assert "Deal 2026-11-03" not in found
    ids = tuple(deal.id for deal in made)
    desk.run(deals.delete_deal, made[1].id)
    assert desk.read(still_deals, ids) == (ids[0], ids[2], ids[3])


def test_cold_calls(desk: Desk, clock: Clock) -> None:
    first, second, third = (desk.run(deals.new_deal, title=title) for title in ("One", "Two", "Three"))
    ahead = next(one for one in stages(desk).values() if one.position == 1)
    clock.now = "2026-11-03T09:00:00Z"
    desk.run(calls.finish_call, first.id, "no_answer")
    desk.run(calls.finish_call, second.id, "smaller_step")
    desk.run(calls.finish_call, third.id, "refused")
    clock.now = "2026-11-04T09:00:00Z"
    desk.run(calls.finish_call, first.id, "done", onward=ahead.id)
    clock.now = "2026-11-05T09:00:00Z"
    desk.run(calls.finish_call, first.id, "done")  # it stands in the next stage by now: no cold call
    assert desk.read(cold_calls) == Rate(2, 4)
    assert desk.read(cold_calls, pipeline_id="none") == Rate(0, 0)


def test_how_often_an_objection_is_heard(desk: Desk, clock: Clock) -> None:
    pipeline = next(iter(stages(desk).values())).pipeline_id
    one, two = desk.read(objections, pipeline)[:2]
    first, second = (desk.run(deals.new_deal, title=title) for title in ("One", "Two"))
    ahead = next(one for one in stages(desk).values() if one.position == 1)
    clock.now = "2026-11-03T09:00:00Z"
    desk.run(calls.finish_call, first.id, "not_yet", heard=[calls.Heard(one.id)])
    desk.run(calls.finish_call, second.id, "done", heard=[calls.Heard(one.id), calls.Heard(two.id)], onward=ahead.id)
    assert desk.read(objection_uses, pipeline) == {
        one.id: ObjectionUse(2, Rate(1, 2)),
        two.id: ObjectionUse(1, Rate(1, 1)),
    }
    desk.undo()
    assert desk.read(objection_uses, pipeline) == {one.id: ObjectionUse(1, Rate(0, 1))}


CATALOGUE = [
    Objection("a", "p", "a", Words("Too expensive", "Слишком дорого"), Words("Compare it", "Сравните"), 0),
    Objection("b", "p", "b", Words("We have a supplier", "Ещё есть поставщик"), Words("Keep them", "Оставьте"), 1),
    Objection("c", "p", "c", Words("Send me an e-mail", "Пришлите на почту"), Words("Expensive?", "Дорого?"), 2),
    Objection("d", "p", "d", Words("Gone", "Дорого было"), Words("", ""), 3, archived=True),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("дорог", "ac"),
        ("expens", "ac"),
        ("поставщик еще", "b"),
        ("SUPPLIER have", "b"),
        ("suplier", "b"),
        ("xyzzy", ""),
    ],
)
def test_an_objection_is_found_while_talking(text: str, keys: str) -> None:
    assert "".join(one.id for one in found_objections(CATALOGUE, text, {}, "ru")) == keys


def test_what_is_heard_most_stands_first() -> None:
    uses = {"c": ObjectionUse(3, Rate(1, 3))}
    assert [one.id for one in found_objections(CATALOGUE, "", uses, "en")] == ["c", "a", "b"]
