"""`export`: a table out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.cli._progress import ProgressLine, progress
from funnel_desk.i18n import N_, ngettext

if TYPE_CHECKING:
    from funnel_desk.exchange.exporting import What
    from funnel_desk.exchange.writing import Profile

KINDS = ("deals", "stage-history")


@cli_command(
    N_("Write a table: CSV out."),
    N_(
        "“exact” is for programs and for taking back in: keys, UTF-8, commas. “excel” is for reading: names in your "
        "language, semicolons, and a guard against cells that a spreadsheet would run."
    ),
    N_("Works while the window is open. The rows are counted again in the file before it replaces an older one."),
)
@file_argument
@click.argument("out", metavar="OUT.csv", type=click.Path(path_type=Path, readable=False))
@click.option("--what", type=click.Choice(KINDS), default="deals", help=N_("What to write; deals unless told."))
@click.option(
    "--for", "profile", type=click.Choice(["excel", "exact"]), default="exact", help=N_("For whom; exact unless told.")
)
@json_option
def command(file: Path, out: Path, what: "What", profile: "Profile", *, as_json: bool) -> None:
    """Write the table and tell how many rows it has."""
    from funnel_desk.exchange.exporting import export_table

    watcher = progress()
    try:
        with reading(file) as desk:
            report = export_table(desk, out, what, profile, watcher)
    finally:
        if isinstance(watcher, ProgressLine):
            watcher.close()
    if as_json:
        answer({"file": str(report.file), "what": report.what, "for": report.profile, "rows": report.rows})
    else:
        say(ngettext("{file}: {n} row.", "{file}: {n} rows.", report.rows, file=report.file))
