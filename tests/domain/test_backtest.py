"""The back-test: what the range said on past days, and what came."""

from funnel_desk.domain.backtest import PastStay, back_test, month_beginnings
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.intervals import Rate

ZONE = "Europe/Minsk"


def test_month_beginnings_lie_between_the_first_deal_and_today() -> None:
    assert month_beginnings("2026-09-01", "2026-11-22", 24) == ("2026-10-01", "2026-11-01")
    assert month_beginnings("2020-01-01", "2026-02-01", 3) == ("2025-12-01", "2026-01-01", "2026-02-01")
    assert month_beginnings("2026-11-22", "2026-11-22", 24) == ()


def test_a_day_knows_the_deals_that_were_open_when_it_began() -> None:
    stays = [
        PastStay("won", 100, 5_000, "2026-01-10", "2026-02-01T09:00:00Z"),  # on that day still in the earlier stage
        PastStay("won", 100, 9_000, "2026-02-01T09:00:00Z", "2026-03-05"),
        PastStay("lost", 40, 5_000, "2026-02-01", "2026-02-20"),
        PastStay("gone", 70, 5_000, "2026-01-01", "2026-02-10"),
    ]
    fates: dict[str, Outcome] = {"won": "won", "lost": "lost", "gone": "handed_over"}
    found = back_test(stays, fates, ["2026-02-01", "2026-03-01", "2026-04-01"], zone=ZONE)
    first, second, third = found.days
    assert (first.n, first.p10, first.p50, first.p90, first.came) == (1, 0, 0, 100, 100)
    assert (second.n, second.p10, second.p90, second.came) == (1, 0, 100, 100)
    assert (third.n, third.told) == (0, False)
    assert found.held == Rate(2, 2)


def test_what_is_undecided_is_left_out_and_too_much_of_it_tells_nothing() -> None:
    stays = [PastStay(f"deal-{n}", 10, 5_000, "2026-01-10", None if n < 3 else "2026-05-01") for n in range(20)]
    fates: dict[str, Outcome] = {stay.deal_id: "open" if stay.left is None else "won" for stay in stays}
    day = back_test(stays, fates, ["2026-02-01"], zone=ZONE).days[0]
    assert (day.n, day.undecided, day.told) == (17, 3, False)
    decided: dict[str, Outcome] = dict.fromkeys(fates, "won")
    found = back_test(stays, decided, ["2026-02-01"], zone=ZONE)
    assert (found.held, found.above, found.below) == (Rate(0, 1), 1, 0)
    assert back_test(stays, dict.fromkeys(fates, "lost"), ["2026-02-01"], zone=ZONE).below == 1
