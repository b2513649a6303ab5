"""How far long work is, on standard error, where a person looks at it."""

import sys
from time import monotonic

import click

from funnel_desk.i18n import _, format_percent
from funnel_desk.progress import NO_PROGRESS, Progress

PATIENCE = 0.4  # seconds before anything is shown
EVERY = 0.1
WIPE = "\r\x1b[2K"


class ProgressLine:
    """One line that is written over again and wiped at the end; nothing for work that is done at once."""

    def __init__(self) -> None:
        self._next = monotonic() + PATIENCE
        self._shown = False

    def report(self, done: int, total: int, what: str = "") -> None:
        """Show how far it is, at most ten times a second."""
        now = monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        self._shown = True
        share = format_percent(done / total) if total else str(done)
        click.echo(f"{WIPE}{_(what)} {share}".rstrip(), err=True, nl=False)

    def close(self) -> None:
        """Leave the line as it was."""
        if self._shown:
            click.echo(WIPE, err=True, nl=False)


def progress() -> Progress:
    """A line on standard error if that is a terminal, else nobody watches."""
    return ProgressLine() if sys.stderr.isatty() else NO_PROGRESS
