import pytest

from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.ui.period_choices import named_period, period_before, year_before

TODAY = "2026-11-26"


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("month", "2026-11-01", "2026-11-30"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("quarter", "2026-10-01", "2026-12-31"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("year", "2026-01-01", "2026-12-31"),
        ("last_year", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_name_means_whole_months_quarters_or_years(key: str, first: str, last: str) -> None:
    assert named_period(key, TODAY) == Period(first, last)


def test_january_comes_after_december() -> None:
    assert named_period("last_month", "2026-01-31") == Period("2025-12-01", "2025-12-31")
    assert named_period("last_quarter", "2026-03-31") == Period("2025-10-01", "2025-12-31")


def test_all_time_has_nothing_before_it() -> None:
    assert named_period("all", TODAY) == ALWAYS
    assert period_before("all", ALWAYS) is None
    assert year_before(ALWAYS) is None


def test_before_a_month_is_a_month_and_before_ten_days_ten_days() -> None:
    march = Period("2026-03-01", "2026-03-31")
    assert period_before("month", march) == Period("2026-02-01", "2026-02-28")
    assert period_before("own", Period("2026-03-11", "2026-03-20")) == Period("2026-03-01", "2026-03-10")


def test_a_year_before_a_leap_day_is_the_day_before_march() -> None:
    assert year_before(Period("2024-02-01", "2024-02-29")) == Period("2023-02-01", "2023-02-28")
