from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.moments import add_days, day_of, days_between, instant, is_day, later, parse_instant

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
ZONES = st.sampled_from(["Europe/Minsk", "UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata"])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_day_is_that_day_in_every_zone() -> None:
    assert day_of("2026-11-22", "Pacific/Kiritimati") == day_of("2026-11-22", "America/New_York") == "2026-11-22"


def test_an_instant_falls_on_the_day_of_the_zone() -> None:
    assert day_of("2026-11-22T21:30:00Z", "Europe/Minsk") == "2026-11-23"
    assert day_of("2026-11-22T21:30:00Z", "America/New_York") == "2026-11-22"
    assert day_of("2026-11-22T21:30:00.25Z", "Europe/Minsk") == "2026-11-23"


def test_an_instant_is_written_in_utc_with_four_digits_of_a_year() -> None:
    assert instant(datetime(2026, 11, 22, 13, 15, 30, 999, tzinfo=timezone(timedelta(hours=3)))) == (
        "2026-11-22T10:15:30Z"
    )
    assert instant(datetime(987, 1, 2, tzinfo=UTC)) == "0987-01-02T00:00:00Z"


@given(INSTANTS)
def test_an_instant_reads_back(moment: datetime) -> None:
    assert parse_instant(instant(moment)) == moment.replace(microsecond=0)
    assert not is_day(instant(moment))


@given(INSTANTS, INSTANTS)
def test_instants_sort_as_text(one: datetime, other: datetime) -> None:
    one, other = one.replace(microsecond=0), other.replace(microsecond=0)
    assert (instant(one) < instant(other)) == (one < other)


def test_days_between_instants_are_exact_and_else_whole() -> None:
    assert days_between("2026-11-22T12:00:00Z", "2026-11-24T00:00:00Z", "UTC") == 1.5
    assert days_between("2026-11-22", "2026-11-24T23:00:00Z", "UTC") == 2.0
    assert days_between("2026-11-22", "2026-11-24T23:00:00Z", "Europe/Minsk") == 3.0
    assert days_between("2026-11-24", "2026-11-22", "UTC") == -2.0


@given(INSTANTS, INSTANTS, ZONES)
def test_days_between_turn_their_sign(one: datetime, other: datetime, zone: str) -> None:
    start, end = instant(one), instant(other)
    assert days_between(start, end, zone) == -days_between(end, start, zone)
    assert days_between(day_of(start, zone), end, zone) == -days_between(end, day_of(start, zone), zone)


@pytest.mark.parametrize(
    ("day", "days", "lands"),
    [
        ("2026-11-20", 0, "2026-11-20"),  # a Friday
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-21", 0, "2026-11-23"),  # a Saturday
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-22", 2, "2026-11-24"),  # a Sunday
        ("2026-11-18", 3, "2026-11-23"),  # a Wednesday
    ],
)
def test_working_days_are_monday_to_friday(day: str, days: int, lands: str) -> None:
    assert add_days(day, days, working=True) == lands


@given(DAYS, st.integers(0, 400))
def test_working_days_are_counted_one_by_one(day: date, days: int) -> None:
    landed = date.fromisoformat(add_days(day.isoformat(), days, working=True))
    assert landed.weekday() < 5
    walked = sum((day + timedelta(days=n)).weekday() < 5 for n in range(1, (landed - day).days + 1))
    assert walked == days or (walked == 1 and days == 0 and day.weekday() >= 5)


@given(DAYS, st.integers(0, 4000))
def test_plain_days_are_plain(day: date, days: int) -> None:
    assert date.fromisoformat(add_days(day.isoformat(), days)) - day == timedelta(days=days)


@pytest.mark.parametrize(
    ("one", "other", "zone", "expected"),
    [
        ("2026-07-04", "2026-07-04T01:30:00Z", "America/New_York", "2026-07-04"),
        ("2026-07-03", "2026-07-04T01:30:00Z", "America/New_York", "2026-07-04T01:30:00Z"),
        ("2026-07-04", "2026-07-04T01:30:00Z", "UTC", "2026-07-04T01:30:00Z"),
        ("2026-07-05", "2026-07-04T22:30:00Z", "Europe/Minsk", "2026-07-05"),
        ("2026-07-04T22:30:00Z", "2026-07-04T01:30:00Z", "America/New_York", "2026-07-04T22:30:00Z"),
    ],
)
def test_the_later_of_a_day_and_an_instant(one: str, other: str, zone: str, expected: str) -> None:
    assert later(one, other, zone) == later(other, one, zone) == expected
