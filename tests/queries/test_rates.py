"""Several currencies: told apart without a rate, added by the user's own where there is one."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.money import Amount
from funnel_desk.domain.periods import ALWAYS
from funnel_desk.operations import deals
from funnel_desk.operations.own_figures import set_rate
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.customers import customers_report
from funnel_desk.queries.forecast import forecast_report
from funnel_desk.queries.funnel import funnel
from funnel_desk.queries.outlook import UNDATED, Wish, expected_deals, outlook
from funnel_desk.queries.plan import leads_plan
from tests.queries.desks import NOW, ZONE, Bench, open_bench

TODAY = day_of(NOW, ZONE)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Won in June: 100 EUR and 1,000 USD; open: 30 EUR at 50 % and 200 USD at 50 %."""
    for bench in open_bench(tmp_path):
        for path, value, currency in (
            ("1,2,3,4,won", 10_000, "EUR"),
            ("1,2,3,4,won", 100_000, "USD"),
            ("1,2", 3_000, "EUR"),
            ("1,2", 20_000, "USD"),
        ):
            made = bench.walk(path, start=date(2026, 6, 1))
            bench.desk.run(deals.edit_deal, made, value=value, currency=currency)
            if not path.endswith("won"):
                bench.desk.run(deals.edit_deal, made, probability=5_000)
        yield bench


def test_without_a_rate_they_are_told_apart(bench: Bench) -> None:
    shown = bench.desk.read(funnel, Scope(bench.pipeline_id), now=NOW)
    assert shown.funnel.won_value == (Amount(10_000, "EUR"), Amount(100_000, "USD"))
    assert len(bench.desk.read(forecast_report, today=TODAY).others) == 1


def test_with_rates_of_the_day_they_are_one_sum_everywhere(bench: Bench) -> None:
    bench.desk.run(set_rate, "USD", "2026-01-01", "0.5")
    bench.desk.run(set_rate, "USD", "2026-07-01", "0.9")
    shown = bench.desk.read(funnel, Scope(bench.pipeline_id), now=NOW)
    assert shown.funnel.won_value == (Amount(60_000, "EUR"),)  # won in June, at 0.5
    expected = bench.desk.read(forecast_report, today=TODAY)
    assert (expected.main.forecast.weighted, expected.others) == (10_500, ())  # (30 + 180) / 2, at 0.9
    plan = bench.desk.read(leads_plan, bench.pipeline_id, 100_000, now=NOW)
    assert (plan.plan.won_so_far, plan.plan.expected_from_open) == (60_000, 10_500)
    assert plan.plan.average_won == Fraction(30_000)
    bought = bench.desk.read(customers_report, today=TODAY)
    assert (bought.currencies, bought.repeat.whole) == (("EUR",), 60_000)
    ahead = bench.desk.read(outlook, Wish(ALWAYS, bench.pipeline_id), now=NOW)
    assert (ahead.won, ahead.only_won) == ({"EUR": 60_000}, ())
    assert len(bench.desk.read(expected_deals, Wish(ALWAYS), "EUR", UNDATED, today=TODAY)) == 2


def test_a_plan_in_another_currency_counts_that_one_alone(bench: Bench) -> None:
    bench.desk.run(set_rate, "USD", "2026-01-01", "0.5")
    plan = bench.desk.read(leads_plan, bench.pipeline_id, 100_000, now=NOW, currency="USD")
    assert (plan.plan.won_so_far, plan.plan.expected_from_open) == (100_000, 10_000)
