"""The funnel over time, and what the marked changes did."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.domain.change_mark import ChangeMark
from funnel_desk.domain.intervals import Rate
from funnel_desk.operations.desk import operation
from funnel_desk.queries.cohorts import CohortsReport, cohorts_report
from funnel_desk.storage.journal import Batch
from tests.queries.desks import NOW, Bench, open_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


@operation("Mark a change")
def mark(batch: Batch, pipeline_id: str, on_day: str, stage_id: str | None = None) -> None:
    batch.add(ChangeMark(batch.new_id(), pipeline_id, on_day, "a new offer", "script", stage_id))


def report(bench: Bench) -> CohortsReport:
    return bench.desk.read(cohorts_report, bench.pipeline_id, now=NOW)


def test_months_and_those_that_are_still_maturing(bench: Bench) -> None:
    bench.walk("1,2,3,4,3,4,3,4,won", start=date(2026, 5, 20))  # eight days to win
    bench.walk("1,2,lost", start=date(2026, 5, 20))
    bench.walk("1,2", start=date(2026, 7, 10))
    bench.walk("1,2", start=date(2026, 7, 28))
    may, july = report(bench).months
    assert (may.month, may.deals, may.win_rate, may.yielded, may.maturing) == ("2026-05", 2, Rate(1, 2), Rate(1, 2), 0)
    assert may.conversions == (Rate(2, 2), Rate(1, 2), Rate(1, 1), Rate(1, 1))
    assert (july.month, july.deals, july.maturing, july.conversions[1]) == ("2026-07", 2, 1, Rate(0, 0))


def test_before_and_after_a_change(bench: Bench) -> None:
    for n in range(8):
        bench.walk("1,2,lost", start=date(2026, 6, 1 + n))
        bench.walk("1,2,3,lost", start=date(2026, 7, 1 + n))
    bench.desk.run(mark, bench.pipeline_id, "2026-07-01", bench.stages["2"])
    bench.desk.run(mark, bench.pipeline_id, "2026-07-20", bench.stages["2"])
    bench.desk.run(mark, bench.pipeline_id, "2026-07-02")
    first, all_of_it, second = report(bench).marks
    assert (first.place, first.comparison.other, first.comparison.share) == (1, Rate(0, 8), Rate(8, 8))
    assert first.comparison.verdict == "better"
    assert (all_of_it.place, all_of_it.comparison.verdict) == (None, "too_early")
    assert (second.comparison.other, second.comparison.share) == (Rate(8, 8), Rate(0, 0))
    assert second.comparison.verdict == "too_early"
