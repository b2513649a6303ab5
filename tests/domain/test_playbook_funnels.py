"""What the single funnels that come with the program promise: their stages, and the steps that make them special."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from funnel_desk import resources
from funnel_desk.domain.playbook import Playbook, PlaybookStage, PlaybookStep, parse

AFTER_THE_SALE = (
    "train-sellers", "check-satisfaction", "settle-claim", "offer-replacement", "repeat-sale", "cross-sale", "up-sale",
)  # fmt: skip
CANONICAL = ("canonical-inbound", "canonical-outbound")


def shipped(key: str) -> Playbook:
    file = resources.path("playbooks", f"{key}.toml")
    return parse(file.read_text(encoding="utf-8"), file.name)


def stage_of(book: Playbook, key: str) -> PlaybookStage:
    return next(stage for stage in book.stages if stage.key == key)


def step_of(book: Playbook, key: str) -> PlaybookStep:
    return next(step for step in book.steps() if step.key == key)


def keys(steps: Iterable[PlaybookStep], *, required: bool | None = None) -> list[str]:
    return [step.key for step in steps if required in {None, step.required}]


def test_conversion_is_five_operations_and_the_time_after() -> None:
    book = shipped("conversion")
    assert [(stage.key, len(stage.steps), stage.side) for stage in book.stages] == [
        ("first-contact", 4, "before"),
        ("need", 4, "before"),
        ("solution", 4, "before"),
        ("demonstration", 3, "before"),
        ("objections", 3, "before"),
        ("closing", 6, "before"),
        ("sold", 2, "won"),
        ("satisfaction", 3, "after"),
        ("repeat-sales", 4, "after"),
    ]


def test_conversion_does_not_hurry_with_the_offer() -> None:
    book = shipped("conversion")
    need = stage_of(book, "need")
    assert need.exit_rule == "warn"
    assert keys(need.steps, required=True) == ["ask-task", "ask-weight", "ask-choice", "confirm-need"]
    order = keys(book.steps())
    offers = [step.key for step in book.steps() if step.sends == "offer"]
    assert order.index(offers[0]) > order.index("confirm-need")


def test_a_request_for_special_terms_is_a_step_and_a_way_to_lose() -> None:
    book = shipped("conversion")
    assert "special-terms" in keys(stage_of(book, "objections").steps, required=False)
    assert "special_terms" in {reason.key for reason in book.lost_reasons}
    assert "discount" in {objection.key for objection in book.objections}


def test_whoever_is_not_satisfied_gets_an_offer_of_their_own() -> None:
    satisfaction = stage_of(shipped("conversion"), "satisfaction")
    assert keys(satisfaction.steps) == ["ask-expectations", "put-right", "personal-offer"]
    assert satisfaction.steps[-1].sends == "offer"


def test_storage_media_take_six_steps_to_regular_orders() -> None:
    book = shipped("storage-media")
    assert [(stage.key, len(stage.steps), stage.side) for stage in book.stages] == [
        ("subscription", 3, "before"),
        ("acquaintance", 2, "before"),
        ("price-lists", 6, "before"),
        ("first-order", 2, "won"),
        ("fulfilment", 3, "after"),
        ("regular-orders", 4, "after"),
    ]


def test_storage_media_write_letters_and_come_back_with_the_usual_list() -> None:
    book = shipped("storage-media")
    letters = [step.key for step in book.steps() if step.kind == "email"]
    assert letters == ["welcome-letter", "send-price-lists", "send-invoice", "write-with-a-reason"]
    repeats = {step.key: (step.repeat.every, step.repeat.until) for step in book.steps() if step.repeat}
    assert repeats == {
        "watch-letters": (14, "acquaintance-call"),
        "remind-box": (7, "confirm-first-order"),
        "write-with-a-reason": (14, "put-together-order"),
        "send-usual-list": (14, ""),
        "look-back-at-quarter": (90, ""),
    }


def test_the_two_ways_in_and_what_follows_are_five_canonical_stages() -> None:
    inbound, outbound = (shipped(key) for key in CANONICAL)
    assert [stage.key for stage in inbound.stages] == ["inbound-attraction", "discussion", "realisation", "development"]
    assert [stage.key for stage in outbound.stages] == [
        "outbound-attraction",
        "discussion",
        "realisation",
        "development",
    ]
    assert len({stage.name for book in (inbound, outbound) for stage in book.stages}) == 5
    assert [len(stage.steps) for stage in inbound.stages] == [4, 5, 8, 7]
    assert [len(stage.steps) for stage in outbound.stages] == [7, 5, 8, 8]


@pytest.mark.parametrize("key", CANONICAL)
def test_a_canonical_deal_is_won_and_then_carried_out(key: str) -> None:
    realisation = stage_of(shipped(key), "realisation")
    assert realisation.won
    assert keys(realisation.steps) == [
        "draw-up-documents",
        "brief-departments",
        "ship",
        "sign-acts",
        "ask-payment-day",
        "remind-payment",
        "payment-received",
        "rate-deal",
    ]
    assert realisation.steps[0].sends == "invoice"


@pytest.mark.parametrize("key", CANONICAL)
def test_a_canonical_client_is_developed(key: str) -> None:
    development = stage_of(shipped(key), "development")
    assert development.after_sale
    assert set(AFTER_THE_SALE) <= set(keys(development.steps))
    training = development.steps[0]
    assert training.key == "train-sellers"
    assert training.required


def test_whatever_a_client_did_first_is_recorded() -> None:
    first = next(shipped("canonical-inbound").steps())
    assert (first.key, first.term.days) == ("record-first-step", 0)
    for act in ("ring", "showroom", "site", "remark"):
        assert act in first.say.en


def test_an_invitation_to_an_event_is_a_result_of_a_cold_call() -> None:
    book = shipped("canonical-outbound")
    attraction = stage_of(book, "outbound-attraction")
    assert keys(attraction.steps, required=True) == ["prepare-call", "cold-call", "note-lead"]
    assert {"ask-interest", "invite-to-event", "talk-at-event"} <= set(keys(attraction.steps, required=False))
    assert "event" in step_of(book, "note-lead").say.en
    assert "мероприятию" in step_of(book, "note-lead").say.ru


def test_four_cold_calls_of_a_hundred_lead_on() -> None:
    attraction, discussion, *_ = shipped("canonical-outbound").stages
    assert attraction.probability * 100 == discussion.probability * 4


@pytest.mark.parametrize("key", ["conversion", "storage-media", *CANONICAL])
def test_the_client_has_offer_and_invoice_by_the_time_they_are_spoken_of(key: str) -> None:
    sent: set[str] = set()
    for step in shipped(key).steps():
        for lang in ("en", "ru"):
            say = step.say.of(lang)
            assert "{last_offer" not in say or "offer" in sent
            assert "{days_since_invoice}" not in say or "invoice" in sent
        sent.add(step.sends)
    assert {"offer", "invoice"} <= sent


@pytest.mark.parametrize("file", resources.files("playbooks", ".toml"), ids=lambda file: file.stem)
def test_each_says_to_whom_what_for_how_much_where_and_how_it_is_made_known(file: Path) -> None:
    book = parse(file.read_text(encoding="utf-8"), file.name)
    for words in (book.audience, book.product, book.price, book.place, book.promotion):
        assert words.en
        assert words.ru
    for stage in book.stages:
        assert (stage.stalled_days is None) == (stage.hard_days is None)


def test_claims_special_terms_and_invitations_come_up_only_when_they_do() -> None:
    found = {(key, step.key) for key in ("conversion", *CANONICAL) for step in shipped(key).steps() if step.on_demand}
    assert found == {
        ("conversion", "send-details"),
        ("conversion", "special-terms"),
        ("conversion", "put-right"),
        ("conversion", "personal-offer"),
        ("canonical-inbound", "settle-claim"),
        ("canonical-inbound", "offer-replacement"),
        ("canonical-outbound", "invite-to-event"),
        ("canonical-outbound", "talk-at-event"),
        ("canonical-outbound", "settle-claim"),
        ("canonical-outbound", "offer-replacement"),
    }
