"""Calibration, velocity, hygiene and discipline, from the file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.domain.hygiene import Hygiene
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.pipeline import Step
from funnel_desk.domain.words import Words
from funnel_desk.operations import activities, deals, steps
from funnel_desk.operations.desk import operation
from funnel_desk.queries.calibration import calibration_report
from funnel_desk.queries.cohort import Scope
from funnel_desk.queries.discipline import discipline
from funnel_desk.queries.hygiene import hygiene_report
from funnel_desk.queries.velocity import velocity_report
from funnel_desk.storage.journal import Batch
from tests.queries.desks import Bench, open_bench

TODAY = "2026-08-01"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def test_calibration(bench: Bench) -> None:
    for path in ("1,2,3,4,won", "1,2,lost", "1,3,4,won", "1,lost", "1,2"):
        bench.walk(path)
    bench.change("4", probability=7_000)
    found = bench.desk.read(calibration_report, Scope(bench.pipeline_id))
    assert [stage.key for stage in found.stages] == ["1", "2", "3", "4"]
    assert [one.history for one in found.calibration.stages] == [Rate(2, 4), Rate(2, 3), Rate(2, 2), Rate(2, 2)]
    assert found.calibration.stages[3].says == 7_000


def test_velocity(bench: Bench) -> None:
    for _ in range(5):
        bench.walk("1,2,3,4,won")
    bench.walk("1,2")
    (found,) = bench.desk.read(velocity_report, Scope(bench.pipeline_id))
    assert (found.currency, found.open_deals, found.win_rate, found.days_to_win) == ("EUR", 1, Rate(5, 5), 4.0)
    assert found.per_day is None  # no deal has a value


def test_hygiene(bench: Bench) -> None:
    bench.change("1", stalled_days=14)
    late, kept, _bare = (bench.walk("1", start=date(2026, 7, 1)) for _ in range(3))
    bench.walk("1,2,lost")
    bench.desk.run(activities.plan_activity, late, "call", "2026-07-31")
    bench.desk.run(activities.plan_activity, kept, "call", "2026-08-01")
    here = bench.desk.read(hygiene_report, today=TODAY, pipeline_id=bench.pipeline_id)
    assert here == Hygiene(Rate(1, 3), Rate(1, 2), Rate(2, 3))
    assert bench.desk.read(hygiene_report, today=TODAY) == here
    assert bench.desk.read(hygiene_report, today=TODAY, pipeline_id="none") == Hygiene(
        Rate(0, 0), Rate(0, 0), Rate(0, 0)
    )


@operation("Add steps")
def add_steps(batch: Batch, bench: Bench) -> None:
    step = Step("", bench.pipeline_id, bench.stages["1"], "", Words("", ""), "call", 0)
    batch.add(replace(step, id="ask", key="ask", title=Words("Ask", "")))
    batch.add(replace(step, id="show", key="show", title=Words("Show", ""), position=1))
    batch.add(replace(step, id="gift", key="gift", title=Words("Gift", ""), position=2, required=False))


def test_discipline(bench: Bench) -> None:
    bench.desk.run(add_steps, bench)
    careful = bench.walk("1")
    bench.desk.run(steps.tick_step, careful, "ask", on="2026-07-02")
    bench.desk.run(steps.tick_step, careful, "show", on="2026-07-03")
    bench.desk.run(deals.win_deal, careful, on="2026-07-04")
    half = bench.walk("1")
    bench.desk.run(steps.tick_step, half, "ask", on="2026-07-02")
    bench.desk.run(steps.skip_step, half, "show", on="2026-07-02")
    bench.desk.run(deals.move_deal, half, bench.stages["2"], on="2026-07-04")
    bench.desk.run(deals.lose_deal, half, reason="expensive", on="2026-07-05")
    for path in ("1", "1,lost", "2,1"):
        bench.walk(path)
    found = bench.desk.read(discipline, bench.pipeline_id)
    assert (found.done, found.deals) == (Rate(3, 4), 2)
    assert (found.careful, found.others) == (Rate(1, 1), Rate(0, 1))


def test_a_stage_passed_in_the_same_moment_asked_for_nothing(bench: Bench) -> None:
    bench.desk.run(add_steps, bench)
    deal_id = bench.walk("1")
    bench.desk.run(deals.move_deal, deal_id, bench.stages["3"], on="2026-07-01")
    assert bench.desk.read(discipline, bench.pipeline_id).done == Rate(0, 0)
