"""A merge that is killed at any moment leaves the workspace as it was before, or as it is after."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep

from hypothesis import settings

from funnel_desk.domain.deal import Deal
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.deals import edit_deal
from funnel_desk.operations.desk import Desk, operation
from funnel_desk.operations.sharing import share
from funnel_desk.storage import check
from funnel_desk.storage.journal import Batch
from tests.desks import ANN, BOB, a_desk

PROGRAM = Path(__file__).with_name("killed_merge.py")
HOUSE = Path(__file__).parents[2]
MANY = 1_000  # examples that a campaign asks for
ROUNDS = 200 if settings().max_examples >= MANY else 10
DEALS = 500

Contents = dict[str, list[tuple[object, ...]]]


@operation("Import")
def bring_in(batch: Batch, count: int) -> None:
    first = batch.find(Stage)[0]
    for number in range(count):
        batch.add(Deal(batch.new_id(), first.pipeline_id, first.id, "2026-11-01", f"Deal {number}"))


@contextmanager
def merging(path: Path, other: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that merges; it has begun."""
    words = [sys.executable, str(PROGRAM), str(path), str(other)]
    with subprocess.Popen(words, cwd=HOUSE, env=_environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield process


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HOUSE)}


def contents(path: Path) -> tuple[Contents, list[tuple[object, ...]]]:
    """Facts, projections and the local record of merges, after whatever the crash left is played back."""
    desk = Desk(path, ANN)
    try:
        assert desk.read(lambda read: check.findings(read.connection)) == []
        records = desk.read(lambda read: read.sql("SELECT new_changes FROM merge_record"))
        return desk.read(lambda read: check.contents(read.connection)), [tuple(row) for row in records]
    finally:
        desk.close()


def test_killed_while_merging(tmp_path: Path) -> None:
    ann = a_desk(tmp_path)
    ann.run(bring_in, DEALS)
    ann.close()
    shutil.copyfile(ann.path, tmp_path / "bob.funnel")
    bob = Desk(tmp_path / "bob.funnel", BOB)
    bob.run(bring_in, DEALS)
    for deal in bob.read(lambda read: read.sql("SELECT id FROM deal LIMIT 50")):
        bob.run(edit_deal, deal[0], note="seen")
    sent = tmp_path / "bob.funnelshare"
    share(bob, sent)
    bob.close()
    before = contents(ann.path)
    whole = Path(shutil.copyfile(ann.path, tmp_path / "whole.funnel"))
    began = monotonic()
    with merging(whole, sent) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        long = monotonic() - began
    after = contents(whole)
    chance = Random(5)  # noqa: S311 - figures, no secret
    found = {"before": 0, "after": 0}
    for _ in range(ROUNDS):
        path = Path(shutil.copyfile(ann.path, tmp_path / "killed.funnel"))
        with merging(path, sent) as process:
            sleep(chance.random() * long)
            process.kill()
        state = contents(path)
        assert state in (before, after)
        found["before" if state == before else "after"] += 1
    assert found["before"] + found["after"] == ROUNDS
    assert found["before"]
