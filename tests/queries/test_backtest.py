"""The back-test from the file: probabilities as they were said then, outcomes as they are now."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.domain.intervals import Rate
from funnel_desk.operations import deals
from funnel_desk.queries.backtest import backtest_report
from tests.queries.desks import NOW, Bench, open_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def test_a_probability_that_is_edited_later_does_not_rewrite_the_past(bench: Bench) -> None:
    for stage in "1234":
        bench.change(stage, probability=10_000)
    won = bench.walk("1,2,3,4,3,4,won", start=date(2026, 5, 28))
    lost = bench.walk("1,2,3,4,3,4,lost", start=date(2026, 5, 28))
    for deal, value in ((won, 300), (lost, 70)):
        bench.desk.run(deals.edit_deal, deal, value=value)
    for stage in "1234":
        bench.change(stage, probability=0)
    report = bench.desk.read(backtest_report, now=NOW)
    june, july, august = report.currencies["EUR"].days
    assert (june.day, july.day, august.day) == ("2026-06-01", "2026-07-01", "2026-08-01")
    assert (june.n, june.p10, june.p90, june.came) == (2, 370, 370, 300)
    assert not july.n
    assert report.currencies["EUR"].held == Rate(0, 1)
    assert report.currencies["EUR"].below == 1


def test_other_pipelines_and_other_currencies_are_told_apart(bench: Bench) -> None:
    bench.walk("1,2,3,4,3,4,won", start=date(2026, 5, 28))
    bench.walk("1,2,3,4,3,over", start=date(2026, 5, 28))
    dollars = bench.walk("1,2,3,4,3,4,won", start=date(2026, 5, 28))
    bench.desk.run(deals.edit_deal, dollars, value=5, currency="USD")
    report = bench.desk.read(backtest_report, now=NOW, pipeline_id=bench.pipeline_id)
    assert list(report.currencies) == ["EUR", "USD"]
    assert [found.days[0].n for found in report.currencies.values()] == [1, 1]
    assert bench.desk.read(backtest_report, now=NOW, pipeline_id="nowhere").currencies == {}
