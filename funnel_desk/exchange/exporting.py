"""Tables out: every kind of record, for programs (exact) or for a spreadsheet (excel).

*Exact* writes keys, amounts with a point, moments as they are kept, and `_uid` and `_rev`; it is what an import takes
back without any change. *Excel* writes names in the language of the person, days and times of the workspace's zone, and
the decimal sign of the language.
"""

import codecs
import csv
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Protocol, TextIO

from funnel_desk.domain.problems import Refusal
from funnel_desk.exchange.anonymous import LEFT_OUT, Anonymous, anonymous_headers
from funnel_desk.exchange.column_names import column_name
from funnel_desk.exchange.deal_cells import DealCells
from funnel_desk.exchange.delimiters import told_delimiter
from funnel_desk.exchange.fields import What as What  # noqa: PLC0414 - the kinds of tables that go out, too
from funnel_desk.exchange.history_cells import HistoryCells
from funnel_desk.exchange.import_problems import CannotWrite, CountDiffers
from funnel_desk.exchange.out_cells import EXACT
from funnel_desk.exchange.out_file import refuse_same_file, text_file
from funnel_desk.exchange.problems import UnknownEncoding
from funnel_desk.exchange.record_cells import RecordCells
from funnel_desk.exchange.writing import Profile, delimiter_of, encoding_of, write_table
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import Desk
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.reader import Reader

KINDS: tuple[What, ...] = ("deals", "stage-history", "companies", "contacts", "activities", "steps")
_EVERY = 500


class UnknownColumn(Refusal):
    """A column was asked for that this table does not have."""

    message = N_("This table has no column “{column}”. It has: {known}.")


class CannotHold(Refusal):
    """A text has a character that the encoding has no place for."""

    message = N_(
        "The encoding {encoding} cannot hold “{character}” ({code}), which is in these texts. Nothing was written. "
        "Take utf-8, or utf-16."
    )


