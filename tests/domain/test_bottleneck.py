from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from funnel_desk.domain.bottleneck import Bottleneck, bottleneck
from funnel_desk.domain.comparison import newcombe
from funnel_desk.domain.funnel import measure
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.words import Words
from tests.domain.funnel_deals import NOW, SIDES, ZONE, the_oracle

NAMES = [Words(name, name) for name in ("Lead", "Talk", "Offer", "Contract", "Won", "Delivery")]


def found(*rates: Rate | None) -> Bottleneck | None:
    return bottleneck(rates, NAMES)


def test_named_with_what_tells_of_it() -> None:
    leak = found(Rate(90, 100), Rate(18, 90), Rate(15, 18), Rate(12, 15), None, Rate(1, 10))
    assert leak is not None
    assert (leak.place, leak.resolved) == (1, Rate(18, 90))
    assert leak.template.format_map(leak.arguments) == (
        "The bottleneck is “Talk”: 18 of 90 deals go on from there to “Offer” (20 %), "
        "a smaller share than from any other stage."
    )


@pytest.mark.parametrize(
    "rates",
    [
        [],
        [None, Rate(1, 100)],
        [Rate(1, 100), None],
        [Rate(90, 100), Rate(30, 90), Rate(9, 30), None],
        [Rate(90, 100), Rate(18, 90), Rate(1, 2), None],
        [Rate(1000, 1000), Rate(0, 3), None],
        [Rate(0, 0), Rate(0, 0), None],
    ],
    ids=["no stage", "after-sale work alone", "one step", "two alike", "one too few", "three deals", "nobody yet"],
)
def test_silent_in_doubt(rates: Sequence[Rate | None]) -> None:
    assert found(*rates) is None


def test_where_nobody_came_yet_nothing_is_compared() -> None:
    leak = found(Rate(90, 100), Rate(0, 90), Rate(0, 0), None)
    assert leak is not None
    assert leak.place == 1


def test_eight_deals_name_no_bottleneck() -> None:
    funnel = measure(the_oracle(), SIDES, zone=ZONE, now=NOW, currency="EUR").whole
    assert bottleneck([stage.resolved for stage in funnel.stages], NAMES) is None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda two: Rate(min(two), max(two))), max_size=5)
)
def test_every_other_step_is_better_beyond_doubt(rates: list[Rate]) -> None:
    leak = found(*rates, None)
    if leak is not None:
        others = [rate for place, rate in enumerate(rates) if place != leak.place and rate.base]
        assert others
        assert all(newcombe(other, leak.resolved).low > 0 for other in others)
        assert leak.resolved.base >= 5
