"""A batch of a hundred thousand deals: written, undone and redone; and a second one that changes them all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.people import Company
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.desk import Desk, fresh_id, operation
from funnel_desk.storage.journal import Batch
from tests.desks import a_desk

DEALS = 100_000
Told = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Told:
    """Print a figure."""

    def told(text: str) -> None:
        with capsys.disabled():
            print(text)  # noqa: T201

    return told


@contextmanager
def within(seconds: float, what: str, tell: Told) -> Iterator[None]:
    """The time of the processor, so that others on the machine do not count."""
    began = process_time()
    yield
    took = process_time() - began
    tell(f"{what}: {took:.2f} s")
    assert took < seconds


@operation("Import")
def bring_in(batch: Batch) -> None:
    stages = sorted(batch.find(Stage), key=lambda one: one.position)
    companies = [Company(fresh_id(), f"Company {number}") for number in range(DEALS // 20)]
    batch.add_all(companies)
    for number in range(DEALS):
        deal = Deal(
            fresh_id(), stages[0].pipeline_id, stages[0].id, f"2026-{1 + number % 11:02d}-{1 + number % 28:02d}",
            f"Deal {number}", external_id=f"X{number}", company_id=companies[number % len(companies)].id,
            value=1000 * number, currency="EUR", source="web" if number % 2 else "fair", owner="Ann", segment="small",
        )  # fmt: skip
        batch.add(deal)
        batch.add(
            StageEvent(
                fresh_id(), deal.id, deal.id, "moved" if number % 3 else "lost", stages[0].pipeline_id,
                stages[number % len(stages)].id, f"2026-11-{1 + number % 20:02d}", value=deal.value, currency="EUR",
            )
        )  # fmt: skip


@operation("Change all")
def change_all(batch: Batch) -> None:
    for deal in batch.find(Deal):
        batch.save(deal, replace(deal, value=(deal.value or 0) + 1, note="changed"))


def deals_in(desk: Desk) -> int:
    return int(desk.read(lambda read: read.sql("SELECT count(*) FROM deal_state"))[0][0])


@pytest.mark.speed
def test_a_hundred_thousand_deals_in_and_out(tmp_path: Path, tell: Told) -> None:
    desk = a_desk(tmp_path)
    tell("")
    with within(20, f"{DEALS} deals and as many moves", tell):
        _, batch = desk.run_named(bring_in)
    tell(f"the file: {desk.path.stat().st_size / 1e6:.0f} MB")
    with within(10, "undone", tell):
        undone = desk.undo()
    assert (undone.kept, deals_in(desk)) == ((), 0)
    with within(20, "redone", tell):
        desk.redo()
    assert deals_in(desk) == DEALS
    with within(30, "two fields of each changed", tell):
        desk.run(change_all)
    with within(40, "that undone", tell):
        assert desk.undo().reverted == 2 * DEALS
    with within(40, "and the first undone", tell):
        assert desk.undo(batch).kept == ()
    assert deals_in(desk) == 0
    desk.close()
