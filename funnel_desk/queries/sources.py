"""The sources of leads: what came of them, what they cost, and inbound against outbound."""

from dataclasses import dataclass, replace

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.own_figures import SourceCost
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.domain.sources import Source, cost_in, sources
from funnel_desk.queries.niches import niches_report
from funnel_desk.queries.own_figures import exchange, source_costs
from funnel_desk.storage.reader import Reader

INBOUND, OUTBOUND, UNTOLD = "in", "out", ""
"""The way in: who spoke first, the client or the seller; nobody knows where no talk was logged."""


@dataclass(frozen=True, slots=True)
class SourcesReport:
    """Sources and ways in, the greatest won value first. ``apart`` are costs in currencies without a rate.

    A source's cost is shared among the ways in as its leads are.
    """

    currency: str
    period: Period
    sources: tuple[Source, ...]
    ways: tuple[Source, ...]
    apart: tuple[SourceCost, ...]


def sources_report(read: Reader, *, now: Moment, pipeline_id: str = "", period: Period = ALWAYS) -> SourcesReport:
    """The leads that arrived in the period, by source and by way in, beside what was spent in it."""
    currency, rates = read.currency, exchange(read)
    known, apart = [], []
    for cost in source_costs(read):
        amount = rates.in_main(cost.amount, cost.currency, cost.to_day)
        if amount.currency == currency:
            known.append(replace(cost, amount=amount.minor, currency=currency))
        else:
            apart.append(cost)
    costs = cost_in(known, period)
    by_source = niches_report(read, ["source"], now=now, pipeline_id=pipeline_id, period=period).niches
    by_way = niches_report(read, ["way_in"], now=now, pipeline_id=pipeline_id, period=period).niches
    both = niches_report(read, ["source", "way_in"], now=now, pipeline_id=pipeline_id, period=period).niches
    leads = {niche.key[0]: niche.deals for niche in by_source}
    ways: dict[str, int] = {}
    for niche in both:
        source, way = niche.key
        if source in costs:
            ways[way] = ways.get(way, 0) + round(costs[source] * niche.deals / leads[source])
    return SourcesReport(
        currency, period, sources(by_source, costs, currency), sources(by_way, ways, currency), tuple(apart)
    )
