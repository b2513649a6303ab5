"""Tables out: deals and stage histories, for programs (exact) or for a spreadsheet (excel).

*Exact* writes keys, amounts with a point, moments as they are kept, and `_uid` and `_rev`; it is what an import takes
back without any change. *Excel* writes names in the language of the person, days and times of the workspace's zone, and
the decimal sign of the language.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from funnel_desk.exchange.deal_cells import DealCells
from funnel_desk.exchange.history_cells import HistoryCells
from funnel_desk.exchange.import_problems import CountDiffers
from funnel_desk.exchange.out_file import refuse_same_file, text_file
from funnel_desk.exchange.writing import Profile, encoding_of, write_table
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import Desk
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries.exported import count_deals
from funnel_desk.storage.reader import Reader

What = Literal["deals", "stage-history"]

_EVERY = 500


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written. ``rows`` were counted in the file, and are as many as the workspace has."""

    file: Path
    what: What
    profile: Profile
    rows: int


def export_table(
    desk: Desk,
    out: Path,
    what: What = "deals",
    profile: Profile = "exact",
    progress: Progress = NO_PROGRESS,
    *,
    only: Collection[str] | None = None,
) -> ExportReport:
    """Write a table; an older file of that name is replaced once the new one is whole and its rows are counted.

    ``only`` names the deals by their ids; without it all go out.

    Raises SameFile, CannotWrite, CountDiffers, Cancelled.
    """
    refuse_same_file(out, desk.path)
    with text_file(out, encoding_of(profile)) as opened:

        def write(read: Reader) -> int:
            cells = DealCells(read, profile) if what == "deals" else HistoryCells(read, profile)
            rows = _watched(cells.rows(only), count_deals(read, only), progress)
            return write_table(opened, profile, cells.headers, rows, cells.typed)

        written = desk.read(write)
        opened.flush()
        found = _count(Path(opened.name), profile)
        if found not in {written, None}:
            raise CountDiffers(file=out, found=found, expected=written)
    return ExportReport(out, what, profile, written)


def _watched(deals: Iterable[Sequence[Sequence[str]]], total: int, progress: Progress) -> Iterator[Sequence[str]]:
    """The rows of one deal after the other; tells how far it is, and that no deal is missing."""
    done = 0
    for rows in deals:
        if done % _EVERY == 0:
            progress.report(done, total, N_("Writing rows"))
        yield from rows
        done += 1
    assert done == total, (done, total)  # noqa: S101 - both were counted in one look at the file


def _count(path: Path, profile: Profile) -> int | None:
    """The rows in a file that was written, its header apart; None for a device, which nobody can read again."""
    if not path.is_file():
        return None
    with path.open(encoding=encoding_of(profile), newline="") as file:
        return sum(1 for _row in csv.reader(file, delimiter=";" if profile == "excel" else ",", strict=True)) - 1
