"""Everything about a person as a file to hand over: what stands now, and every mention in the history.

JSON where the name of the file ends so; otherwise a table for a spreadsheet.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from funnel_desk.exchange.out_file import refuse_same_file, write_whole
from funnel_desk.exchange.writing import encoding_of, write_table
from funnel_desk.operations.desk import Desk
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.queries.person import Mention, PersonRow, mentions, person_rows

HEADERS = ("part", "table", "row", "field", "value", "at", "author", "own")
"""The columns of the table. ``part`` is *now* for a value that stands, *history* for one that was written."""
NOW, HISTORY = "now", "history"


@dataclass(frozen=True, slots=True)
class PersonReport:
    """What was written: the file, the rows that stand now, and the mentions in the history."""

    file: Path
    rows: int
    mentions: int


def save_person(
    desk: Desk, out: Path, contact_id: str, also: Sequence[str] = (), progress: Progress = NO_PROGRESS
) -> PersonReport:
    """Write all that the file knows of a contact; ``also`` are further words that mean this person.

    Raises SameFile, CannotWrite, Cancelled.
    """
    refuse_same_file(out, desk.path)
    rows, found = desk.read(lambda read: (person_rows(read, contact_id), mentions(read, contact_id, also)))
    progress.report(1, 2)
    content = _json(rows, found) if out.suffix.lower() == ".json" else _table(rows, found)
    write_whole((out, content))
    return PersonReport(out, len(rows), len(found))


def _json(rows: Sequence[PersonRow], found: Sequence[Mention]) -> bytes:
    told: dict[str, list[Mapping[str, object]]] = {NOW: [], HISTORY: []}
    told[NOW] = [{"table": row.table, **row.values} for row in rows]
    told[HISTORY] = [
        {
            "table": one.table, "row": one.row, "field": one.field, "value": one.says, "at": one.at,
            "author": one.author, "own": one.own,
        }
        for one in found
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _table(rows: Sequence[PersonRow], found: Sequence[Mention]) -> bytes:
    standing = [
        (NOW, row.table, str(row.values["id"]), field, str(value), "", "", "")
        for row in rows
        for field, value in row.values.items()
        if field != "id"
    ]
    written = [
        (HISTORY, one.table, one.row, one.field, one.says, one.at, one.author, "yes" if one.own else "no")
        for one in found
    ]
    out = StringIO(newline="")
    write_table(out, "excel", HEADERS, [*standing, *written])
    return out.getvalue().encode(encoding_of("excel"))
