"""How often, and by how much, the expected close of a deal was put off."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

FICTION = 3
"""So many times put off, a day is a wish."""


class Slips(NamedTuple):
    """``times`` the day was moved to a later one, and by how many ``days`` the present day lies after the first."""

    times: int
    days: int


def slips_of(told: Sequence[str | None]) -> Slips:
    """What the days that were told one after another (``YYYY-MM-DD``; None: none any more) amount to."""
    days = [date.fromisoformat(day).toordinal() for day in told if day]
    if not days:
        return Slips(0, 0)
    return Slips(sum(later > earlier for earlier, later in pairwise(days)), days[-1] - days[0])
