"""How long work tells how far it is, and how it learns that it is no longer wanted."""

from typing import Protocol


class Cancelled(Exception):
    """The person does not want the work any more; what it wrote is rolled back by whoever holds the batch."""


class Progress(Protocol):
    """Handed to work that may take longer than a moment."""

    def report(self, done: int, total: int, what: str = "") -> None:
        """Tell that `done` of `total` is finished (total 0: unknown) and, in a template of words, what is being done.

        Raises Cancelled when the work is no longer wanted.
        """
        ...


class NoProgress:
    """Nobody watches and nobody cancels."""

    def report(self, done: int, total: int, what: str = "") -> None:
        """Nothing to tell."""


NO_PROGRESS: Progress = NoProgress()
