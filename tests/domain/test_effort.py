"""Who eats time and brings little, and which niche is least hit: told only where it is sure."""

from hypothesis import given, strategies as st

from funnel_desk.charts import effort as chart
from funnel_desk.domain.customers import Customer, Sale, kinds_of_sale
from funnel_desk.domain.effort import efforts
from funnel_desk.domain.funnel import Spans
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.niches import Niche, least_and_hardest_hit


def customer(name: str, minutes: int, won: int) -> Customer:
    return Customer(name, "C", won, int(won > 0), 0.0, minutes, None, None)


def niche(name: str, before: tuple[int, int], since: tuple[int, int]) -> Niche:
    return Niche((name,), 0, 0, 0, 0, (), Spans(None, None, 0), Rate(*before), Rate(*since), 0)


def test_who_takes_much_and_brings_under_a_quarter_of_the_usual() -> None:
    found = efforts([
        customer("a", 100, 1_000), customer("b", 100, 1_000), customer("c", 100, 1_000), customer("d", 100, 300),
        customer("e", 600, 100), customer("f", 10, 0), customer("nobody", 0, 5_000),
    ])  # fmt: skip
    # 1,010 minutes brought 3,400: 3.37 a minute, a quarter of it is 0.84; much is 50.5 minutes and more
    assert [(one.id, one.eats_time) for one in found] == [
        ("e", True), ("a", False), ("b", False), ("c", False), ("d", False), ("f", False),
    ]  # fmt: skip


def test_three_customers_say_nothing_and_neither_does_a_shop_without_sales() -> None:
    few = [customer("a", 900, 0), customer("b", 10, 900), customer("c", 10, 900)]
    assert not any(one.eats_time for one in efforts(few))
    assert not any(one.eats_time for one in efforts(customer(str(nth), 10 * nth, 0) for nth in range(1, 9)))


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10**9)), max_size=40))
def test_those_who_eat_time_are_few_and_bring_less_than_a_quarter(told: list[tuple[int, int]]) -> None:
    found = efforts(customer(str(nth), minutes, won) for nth, (minutes, won) in enumerate(told))
    eaters = [one for one in found if one.eats_time]
    assert len(eaters) <= 20
    assert 4 * sum(one.won for one in eaters) <= sum(one.won for one in found)
    picture = chart.measure(
        ("EUR", [chart.EffortPoint(one.id, "", one.minutes, one.won, one.eats_time) for one in found])
    )
    assert len(picture.points) + picture.left_out == len(found)


def test_kinds_of_sale_are_counted_and_added() -> None:
    sales = [Sale("a", 5, "2026-01-01", "new"), Sale("a", None, "2026-01-02", "repeat"), Sale("b", 7, "2026", "new")]
    assert [(one.kind, one.deals, one.value) for one in kinds_of_sale(sales)] == [("new", 2, 12), ("repeat", 1, 0)]


def test_least_and_hardest_hit_only_where_their_intervals_do_not_meet() -> None:
    steady, fallen = niche("steady", (40, 60), (40, 60)), niche("fallen", (50, 60), (5, 60))
    assert least_and_hardest_hit([fallen, steady]) == (steady, fallen)
    assert least_and_hardest_hit([fallen, niche("few", (2, 3), (3, 3))]) is None
    assert least_and_hardest_hit([fallen, niche("also", (50, 60), (8, 60))]) is None, "both fell alike"
    assert least_and_hardest_hit([steady, niche("grown", (20, 60), (50, 60))]) is None, "nobody is hit"
    assert least_and_hardest_hit([]) is None
