"""Who is due for a talk, who could buy more, and how much goes to those who bought before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.operations import activities, deals
from funnel_desk.operations.own_figures import set_rate
from funnel_desk.operations.people import edit_company
from funnel_desk.queries.customer_care import care_report
from tests.queries.desks import Bench, open_bench

TODAY = "2026-08-01"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def company_id(bench: Bench, name: str) -> str:
    return str(bench.desk.read(lambda read: read.sql("SELECT id FROM company WHERE name = ?", name))[0][0])


def sell(bench: Bench, company: str, value: int, kind: str = "new", start: date = date(2026, 6, 1)) -> str:
    won = bench.walk("1,2,3,4,won", start=start)
    bench.desk.run(deals.edit_deal, won, company=company, value=value, currency="EUR", kind=kind)
    return won


def test_due_for_a_talk_after_the_last_one_or_the_last_order(bench: Bench) -> None:
    alfa, beta = sell(bench, "Alfa", 100), sell(bench, "Beta", 100)
    for name in ("Alfa", "Beta"):
        bench.desk.run(edit_company, company_id(bench, name), touch_every=30)
    assert [(day, one.name) for day, one in bench.desk.read(care_report, today=TODAY).due] == [
        ("2026-07-05", "Alfa"),
        ("2026-07-05", "Beta"),
    ]
    bench.desk.run(activities.log_activity, alfa, "call", at="2026-07-20")
    bench.desk.run(activities.log_activity, beta, "call", at="2026-07-02")
    due = bench.desk.read(care_report, today=TODAY).due
    assert [(day, one.name, one.last_order, one.open_deals) for day, one in due] == [
        ("2026-08-01", "Beta", "2026-06-05", 0)
    ]


def test_who_could_buy_more(bench: Bench) -> None:
    sell(bench, "Alfa", 100)
    sell(bench, "Beta", 100)
    sell(bench, "Beta", 900, start=date(2024, 6, 1))  # too long ago
    bench.desk.run(edit_company, company_id(bench, "Alfa"), potential=100, potential_currency="EUR")
    bench.desk.run(edit_company, company_id(bench, "Beta"), potential=500, potential_currency="USD")
    assert bench.desk.read(care_report, today=TODAY).growing == ()
    bench.desk.run(set_rate, "USD", "2026-01-01", "2")
    growing = bench.desk.read(care_report, today=TODAY).growing
    assert [(one.name, one.potential, one.bought, one.unused) for one in growing] == [("Beta", 1_000, 100, 900)]


def test_new_deals_against_long_relations(bench: Bench) -> None:
    first, again = sell(bench, "Alfa", 300), sell(bench, "Alfa", 700, "repeat")
    bench.desk.run(activities.log_activity, first, "call", minutes=90, at="2026-07-20")
    bench.desk.run(activities.log_activity, again, "call", minutes=10, at="2026-07-20")
    report = bench.desk.read(care_report, today=TODAY)
    assert (report.relations.value, report.effort.value) == (0.7, 0.1)
