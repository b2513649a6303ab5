"""Figures that only the user can tell: rates of exchange, what a source costs, and goals. Amounts are minor units."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """From a day on one unit of ``currency`` is worth ``worth`` (a decimal, as text) of the workspace's currency."""

    id: str
    currency: str
    on_day: str
    worth: str


@dataclass(frozen=True, slots=True)
class SourceCost:
    """What was spent on a source of leads in a span of days, both ends within it."""

    id: str
    source: str
    from_day: str
    to_day: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be won in a span of days, both ends within it; of one pipeline, or of all."""

    id: str
    amount: int
    currency: str
    from_day: str
    to_day: str
    pipeline_id: str | None = None