@dataclass(frozen=True, slots=True)
class OutOptions:
    """How a table is written. What is empty is as is usual for the profile.

    ``columns`` are fields in the order in which they go out; ``only`` names the deals by their ids, and with them what
    belongs to them. ``anonymous`` tables have neutral words instead of names, addresses and texts, and no ids.
    """

    what: What = "deals"
    profile: Profile = "exact"
    columns: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    only: Collection[str] | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written. ``rows`` were counted in the file, and are as many as the workspace has."""

    file: Path
    what: What
    profile: Profile
    rows: int


class Cells(Protocol):
    """A kind of table that goes out: all its fields, and the rows of each thing in turn."""

    fields: tuple[str, ...]
    typed: frozenset[str]

    def count(self, only: Collection[str] | None) -> int | None:
        """How many things there must be; None where that is not known beforehand."""
        ...

    def rows(self, only: Collection[str] | None = None) -> Iterator[list[list[str]]]:
        """The rows of each thing in turn."""
        ...


def export_table(
    desk: Desk,
    out: Path,
    what: What = "deals",
    profile: Profile = "exact",
    progress: Progress = NO_PROGRESS,
    *,
    only: Collection[str] | None = None,
) -> ExportReport:
    """Write a table with all its columns; see `export_file`."""
    return export_file(desk, out, OutOptions(what, profile, only=only), progress)


def export_file(desk: Desk, out: Path, options: OutOptions, progress: Progress = NO_PROGRESS) -> ExportReport:
    """Write a table; an older file of that name is replaced once the new one is whole and its rows are counted.

    Raises SameFile, CannotWrite, CountDiffers, Cancelled, UnknownColumn, CannotHold, UnknownEncoding, WrongDelimiter.
    """
    refuse_same_file(out, desk.path)
    encoding = _encoding(options)
    sign = told_delimiter(options.delimiter) if options.delimiter else delimiter_of(options.profile)
    try:
        with text_file(out, encoding) as opened:
            written = desk.read(lambda read: _write(read, opened, options, sign, progress))
            opened.flush()
            found = _count(Path(opened.name), encoding, sign)
            if found not in {written, None}:
                raise CountDiffers(file=out, found=found, expected=written)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise CannotHold(encoding=encoding, character=character, code=f"U+{ord(character):04X}") from None
    except OSError as error:  # the disk is full, most likely
        raise CannotWrite(file=out, why=error.strerror or str(error)) from error
    return ExportReport(out, options.what, options.profile, written)


def columns_of(read: Reader, what: What, profile: Profile) -> tuple[str, ...]:
    """The fields of a table that go out unless others are chosen."""
    return _usual(cells_of(read, what, profile).fields, profile)


def preview(read: Reader, options: OutOptions, most: int) -> tuple[tuple[str, ...], list[list[str]]]:
    """The headers of a table, and its first rows."""
    cells = cells_of(read, options.what, options.profile)
    fields, places = _chosen(cells.fields, options)
    rows: list[list[str]] = []
    for of_one in cells.rows(options.only):
        rows += [[row[place] for place in places] for row in of_one]
        if len(rows) >= most:
            break
    return _headers(fields, options), rows[:most]


def cells_of(read: Reader, what: What, profile: Profile) -> Cells:
    """What gives the cells of a kind of table."""
    if what == "deals":
        return DealCells(read, profile)
    return HistoryCells(read, profile) if what == "stage-history" else RecordCells(read, what, profile)


def _write(read: Reader, opened: TextIO, options: OutOptions, sign: str, progress: Progress) -> int:
    cells = cells_of(read, options.what, options.profile)
    fields, places = _chosen(cells.fields, options)
    rows = _watched(cells.rows(options.only), cells.count(options.only), progress)
    if len(places) == 1:
        rows = ((row[places[0]],) for row in rows)
    elif places != tuple(range(len(cells.fields))):
        rows = map(itemgetter(*places), rows)
    if options.anonymous:
        rows = map(Anonymous(options.what, fields).row, rows)
        fields = tuple(anonymous_headers(fields))
    headers = _headers(fields, options)
    typed = {header for field, header in zip(fields, headers, strict=True) if field in cells.typed}
    return write_table(opened, options.profile, headers, rows, typed, sign)


def _chosen(known: tuple[str, ...], options: OutOptions) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The fields that go out, and their places among all. Raises UnknownColumn."""
    fields = tuple(dict.fromkeys(options.columns)) or _usual(known, options.profile)
    if options.anonymous:
        fields = tuple(field for field in fields if field not in LEFT_OUT) or ("stage",)
    for field in fields:
        if field not in known:
            raise UnknownColumn(column=field, known=", ".join(known))
    return fields, tuple(map(known.index, fields))


def _usual(known: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    return known if profile == "exact" else tuple(field for field in known if field not in EXACT)


def _headers(fields: Sequence[str], options: OutOptions) -> tuple[str, ...]:
    return tuple(fields) if options.profile == "exact" else tuple(column_name(one, options.what) for one in fields)


def _encoding(options: OutOptions) -> str:
    """What the file is opened with. Raises UnknownEncoding."""
    if not options.encoding:
        return encoding_of(options.profile)
    try:
        found = codecs.lookup(options.encoding)
        "a".encode(options.encoding)
    except (LookupError, ValueError):  # also for "hex" and its like, which are no encodings of text
        raise UnknownEncoding(encoding=options.encoding) from None
    return "utf-8-sig" if found.name == "utf-8" and options.profile == "excel" else options.encoding


def _watched(
    things: Iterable[Sequence[Sequence[str]]], total: int | None, progress: Progress
) -> Iterator[Sequence[str]]:
    """The rows of one thing after the other; tells how far it is, and that none is missing."""
    done = 0
    for rows in things:
        if done % _EVERY == 0:
            progress.report(done, total or 0, N_("Writing rows"))
        yield from rows
        done += 1
    assert total is None or done == total, (done, total)  # noqa: S101 - both were counted in one look at the file


def _count(path: Path, encoding: str, sign: str) -> int | None:
    """The rows in a file that was written, its header apart; None for a device, which nobody can read again."""
    if not path.is_file():
        return None
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding=encoding, newline="") as file:
        return sum(1 for _row in csv.reader(file, delimiter=sign, strict=True)) - 1
