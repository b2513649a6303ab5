"""The whole workspace as a folder that any program can read, and back into a new workspace.

Every fact stands in a table of its kind, exactly; pipelines are written as playbooks besides, for other workspaces; a
list says what there is and how much of it.
"""

import csv
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from funnel_desk import __version__
from funnel_desk.domain.problems import Refusal
from funnel_desk.exchange.decoding import decode
from funnel_desk.exchange.import_problems import CannotWrite, CountDiffers, TableClosed
from funnel_desk.exchange.playbook_file import NotAPlaybook, key_of, write_playbook
from funnel_desk.exchange.records import records
from funnel_desk.i18n import N_, language
from funnel_desk.operations.desk import Desk
from funnel_desk.operations.import_look import ReaderLook
from funnel_desk.operations.import_whole import checked_whole, import_whole, is_choice
from funnel_desk.queries.pipeline_content import PipelineContent, pipeline_content
from funnel_desk.queries.whole import CHOICE_FIELDS, CHOICES, TABLES, Values, Whole, cell_of, value_of, whole
from funnel_desk.storage.reader import Reader

MANIFEST = "manifest.json"
FORMAT = 1
_PLAYBOOKS = "playbooks"


class FolderTaken(Refusal):
    """The folder has other things in it."""

    message = N_("{folder} is not empty. Name a new folder.")


class NotAWhole(Refusal):
    """A folder that was not written by us."""

    message = N_("{folder} holds no whole workspace: {why}.")


class NewerFolder(Refusal):
    """A folder of a newer program."""

    message = N_("{folder} was written by a newer program. Update Funnel Desk to read it.")


class RowsMissing(Refusal):
    """A table does not have the rows that the list promises."""

    message = N_("{table} has {found} rows, and the list says {expected}. If that is meant, change it in {manifest}.")


class WrongCell(Refusal):
    """A cell that means no value."""

    message = N_("{table}, line {line}: “{cell}” cannot stand in the column {column}.")


class WholeReport(NamedTuple):
    """What came in: how many rows, and the act."""

    rows: int
    batch: str | None


