from fractions import Fraction

import pytest
from hypothesis import given

from funnel_desk.domain.calibration import StageCheck, Verdict, calibrate
from funnel_desk.domain.cohort import CohortDeal
from funnel_desk.domain.intervals import Rate
from tests.domain.funnel_deals import WON_PLACE, a_deal, some_deals, the_oracle

SAID = (1_000, 2_500, 5_000, 7_000)


def test_the_oracle() -> None:
    found = calibrate(the_oracle(), SAID)
    assert [one.history for one in found.stages] == [Rate(2, 6), Rate(2, 5), Rate(2, 5), Rate(2, 3)]
    assert [one.says for one in found.stages] == list(SAID)
    assert found.stages[3].adjusted == (2 + 5 * Fraction(7, 10)) / (3 + 5)
    off = abs(2 - 0.6) + abs(2 - 1.25) + abs(2 - 2.5) + abs(2 - 2.1)
    assert found.error == pytest.approx(off / 19)


def test_nothing_closed() -> None:
    found = calibrate([a_deal("1,2 open"), a_deal("1 handed_over")], SAID)
    assert [one.history.base for one in found.stages] == [0, 0, 0, 0]
    assert [one.adjusted for one in found.stages] == [Fraction(one, 10_000) for one in SAID]
    assert found.error is None


def test_an_unknown_path_tells_nothing() -> None:
    assert calibrate([a_deal("1,2,3,4 won", path_known=False)], SAID).error is None


def test_won_and_then_lost_is_lost_from_everywhere() -> None:
    found = calibrate([a_deal("1,5 lost")], SAID)
    assert [one.history for one in found.stages] == [Rate(0, 1)] * WON_PLACE


@pytest.mark.parametrize(
    ("says", "won", "closed", "verdict"),
    [
        (7_000, 45, 100, "too_high"),
        (3_000, 45, 100, "too_low"),
        (4_000, 45, 100, "unclear"),
        (10_000, 0, 3, "unclear"),
        (10_000, 0, 5, "too_high"),
        (5_000, 0, 0, "unclear"),
    ],
)
def test_a_verdict_needs_a_clear_interval(says: int, won: int, closed: int, verdict: Verdict) -> None:
    assert StageCheck(says, Rate(won, closed)).verdict == verdict


@given(some_deals)
def test_drawn_to_what_is_said_but_never_beyond(deals: list[CohortDeal]) -> None:
    found = calibrate(deals, SAID)
    for stage in found.stages:
        ends = [Fraction(stage.says, 10_000)]
        if stage.history.base:
            ends.append(Fraction(stage.history.part, stage.history.base))
        assert min(ends) <= stage.adjusted <= max(ends)
    bases = [stage.history.base for stage in found.stages]
    assert bases == sorted(bases, reverse=True)
    assert found.error is None or 0 <= found.error <= 1
