"""`redo`: bring back what was undone last."""

from pathlib import Path

from funnel_desk.cli._acts import show_reversal
from funnel_desk.cli._desks import writing
from funnel_desk.cli._grammar import cli_command, file_argument, json_option
from funnel_desk.i18n import N_


@cli_command(N_("Bring back what you undid last."), N_("Only while nothing new was done since."))
@file_argument
@json_option
def command(file: Path, *, as_json: bool) -> None:
    """Redo, and tell what was kept."""
    with writing(file) as desk:
        show_reversal(desk, desk.redo(), N_("Done again: {act}"), as_json=as_json)
