"""Open deals whose day was put off: what the journal says, without what was undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funnel_desk.operations import deals
from funnel_desk.queries.slipped import slipped_deals
from tests.queries.desks import Bench, open_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from open_bench(tmp_path)


def put_off(bench: Bench, title: str, *days: str | None) -> str:
    deal = bench.desk.run(
        deals.new_deal, title=title, pipeline_id=bench.pipeline_id, expected_close=days[0], value=500, company="North"
    )
    for day in days[1:]:
        bench.desk.run(deals.edit_deal, deal.id, expected_close=day)
    return deal.id


def test_those_put_off_most_often_come_first(bench: Bench) -> None:
    put_off(bench, "kept", "2026-08-01")
    put_off(bench, "sooner", "2026-08-10", "2026-08-01")
    put_off(bench, "once", "2026-08-01", "2026-08-31")
    put_off(bench, "fiction", "2026-08-01", "2026-08-08", "2026-08-15", "2026-08-22")
    put_off(bench, "first told later", None, "2026-08-01")
    put_off(bench, "taken away", "2026-08-01", "2026-08-09", None)
    found = bench.desk.read(slipped_deals)
    assert [(one.title, one.times, one.days, one.is_fiction) for one in found] == [
        ("fiction", 3, 21, True),
        ("once", 1, 30, False),
    ]
    assert (found[0].company, found[0].value, found[0].expected_close) == ("North", 500, "2026-08-22")


def test_what_was_undone_or_closed_does_not_count(bench: Bench) -> None:
    put_off(bench, "undone", "2026-08-01", "2026-08-31")
    bench.desk.undo()
    bench.desk.run(deals.lose_deal, put_off(bench, "lost", "2026-08-01", "2026-08-31"), reason="expensive")
    assert bench.desk.read(slipped_deals) == ()


def test_of_one_pipeline(bench: Bench) -> None:
    put_off(bench, "mine", "2026-08-01", "2026-08-31")
    assert len(bench.desk.read(slipped_deals, bench.pipeline_id)) == 1
    assert bench.desk.read(slipped_deals, "nowhere") == ()
