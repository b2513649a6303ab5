from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.working_days import working_days


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-26", "2026-11-26", 1),  # a Thursday
        ("2026-11-28", "2026-11-29", 0),  # a weekend
        ("2026-11-26", "2026-12-31", 26),
        ("2026-11-27", "2026-11-26", 0),
        ("2026-12-31", "2026-01-01", 0),
    ],
)
def test_mondays_to_fridays_both_ends_included(first: str, last: str, days: int) -> None:
    assert working_days(first, last) == days


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-5, 800))
def test_it_is_what_counting_gives(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    counted = sum((first + timedelta(days=nth)).weekday() < 5 for nth in range(length + 1))
    assert working_days(str(first), str(last)) == counted
