from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from funnel_desk.domain.customers import Limits, Share
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.people import Contact
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.operations import activities, deals
from funnel_desk.operations.desk import operation
from funnel_desk.queries.customers import CustomersReport, customers_report
from funnel_desk.storage.journal import Batch
from tests.queries.desks import Bench, open_bench

TODAY = "2026-08-01"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def sell(bench: Bench, value: int | None, on: str = "2026-07-10", **fields: Any) -> str:  # noqa: ANN401 - of Deal
    """A deal that was won on a day."""
    deal = bench.desk.run(
        deals.new_deal,
        title=fields.pop("title", "deal"),
        pipeline_id=bench.pipeline_id,
        on=on,
        value=value,
        **{"currency": "EUR"} | fields,
    )
    bench.desk.run(deals.win_deal, deal.id, on=on)
    return deal.id


def report(bench: Bench, **told: Any) -> CustomersReport:  # noqa: ANN401 - how to ask
    return bench.desk.read(customers_report, today=TODAY, **told)


def shown(found: CustomersReport) -> list[tuple[str, str, str, int]]:
    return [(row.name, row.kind, row.customer.grade, row.customer.won) for row in found.rows]


def test_by_company_by_contact_or_alone(bench: Bench) -> None:
    sell(bench, 600, company="Acme")
    sell(bench, 200, company="Acme", contact="Vera")
    sell(bench, 150, contact="Oleg")
    sell(bench, 50, title="a stranger")
    assert shown(report(bench)) == [
        ("Acme", "company", "A", 800),
        ("Oleg", "contact", "B", 150),
        ("a stranger", "deal", "C", 50),
    ]


@operation("Join a company")
def join(batch: Batch, deal_id: str, company_of: str) -> None:
    deal, other = batch.get(Deal, deal_id), batch.get(Deal, company_of)
    contact = batch.get(Contact, deal.contact_id or "")
    batch.save(contact, replace(contact, company_id=other.company_id))


def test_a_person_s_deal_is_that_person_s_company_s(bench: Bench) -> None:
    acme = sell(bench, 100, company="Acme")
    bench.desk.run(join, sell(bench, 40, contact="Oleg"), acme)
    assert shown(report(bench)) == [("Acme", "company", "A", 140)]


def test_twelve_months_unless_told(bench: Bench) -> None:
    sell(bench, 100, "2025-08-01", company="Old")
    sell(bench, 70, "2025-08-02", company="New")
    assert [one[:1] + one[3:] for one in shown(report(bench))] == [("New", 70), ("Old", 0)]
    assert [one[3] for one in shown(report(bench, period=ALWAYS))] == [100, 70]
    assert report(bench).period == Period("2025-08-02", TODAY)


def test_limits(bench: Bench) -> None:
    sell(bench, 60, company="x")
    sell(bench, 40, company="y")
    assert [row.customer.grade for row in report(bench, limits=Limits(50, 60)).rows] == ["A", "C"]


def test_repeat_share(bench: Bench) -> None:
    sell(bench, 60, kind="repeat")
    sell(bench, 40)
    sell(bench, 900, "2020-01-01", kind="repeat")
    assert report(bench).repeat == Share(60, 100, 1, 2)


def test_effort_beside_return(bench: Bench) -> None:
    acme = sell(bench, 1_000, company="Acme")
    talker = bench.desk.run(deals.new_deal, title="talk", pipeline_id=bench.pipeline_id, company="Talker")
    bench.desk.run(activities.log_activity, acme, "call", minutes=30, at="2026-07-01")
    bench.desk.run(activities.log_activity, acme, "call", minutes=999, at="2024-07-01")
    bench.desk.run(activities.log_activity, talker.id, "meeting", minutes=240, at="2026-07-02T10:00:00Z")
    bench.desk.run(activities.log_activity, talker.id, "email", at="2026-07-02T10:00:00Z")
    found = [(row.name, row.customer.minutes, row.customer.an_hour) for row in report(bench).rows]
    assert found == [("Acme", 30, 2_000), ("Talker", 240, 0)]


def test_each_currency_has_its_customers(bench: Bench) -> None:
    sell(bench, 100, company="Acme")
    yankee = sell(bench, 5, company="Yankee", currency="USD")
    bench.desk.run(activities.log_activity, yankee, "call", minutes=10, at="2026-07-01")
    found = report(bench)
    assert (found.currency, found.currencies) == ("EUR", ("EUR", "USD"))
    assert shown(found) == [("Acme", "company", "A", 100)]
    assert [(row.name, row.customer.minutes) for row in report(bench, currency="USD").rows] == [("Yankee", 10)]


def test_a_deal_won_in_two_pipelines_is_sold_once(bench: Bench) -> None:
    deal_id = sell(bench, 100, company="Acme")
    bench.desk.run(deals.hand_over, deal_id, bench.other_stage, on="2026-07-11")
    bench.desk.run(deals.win_deal, deal_id, on="2026-07-12")
    (row,) = report(bench).rows
    assert (row.customer.won, row.customer.orders, row.customer.last_order) == (100, 1, "2026-07-10")


def test_nobody(bench: Bench) -> None:
    found = report(bench)
    assert (found.rows, found.repeat, found.currencies) == ((), Share(0, 0, 0, 0), ())
