"""`backup`: take a checked copy of a workspace."""

from pathlib import Path

import click

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _


@cli_command(
    N_("Take a backup: a checked copy, in your data folder or at OUT."),
    N_("Works while the window is open. Backups in the data folder are thinned out as they age."),
)
@file_argument
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path, readable=False))
@json_option
def command(file: Path, out: Path | None, *, as_json: bool) -> None:
    """Copy, check, tell where."""
    from funnel_desk.operations.backups import back_up, copy_to
    from funnel_desk.operations.desk import clock_of_the_machine

    made = copy_to(file, out) if out else back_up(file, clock_of_the_machine())
    if as_json:
        answer({"backup": str(made)})
    else:
        say(_("Backed up to {file}.", file=made))
