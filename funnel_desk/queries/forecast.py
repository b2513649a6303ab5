"""The forecast report: what the open deals should bring by month, and what they may bring together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from funnel_desk.domain.chances import AS_USUAL, OpenDeal, Scenario
from funnel_desk.domain.forecast import Forecast, ForecastDeal, expected_by, forecast
from funnel_desk.domain.forecast_range import DrawnOutcomes, ExactOutcomes, ForecastRange, what_may_come
from funnel_desk.queries.own_figures import exchange
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.tables import deal, deal_state


@dataclass(frozen=True, slots=True)
class CurrencyOutlook:
    """What the open deals in one currency should bring (M15), and may bring (M16)."""

    forecast: Forecast
    range: ForecastRange
    outcomes: ExactOutcomes | DrawnOutcomes | None = field(default=None, compare=False, repr=False)
    """What the range was read from, so that another goal is told without drawing again."""

    def for_goal(self, goal: int | None) -> "CurrencyOutlook":
        """The same for another goal, in minor units."""
        return self if self.outcomes is None else replace(self, range=self.outcomes.told(goal))


@dataclass(frozen=True, slots=True)
class ForecastReport:
    """The outlook in the workspace's main currency, and one for each further currency; they are never added."""

    today: str
    until: str | None
    main: CurrencyOutlook
    others: tuple[CurrencyOutlook, ...]


def forecast_report(
    read: Reader,
    *,
    today: str,
    until: str | None = None,
    goal: int | None = None,
    seed: int = 0,
    pipeline_id: str | None = None,
    shock: Sequence[Scenario] = AS_USUAL,
) -> ForecastReport:
    """The outlook of the open deals of a pipeline, or of all; those that should close after ``until`` are left out.

    ``goal`` is in minor units of the main currency; ``seed`` makes the draws of a simulated range the same again;
    ``shock`` is what may happen to all deals at once. What the user gave a rate for counts in the main currency, by the
    rate of today.
    """
    statement = (
        select(deal.c.id, deal.c.value, deal.c.currency, deal_state.c.probability, deal.c.expected_close)
        .join_from(deal_state, deal, deal.c.id == deal_state.c.deal_id)
        .where(deal_state.c.outcome == "open")
        .order_by(deal.c.id)
    )
    if pipeline_id is not None:
        statement = statement.where(deal_state.c.pipeline_id == pipeline_id)
    currency, rates = read.currency, exchange(read)
    planned: list[ForecastDeal] = []
    open_deals: dict[str, list[OpenDeal]] = {}
    for row in read.rows(statement):
        if expected_by(row.expected_close, until):
            money, value = row.currency or currency, row.value
            if value is not None and money in rates.by_currency:
                value, money = rates.in_main(value, money, today).minor, currency
            planned.append(ForecastDeal(value, money, row.probability, row.expected_close))
            open_deals.setdefault(money, []).append(OpenDeal(row.id, value, row.probability))
    outlooks = []
    for one in forecast(planned, today=today, currency=currency):
        outcomes = what_may_come(open_deals.get(one.currency, []), seed=seed, shock=shock)
        told = outcomes.told(goal if one.currency == currency else None)
        outlooks.append(CurrencyOutlook(one, told, outcomes))
    return ForecastReport(today, until, outlooks[0], tuple(outlooks[1:]))
