"""`forecast`: what the open deals should bring, month by month, and what they may bring together."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnel_desk.cli._amounts import MajorAmount, minor_units
from funnel_desk.cli._answers import amount, answer, rate, say, shown_money, table
from funnel_desk.cli._desks import reading, today_of
from funnel_desk.cli._grammar import Day, cli_command, file_argument, json_option
from funnel_desk.i18n import N_, _, format_day, format_month, format_number, format_percent, ngettext

if TYPE_CHECKING:
    from funnel_desk.domain.backtest import BackTest
    from funnel_desk.operations.desk import Desk
    from funnel_desk.queries.forecast import CurrencyOutlook, ForecastReport
    from funnel_desk.storage.reader import Reader

UNLIKELY = 0.01


@cli_command(
    N_("Show what the open deals should bring, month by month, and what they may bring."),
    N_(
        "Each open deal counts with its value times its probability, in the month of its expected close. The range "
        "tells what all of them may bring together: with 10, 50 and 90 % no more than that."
    ),
)
@file_argument
@click.option("--until", metavar="DAY", type=Day(), help=N_("Leave out deals that should close later."))
@click.option("--goal", metavar="AMOUNT", type=MajorAmount(), help=N_("Tell how likely so much or more is."))
@click.option("--seed", metavar="N", type=int, default=0, help=N_("Draw other lots where there are many deals."))
@click.option("--back-test", is_flag=True, help=N_("Tell how often the range held at past month beginnings."))
@json_option
def command(
    file: Path, until: str | None, goal: Decimal | None, seed: int, *, back_test: bool, as_json: bool
) -> None:  # fmt: skip
    """Read the forecast and show it."""

    def ask(read: "Reader") -> "ForecastReport":
        from funnel_desk.queries.forecast import forecast_report

        wanted = None if goal is None else minor_units(goal, read.currency)
        return forecast_report(read, today=today_of(desk), until=until, goal=wanted, seed=seed)

    with reading(file) as desk:
        found = desk.read(ask)
        past = _past(desk, seed) if back_test else {}
    if as_json:
        looked_back = {"back_test": {code: _back_test_document(one) for code, one in past.items()}} if back_test else {}
        answer(_document(found.main) | {"others": [_document(other) for other in found.others]} | looked_back)
    else:
        told = [_told(outlook, found.until) for outlook in (found.main, *found.others)]
        say("\n\n".join([*told, *(_back_test(code, one) for code, one in past.items())]))


def _past(desk: "Desk", seed: int) -> "dict[str, BackTest]":
    from funnel_desk.queries.backtest import backtest_report

    return desk.read(backtest_report, now=desk.clock(), seed=seed).currencies


def _back_test_document(past: "BackTest") -> dict[str, object]:
    return {"held": past.held.part, "n": past.held.base, "above": past.above, "below": past.below}


def _back_test(currency: str, past: "BackTest") -> str:
    """How often the range held, or that it is too early to say."""
    head = _("Looking back in {currency}", currency=currency)
    held, interval = past.held, past.held.interval
    if held.too_few or interval is None:
        return f"{head}: " + _("too early to say, n = {n}.", n=format_number(held.base))
    return f"{head}: " + _(
        "at {held} of {n} month beginnings what came lay in the range of 80 % ({low} to {high} of all; neighbouring "
        "months share deals); {above} times more came, {below} times less.",
        held=format_number(held.part),
        n=format_number(held.base),
        low=format_percent(interval.low),
        high=format_percent(interval.high),
        above=format_number(past.above),
        below=format_number(past.below),
    )


def _document(outlook: "CurrencyOutlook") -> dict[str, object]:
    forecast, bounds, currency = outlook.forecast, outlook.range, outlook.forecast.currency
    return {
        "currency": currency,
        "weighted": amount(forecast.weighted, currency),
        "p10": amount(bounds.p10, currency),
        "p50": amount(bounds.p50, currency),
        "p90": amount(bounds.p90, currency),
        "probability_of_goal": rate(bounds.probability_of_goal),
        "by_month": [{"month": one.month, "weighted": amount(one.weighted, currency)} for one in forecast.by_month],
        "undated": amount(forecast.undated, currency),
        "overdue": amount(forecast.overdue, currency),
        "without_value": forecast.without_value,
        "method": bounds.method,
        "n": forecast.n,
    }


def _told(outlook: "CurrencyOutlook", until: str | None) -> str:
    forecast, currency = outlook.forecast, outlook.forecast.currency
    head = _("Forecast in {currency}", currency=currency)
    if until is not None:
        head = _("Forecast in {currency} until {day}", currency=currency, day=format_day(until))
    rows = [(format_month(one.month), one.weighted) for one in forecast.by_month]
    rows += [(_("without a day"), forecast.undated)] if forecast.undated else []
    rows += [(_("should have closed already"), forecast.overdue)] if forecast.overdue else []
    rows.append((_("together"), forecast.weighted))
    count = ngettext("{n} open deal", "{n} open deals", forecast.n, n=format_number(forecast.n))
    lines = [
        f"{head} · {count}",
        table([(name, shown_money(minor, currency)) for name, minor in rows], right=(1,), indent=2),
    ]
    if forecast.without_value:
        lines.append(
            ngettext(
                "{n} deal has no value and counts as nothing.",
                "{n} deals have no value and count as nothing.",
                forecast.without_value,
                n=format_number(forecast.without_value),
            )
        )
    return "\n".join([*lines, *_range(outlook)])


def _range(outlook: "CurrencyOutlook") -> list[str]:
    bounds, currency = outlook.range, outlook.forecast.currency
    if not bounds.n:
        return []
    low, middle, high = (shown_money(minor, currency) for minor in (bounds.p10, bounds.p50, bounds.p90))
    lines = [
        _("Between {low} and {high} with 80 %, as often above {middle} as below.", low=low, middle=middle, high=high)
    ]
    if bounds.probability_of_goal is not None:
        lines.append(_("The goal or more with {percent}.", percent=_chance(bounds.probability_of_goal)))
    return lines


def _chance(probability: float) -> str:
    """A probability in per cent, never rounded to certainty."""
    if 0 < probability < UNLIKELY:
        return f"< {format_percent(UNLIKELY)}"
    if 1 - UNLIKELY < probability < 1:
        return f"> {format_percent(1 - UNLIKELY)}"
    return format_percent(probability)
