from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.checklist import (
    StepsStillOpen,
    StepState,
    check_exit,
    discipline,
    next_action,
    offers_next,
    required_open,
    steps_of,
)
from funnel_desk.domain.deal import StepAct, TouchedStep
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.pipeline import ExitRule, Stage, Step
from funnel_desk.domain.words import Words
from funnel_desk.i18n import in_language, translate_problem

MINSK = "Europe/Minsk"
SALE = "2026-11-30"


def step(
    key: str,
    after: str = "entry",
    days: int = 0,
    *,
    working: bool = False,
    every: int | None = None,
    until: str = "",
    required: bool = True,
    stage: str = "s",
    archived: bool = False,
) -> Step:
    return Step(
        key, "p", stage, key, Words(key, f"{key} по-русски"), "call", 0, after=after, days=days, working=working,
        every=every, until=until, required=required, archived=archived,
    )  # fmt: skip


def touch(
    key: str, at: Moment, act: StepAct = "done", *, due: Moment | None = None, entry: str = "here", result: str = ""
) -> TouchedStep:
    return TouchedStep(f"{key} {at} {act}", "deal", entry, key, act, at, due=due, result=result)


def states_of(
    steps: Sequence[Step],
    *touches: TouchedStep,
    entered: Moment = "2026-11-18",  # a Wednesday
    others: Sequence[Step] = (),
    sale_at: Moment | None = None,
    closed: bool = False,
) -> tuple[StepState, ...]:
    by_key = {one.key: one for one in (*steps, *others)}
    return steps_of(
        steps, "here", entered, touches, by_key=by_key, zone=MINSK, sale_at=sale_at, closed=closed
    )  # fmt: skip


def dues(states: Sequence[StepState]) -> list[Moment | None]:
    return [state.due for state in states]


def test_an_untouched_step_is_open_and_due_by_its_term() -> None:
    ask = step("ask", days=1)
    assert states_of([ask]) == (StepState(ask, "here", "open", "2026-11-19", None, 0, ""),)


def test_days_are_cut_in_the_zone_of_the_workspace() -> None:
    assert dues(states_of([step("ask", days=1)], entered="2026-11-18T22:30:00Z")) == ["2026-11-20"]


def test_working_days_pass_over_the_weekend_by_choice() -> None:
    steps = [step("ask", days=3), step("show", days=3, working=True)]
    assert dues(states_of(steps)) == ["2026-11-21", "2026-11-23"]


def test_a_term_may_count_from_the_step_before() -> None:
    steps = [step("ask", "previous", 1), step("show", "previous", 2), step("offer", "previous", 3)]
    assert dues(states_of(steps)) == ["2026-11-19", "2026-11-21", "2026-11-24"]
    done = states_of(steps, touch("ask", "2026-11-25T09:00:00Z"))
    assert dues(done)[1:] == ["2026-11-27", "2026-11-30"]
    skipped = states_of(steps, touch("ask", "2026-11-20", "skipped"))
    assert (skipped[0].status, skipped[0].done_at, dues(skipped)[1]) == ("skipped", "2026-11-20", "2026-11-22")


def test_a_term_may_count_from_the_sale() -> None:
    care = step("results", "sale", 30)
    assert dues(states_of([care], entered="2026-12-05")) == [None]
    assert dues(states_of([care], entered="2026-12-05", sale_at="2026-11-30T22:00:00Z")) == ["2026-12-31"]


def test_a_term_may_count_from_any_step_of_the_path() -> None:
    sent = step("invoice", stage="earlier")
    wait = step("pay", "step:invoice", 5)
    assert dues(states_of([wait], others=[sent])) == [None]
    assert dues(states_of([wait], touch("invoice", "2026-11-10", entry="then"), others=[sent])) == ["2026-11-15"]
    again = (touch("invoice", "2026-11-10", entry="then"), touch("invoice", "2026-11-12", entry="later"))
    assert dues(states_of([wait], *again, others=[sent])) == ["2026-11-17"]
    assert dues(states_of([step("pay", "step:nothing")])) == [None]


def test_a_term_from_a_step_of_the_same_stage_counts_from_its_day_until_it_is_done() -> None:
    steps = [step("received", "step:sent", 2), step("sent", days=3)]
    assert dues(states_of(steps)) == ["2026-11-23", "2026-11-21"]
    assert dues(states_of(steps, touch("sent", "2026-11-19")))[0] == "2026-11-21"
    assert dues(states_of(steps, touch("sent", "2026-11-01", entry="before")))[0] == "2026-11-23"


