"""Figures that only the user can tell: rates of exchange, what sources cost, and goals."""

from funnel_desk.domain.exchange_rates import Rates
from funnel_desk.domain.own_figures import Goal, Rate, SourceCost
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load


def rates(read: Reader) -> tuple[Rate, ...]:
    """All rates, by currency, the latest day first."""
    found: list[Rate] = load(read.connection, Rate)
    newest_first = sorted(found, key=lambda one: one.on_day, reverse=True)
    return tuple(sorted(newest_first, key=lambda one: one.currency))


def exchange(read: Reader) -> Rates:
    """The rates into the workspace's currency."""
    return Rates.of(read.currency, load(read.connection, Rate))


def source_costs(read: Reader) -> tuple[SourceCost, ...]:
    """What was spent on sources, by source and day."""
    found: list[SourceCost] = load(read.connection, SourceCost)
    return tuple(sorted(found, key=lambda one: (one.source, one.from_day, one.id)))


def goals(read: Reader) -> tuple[Goal, ...]:
    """The goals, those that end last first."""
    found: list[Goal] = load(read.connection, Goal)
    return tuple(sorted(found, key=lambda one: (one.to_day, one.id), reverse=True))
