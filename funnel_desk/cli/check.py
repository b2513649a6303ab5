"""`check`: can the file be trusted?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._answers import answer, say, tell
from funnel_desk.cli._desks import reading
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.domain.problems import Trouble
from funnel_desk.i18n import N_, _, ngettext, translate_problem

if TYPE_CHECKING:
    from funnel_desk.storage.reader import Reader


@cli_command(
    N_("Check a workspace: its pages, and the digest of every act."),
    N_("Nothing is written. With --rebuild all is derived anew from the journal, beside the file, and compared."),
)
@file_argument
@click.option("--rebuild", is_flag=True, help=N_("Also derive everything anew and compare."))
@json_option
def command(file: Path, *, rebuild: bool, as_json: bool) -> int:
    """Look for damage; 1 if there is any."""
    from funnel_desk.storage.file import FileDamaged

    try:
        with reading(file) as desk:
            found = desk.read(_findings, rebuild=rebuild)
    except FileDamaged as trouble:
        found = [trouble]
    said = [translate_problem(one) for one in found]
    if as_json:
        answer({"ok": not said, "findings": said})
    elif said:
        say("\n".join(said))
    else:
        say(_("{file} is in order.", file=file))
    if said:
        tell(ngettext("{n} thing is wrong with {file}.", "{n} things are wrong with {file}.", len(said), file=file))
    return 1 if said else 0


def _findings(read: "Reader", *, rebuild: bool) -> list[Trouble]:
    from funnel_desk.storage.check import differences, findings

    found = findings(read.connection)
    if rebuild and not found:  # what is damaged cannot be folded
        found = differences(read.connection, read.zone)
    return found
