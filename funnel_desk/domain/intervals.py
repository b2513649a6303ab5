"""How sure a share is: a part of a base, and the interval in which the true share lies."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
TOO_FEW = 5
"""Below so many, a share is not spoken of: "too early to say"."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true share lies, with 95 % confidence; both ends from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that keeps what it was counted from: ``part`` of ``base``. Nothing of nothing has no value."""

    part: int
    base: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where the base is 0."""
        return self.part / self.base if self.base else None

    @property
    def interval(self) -> Interval | None:
        """The Wilson interval; None where the base is 0."""
        return wilson(self.part, self.base) if self.base else None

    @property
    def too_few(self) -> bool:
        """Whether the base is too small to say anything."""
        return self.base < TOO_FEW


def wilson(part: int, base: int, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for ``part`` of ``base`` (at least 1): 2 of 6 gives 9.7 to 70.0 %."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = part / base
    scale = 1 + z * z / base
    centre = (share + z * z / (2 * base)) / scale
    half = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base)) / scale
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
