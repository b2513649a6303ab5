"""`new`: a workspace with one pipeline."""

from pathlib import Path

import click

from funnel_desk.cli._answers import say
from funnel_desk.cli._desks import author
from funnel_desk.cli._grammar import cli_command, file_argument
from funnel_desk.i18n import N_, _, language


@cli_command(
    N_("Make a workspace with one pipeline."),
    N_(
        "FILE must not exist yet. Its pipeline is made from a playbook, and yours to change from then on; "
        "`funnel-desk playbooks` lists them. A playbook of your own can also be told by its file, own.toml."
    ),
)
@file_argument
@click.option("--playbook", metavar="KEY", required=True, help=N_("The playbook to begin with."))
@click.option("--currency", metavar="CODE", default="EUR", help=N_("The main currency; EUR unless told."))
@click.option("--time-zone", metavar="ZONE", help=N_("The time zone of its days; this machine's unless told."))
def command(file: Path, playbook: str, currency: str, time_zone: str | None) -> None:
    """Make the file, or refuse an existing one."""
    from funnel_desk.operations.playbooks import playbook_named
    from funnel_desk.operations.workspaces import new_workspace

    chosen = playbook_named(playbook)
    new_workspace(file, author(), chosen, currency=currency, time_zone=time_zone)
    say(_("{file} is ready, with the pipeline “{pipeline}”.", file=file, pipeline=chosen.name.of(language())))
