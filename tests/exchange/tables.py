"""Small tables for tests: taken in, given out, and what the workspace says then."""

import csv
import io
from pathlib import Path
from typing import Any

from funnel_desk.exchange.exporting import What, export_table
from funnel_desk.exchange.importing import ImportReport, run_import, try_import
from funnel_desk.exchange.plan import ImportOptions, ImportPlan, plan_bytes
from funnel_desk.exchange.writing import Profile
from funnel_desk.operations.desk import Desk
from funnel_desk.queries.import_ground import import_ground
from funnel_desk.storage.check import contents

STAND = (
    "SELECT title, stage.key, outcome, closed_at, path_known, state.reason, lost_reason.key FROM deal"
    " JOIN deal_state AS state ON deal_id = deal.id JOIN stage ON stage.id = state.stage_id"
    " LEFT JOIN lost_reason ON lost_reason.id = reason_id ORDER BY deal.id"
)
PATHS = (
    "SELECT title, stage.key, ended, entered FROM stay JOIN deal ON deal.id = deal_id"
    " JOIN stage ON stage.id = stay.stage_id ORDER BY deal.id, place"
)


def a_plan(desk: Desk, table: str | bytes, **options: Any) -> ImportPlan:  # noqa: ANN401 - those of ImportOptions
    """The plan for a table."""
    data = table.encode() if isinstance(table, str) else table
    return plan_bytes(data, "table.csv", ImportOptions(**options), desk.read(import_ground))


def take_in(desk: Desk, table: str | bytes, **options: Any) -> ImportReport:  # noqa: ANN401 - those of ImportOptions
    """Import a table."""
    return run_import(desk, a_plan(desk, table, **options))


def attempt(desk: Desk, table: str | bytes, **options: Any) -> ImportReport:  # noqa: ANN401 - those of ImportOptions
    """Try an import; write nothing."""
    return try_import(desk, a_plan(desk, table, **options))


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    return report.created, report.updated, report.unchanged, report.rejected


def ask(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    """The answer to a plain SQL question."""
    return [tuple(row) for row in desk.read(lambda read: read.sql(statement))]


def one(desk: Desk, columns: str, table: str = "deal") -> tuple[Any, ...]:
    """The columns of the only row of a table."""
    (row,) = ask(desk, f"SELECT {columns} FROM {table}")
    return row


def stands(desk: Desk) -> list[tuple[Any, ...]]:
    """(title, stage, outcome, closed, path known, own reason, known reason) of each deal."""
    return ask(desk, STAND)


def walked(desk: Desk) -> dict[str, list[tuple[str, str, str]]]:
    """The stays of each deal by its title: (stage, how it ended, entered)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for title, *stay in ask(desk, PATHS):
        found.setdefault(title, []).append((stay[0], stay[1], stay[2]))
    return found


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All that the workspace holds."""
    return desk.read(lambda read: contents(read.connection))


def given_out(desk: Desk, what: What = "deals", profile: Profile = "exact") -> bytes:
    """A table of the workspace."""
    out = desk.path.with_name(f"out-{what}-{profile}.csv")
    export_table(desk, out, what, profile)
    return out.read_bytes()


def told(table: bytes, *without: str) -> list[dict[str, str]]:
    """The rows of an exact table by their headers, without some."""
    rows = csv.DictReader(io.StringIO(table.decode(), newline=""))
    return [{name: cell for name, cell in row.items() if name not in without} for row in rows]


def fixture(name: str) -> bytes:
    """A table of the tests' own."""
    return (Path(__file__).parents[1] / "data" / "csv" / name).read_bytes()
