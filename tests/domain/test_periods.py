from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.moments import day_of, instant
from funnel_desk.domain.periods import ALWAYS, Period, PeriodBackwards

MINSK = "Europe/Minsk"  # three hours ahead of UTC, all year
NEW_YORK = "America/New_York"


def test_days_are_cut_in_the_zone() -> None:
    bounds = Period("2026-07-01", "2026-09-30").bounds(MINSK)
    assert bounds.is_before("2026-06-30T20:59:59Z")
    assert bounds.holds("2026-06-30T21:00:00Z")
    assert bounds.holds("2026-09-30T20:59:59Z")
    assert bounds.is_after("2026-09-30T21:00:00Z")


def test_parts_of_a_second_belong_to_their_day() -> None:
    bounds = Period("2026-07-01", "2026-07-01").bounds(MINSK)
    assert bounds.holds("2026-06-30T21:00:00.5Z")
    assert bounds.holds("2026-07-01T20:59:59.999Z")
    assert bounds.is_after("2026-07-01T21:00:00.001Z")


def test_both_ends_are_included() -> None:
    bounds = Period("2026-07-01", "2026-07-02").bounds(MINSK)
    assert [day for day in ("2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03") if bounds.holds(day)] == [
        "2026-07-01",
        "2026-07-02",
    ]


@pytest.mark.parametrize("moment", ["0001-01-01", "2026-07-01", "9999-12-31T23:59:59Z"])
def test_an_open_period_holds_everything(moment: str) -> None:
    bounds = ALWAYS.bounds(MINSK)
    assert bounds.holds(moment)
    assert not bounds.is_before(moment)
    assert not bounds.is_after(moment)


def test_half_open() -> None:
    assert Period(first="2026-07-01").bounds(MINSK).holds("2030-01-01")
    assert Period(last="2026-07-01").bounds(MINSK).is_after("2026-07-02")


def test_backwards_is_refused() -> None:
    with pytest.raises(PeriodBackwards) as refused:
        Period("2026-07-02", "2026-07-01")
    assert str(refused.value) == "The period ends on 2026-07-01, before it begins on 2026-07-02."


days = st.dates(datetime(2019, 1, 1, tzinfo=UTC).date(), datetime(2030, 12, 31, tzinfo=UTC).date())


@given(days, st.integers(0, 400), st.datetimes(datetime(2018, 1, 1), datetime(2032, 1, 1)), st.booleans())  # noqa: DTZ001 - the zone comes below
def test_exactly_one_of_before_in_and_after(first: object, length: int, when: datetime, instants: bool) -> None:
    first_day = str(first)
    last_day = (datetime.fromisoformat(first_day) + timedelta(days=length)).date().isoformat()
    bounds = Period(first_day, last_day).bounds(NEW_YORK)
    moment = instant(when.replace(tzinfo=ZoneInfo(NEW_YORK))) if instants else when.date().isoformat()
    day = day_of(moment, NEW_YORK)
    assert bounds.is_before(moment) == (day < first_day)
    assert bounds.is_after(moment) == (day > last_day)
    assert bounds.holds(moment) == (first_day <= day <= last_day)
