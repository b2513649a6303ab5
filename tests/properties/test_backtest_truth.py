"""Histories whose truth is known: the 80 % range holds where deals are independent, and where not, that is told.

A thousand histories of each kind in the campaign, fewer in the tests; all are drawn from a seed.
"""

from collections.abc import Callable
from random import Random

from hypothesis import settings

from funnel_desk.domain.backtest import PastStay, back_test
from funnel_desk.domain.calibration import StageCheck
from funnel_desk.domain.chances import AS_USUAL, Scenario
from funnel_desk.domain.deal import Outcome
from funnel_desk.domain.intervals import Rate
from funnel_desk.queries.outlook import CRISIS

ZONE = "Europe/Minsk"
DAY = "2026-02-01"
SAID = (1_000, 2_500, 5_000, 7_500)
CLOSED = 100
"""So many closed deals each stage was checked by."""
MANY = 1_000
HISTORIES = MANY if settings.get_profile("long").max_examples == settings().max_examples else 80

Odds = Callable[[Random], float]
"""By how much the odds of all deals of a history are off."""


def as_said(_random: Random) -> float:
    return 1.0


def in_a_crisis(random: Random) -> float:
    return 0.5 if random.random() < 0.2 else 1.0


def drifting(_random: Random) -> float:
    return 0.6


def share(said: int, odds: float) -> float:
    """What a probability becomes when its odds are multiplied."""
    right = said / (10_000 - said) * odds
    return right / (1 + right)


def held(odds: Odds, shock: tuple[Scenario, ...], deals: int = 20) -> Rate:
    """In how many histories the range of 20 deals, with values from small to large, held what came."""
    random = Random(20_261_122)  # noqa: S311 - nothing secret hangs on it
    inside = 0
    for _history in range(HISTORIES):
        stays: list[PastStay] = []
        fates: dict[str, Outcome] = {}
        factor = odds(random)
        for n in range(deals):
            said = random.choice(SAID)
            stays.append(PastStay(str(n), round(random.lognormvariate(8, 0.8)), said, "2026-01-10", "2026-03-10"))
            fates[str(n)] = "won" if random.random() < share(said, factor) else "lost"
        inside += back_test(stays, fates, [DAY], zone=ZONE, shock=shock).held.part
    return Rate(inside, HISTORIES)


def test_the_range_of_independent_deals_holds_in_four_of_five() -> None:
    found = held(as_said, AS_USUAL)
    assert found.value is not None
    assert abs(found.value - 0.8) <= (0.05 if HISTORIES == MANY else 0.1)


def test_a_crisis_breaks_the_plain_range_more_often_than_the_one_that_knows_of_it() -> None:
    plain, knowing = held(in_a_crisis, AS_USUAL), held(in_a_crisis, CRISIS)
    assert plain.part < knowing.part
    assert knowing.value is not None
    assert abs(knowing.value - 0.82) <= (0.05 if HISTORIES == MANY else 0.1)


def test_a_drift_shows_in_the_back_test() -> None:
    plain, shocked = held(drifting, AS_USUAL), held(drifting, CRISIS)
    assert plain.value is not None
    assert plain.value < held(as_said, AS_USUAL).value  # type: ignore[operator]
    assert plain.part < shocked.part


def test_adopting_what_history_says_takes_most_of_the_error_away() -> None:
    random = Random(20_261_122)  # noqa: S311
    truth = [share(said, 0.6) for said in SAID]
    before = after = 0.0
    for _history in range(HISTORIES):
        lived = [sum(random.random() < true for _ in range(CLOSED)) for true in truth]
        checks = [StageCheck(said, Rate(won, CLOSED)) for said, won in zip(SAID, lived, strict=True)]
        before += sum(abs(check.says / 10_000 - true) for check, true in zip(checks, truth, strict=True))
        after += sum(abs(float(check.adjusted) - true) for check, true in zip(checks, truth, strict=True))
    assert after < before / 2
