"""`undo`: take back an act."""

from pathlib import Path

import click

from funnel_desk.cli._acts import show_reversal
from funnel_desk.cli._desks import writing
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_


@cli_command(
    N_("Take back an act: your newest, or the one named."),
    N_("`history` names the acts. What was changed since is kept, and told. `redo` brings back what was undone last."),
)
@file_argument
@click.argument("batch", metavar="[BATCH]", required=False)
@json_option
def command(file: Path, batch: str | None, *, as_json: bool) -> None:
    """Undo, and tell what was kept."""
    with writing(file) as desk:
        show_reversal(desk, desk.undo(batch), N_("Undone: {act}"), as_json=as_json)
