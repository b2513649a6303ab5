"""Effort and return (M24): the minutes spent on each customer beside what it brought, and who eats time."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from funnel_desk.domain.customers import Customer
from funnel_desk.domain.intervals import TOO_FEW

LITTLE = Fraction(1, 4)
"""Who brings less than this part of the usual return an hour brings little."""
MUCH = Fraction(1, 20)
"""Who takes at least this part of all the time takes much."""


@dataclass(frozen=True, slots=True)
class Effort:
    """A customer who takes time: minutes, won value in minor units, and whether it eats time and brings little."""

    id: str
    minutes: int
    won: int
    eats_time: bool


def efforts(found: Iterable[Customer]) -> tuple[Effort, ...]:
    """The customers on whom minutes are logged, those who take most first.

    Nobody is said to eat time where fewer than five take any, or where nothing is won.
    """
    known = sorted((one for one in found if one.minutes > 0), key=lambda one: (-one.minutes, one.id))
    minutes, won = sum(one.minutes for one in known), sum(one.won for one in known)
    sure = len(known) >= TOO_FEW and won > 0
    return tuple(
        Effort(
            one.id, one.minutes, one.won,
            sure and one.minutes >= MUCH * minutes and one.won * minutes < LITTLE * won * one.minutes,
        )
        for one in known
    )  # fmt: skip
