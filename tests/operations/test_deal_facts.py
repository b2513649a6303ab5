"""The rules of the facts around a deal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.own_field import OwnField, kept_value
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.qualification import Criterion, is_too_early, met_of
from funnel_desk.domain.slips import slips_of
from funnel_desk.domain.words import Words
from funnel_desk.operations.aftercare import raise_claim, settle_claim
from funnel_desk.operations.commitment import decide_terms, request_terms
from funnel_desk.operations.deal_facts import NotAmong, NothingSaid, SettledAlready
from funnel_desk.operations.deals import edit_deal, new_deal, win_deal
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.follow_ups import NotSold, begin_follow_up
from funnel_desk.operations.obstacles import raise_obstacle, remove_obstacle
from funnel_desk.operations.own_fields import (
    DoesNotFit,
    FieldThere,
    NameOfTheProgram,
    NoChoices,
    add_own_field,
    fill_own_field,
    rename_own_field,
)
from funnel_desk.operations.qualification import answer_question
from funnel_desk.operations.stakeholders import add_stakeholder
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load
from tests.desks import a_desk

DAYS = st.one_of(st.none(), st.dates().map(str))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def deal(desk: Desk) -> Deal:
    return desk.run(new_deal, title="Gate", company="Alfa", contact="Ann")


def custom_of(desk: Desk, deal_id: str) -> dict[str, str]:
    def ask(read: Reader) -> dict[str, str]:
        return dict(load(read.connection, Deal, "id", [deal_id])[0].custom)

    return desk.read(ask)


def test_an_answer_is_one_row_a_question_and_the_newest_counts(desk: Desk, deal: Deal) -> None:
    desk.run(answer_question, deal.id, "need", met=False)
    desk.run(answer_question, deal.id, "need", met=True, evidence="asked twice")
    found = desk.read(lambda read: load(read.connection, Criterion))
    assert [(one.met, one.evidence) for one in found] == [(True, "asked twice")]
    older = Criterion("other", deal.id, "need", "2020-01-01")
    assert met_of([*found, older]) == 1
    with pytest.raises(NotAmong):
        desk.run(answer_question, deal.id, "weather", met=True)


def test_an_offer_is_too_early_until_the_need_is_met() -> None:
    step = Step("s", "p", "g", "offer", Words("Offer", ""), "email", 0, sends="offer")
    met = Criterion("c", "d", "need", "2026-11-02", met=True)
    unmet = Criterion("e", "d", "need", "2026-11-03")
    assert is_too_early(step, ())
    assert not is_too_early(step, [met])
    assert is_too_early(step, [met, unmet])
    assert not is_too_early(Step("s", "p", "g", "call", Words("Call", ""), "call", 0), ())


def test_a_catalogued_objection_brings_its_answer(desk: Desk, deal: Deal) -> None:
    known = desk.read(lambda read: read.sql("SELECT id FROM objection"))[0][0]
    found = desk.run(raise_obstacle, deal.id, objection_id=known)
    assert found.kind == "objection"
    assert found.text
    assert found.answer
    desk.run(remove_obstacle, found.id)
    with pytest.raises(SettledAlready):
        desk.run(remove_obstacle, found.id)
    with pytest.raises(NothingSaid):
        desk.run(raise_obstacle, deal.id, "  ")


def test_a_stakeholder_is_linked_to_the_contact_of_that_name(desk: Desk, deal: Deal) -> None:
    assert desk.run(add_stakeholder, deal.id, "Ann", "decides").contact_id == deal.contact_id
    assert desk.run(add_stakeholder, deal.id, "Pavel", "blocks").contact_id is None
    assert desk.run(add_stakeholder, deal.id, "Gena", "uses", influence=9).influence == 3
    with pytest.raises(NotAmong):
        desk.run(add_stakeholder, deal.id, "Ann", "sings")


def test_what_is_settled_stays_settled(desk: Desk, deal: Deal) -> None:
    claim = desk.run(raise_claim, deal.id, "dark")
    desk.run(settle_claim, claim.id, answer="replaced")
    with pytest.raises(SettledAlready):
        desk.run(settle_claim, claim.id)
    asked = desk.run(request_terms, deal.id, "discount", discount=500)
    desk.run(decide_terms, asked.id, "refused")
    with pytest.raises(SettledAlready):
        desk.run(decide_terms, asked.id, "given")
    with pytest.raises(Refusal):
        desk.run(request_terms, deal.id, "discount", discount=10_001)


def test_a_further_sale_needs_a_sale_and_keeps_the_people(desk: Desk, deal: Deal) -> None:
    with pytest.raises(NotSold):
        desk.run(begin_follow_up, deal.id, "repeat", "Gate again")
    desk.run(win_deal, deal.id)
    found = desk.run(begin_follow_up, deal.id, "change_sale", "Another gate")
    assert (found.follows, found.kind, found.company_id) == (deal.id, "change_sale", deal.company_id)
    with pytest.raises(NotAmong):
        desk.run(begin_follow_up, deal.id, "new", "Gate")


def test_values_follow_a_renamed_field_in_their_place(desk: Desk, deal: Deal) -> None:
    field = desk.run(add_own_field, "Roof")
    other = desk.run(new_deal, title="Yard", custom={"a": "1", "Roof": "steep", "_uid": "x"})
    desk.run(fill_own_field, deal.id, field.id, "flat")
    assert desk.run(rename_own_field, field.id, "Крыша") == 2
    assert custom_of(desk, deal.id) == {"Крыша": "flat"}
    assert list(custom_of(desk, other.id).items()) == [("a", "1"), ("Крыша", "steep"), ("_uid", "x")]
    desk.undo()
    assert custom_of(desk, deal.id) == {"Roof": "flat"}


def test_fields_are_told_apart_by_name(desk: Desk, deal: Deal) -> None:
    field = desk.run(add_own_field, "Roof")
    with pytest.raises(FieldThere):
        desk.run(add_own_field, " roof ")
    with pytest.raises(NameOfTheProgram):
        desk.run(rename_own_field, field.id, "_uid")
    with pytest.raises(NoChoices):
        desk.run(add_own_field, "Colour", "choice")
    number = desk.run(add_own_field, "Floor", "number")
    with pytest.raises(DoesNotFit):
        desk.run(fill_own_field, deal.id, number.id, "three")
    desk.run(fill_own_field, deal.id, number.id, "3")
    desk.run(fill_own_field, deal.id, number.id, "")
    assert custom_of(desk, deal.id) == {}


@pytest.mark.parametrize(
    ("field", "told", "kept"),
    [
        (OwnField("f", "a"), " words ", "words"),
        (OwnField("f", "a", "number"), "12.50", "12.50"),
        (OwnField("f", "a", "number"), "1E3", "1000"),
        (OwnField("f", "a", "number"), "NaN", None),
        (OwnField("f", "a", "day"), "2026-12-18", "2026-12-18"),
        (OwnField("f", "a", "day"), "18.12.2026", None),
        (OwnField("f", "a", "yes_no"), "yes", "yes"),
        (OwnField("f", "a", "yes_no"), "perhaps", None),
        (OwnField("f", "a", "choice", ("flat",)), "flat", "flat"),
        (OwnField("f", "a", "choice", ("flat",)), "steep", None),
    ],
)
def test_what_a_field_keeps(field: OwnField, told: str, kept: str | None) -> None:
    assert kept_value(field, told) == kept


@given(st.lists(DAYS))
def test_slips_never_outnumber_the_moves_and_add_up(told: list[str | None]) -> None:
    found = slips_of(told)
    days = [day for day in told if day]
    assert 0 <= found.times <= max(0, len(days) - 1)
    if found.days > 0:
        assert found.times, "nothing comes to lie later without having been put off"
    assert slips_of(sorted(set(days))).times == max(0, len(set(days)) - 1)


def test_the_expected_close_can_be_taken_from_the_stage_again(desk: Desk, deal: Deal) -> None:
    desk.run(edit_deal, deal.id, probability=7000)
    assert desk.run(edit_deal, deal.id, probability=None).probability is None
