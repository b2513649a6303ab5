from funnel_desk.domain.funnel import Funnel, measure
from funnel_desk.domain.money import Amount
from funnel_desk.domain.what_if import more_going_on
from tests.domain.funnel_deals import NOW, SIDES, WON_PLACE, ZONE, a_deal

# Of ten that are decided in the second stage five go on, four of which are won.
PATHS = [*["1,2,3,4 won"] * 4, "1,2,3 lost", *["1,2 lost"] * 5, "1,2 open"]


def the_funnel(paths: list[str] = PATHS) -> Funnel:
    deals = [a_deal(path, name=str(number), value=100_00) for number, path in enumerate(paths)]
    return measure(deals, SIDES, zone=ZONE, now=NOW, currency="EUR").whole


def test_wins_grow_as_the_share_grows() -> None:
    found = more_going_on(the_funnel(), 1, WON_PLACE, 25)
    assert found is not None
    assert (found.wins, found.wins_then, found.more_value) == (4, 6.0, (Amount(200_00, "EUR"),))


def test_no_more_than_all_can_go_on() -> None:
    found = more_going_on(the_funnel(), 1, WON_PLACE, 90)
    assert found is not None
    assert found.wins_then == 8.0


def test_nothing_is_said_of_few_of_none_and_of_what_is_sold() -> None:
    assert more_going_on(the_funnel(["1,2,3,4 won", "1,2 lost"]), 1, WON_PLACE, 10) is None
    assert more_going_on(the_funnel(["1,2 lost"] * 6), 1, WON_PLACE, 10) is None
    assert more_going_on(the_funnel(), WON_PLACE, WON_PLACE, 10) is None
