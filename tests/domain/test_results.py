import pytest

from funnel_desk.domain.checklist import StepState, steps_of
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.playbook import STEP_KINDS
from funnel_desk.domain.results import (
    StepAlreadyDone,
    StepIsOver,
    Touch,
    offers_lost,
    postpone,
    result_key,
    results_of,
    skip,
    tick,
)
from funnel_desk.domain.words import Words

FRIDAY = "2026-11-20T10:00:00Z"
MINSK = "Europe/Minsk"


def step(kind: str = "call", *, every: int | None = None, result: Words | None = None) -> Step:
    words = result or Words("", "")
    return Step("id", "p", "s", "key", Words("Call", "Звонок"), kind, 0, every=every, result=words)


def state(one: Step, *touches: Touch, closed: bool = False) -> StepState:
    rows = [TouchedStep(str(place), "deal", **touch._asdict()) for place, touch in enumerate(touches)]
    return steps_of([one], "here", "2026-11-18", rows, by_key={}, zone=MINSK, closed=closed)[0]


def test_each_kind_of_step_has_its_results_success_first() -> None:
    for kind in STEP_KINDS:
        results = results_of(step(kind))
        assert results[0].key == "done"
        assert all(result.label.en and result.label.ru for result in results)
    assert [result.key for result in results_of(step("call"))] == ["done", "not_yet", "no_answer", "refused"]
    assert "no_answer" not in {result.key for result in results_of(step("email"))}


def test_a_step_says_its_own_success() -> None:
    looked = Words("Looked at it", "Посмотрели")
    assert results_of(step(result=looked))[0].label == looked
    assert results_of(step("something new"))[0].label == Words("Done", "Сделано")


@pytest.mark.parametrize("told", ["no_answer", " NO ANSWER ", "нет ответа"])
def test_a_result_is_known_by_key_and_by_label(told: str) -> None:
    assert result_key(step(), told) == "no_answer"
    assert result_key(step(), " thinks about it") == "thinks about it"


def test_done_is_done_once() -> None:
    touch = tick(state(step()), "done", at=FRIDAY, zone=MINSK, note="glad")
    assert touch == Touch("here", "id", "done", FRIDAY, None, "done", "glad")
    done = state(step(), touch)
    assert (done.status, done.result) == ("done", "done")
    with pytest.raises(StepAlreadyDone, match="“Call” is already done"):
        tick(done, "done", at=FRIDAY, zone=MINSK)
    with pytest.raises(StepAlreadyDone):
        skip(done, at=FRIDAY)
    with pytest.raises(StepAlreadyDone):
        postpone(done, "2026-12-01", at=FRIDAY)


@pytest.mark.parametrize(("result", "day"), [("no_answer", "2026-11-23"), ("not_yet", "2026-11-24")])
def test_without_success_a_step_stays_open_and_moves_on(result: str, day: str) -> None:
    waiting = state(step(), tick(state(step()), result, at=FRIDAY, zone=MINSK))
    assert (waiting.status, waiting.due, waiting.result, waiting.times) == ("open", day, result, 1)
    chosen = tick(waiting, result, at=FRIDAY, zone=MINSK, due="2026-11-26T07:00:00Z")
    assert state(step(), chosen).due == "2026-11-26T07:00:00Z"


def test_a_refusal_is_done_and_offers_the_loss() -> None:
    touch = tick(state(step()), "refused", at=FRIDAY, zone=MINSK)
    assert (touch.act, offers_lost(touch.result), offers_lost("done")) == ("done", True, False)


def test_words_of_ones_own_are_a_success() -> None:
    assert tick(state(step()), "will come by", at=FRIDAY, zone=MINSK)[2:6] == ("done", FRIDAY, None, "will come by")
    assert tick(state(step()), "", at=FRIDAY, zone=MINSK).result == "done"


def test_a_repeat_is_ticked_time_after_time() -> None:
    weekly = step(every=7)
    first = tick(state(weekly), "done", at=FRIDAY, zone=MINSK)
    second = tick(state(weekly, first), "done", at="2026-11-27", zone=MINSK)
    again = state(weekly, first, second)
    assert (again.status, again.due, again.times) == ("open", "2026-12-04", 2)
    missed = tick(again, "no_answer", at="2026-12-04", zone=MINSK)
    assert state(weekly, first, second, missed).due == "2026-12-07"


def test_nothing_can_be_said_of_a_step_that_is_over() -> None:
    over = state(step(every=7), closed=True)
    with pytest.raises(StepIsOver, match="“Call” is over"):
        tick(over, "done", at=FRIDAY, zone=MINSK)
    with pytest.raises(StepIsOver):
        postpone(over, "2026-12-01", at=FRIDAY)
    with pytest.raises(StepIsOver):
        skip(over, at=FRIDAY)


def test_a_skipped_step_can_still_be_done() -> None:
    skipped = state(step(), skip(state(step()), at=FRIDAY, note="no need"))
    assert skipped.status == "skipped"
    assert tick(skipped, "done", at=FRIDAY, zone=MINSK).act == "done"


def test_a_new_day_is_a_touch_without_a_result() -> None:
    touch = postpone(state(step()), "2026-11-26T07:00:00Z", at=FRIDAY)
    assert (touch.act, touch.due, touch.result) == ("moved", "2026-11-26T07:00:00Z", "")
