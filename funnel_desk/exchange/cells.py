"""What reading one cell gives when it cannot be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that spoils its row; why, in the language of the person."""

    reason: str
