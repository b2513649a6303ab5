from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.domain.cohort import BASES, Basis
from funnel_desk.domain.periods import Period
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.funnel import funnel
from funnel_desk.queries.funnel_deals import Number, funnel_deals, lost_deals
from tests.queries.desks import NOW, Bench, open_bench

PATHS = (
    *("1,2,3,4,won", "1,2,3,lost", "1,3,4,won,6", "1,2,3,2,3", "1,lost", "1,2", "2,3,lost", "1,2,3,4,lost"),
    *("1,2,over", "1,lost,again 2", "1,2,3,4,won,lost"),
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    for made in open_bench(tmp_path):
        for place, path in enumerate(PATHS):
            made.walk(path, source=("Site", "")[place % 2])
        yield made


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("period", [Period(), Period("2026-07-02", "2026-07-04")])
def test_behind_every_number_are_as_many_deals(bench: Bench, basis: Basis, period: Period) -> None:
    scope = Scope(bench.pipeline_id, basis, period, "source")
    report = bench.desk.read(funnel, scope, now=NOW)
    for group, numbers in (None, report.funnel), *report.groups.items():
        for stage, figures in zip(report.stages, numbers.stages, strict=True):
            counts: dict[Number, int] = {"reached": figures.reached, "lost": figures.lost_here, "now": figures.now}
            counts |= {"touched": figures.touched, "strict": figures.strict}
            for number, count in counts.items():
                ids = bench.desk.read(funnel_deals, scope, stage.key, number, group)
                assert len(set(ids)) == len(ids) == count, (stage.key, number, group)


@pytest.mark.parametrize("basis", BASES)
def test_behind_every_reason_are_as_many_deals(bench: Bench, basis: Basis) -> None:
    scope = Scope(bench.pipeline_id, basis, by="source")
    report = bench.desk.read(funnel, scope, now=NOW)
    for group, numbers in (None, report.funnel), *report.groups.items():
        for stage, figures in zip(report.stages, numbers.stages, strict=True):
            for reason, count in figures.lost_reasons:
                assert len(bench.desk.read(lost_deals, scope, stage.key, {reason}, group)) == count
        everywhere = bench.desk.read(lost_deals, scope, group=group)
        assert len(everywhere) == sum(figures.lost_here for figures in numbers.stages)
