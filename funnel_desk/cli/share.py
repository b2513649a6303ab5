"""`share`: the journal of a workspace in a file for somebody else."""

from pathlib import Path

import click

from funnel_desk.cli._answers import answer, say
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _, ngettext


@cli_command(
    N_("Write a file for somebody else to merge."),
    N_(
        "OUT.funnelshare holds all acts of the workspace and their history, in one file that can be sent. "
        "`merge` takes it in on the other side. The workspace is only read, also while its window is open."
    ),
)
@file_argument
@click.argument("out", metavar="OUT.funnelshare", type=click.Path(path_type=Path, readable=False))
@json_option
def command(file: Path, out: Path, *, as_json: bool) -> None:
    """Write the file, and tell how much is in it."""
    from funnel_desk.operations.sharing import share

    with reading(file) as desk:
        counts = share(desk, out)
    if as_json:
        answer({"share": str(out), "acts": counts["batch"], "changes": counts["change"] + counts["mark"]})
        return
    acts = ngettext("{n} act", "{n} acts", counts["batch"])
    say(_("{file} is ready to be sent ({acts}).", file=out, acts=acts))