def test_terms_that_lead_back_to_themselves_have_no_day() -> None:
    steps = [step("a", "step:b"), step("b", "step:a"), step("c", "step:c"), step("d", "previous"), step("e")]
    assert dues(states_of(steps)) == [None, None, None, None, "2026-11-18"]


def test_the_latest_new_day_wins_and_may_be_a_time() -> None:
    moved = (
        touch("ask", "2026-11-18T08:00:00Z", "moved", due="2026-11-26T07:00:00Z"),
        touch("ask", "2026-11-18T07:00:00Z", "moved", due="2026-12-24", result="no_answer"),
    )
    state = states_of([step("ask"), step("show", "previous", 1)], *moved)
    assert dues(state) == ["2026-11-26T07:00:00Z", "2026-11-27"]
    assert (state[0].status, state[0].times) == ("open", 2)


def test_what_two_people_did_was_done_the_first_time_and_never_skipped() -> None:
    state = states_of(
        [step("ask")],
        touch("ask", "2026-11-21", result="again"),
        touch("ask", "2026-11-20", result="first"),
        touch("ask", "2026-11-19", "skipped"),
    )[0]
    assert (state.status, state.done_at, state.times) == ("done", "2026-11-20", 3)


def test_a_stage_entered_again_begins_its_checklist_anew() -> None:
    state = states_of([step("ask", days=1)], touch("ask", "2026-11-02", entry="first time"))[0]
    assert (state.status, state.due, state.times) == ("open", "2026-11-19", 0)


def test_an_archived_step_is_seen_only_where_it_was_touched() -> None:
    steps = [step("ask"), step("fax", days=9, archived=True), step("show", "previous", 1)]
    assert dues(states_of(steps)) == ["2026-11-18", "2026-11-19"]
    assert [one.step.key for one in states_of(steps, touch("fax", "2026-11-19"))] == ["ask", "fax", "show"]


REMIND = step("remind", days=7, every=7, until="paid")
PAID = step("paid")


def test_a_repeat_comes_again_so_many_days_after_it_was_last_done() -> None:
    assert dues(states_of([REMIND, PAID]))[0] == "2026-11-25"
    once = states_of([REMIND, PAID], touch("remind", "2026-11-26"))[0]
    assert (once.status, once.due, once.done_at, once.times) == ("open", "2026-12-03", "2026-11-26", 1)
    late = states_of([REMIND, PAID], touch("remind", "2026-11-26"), touch("remind", "2026-12-09"))[0]
    assert (late.due, late.times) == ("2026-12-16", 2)
    left_out = states_of([REMIND, PAID], touch("remind", "2026-11-26", "skipped"))[0]
    assert (left_out.status, left_out.due) == ("open", "2026-12-03")


def test_a_repeat_may_count_working_days() -> None:
    call = step("call", every=3, working=True)
    assert dues(states_of([call], touch("call", "2026-11-19"))) == ["2026-11-24"]


def test_a_new_day_of_a_repeat_holds_for_this_time_only() -> None:
    moved = touch("remind", "2026-11-24", "moved", due="2026-11-28")
    assert dues(states_of([REMIND, PAID], moved))[0] == "2026-11-28"
    assert dues(states_of([REMIND, PAID], moved, touch("remind", "2026-11-27")))[0] == "2026-12-04"


def test_a_repeat_ends_when_what_it_waits_for_is_done() -> None:
    paid = states_of([REMIND, PAID], touch("remind", "2026-11-26"), touch("paid", "2026-11-28"))
    assert [(one.status, one.due) for one in paid] == [("ended", None), ("done", "2026-11-18")]
    before = states_of([REMIND, PAID], touch("paid", "2026-10-01", entry="first time"))
    assert before[0].status == "open"
    elsewhere = states_of([REMIND], touch("paid", "2026-11-28", entry="next"), others=[step("paid", stage="next")])
    assert elsewhere[0].status == "ended"
    assert states_of([REMIND, PAID], touch("paid", "2026-11-28", "skipped"))[0].status == "open"


