"""Progress through a period: working days, the even pace, what each day has to bring."""

from fractions import Fraction

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.leads_plan import LeadsPlan, Takings, conversions, plan_leads
from funnel_desk.domain.on_track import on_track

# The conversions of METRICS' example: 50, 60, 40 and 50 % of very many deals.
WAYS = conversions([Rate(n * 10**9, 10**11) for n in (50, 60, 40, 50)], [1, 1, 1, 1])


def plan(goal: int, so_far: int, expected: int = 0) -> LeadsPlan:
    return plan_leads(goal, WAYS, Takings(5_000_000, 100, so_far), expected)


@pytest.mark.parametrize(
    ("today", "so_far", "pace", "gone", "left"),
    [
        ("2026-10-31", 0, "not_begun", 0, 21),
        ("2026-11-01", 0, "not_begun", 0, 21),
        ("2026-11-02", 0, "not_begun", 0, 21),
        ("2026-11-16", 400_000, "behind", 10, 11),
        ("2026-11-16", 480_000, "ahead", 10, 11),
        ("2026-11-16", 1_000_000, "reached", 10, 11),
        ("2026-12-05", 999_999, "over", 21, 0),
    ],
)
def test_pace(today: str, so_far: int, pace: str, gone: int, left: int) -> None:
    found = on_track(plan(1_000_000, so_far), "2026-11-01", "2026-11-30", today)
    assert (found.pace, found.gone, found.left) == (pace, gone, left)


def test_what_each_day_has_to_bring() -> None:
    found = on_track(plan(1_000_000, 500_000, 250_000), "2026-11-01", "2026-11-30", "2026-11-16")
    assert found.due == 476_190
    assert found.wins_a_day == Fraction(5, 11)  # 250,000 at 50,000 each
    leads = plan(1_000_000, 500_000, 250_000).leads_after_open
    assert leads is not None
    assert found.leads_today == -(-leads // 11)


def test_nothing_won_ever_tells_nothing() -> None:
    nobody = plan_leads(1_000_000, WAYS, Takings())
    found = on_track(nobody, "2026-11-01", "2026-11-30", "2026-11-16")
    assert (found.leads_a_day, found.leads_today, found.wins_a_day) == (None, None, None)