def export_whole(desk: Desk, folder: Path) -> dict[str, int]:
    """Write everything into a new folder, whole or not at all; gives the rows of each table.

    Raises FolderTaken, CannotWrite, CountDiffers.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder=folder)
    found, contents = desk.read(_everything)
    aside = folder.resolve().with_name(f".{folder.name}.{os.getpid()}.new")
    try:
        aside.mkdir()
        counts = _write(aside, found, contents)
        if folder.exists():
            folder.rmdir()
        aside.replace(folder)
    except OSError as error:
        raise CannotWrite(file=folder, why=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return counts


def import_folder(desk: Desk, folder: Path) -> WholeReport:
    """Take a whole workspace in, as one act. Raises NotAWhole and the other refusals of this file, and of the act."""
    manifest, tables = _tables(folder)
    choices = _choices(folder, manifest["tables"].get(CHOICES, 0))
    rows, batch = desk.run_named(
        import_whole,
        tables,
        choices,
        currency=str(manifest["currency"]),
        time_zone=str(manifest["time_zone"]),
        file=folder.name,
    )
    return WholeReport(rows, batch)


def try_folder(desk: Desk, folder: Path) -> int:
    """How many rows would come in; writes nothing. Raises what `import_folder` raises."""
    manifest, tables = _tables(folder)
    _choices(folder, manifest["tables"].get(CHOICES, 0))
    return sum(map(len, desk.read(lambda read: checked_whole(ReaderLook(read, desk.clock()), tables)).values()))


def _tables(folder: Path) -> tuple[dict[str, Any], dict[str, list[Values]]]:
    manifest = _manifest(folder)
    counts = manifest["tables"]
    return manifest, {name: _read(folder, name, counts[name]) for name in TABLES if name in counts}


def _everything(read: Reader) -> tuple[Whole, list[PipelineContent]]:
    found = whole(read)
    return found, [pipeline_content(read, str(row["id"])) for row in found.tables["pipeline"]]


def _write(folder: Path, found: Whole, contents: Sequence[PipelineContent]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, fields in TABLES.items():
        cells = ([cell_of(name, field, row[field]) for field in fields] for row in found.tables[name])
        counts[name] = _write_table(folder / f"{name}.csv", fields, list(cells))
    rows = [[str(row[field]) for field in CHOICE_FIELDS] for row in found.choices]
    counts[CHOICES] = _write_table(folder / f"{CHOICES}.csv", CHOICE_FIELDS, rows)
    (folder / _PLAYBOOKS).mkdir()
    taken: set[str] = set()
    for content in contents:
        stem = key_of(content.pipeline.name.of(language()))
        while stem in taken:
            stem += "-2"
        taken.add(stem)
        try:
            write_playbook(content, folder / _PLAYBOOKS / f"{stem}.toml")
        except NotAPlaybook:  # it stands in the tables; this file is for other workspaces only
            continue
    said = {
        "format": FORMAT,
        "program": f"funnel-desk {__version__}",
        "currency": found.currency,
        "time_zone": found.time_zone,
        "tables": counts,
    }
    (folder / MANIFEST).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    return counts


def _write_table(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a table and count its rows again. Raises CountDiffers."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n", strict=True)
        writer.writerow(headers)
        writer.writerows(rows)
    with path.open(encoding="utf-8", newline="") as written:
        found = sum(1 for _row in csv.reader(written, strict=True)) - 1
    if found != len(rows):
        raise CountDiffers(file=path, found=found, expected=len(rows))
    return found


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotAWhole(folder=folder, why=MANIFEST) from None
    except OSError as error:
        raise TableClosed(file=folder / MANIFEST, why=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise NotAWhole(folder=folder, why=f"{MANIFEST}: {error}") from None
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise NotAWhole(folder=folder, why=MANIFEST)
    if said["format"] > FORMAT:
        raise NewerFolder(folder=folder)
    tables = said.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(said.get(name), str) for name in ("currency", "time_zone")):
        raise NotAWhole(folder=folder, why=MANIFEST)
    if tables.keys() - TABLES.keys() - {CHOICES}:
        raise NewerFolder(folder=folder)
    return said


def _read(folder: Path, name: str, expected: int) -> list[Values]:
    """The rows of a table. Raises RowsMissing, WrongCell, TableClosed, and Trouble of reading tables."""
    known = set(TABLES[name])
    rows: list[Values] = []
    for line, said in _cells(folder, name, expected):
        values: dict[str, object] = {}
        for field, cell in said.items():
            if field in known:
                try:
                    values[field] = value_of(name, field, cell)
                except (ValueError, RecursionError):
                    raise WrongCell(table=f"{name}.csv", line=line, cell=cell, column=field) from None
        rows.append(values)
    return rows


def _choices(folder: Path, expected: int) -> list[Values]:
    found: list[Values] = []
    for line, said in _cells(folder, CHOICES, expected):
        try:
            choice = json.loads(said.get("choice", ""))
        except (ValueError, RecursionError):
            choice = None
        if not is_choice(choice):
            raise WrongCell(table=f"{CHOICES}.csv", line=line, cell=said.get("choice", ""), column="choice")
        found.append({"deal_id": said.get("deal_id", ""), "fork": said.get("fork", ""), "choice": choice})
    return found


def _cells(folder: Path, name: str, expected: int) -> list[tuple[int, Mapping[str, str]]]:
    path = folder / f"{name}.csv"
    try:
        text = decode(path.read_bytes(), "utf-8").text
    except OSError as error:
        raise TableClosed(file=path, why=error.strerror or str(error)) from error
    sign = ";" if ";" in text.partition("\n")[0] else ","  # a spreadsheet may have saved it again
    found = list(records(text, sign))
    headers, rows = found[0][1], [row for row in found[1:] if row[1] != [""]]
    if len(rows) != expected or any(len(cells) != len(headers) for _line, cells in rows):
        raise RowsMissing(table=path.name, found=len(rows), expected=expected, manifest=MANIFEST)
    return [(line, dict(zip(headers, cells, strict=True))) for line, cells in rows]
