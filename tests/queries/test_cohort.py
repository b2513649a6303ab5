from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from funnel_desk.domain.cohort import BASES, Basis, CohortDeal, Visit
from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.funnel import Spans, StageFigures
from funnel_desk.domain.intervals import Rate
from funnel_desk.domain.money import Amount
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.operations.desk import operation
from funnel_desk.queries.cohort import Scope, cohort, stages_in_order
from funnel_desk.queries.funnel import FunnelReport, funnel
from funnel_desk.storage.journal import Batch
from funnel_desk.storage.reader import Reader
from tests.queries.desks import NOW, Bench, open_bench

ORACLE = ("1,2,3,4,won", "1,2,3,lost", "1,3,4,won", "1,2,3,2,3", "1,lost", "1,2", "2,3,lost", "1,2,3,4,lost")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def report(bench: Bench, basis: Basis = "created", period: Period = ALWAYS, **told: str) -> FunnelReport:
    scope = Scope(bench.pipeline_id, basis, period, **told)  # type: ignore[arg-type]
    return bench.desk.read(funnel, scope, now=NOW)


def deals_in(bench: Bench, basis: Basis = "created", first: str | None = None, last: str | None = None) -> set[str]:
    def ask(read: Reader) -> list[CohortDeal]:
        order = stages_in_order(read, bench.pipeline_id)
        return list(cohort(read, Scope(bench.pipeline_id, basis, Period(first, last)), order))

    return {found.id for found in bench.desk.read(ask)}


def column(shown: FunnelReport, name: str) -> list[object]:
    return [getattr(stage, name) for stage in shown.funnel.stages]


# --- the whole way: operations, file, stays, report ----------------------------------------


def test_the_oracle_from_the_file(bench: Bench) -> None:
    for path in ORACLE:
        bench.walk(path)
    shown = report(bench)
    assert column(shown, "entered") == [7, 7, 7, 3, 2, 0, 0]
    assert column(shown, "touched") == [7, 6, 6, 3, 2, 0, 0]
    assert column(shown, "reached") == [8, 7, 6, 3, 2, 0, 0]
    assert column(shown, "strict") == [7, 5, 4, 2, 1, 0, 0]
    assert column(shown, "now") == [0, 1, 1, 0, 2, 0, 0]
    assert column(shown, "conversion")[:5] == [Rate(7, 8), Rate(6, 7), Rate(3, 6), Rate(2, 3), None]
    assert column(shown, "resolved")[:5] == [Rate(7, 8), Rate(6, 6), Rate(3, 5), Rate(2, 3), None]
    assert shown.funnel.win_rate == Rate(2, 6)
    assert (shown.deals_since, shown.history_since) == ("2026-07-01", "2026-07-02")
    assert not shown.reaches_beyond_history


def test_a_pipeline_without_deals(bench: Bench) -> None:
    shown = report(bench)
    assert [stage.key for stage in shown.stages] == ["1", "2", "3", "4", "won", "6", "7"]
    assert (shown.funnel.deals, shown.deals_since, shown.history_since) == (0, None, None)
    assert not shown.reaches_beyond_history


# --- which deals ----------------------------------------


@pytest.mark.parametrize(
    ("start", "at", "inside"),
    [
        (date(2026, 6, 30), "", False),
        (date(2026, 7, 1), "", True),
        (date(2026, 7, 31), "", True),
        (date(2026, 8, 1), "", False),
        (date(2026, 6, 30), "T20:59:59Z", False),
        (date(2026, 6, 30), "T21:00:00Z", True),  # midnight in Minsk
        (date(2026, 7, 31), "T20:59:59.9Z", True),
        (date(2026, 7, 31), "T21:00:00Z", False),
    ],
)
def test_created_in_the_period(bench: Bench, start: date, at: str, inside: bool) -> None:
    deal = bench.walk("1", start=start, at=at)
    assert (deal in deals_in(bench, "created", "2026-07-01", "2026-07-31")) is inside


def test_a_cohort_knows_what_happened_since(bench: Bench) -> None:
    bench.walk("1,2,3,4,won")
    shown = report(bench, "created", Period("2026-07-01", "2026-07-01"))
    assert (shown.funnel.won, shown.funnel.stages[4].reached) == (1, 1)


def test_closed_in_the_period(bench: Bench) -> None:
    lost, won = bench.walk("1,2,3,lost"), bench.walk("1,2,3,won,6")
    bench.walk("1,2")
    reopened = bench.walk("1,2,3,lost,again 2")
    over = bench.walk("1,2,3,over")
    assert deals_in(bench, "closed") == {lost, won, over}
    assert deals_in(bench, "closed", "2026-07-04", "2026-07-04") == {lost, won, over}
    assert deals_in(bench, "closed", "2026-07-05") == set()
    assert reopened not in deals_in(bench, "closed")


def test_active_in_the_period(bench: Bench) -> None:
    bench.walk("1,lost", start=date(2026, 7, 1))
    bench.walk("1,won,6", start=date(2026, 7, 1))
    bench.walk("1", start=date(2026, 7, 21))
    open_one = bench.walk("1,2", start=date(2026, 7, 1))
    lost_in_it = bench.walk("1,2,lost", start=date(2026, 7, 9))
    lost_after = bench.walk("1,2,lost", start=date(2026, 7, 19))
    won_again = bench.walk("1,won,2,won", start=date(2026, 7, 9))
    assert deals_in(bench, "active", "2026-07-10", "2026-07-20") == {open_one, lost_in_it, lost_after, won_again}
    shown = report(bench, "active", Period("2026-07-10", "2026-07-20"))
    assert (shown.funnel.won, shown.funnel.lost, shown.funnel.open) == (1, 1, 2)
    for stage in shown.funnel.stages:
        assert stage.at_start + stage.entered == ends_of(stage) + stage.now
    assert column(shown, "at_start")[:3] == [2, 1, 0]


