"""How long the forecast's range takes."""

from random import Random
from time import perf_counter

import pytest

from funnel_desk.domain.chances import OpenDeal
from funnel_desk.domain.forecast_range import forecast_range

pytestmark = pytest.mark.speed


@pytest.mark.parametrize(("n", "seconds"), [(25, 0.5), (1_000, 0.5), (10_000, 1.5), (100_000, 12.0)])
def test_range_of_open_deals(n: int, seconds: float) -> None:
    random = Random(5)  # noqa: S311
    deals = [
        OpenDeal(f"deal {nth}", random.randint(1, 10_000_000), random.choice([500, 1_000, 2_500, 4_000, 6_000, 8_000]))
        for nth in range(n)
    ]
    begun = perf_counter()
    found = forecast_range(deals, goal=n * 2_000_000)
    taken = perf_counter() - begun
    print(f"\n{n} deals, {found.method}: {taken:.2f} s")  # noqa: T201 - what a measurement is for
    assert taken < seconds
