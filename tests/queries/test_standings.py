"""What the file counts by itself is what the visits of each deal say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from funnel_desk.domain.flow import Filling
from funnel_desk.domain.funnel import measure
from funnel_desk.domain.standings import checks, paces, resolved_rates
from funnel_desk.operations import deals
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.calibration import calibration_report
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.queries.pipelines import pipelines
from funnel_desk.queries.standings import days_to_win, stage_loads, standings
from funnel_desk.queries.velocity import velocity_report
from funnel_desk.storage.reader import Reader
from tests.queries.desks import NOW, Bench, open_bench
from tests.ui.shop import NOW as SHOP_NOW, make_shop, open_shop

PATHS = (
    "1",
    "1,2",
    "1,2,lost",
    "1,3,2,4,won",
    "2,3,lost",
    "1,lost",
    "1,2,over",
    "1,2,3,4,won,6",
    "1,won,lost",
    "1,2,1,3",
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def same_either_way(desk: Desk, pipeline_id: str, now: str) -> None:
    def compare(read: Reader) -> None:
        order, scope = stages_in_order(read, pipeline_id), Scope(pipeline_id)
        counted = standings(read, pipeline_id, order)
        before = slice(order.won_place)
        measured = measure(cohort(read, scope, order), order.sides, zone=read.zone, now=now).whole
        assert list(resolved_rates(counted, order.won_place)) == [one.resolved for one in measured.stages[before]]
        said = [stage.probability for stage in order.stages[before]]
        assert checks(counted, said) == calibration_report(read, scope).calibration
        assert paces(counted, days_to_win(read, pipeline_id), read.currency) == velocity_report(read, scope)
        loads = stage_loads(read, pipeline_id, order)
        assert [one.there for one in loads] == [one.now for one in measured.stages[before]]
        assert [one.days for one in loads] == [
            None if one.days.mean is None else pytest.approx(one.days.mean, abs=1e-4) for one in measured.stages[before]
        ]

    desk.read(compare)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(["", "T10:00:00Z", "T22:30:00Z"])), max_size=8))
def test_of_any_paths(tmp_path_factory: pytest.TempPathFactory, walks: list[tuple[str, str]]) -> None:
    for bench in open_bench(tmp_path_factory.mktemp("walks")):
        for nth, (path, at) in enumerate(walks):
            deal_id = bench.walk(path, at=at)
            if nth % 2:
                bench.desk.run(deals.edit_deal, deal_id, value=nth * 1_000, currency="USD" if nth % 3 else "EUR")
        bench.change("3", archived=True)
        same_either_way(bench.desk, bench.pipeline_id, NOW)


def test_of_a_busy_shop(tmp_path: Path) -> None:
    desk = open_shop(make_shop(tmp_path / "busy.funnel", 300))
    same_either_way(desk, desk.read(pipelines)[0].pipeline.id, SHOP_NOW)
    desk.close()


def test_groups_are_the_whole(bench: Bench) -> None:
    for path, source in (("1,2,lost", "Site"), ("1,2,3,4,won", "Site"), ("1,2", "Ads"), ("1", "")):
        bench.walk(path, source=source)

    def counts(read: Reader, by: str | None) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        for one in standings(read, bench.pipeline_id, stages_in_order(read, bench.pipeline_id), by):  # type: ignore[arg-type]  # a grouping
            key = (one.outcome, one.furthest)
            found[key] = found.get(key, 0) + one.deals
        return found

    assert bench.desk.read(counts, "source") == bench.desk.read(counts, None)


def test_what_a_goal_needs_to_stand_in_a_stage() -> None:
    """30 deals in 60 days, each staying 10: 5 at any moment."""
    assert Filling(3, 30, 60, 10.0).wanted == 5
    assert Filling(3, 30, 60, 10.0).missing == 2
