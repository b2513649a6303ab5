"""Four of a hundred: cold calls that end as a lead, and how many a number of leads takes."""

from hypothesis import given, strategies as st

from funnel_desk.domain.cold_calls import CallsNeeded, ColdCall, calls_needed, cold_call_rate
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.periods import Period


def call(stay: str, day: int, *, agreed: bool = False, went_on: bool = False) -> ColdCall:
    return ColdCall(stay, f"2026-11-{day:02}T09:00:00Z", agreed, went_on)


def test_the_last_call_before_the_deal_went_on_is_the_one_that_did_it() -> None:
    calls = [call("a", 1, went_on=True), call("a", 5, went_on=True), call("b", 2)]
    assert cold_call_rate(calls, "UTC") == Rate(1, 3)
    assert cold_call_rate(calls, "UTC", Period("2026-11-01", "2026-11-03")) == Rate(0, 2)
    assert cold_call_rate(calls, "UTC", Period("2026-11-05", "2026-11-05")) == Rate(1, 1)


def test_a_smaller_step_is_a_lead_and_a_stay_gives_one() -> None:
    calls = [call("a", 1, agreed=True, went_on=True), call("a", 5, agreed=True, went_on=True)]
    assert cold_call_rate(calls, "UTC") == Rate(1, 2)


def test_four_of_a_hundred() -> None:
    assert calls_needed(10, Rate(4, 100)) == CallsNeeded(250, 102, 639)
    assert calls_needed(10, Rate(0, 100)) == CallsNeeded(None, 271, None)
    assert calls_needed(10, Rate(1, 4)) is None
    assert calls_needed(0, Rate(4, 100)) == CallsNeeded(0, 0, 0)


@given(st.integers(1, 500), st.integers(1, 300), st.integers(5, 2000))
def test_the_interval_holds_the_number(leads: int, part: int, base: int) -> None:
    found = calls_needed(leads, Rate(min(part, base), base))
    assert found is not None
    assert found.calls is not None
    assert found.low is not None
    assert found.high is not None
    assert leads <= found.low <= found.calls <= found.high


@given(st.lists(st.builds(call, st.sampled_from("abc"), st.integers(1, 28), agreed=st.booleans())))
def test_parts_of_a_period_add_up(calls: list[ColdCall]) -> None:
    whole = cold_call_rate(calls, "UTC")
    first = cold_call_rate(calls, "UTC", Period(None, "2026-11-14"))
    rest = cold_call_rate(calls, "UTC", Period("2026-11-15", None))
    assert (first.part + rest.part, first.base + rest.base) == (whole.part, whole.base)