def ends_of(stage: StageFigures) -> int:
    return stage.advanced + stage.moved_back + stage.lost + stage.handed_over


@pytest.mark.parametrize("basis", BASES)
def test_groups_are_asked_for(bench: Bench, basis: Basis) -> None:
    for source in ("web", "web", "", "fair"):
        bench.walk("1,2,lost", source=source)
    shown = report(bench, basis, by="source")
    assert {name: group.deals for name, group in shown.groups.items()} == {"": 1, "fair": 1, "web": 2}
    assert report(bench, basis).groups == {}


# --- stages that change ----------------------------------------


def test_an_archived_stage_counts_as_the_one_before(bench: Bench) -> None:
    for path in ORACLE:
        bench.walk(path)
    bench.change("3", archived=True)
    shown = report(bench)
    assert [stage.key for stage in shown.stages] == ["1", "2", "4", "won", "6", "7"]
    assert column(shown, "reached") == [8, 7, 3, 2, 0, 0]
    assert column(shown, "entered") == [7, 7, 3, 2, 0, 0]  # from 2 to 3 and back is one stay in 2


def test_the_present_order_rules(bench: Bench) -> None:
    bench.walk("1,2")
    bench.walk("1,3,lost")
    bench.change("2", position=2)
    bench.change("3", position=1)
    shown = report(bench)
    assert [stage.key for stage in shown.stages][:4] == ["1", "3", "2", "4"]
    assert column(shown, "reached")[:4] == [2, 2, 1, 0]


# --- what else a deal may have behind it ----------------------------------------


def test_handed_over_is_told_in_both_pipelines(bench: Bench) -> None:
    bench.walk("1,2,over")
    bench.walk("1,won,over")
    here = report(bench).funnel
    assert (here.deals, here.won, here.handed_over, here.open) == (2, 1, 1, 0)
    other = bench.desk.read(lambda read: read.sql("SELECT pipeline_id FROM stage WHERE id = ?", bench.other_stage))
    there = bench.desk.read(funnel, Scope(str(other[0][0])), now=NOW)
    assert (there.funnel.deals, there.funnel.open, there.deals_since) == (2, 2, "2026-07-03")


@operation("Import")
def bring_in(batch: Batch, bench: Bench, *, lost: bool) -> None:
    stage = bench.stages["1" if lost else "won"]
    deal = Deal(batch.new_id(), bench.pipeline_id, bench.stages["1"], "2026-07-01", "old", value=100, currency="USD")
    batch.add(deal)
    batch.add(
        StageEvent(
            batch.new_id(), deal.id, deal.id, "lost" if lost else "moved", bench.pipeline_id, stage, "2026-07-11",
            path_known=False,
        )
    )  # fmt: skip


def test_an_unknown_path(bench: Bench) -> None:
    for lost in (False, False, True):
        bench.desk.run(bring_in, bench, lost=lost)
    shown = report(bench)
    assert (shown.funnel.deals, shown.funnel.unknown_path) == (3, 3)
    assert shown.funnel.win_rate == Rate(2, 3)
    assert shown.funnel.won_value == (Amount(200, "USD"),)
    assert shown.funnel.days_to_win == Spans(10.0, 10.0, 2)
    assert column(shown, "reached") == [0] * 7
    assert column(shown, "lost_here") == [0] * 7
    assert (shown.history_since, shown.assumed_moves) == (None, True)


def test_moves_that_an_import_assumed_are_not_history(bench: Bench) -> None:
    @operation("Import")
    def bring_open(batch: Batch) -> None:
        deal = Deal(batch.new_id(), bench.pipeline_id, bench.stages["1"], "2026-03-01", "open")
        batch.add(deal)
        batch.add(
            StageEvent(batch.new_id(), deal.id, deal.id, "moved", bench.pipeline_id, bench.stages["3"], "2026-03-01")
        )

    bench.desk.run(bring_open)
    assert report(bench).history_since is None
    bench.walk("1,2")
    shown = report(bench)
    assert (shown.deals_since, shown.history_since) == ("2026-03-01", "2026-07-02")
    assert shown.reaches_beyond_history
    assert not report(bench, "created", Period("2026-07-02")).reaches_beyond_history
    assert column(shown, "reached")[:4] == [2, 2, 1, 0]


def test_reasons_have_names(bench: Bench) -> None:
    bench.walk("1,2,lost")
    shown = report(bench)
    ((reason, times),) = shown.funnel.stages[1].lost_reasons
    assert (shown.reasons[reason].en, times) == ("Expensive", 1)


def test_visits_are_places_in_order(bench: Bench) -> None:
    bench.walk("1,3,lost")

    def ask(read: Reader) -> list[CohortDeal]:
        return list(cohort(read, Scope(bench.pipeline_id), stages_in_order(read, bench.pipeline_id)))

    (found,) = bench.desk.read(ask)
    assert found.visits == [
        Visit(0, "2026-07-01", "2026-07-02", "moved"),
        Visit(2, "2026-07-02", "2026-07-03", "lost"),
    ]
    assert (found.outcome, found.closed_at, found.path_known) == ("lost", "2026-07-03", True)
