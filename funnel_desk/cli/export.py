"""`export`: a table out."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._desks import reading, today_of
from funnel_desk.cli._filters import filter_told
from funnel_desk.cli._grammar import WrongUsage, cli_command, file_argument, json_option
from funnel_desk.cli._progress import ProgressLine, progress
from funnel_desk.i18n import N_, ngettext

if TYPE_CHECKING:
    from funnel_desk.exchange.exporting import OutOptions, What
    from funnel_desk.exchange.writing import Profile
    from funnel_desk.operations.desk import Desk

KINDS = ("deals", "stage-history", "companies", "contacts", "activities", "steps", "all")


@cli_command(
    N_("Write a table: CSV out."),
    N_(
        "“exact” is for programs and for taking back in: keys, UTF-8, commas. “excel” is for reading: names in your "
        "language, the separator of your country, and a guard against cells that a spreadsheet would run."
    ),
    N_(
        "“all” writes the whole workspace into the folder OUT: every fact as a table, pipelines as playbooks, "
        "and a list with counts. “import FILE OUT” takes it into a new workspace."
    ),
    N_("Works while the window is open. The rows are counted again in the file before it replaces an older one."),
)
@file_argument
@click.argument("out", metavar="OUT.csv", type=click.Path(path_type=Path, readable=False))
@click.option("--what", type=click.Choice(KINDS), default="deals", help=N_("What to write; deals unless told."))
@click.option(
    "--for", "profile", type=click.Choice(["excel", "exact"]), default="exact", help=N_("For whom; exact unless told.")
)
@click.option("--columns", metavar="A,B,C", help=N_("The columns to write, in this order; all unless told."))
@click.option("--pipeline", metavar="NAME", help=N_("Only deals of this pipeline, and what belongs to them."))
@click.option(
    "--filter",
    "filters",
    metavar="NAME=VALUE",
    multiple=True,
    help=N_("Only such deals: stage=KEY, outcome=open, owner=NAME, tag=WORD, created=FIRST..LAST and so on."),
)
@click.option("--encoding", metavar="E", help=N_("The encoding, such as utf-16 or cp1251; UTF-8 unless told."))
@click.option("--delimiter", metavar="D", help=N_("What separates the cells: , ; | or tab."))
@click.option(
    "--anonymous", is_flag=True, help=N_("Instead of names, addresses and texts neutral words, such as Company 12.")
)
@json_option
def command(file: Path, out: Path, what: str, profile: "Profile", *, as_json: bool, **told: object) -> None:
    """Write the table and tell how many rows it has."""
    from funnel_desk.exchange.exporting import export_file

    watcher = progress()
    try:
        with reading(file) as desk:
            if what == "all":
                _all(desk, out, told, as_json=as_json)
                return
            report = export_file(desk, out, _options(desk, cast("What", what), profile, told), watcher)
    finally:
        if isinstance(watcher, ProgressLine):
            watcher.close()
    if as_json:
        answer({"file": str(report.file), "what": report.what, "for": report.profile, "rows": report.rows})
    else:
        say(ngettext("{file}: {n} row.", "{file}: {n} rows.", report.rows, file=report.file))


def _options(desk: "Desk", what: "What", profile: "Profile", told: dict[str, object]) -> "OutOptions":
    """What was told on the command line, with the deals that are meant found."""
    from funnel_desk.exchange.exporting import OutOptions
    from funnel_desk.queries.deals import deal_ids

    filters, pipeline = cast("tuple[str, ...]", told["filters"]), cast("str | None", told["pipeline"])
    today = today_of(desk)
    chosen = desk.read(lambda read: filter_told(read, filters, pipeline, today))
    columns = str(told["columns"] or "")
    return OutOptions(
        what,
        profile,
        tuple(part.strip() for part in columns.split(",") if part.strip()),
        str(told["encoding"] or ""),
        str(told["delimiter"] or ""),
        None if chosen is None else frozenset(desk.read(lambda read: deal_ids(read, chosen))),
        anonymous=bool(told["anonymous"]),
    )


def _all(desk: "Desk", out: Path, told: dict[str, object], *, as_json: bool) -> None:
    """The whole workspace into a folder."""
    from funnel_desk.exchange.whole import export_whole

    named = next((name for name, value in told.items() if value), None)
    if named is not None:
        raise WrongUsage(N_("--what all writes everything as it is: --{option} does not go with it."), option=named)
    counts = export_whole(desk, out)
    if as_json:
        answer({"file": str(out), "what": "all", "rows": sum(counts.values()), "tables": counts})
    else:
        rows = sum(counts.values())
        say(ngettext("{file}: {n} row.", "{file}: {n} rows.", rows, file=out))
