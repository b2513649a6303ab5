"""Segments, niches and sources: what came of them, what they cost, and how they moved."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.money import Amount
from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.periods import Period
from funnel_desk.domain.sources import cost_in
from funnel_desk.operations import activities, deals
from funnel_desk.operations.own_figures import set_rate, set_source_cost
from funnel_desk.operations.people import edit_company
from funnel_desk.queries.niches import niches_report
from funnel_desk.queries.sources import sources_report
from tests.queries.desks import NOW, Bench, open_bench

JUNE = Period("2026-06-01", "2026-06-30")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def walk(bench: Bench, path: str, start: date, company: str = "", value: int | None = None, source: str = "") -> str:
    made = bench.walk(path, start=start, source=source)
    bench.desk.run(deals.edit_deal, made, company=company, value=value, currency="" if value is None else "EUR")
    return made


def test_by_what_the_client_is(bench: Bench) -> None:
    for company, path in (("Alfa", "1,2,3,won"), ("Alfa", "1,lost"), ("Beta", "1,2"), ("Gamma", "1,2,won")):
        walk(bench, path, date(2026, 6, 1), company, 100)
    ids = dict(bench.desk.read(lambda read: read.sql("SELECT name, id FROM company")))
    bench.desk.run(edit_company, ids["Alfa"], industry="steel", price_sensitivity="low")
    bench.desk.run(edit_company, ids["Beta"], industry="steel", price_sensitivity="low")
    found = bench.desk.read(niches_report, ["industry", "price_sensitivity"], now=NOW).niches
    steel, nobody = found
    assert (steel.key, steel.deals, steel.won, steel.lost, steel.open) == (("steel", "low"), 3, 1, 1, 1)
    assert (steel.win_rate, steel.won_value, steel.days_to_win.median) == (Rate(1, 2), (Amount(100, "EUR"),), 3)
    assert (nobody.key, nobody.deals) == (("", ""), 1)


def test_how_they_moved_since_a_day(bench: Bench) -> None:
    for n in range(6):
        bench.walk("1,2,won", start=date(2026, 6, 1 + n), source="fair")
        bench.walk("1,lost", start=date(2026, 7, 1 + n), source="fair")
    fair = bench.desk.read(niches_report, ["source"], now=NOW, since="2026-07-01").niches[0]
    assert (fair.before, fair.since, fair.arrived_since) == (Rate(6, 6), Rate(0, 6), 6)
    assert fair.moved.verdict == "worse"
    assert bench.desk.read(niches_report, ["source"], now=NOW).niches[0].moved.verdict == "too_early"


def test_what_a_source_costs(bench: Bench) -> None:
    for path in ("1,2,won", "1,2,won", "1,lost", "1"):
        walk(bench, path, date(2026, 6, 1), value=10_000, source="ads")
    walk(bench, "1,2,won", date(2026, 6, 1), value=5_000, source="friends")
    walk(bench, "1,2,won", date(2026, 7, 1), value=5_000, source="ads")
    bench.desk.run(set_source_cost, "ads", JUNE, 4_000, "EUR")
    bench.desk.run(set_source_cost, "fair", JUNE, 900, "EUR")
    bench.desk.run(set_source_cost, "ads", JUNE, 100, "USD")
    report = bench.desk.read(sources_report, now=NOW, period=JUNE)
    shown = {one.name: (one.niche.deals, one.cost, one.per_lead, one.per_win, one.per_unit) for one in report.sources}
    assert shown == {
        "ads": (4, None, None, None, None),
        "friends": (1, None, None, None, None),
        "fair": (0, 900, None, None, None),
    }
    assert [cost.currency for cost in report.apart] == ["USD"]  # the same span said anew, in dollars
    bench.desk.run(set_rate, "USD", "2026-01-01", "40")
    ads = bench.desk.read(sources_report, now=NOW, period=JUNE).sources[0]
    assert (ads.cost, ads.per_lead, ads.per_win, ads.per_unit) == (4_000, 1_000, 2_000, 0.2)


def test_inbound_against_outbound(bench: Bench) -> None:
    called = walk(bench, "1,2,won", date(2026, 6, 1), source="ads")
    walk(bench, "1", date(2026, 6, 1), source="ads")
    bench.desk.run(activities.log_activity, called, "call", direction="in", at="2026-06-02")
    bench.desk.run(activities.log_activity, called, "call", direction="out", at="2026-06-03")
    bench.desk.run(set_source_cost, "ads", JUNE, 1_000, "EUR")
    ways = {way.name: (way.niche.deals, way.cost) for way in bench.desk.read(sources_report, now=NOW).ways}
    assert ways == {"in": (1, 500), "": (1, 500)}


def test_a_span_partly_in_the_period_costs_its_share_of_days() -> None:
    costs = [SourceCost("1", "ads", "2026-05-22", "2026-06-10", 2_000, "EUR")]
    assert cost_in(costs, JUNE) == {"ads": 1_000}
    assert cost_in(costs, Period("2026-07-01", None)) == {}
