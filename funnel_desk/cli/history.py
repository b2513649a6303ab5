"""`history`: what was done."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._acts import label_said
from funnel_desk.cli._answers import answer, cut, say, screen_width, shown_moment, table
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from funnel_desk.storage.history import HistoryEntry

KINDS = {"act": "{act}", "undo": N_("Undo: {act}"), "redo": N_("Redo: {act}")}
BESIDE = 90  # places of the other columns
LEAST = 30


@cli_command(N_("Show what was done, newest first."))
@file_argument
@click.option("--limit", metavar="N", type=click.IntRange(min=0), help=N_("The newest N acts only."))
@json_option
def command(file: Path, limit: int | None, *, as_json: bool) -> None:
    """Read the journal and show it."""
    with reading(file) as desk:
        entries = desk.history(limit)
        zone = desk.workspace.time_zone
    if as_json:
        answer([_document(entry) for entry in entries])
    else:
        widest = max(LEAST, screen_width() - BESIDE)
        say(table([_cells(entry, zone, widest) for entry in entries], right=(3,)))


def _document(entry: "HistoryEntry") -> dict[str, object]:
    return {
        "batch": entry.batch,
        "label": _label(entry),
        "at": entry.at,
        "author": entry.author,
        "changes": entry.changes,
        "undone": entry.undone,
    }


def _cells(entry: "HistoryEntry", zone: str, widest: int) -> tuple[str, ...]:
    return (
        shown_moment(entry.at, zone),
        cut(_label(entry), widest),
        entry.author,
        ngettext("{n} change", "{n} changes", entry.changes),
        _("undone") if entry.undone else "",
        entry.batch,
    )


def _label(entry: "HistoryEntry") -> str:
    act = label_said(entry.label, entry.arguments)
    return _(KINDS[entry.kind], act=act) if entry.kind in KINDS else act
