"""`restore`: put a backup in the place of a workspace."""

from pathlib import Path

import click

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _


@cli_command(
    N_("Put a backup in the place of a workspace."),
    N_("What was there is kept beside it under another name, which is told."),
)
@file_argument
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path, readable=False))
@json_option
def command(file: Path, backup: Path, *, as_json: bool) -> None:
    """Restore, and tell where the earlier state is."""
    from funnel_desk.operations.backups import restore
    from funnel_desk.operations.desk import clock_of_the_machine

    kept = restore(file, backup, clock_of_the_machine())
    if as_json:
        answer({"restored": str(backup), "kept": str(kept)})
    else:
        say(_("{file} is restored. What was there is kept in {kept}.", file=file, kept=kept))
