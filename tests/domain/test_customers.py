from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.customers import (
    Customer,
    Limits,
    LimitsOutOfOrder,
    Sale,
    Share,
    customers,
    graded,
    repeat_share,
    twelve_months,
)
from funnel_desk.domain.periods import ALWAYS, Period

TODAY, ZONE = "2026-11-22", "Europe/Minsk"


def grades(won: dict[str, int], limits: Limits | None = None) -> dict[str, str]:
    return {name: grade for name, grade, _before in graded(won, limits or Limits())}


def test_the_share_before_decides() -> None:
    """Before the second there are 70 %, before the third 80 %: no longer A; before the last 95 %: no longer B."""
    assert grades({"w": 70, "x": 10, "y": 15, "z": 5}) == {"w": "A", "y": "A", "x": "B", "z": "C"}
    assert grades({"w": 80, "x": 15, "y": 5}) == {"w": "A", "x": "B", "y": "C"}


def test_the_greatest_is_always_a() -> None:
    assert grades({"all": 100, "none": 0}) == {"all": "A", "none": "C"}


def test_limits_are_the_user_s() -> None:
    assert grades({"w": 50, "x": 30, "y": 20}, Limits(50, 80)) == {"w": "A", "x": "B", "y": "C"}
    assert grades({"w": 50, "x": 30, "y": 20}, Limits(0, 100)) == {"w": "B", "x": "B", "y": "B"}
    with pytest.raises(LimitsOutOfOrder):
        Limits(95, 80)


def test_who_brought_nothing_or_less_is_c() -> None:
    assert grades({"x": 0, "y": -100}) == {"x": "C", "y": "C"}
    assert grades({}) == {}


def test_effort_and_return() -> None:
    sales = [
        Sale("acme", 100_000, "2026-10-01", "new"),
        Sale("acme", 50_000, "2026-11-01T10:00:00Z", "repeat"),
        Sale("acme", None, "2026-11-02", "repeat"),
        Sale("old", 900_000, "2024-01-31", "new"),
    ]
    found = customers(sales, {"acme": 90, "talker": 300}, period=twelve_months(TODAY), today=TODAY, zone=ZONE)
    assert found == (
        Customer("acme", "A", 150_000, 3, 0.0, 90, "2026-11-02", 20),
        Customer("old", "C", 0, 0, 1.0, 0, "2024-01-31", 1026),
        Customer("talker", "C", 0, 0, 1.0, 300, None, None),
    )
    assert [one.an_hour for one in found] == [100_000, None, 0]


def test_days_are_cut_in_the_zone() -> None:
    """22:30 in Greenwich is the next day in Minsk."""
    (found,) = customers(
        [Sale("x", 1, "2026-11-20T22:30:00Z", "new")], {}, period=Period("2026-11-21", None), today=TODAY, zone=ZONE
    )
    assert (found.won, found.days_since_order) == (1, 1)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ("2026-11-22", "2025-11-23"),
        ("2028-02-29", "2027-03-01"),
        ("2029-02-28", "2028-02-29"),
        ("2027-12-31", "2027-01-01"),
    ],
)
def test_twelve_months(today: str, first: str) -> None:
    assert twelve_months(today) == Period(first, today)


def test_the_repeat_share() -> None:
    kinds = ["new", "repeat", "cross_sell", "up_sell", "change_sale", ""]
    sales = [Sale("x", 100, TODAY, kind) for kind in kinds]
    assert repeat_share(sales) == Share(400, 600, 4, 6)
    assert repeat_share(sales).value == pytest.approx(2 / 3)
    assert repeat_share([]).value is None
    assert repeat_share([Sale("x", None, TODAY, "repeat")]) == Share(0, 0, 1, 1)


won_values = st.dictionaries(st.text(max_size=3), st.integers(-1_000, 10**9), max_size=30)


@st.composite
def some_limits(draw: st.DrawFn) -> Limits:
    a, b = sorted((draw(st.integers(0, 100)), draw(st.integers(0, 100))))
    return Limits(a, b)


@given(won_values, some_limits())
def test_the_grades_part_the_customers(won: dict[str, int], limits: Limits) -> None:
    found = graded(won, limits)
    assert sorted(name for name, _grade, _before in found) == sorted(won)
    letters = [grade for _name, grade, _before in found]
    assert letters == sorted(letters)
    whole = sum(value for value in won.values() if value > 0)
    before = 0
    for name, grade, share in found:
        if whole:
            exact = Fraction(100 * before, whole)
            expected = "C" if won[name] <= 0 or exact >= limits.b else "A" if exact < limits.a else "B"
            assert (grade, share) == (expected, before / whole)
        before += max(won[name], 0)


sales = st.builds(
    Sale,
    st.sampled_from(["x", "y", "z"]),
    st.none() | st.integers(0, 10**6),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(["new", "repeat"]),
)


@given(st.lists(sales, max_size=20), st.dictionaries(st.sampled_from(["x", "w"]), st.integers(0, 999)))
def test_nothing_won_and_no_minute_gets_lost(rows: list[Sale], minutes: dict[str, int]) -> None:
    found = customers(rows, minutes, period=ALWAYS, today=TODAY, zone=ZONE)
    assert sum(one.won for one in found) == sum(row.value or 0 for row in rows)
    assert sum(one.orders for one in found) == len(rows)
    assert sum(one.minutes for one in found) == sum(minutes.values())
    assert {one.id for one in found} == {row.customer for row in rows} | minutes.keys()
