"""Figures that only the user can tell: rates of exchange, what sources cost, and goals."""

import re
from dataclasses import replace
from datetime import date

from funnel_desk.domain.exchange_rates import worth_of
from funnel_desk.domain.own_figures import Goal, Rate, SourceCost
from funnel_desk.domain.periods import Period
from funnel_desk.domain.problems import Refusal
from funnel_desk.domain.workspace import Workspace
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.storage.journal import Batch

_CURRENCY = re.compile(r"[A-Z]{3}")


class NoRate(Refusal):
    """What was given is no rate of exchange."""

    message = N_("“{worth}” is no rate. Give a number greater than 0, such as 0.92.")


class NoCurrency(Refusal):
    """What was given is no code of a currency, or that of the workspace itself."""

    message = N_("“{currency}” needs no rate, or is no currency. Give a code of three letters, such as USD.")


class NoAmount(Refusal):
    """A cost or a goal has to be more than nothing."""

    message = N_("The amount must be greater than 0.")


class NoSource(Refusal):
    """A cost without a source."""

    message = N_("Say which source the money was spent on.")


class NoDay(Refusal):
    """What was given is no day."""

    message = N_("“{day}” is no day. Write it as 2026-11-30.")


@operation(N_("From {day} on 1 {currency} is worth {worth}"))
def set_rate(batch: Batch, currency: str, on_day: str, worth: str) -> Rate:
    """From a day on a unit of a currency is worth so much of the workspace's; a rate of that day is replaced.

    Raises NoRate, NoCurrency and NoDay.
    """
    code, worth = currency.strip().upper(), worth.strip().replace(",", ".")
    batch.relabel(day=on_day, currency=code, worth=worth)
    if worth_of(worth) is None:
        raise NoRate(worth=worth)
    if not _CURRENCY.fullmatch(code) or any(one.currency == code for one in batch.find(Workspace)):
        raise NoCurrency(currency=code)
    _refuse_no_day(on_day)
    there = [one for one in batch.find(Rate, currency=code) if one.on_day == on_day]
    if not there:
        made = Rate(batch.new_id(), code, on_day, worth)
        batch.add(made)
        return made
    changed = replace(there[-1], worth=worth)
    if changed != there[-1]:
        batch.save(there[-1], changed)
    return changed


@operation(N_("Remove the rate of {currency} from {day}"))
def remove_rate(batch: Batch, rate_id: str) -> None:
    """Forget a rate."""
    rate = batch.get(Rate, rate_id)
    batch.relabel(currency=rate.currency, day=rate.on_day)
    batch.delete(rate)


@operation(N_("Note what “{source}” cost"))
def set_source_cost(batch: Batch, source: str, period: Period, amount: int, currency: str) -> SourceCost:
    """Note what was spent on a source in a closed span of days, in minor units; that of the same span is replaced.

    Raises NoSource, NoAmount and NoDay.
    """
    source = source.strip()
    batch.relabel(source=source)
    if not source:
        raise NoSource
    first, last = _both_ends(period)
    if amount <= 0:
        raise NoAmount
    same = [one for one in batch.find(SourceCost, source=source) if (one.from_day, one.to_day) == (first, last)]
    if not same:
        made = SourceCost(batch.new_id(), source, first, last, amount, currency)
        batch.add(made)
        return made
    changed = replace(same[-1], amount=amount, currency=currency)
    if changed != same[-1]:
        batch.save(same[-1], changed)
    return changed


@operation(N_("Remove what “{source}” cost"))
def remove_source_cost(batch: Batch, cost_id: str) -> None:
    """Forget what was spent on a source in a span of days."""
    cost = batch.get(SourceCost, cost_id)
    batch.relabel(source=cost.source)
    batch.delete(cost)


@operation(N_("Set a goal until {day}"))
def set_goal(batch: Batch, amount: int, currency: str, period: Period, pipeline_id: str | None = None) -> Goal:
    """What is to be won in a closed span of days, in minor units; the goal of the same span and pipeline is replaced.

    Raises NoAmount and NoDay.
    """
    first, last = _both_ends(period)
    batch.relabel(day=last)
    if amount <= 0:
        raise NoAmount
    same = [
        one for one in batch.find(Goal)
        if (one.from_day, one.to_day, one.pipeline_id, one.currency) == (first, last, pipeline_id, currency)
    ]  # fmt: skip
    if not same:
        made = Goal(batch.new_id(), amount, currency, first, last, pipeline_id)
        batch.add(made)
        return made
    changed = replace(same[-1], amount=amount)
    if changed != same[-1]:
        batch.save(same[-1], changed)
    return changed


@operation(N_("Remove the goal until {day}"))
def remove_goal(batch: Batch, goal_id: str) -> None:
    """Forget a goal."""
    goal = batch.get(Goal, goal_id)
    batch.relabel(day=goal.to_day)
    batch.delete(goal)


def _both_ends(period: Period) -> tuple[str, str]:
    for day in (period.first, period.last):
        _refuse_no_day(day or "")
    return period.first or "", period.last or ""


def _refuse_no_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise NoDay(day=day) from error
