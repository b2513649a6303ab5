"""Ten thousand new changes, merged into a workspace with a hundred thousand."""

import shutil
from pathlib import Path
from time import perf_counter, process_time

import pytest

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.deals import edit_deal, new_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.sharing import merge_file, share
from funnel_desk.storage.journal import Batch
from tests.desks import ANN, BOB, a_desk

DEALS, ACTS = 100_000, 5_000
SECONDS = 30.0


@operation("Import")
def bring_in(batch: Batch, count: int) -> None:
    first = min(batch.find(Stage), key=lambda stage: stage.position)
    for number in range(count):
        batch.add(Deal(batch.new_id(), first.pipeline_id, first.id, "2026-11-01", f"Deal {number}", value=number))


@pytest.mark.speed
def test_ten_thousand_changes_into_a_hundred_thousand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ann = a_desk(tmp_path)
    ann.run(bring_in, DEALS)
    ann.close()
    shutil.copyfile(ann.path, tmp_path / "bob.funnel")
    bob = Desk(tmp_path / "bob.funnel", BOB)
    ids = [row[0] for row in bob.read(lambda read: read.sql("SELECT id FROM deal LIMIT ?", ACTS))]
    for number, deal_id in enumerate(ids):
        if number % 2:
            bob.run(edit_deal, deal_id, note=f"note {number}", value=number, source="fair")
        else:
            bob.run(new_deal, title=f"New {number}")
    out = tmp_path / "bob.funnelshare"
    began = perf_counter()
    share(bob, out)
    shared = perf_counter() - began
    bob.close()
    ann = Desk(ann.path, ANN)
    began, cpu = perf_counter(), process_time()
    found = merge_file(ann, out)
    merged, cpu = perf_counter() - began, process_time() - cpu
    began = perf_counter()
    assert merge_file(ann, out).record is None
    again = perf_counter() - began
    ann.close()
    with capsys.disabled():
        print(  # noqa: T201
            f"\nshare of {DEALS + found.new_changes} changes: {shared:.2f} s, {out.stat().st_size / 1e6:.0f} MB;"
            f" merge of {found.new_changes} new ones: {merged:.2f} s; again: {again:.2f} s"
        )
    assert found.new_changes == 10_000
    assert cpu < SECONDS