def test_a_lost_deal_has_nothing_due_but_keeps_what_was_done() -> None:
    states = states_of([step("ask"), step("show"), REMIND], touch("ask", "2026-11-18"), closed=True)
    assert [(one.status, one.due is None) for one in states] == [("done", False), ("ended", True), ("ended", True)]
    assert next_action(states, [], MINSK) is None


def test_a_won_deals_steps_live_on() -> None:
    care = [step("control"), step("results", "sale", 30), step("again", "sale", 90, every=90)]
    assert dues(states_of(care, entered=SALE, sale_at=SALE)) == ["2026-11-30", "2026-12-30", "2027-02-28"]


# What comes next.


def planned(name: str, day: Moment | None, *, at: Moment | None = None, step_id: str | None = None) -> Activity:
    return Activity(name, "meeting", "deal", step_id=step_id, at=at, planned_for=day, text=f"text of {name}")


def next_of(states: Sequence[StepState], *activities: Activity) -> tuple[str | None, str | None, Moment | None] | None:
    action = next_action(states, activities, MINSK)
    return action and (action.step_id, action.activity_id, action.due)


def test_nothing_to_do_is_no_next_action() -> None:
    assert next_of(()) is None
    assert next_of(states_of([step("ask")], touch("ask", "2026-11-18"))) is None
    assert next_of((), planned("met", "2026-11-18", at="2026-11-18"), planned("note", None)) is None


def test_the_earliest_comes_first_and_what_has_no_day_last() -> None:
    states = states_of([step("care", "sale"), step("late", days=9), step("soon", days=1), step("more", "sale")])
    assert next_of(states) == ("soon", None, "2026-11-19")
    assert next_of(states, planned("visit", "2026-11-18")) == (None, "visit", "2026-11-18")
    assert next_of(states[::3]) == ("care", None, None)
    assert next_of(states[::3], planned("visit", "2027-11-18")) == (None, "visit", "2027-11-18")


def test_inside_a_day_a_time_goes_first_then_steps_in_order() -> None:
    states = states_of([step("one"), step("two")])
    assert next_of(states, planned("visit", "2026-11-18")) == ("one", None, "2026-11-18")
    evening, morning = planned("evening", "2026-11-18T15:00:00Z"), planned("morning", "2026-11-17T21:30:00Z")
    assert next_of(states, evening, morning) == (None, "morning", "2026-11-17T21:30:00Z")
    assert next_of(states, planned("tomorrow", "2026-11-18T21:30:00Z")) == ("one", None, "2026-11-18")


def test_an_activity_planned_for_a_step_stands_for_it() -> None:
    states = states_of([step("ask"), step("show", days=5)])
    assert next_of(states, planned("call", "2026-11-20", step_id="ask")) == ("ask", "call", "2026-11-20")
    assert next_of(states, planned("call", "2026-12-20", step_id="ask")) == ("show", None, "2026-11-23")
    action = next_action(states, [planned("call", "2026-11-20", step_id="ask")], MINSK)
    assert action is not None
    assert (action.kind, action.title) == ("meeting", Words("ask", "ask по-русски"))
    free = next_action((), [planned("call", "2026-11-20")], MINSK)
    assert free is not None
    assert free.title == "text of call"


# Leaving a stage.


def test_required_steps_are_open_until_done_or_skipped_and_repeats_hold_nobody() -> None:
    steps = [step("ask"), step("show"), step("maybe", required=False), REMIND, step("offer")]
    states = states_of(steps, touch("ask", "2026-11-18"), touch("show", "2026-11-18", "skipped"))
    assert [one.step.key for one in required_open(states)] == ["offer"]
    assert discipline(states) == (1, 3)


def test_the_next_stage_is_offered_when_the_required_work_is_through() -> None:
    steps = [step("ask"), step("maybe", required=False), REMIND]
    assert not offers_next(states_of(steps))
    assert offers_next(states_of(steps, touch("ask", "2026-11-18")))
    assert offers_next(states_of(steps, touch("ask", "2026-11-18", "skipped")))
    assert not offers_next(())
    assert not offers_next(states_of([step("maybe", required=False)]))
    assert offers_next(states_of([step("maybe", required=False)], touch("maybe", "2026-11-18")))


def left(rule: ExitRule) -> Stage:
    return Stage("s", "p", "s", Words("Offer", "Предложение"), 0, exit_rule=rule)


