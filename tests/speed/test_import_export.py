"""A hundred thousand deals in and out, beside the least that reading and keeping as many rows can cost."""

import csv
import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time
from typing import TypeVar

import pytest

from funnel_desk.exchange.exporting import export_table
from funnel_desk.exchange.importing import run_import
from funnel_desk.exchange.plan import ImportOptions, plan_file
from funnel_desk.queries.import_ground import import_ground
from tests.desks import Clock, a_desk

pytestmark = pytest.mark.speed

DEALS = 100_000
STAGES = ("Suspect", "Prospect", "Qualified", "Committed", "Closed Won", "Closed Lost", "Closed Lost", "Closed Lost")
HEADERS = (
    *("id", "title", "company", "contact", "email", "stage", "amount", "currency"),
    *("source", "product", "owner", "created", "close date", "note"),
)
T = TypeVar("T")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of deals of ten thousand companies, over two years."""
    random = Random(7)  # noqa: S311 - the same table each time
    path = tmp_path / "deals.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for number in range(DEALS):
            company, stage = random.randint(1, DEALS // 10), random.choice(STAGES)
            day = f"{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            closed = f"2025-{day}" if stage.startswith("Closed") else ""
            out.writerow(
                [
                    *(
                        f"X{number}",
                        f"Deal {number}",
                        f"Company {company}",
                        f"Person {company}",
                        f"p{company}@x.example",
                    ),
                    *(stage, f"{random.randint(100, 99_999)}.50", "USD", random.choice(["web", "fair"])),
                    *(f"Product {number % 20}", f"Owner {number % 12}", f"2024-{day}", closed, ""),
                ]
            )
    return path


def test_in_and_out(table: Path, tmp_path: Path) -> None:
    floor, _ = timed(lambda: least(table, tmp_path / "floor.db"))
    print(f"\nfloor, csv.reader into one table: {floor:.2f} s")  # noqa: T201 - what a measurement is for
    desk = a_desk(tmp_path, clock=Clock(), currency="USD")

    def take_in(path: Path, what: str) -> int:
        plan = plan_file(path, ImportOptions(what=what), desk.read(import_ground))  # type: ignore[arg-type]
        return run_import(desk, plan).rows

    def tell(what: str, seconds: float) -> None:
        print(f"{what}: {seconds:.2f} s, {seconds / floor:.0f} times the floor")  # noqa: T201 - what a measurement is for

    try:
        seconds, rows = timed(lambda: take_in(table, "deals"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        tell(f"import of {rows} deals, at most {peak:.0f} MB", seconds)
        assert rows == DEALS
        tell("the same file again", timed(lambda: take_in(table, "deals"))[0])
        out, history = tmp_path / "out.csv", tmp_path / "history.csv"
        tell("export of the deals", timed(lambda: export_table(desk, out))[0])
        tell("export of their histories", timed(lambda: export_table(desk, history, "stage-history"))[0])
        tell("the histories again", timed(lambda: take_in(history, "stage-history"))[0])
        tell("undo of the import", timed(desk.undo)[0])
        tell("redo of the import", timed(desk.redo)[0])
    finally:
        desk.close()
    assert seconds < 60


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds of the processor that some work takes, and what it gives."""
    begun = process_time()
    found = work()
    return process_time() - begun, found


def least(table: Path, path: Path) -> None:
    """Read the rows and put them into one table, without a thought."""
    connection = sqlite3.connect(path)
    columns = ", ".join(f'"{name}" TEXT' for name in HEADERS)
    connection.execute(f"CREATE TABLE deal ({columns})")
    with table.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        connection.executemany(f"INSERT INTO deal VALUES ({', '.join('?' * len(HEADERS))})", rows)
    connection.commit()
    connection.close()