def test_an_exit_rule_lets_pass_or_warns_and_keeps_why() -> None:
    states = states_of([step("ask"), step("show")], touch("ask", "2026-11-18"))
    assert check_exit(left("none"), states, "why not").still_open == ()
    warned = check_exit(left("warn"), states, "they hurry")
    assert (warned.still_open, warned.because) == ((states[1],), "they hurry")
    assert check_exit(left("warn"), states[:1], "they hurry") == ((), "")


def test_a_blocking_stage_names_the_open_steps_and_going_back_is_free() -> None:
    states = states_of([step("ask"), step("show")])
    with pytest.raises(StepsStillOpen) as caught:
        check_exit(left("block"), states)
    assert str(caught.value) == "“Offer” cannot be left yet. Still to do: ask, show."
    with in_language("ru"):
        assert "ask по-русски, show по-русски" in translate_problem(caught.value)
    assert check_exit(left("block"), states, forward=False) == ((), "")
    assert check_exit(left("block"), states_of([step("ask")], touch("ask", "2026-11-18"))) == ((), "")


KEYS = "abcd"
TERMS = st.sampled_from(["entry", "previous", "sale", *(f"step:{key}" for key in KEYS)])


@st.composite
def stages(draw: st.DrawFn) -> list[Step]:
    return [
        step(
            key, draw(TERMS), draw(st.integers(0, 40)), working=draw(st.booleans()), required=draw(st.booleans()),
            every=draw(st.sampled_from([None, None, 1, 7])), until=draw(st.sampled_from(["", *KEYS])),
            archived=draw(st.integers(0, 5)) == 0,
        )
        for key in KEYS
    ]  # fmt: skip


@st.composite
def touches_of(draw: st.DrawFn) -> list[TouchedStep]:
    acts: list[StepAct] = ["done", "skipped", "moved"]
    days = st.integers(1, 28).map(lambda day: f"2026-12-{day:02}")
    return [
        TouchedStep(str(place), "deal", draw(st.sampled_from(["here", "before"])), draw(st.sampled_from(KEYS)),
                    draw(st.sampled_from(acts)), draw(days), due=draw(st.none() | days))
        for place in range(draw(st.integers(0, 6)))
    ]  # fmt: skip


@given(stages(), touches_of(), st.sampled_from([None, SALE]), st.booleans())
def test_any_checklist_can_be_read(
    steps: list[Step], touches: list[TouchedStep], sale: str | None, closed: bool
) -> None:
    states = states_of(steps, *touches, sale_at=sale, closed=closed)
    assert states_of(steps, *reversed(touches), sale_at=sale, closed=closed) == states
    dated = [state for state in states if state.status == "open" and state.due]
    action = next_action(states, [], MINSK)
    if dated:
        assert action is not None
        assert action.due == min(str(state.due) for state in dated)
    for state in states:
        assert (state.status in {"done", "skipped"}) <= (state.done_at is not None)
        assert not closed or state.status != "open"
        assert state.status != "ended" or state.due is None
        assert not state.step.archived or state.times


def test_what_comes_up_on_demand_is_listed_but_never_due_by_itself() -> None:
    claim = replace(step("claim", required=False), on_demand=True)
    states = states_of([claim, step("call", "previous", 3)])
    assert dues(states) == [None, "2026-11-21"]  # the step after it counts from the entry
    assert next_action(states_of([claim]), [], MINSK) is None
    assert required_open(states_of([replace(claim, required=True)])) == ()
    assert discipline(states_of([replace(claim, required=True)])) == (0, 0)


def test_what_comes_up_on_demand_is_due_on_the_day_it_was_given_and_can_be_done() -> None:
    claim = replace(step("claim", required=False), on_demand=True)
    given_a_day = states_of([claim], touch("claim", "2026-11-19", "moved", due="2026-11-25"))
    action = next_action(given_a_day, [], MINSK)
    assert action is not None
    assert action.due == "2026-11-25"
    [done] = states_of([claim], touch("claim", "2026-11-19"))
    assert done.status == "done"


def test_what_may_come_up_again_is_not_due_again() -> None:
    claim = replace(step("claim", every=7, required=False), on_demand=True)
    assert dues(states_of([claim], touch("claim", "2026-11-19"))) == [None]
