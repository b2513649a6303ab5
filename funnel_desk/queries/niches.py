"""The deals of a period by what their client is: segment, industry, use, sensitivity to the price, source, way in."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.moments import Moment, day_of
from funnel_desk.domain.niches import Niche, NicheDeal, niches
from funnel_desk.domain.periods import ALWAYS, Period
from funnel_desk.queries.own_figures import exchange
from funnel_desk.storage.reader import Reader

Trait = Literal[
    "industry", "usage", "price_sensitivity", "size", "segment", "source", "product", "kind", "owner", "way_in"
]

TRAITS: tuple[Trait, ...] = (
    "industry", "usage", "price_sensitivity", "size", "segment", "source", "product", "kind", "owner", "way_in",
)  # fmt: skip

# A deal's segment is its own, else its company's. The way in is the direction of its first talk.
_COLUMN: dict[Trait, str] = {
    "industry": "coalesce(company.industry, '')",
    "usage": "coalesce(company.usage, '')",
    "price_sensitivity": "coalesce(company.price_sensitivity, '')",
    "size": "coalesce(company.size, '')",
    "segment": "coalesce(nullif(deal.segment, ''), company.segment, '')",
    "source": "deal.source",
    "product": "deal.product",
    "kind": "deal.kind",
    "owner": "deal.owner",
    "way_in": "coalesce((SELECT direction FROM activity WHERE activity.deal_id = deal.id AND activity.at IS NOT NULL"
    " ORDER BY activity.at, activity.id LIMIT 1), '')",
}
_DEALS = """
    SELECT {columns}, passage.outcome, deal.value, deal.currency, deal_state.first_contact, passage.arrived,
           passage.closed_at, passage.won_at
      FROM passage
      JOIN deal ON deal.id = passage.deal_id
      JOIN deal_state ON deal_state.deal_id = passage.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
      LEFT JOIN company ON company.id = coalesce(deal.company_id, contact.company_id)
     WHERE passage.pipeline_id = ? OR ? = ''
"""


_IDS = """
    SELECT {columns}, passage.deal_id, passage.arrived
      FROM passage
      JOIN deal ON deal.id = passage.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
      LEFT JOIN company ON company.id = coalesce(deal.company_id, contact.company_id)
     WHERE passage.pipeline_id = ? OR ? = ''
"""
_COMPANIES = """
    WITH bought(company_id) AS (
        SELECT DISTINCT coalesce(deal.company_id, contact.company_id)
          FROM deal_state
          JOIN deal ON deal.id = deal_state.deal_id
          LEFT JOIN contact ON contact.id = deal.contact_id
         WHERE deal_state.won_at IS NOT NULL
    )
    SELECT DISTINCT company.id, company.name, company.usage, company.tasks, company.troubles,
           company.id IN (SELECT company_id FROM bought WHERE company_id IS NOT NULL)
      FROM json_each(?) AS chosen
      JOIN deal ON deal.id = chosen.value
      LEFT JOIN contact ON contact.id = deal.contact_id
      JOIN company ON company.id = coalesce(deal.company_id, contact.company_id)
     ORDER BY company.name, company.id
"""


@dataclass(frozen=True, slots=True)
class NicheCompany:
    """A company of a niche: what it uses the product for, what it solves with it, what troubles it; has it bought?"""

    id: str
    name: str
    usage: str
    tasks: str
    troubles: str
    bought: bool

    @property
    def has_notes(self) -> bool:
        """Whether anything is noted of how it uses the product."""
        return bool(self.usage or self.tasks or self.troubles)


@dataclass(frozen=True, slots=True)
class NichesReport:
    """The groups by these traits, the greatest first; ``since`` is the day with which they were divided, if any."""

    by: tuple[Trait, ...]
    period: Period
    since: str | None
    currency: str
    niches: tuple[Niche, ...]


def niches_report(
    read: Reader,
    by: Sequence[Trait],
    *,
    now: Moment,
    pipeline_id: str = "",
    period: Period = ALWAYS,
    since: str | None = None,
) -> NichesReport:
    """The deals that arrived in the period, of one pipeline or of all (""), grouped by one or more traits."""
    found = niches(
        niche_deals(read, by, now=now, pipeline_id=pipeline_id, period=period),
        zone=read.zone,
        currency=read.currency,
        since=since,
    )
    return NichesReport(tuple(by), period, since, read.currency, found)


def niche_deals(
    read: Reader, by: Sequence[Trait], *, now: Moment, pipeline_id: str = "", period: Period = ALWAYS
) -> Iterator[NicheDeal]:
    """The deals that arrived in the period, amounts with a rate in the main currency."""
    rates, zone, today, bounds = exchange(read), read.zone, day_of(now, read.zone), period.bounds(read.zone)
    columns = ", ".join(_COLUMN[trait] for trait in by)
    for row in read.sql(_DEALS.format(columns=columns), pipeline_id, pipeline_id):
        deal = NicheDeal(tuple(row[: len(by)]), *row[len(by) :])
        if not bounds.holds(deal.arrived):
            continue
        if deal.value is not None and deal.currency in rates.by_currency:
            day = today if deal.won_at is None else day_of(deal.won_at, zone)
            amount = rates.in_main(deal.value, deal.currency, day)
            deal = deal._replace(value=amount.minor, currency=amount.currency)
        yield deal


def niche_deal_ids(
    read: Reader, by: Sequence[Trait], key: Sequence[str], *, pipeline_id: str = "", period: Period = ALWAYS
) -> list[str]:
    """The ids of the deals of one niche, each once."""
    bounds, columns, wanted = period.bounds(read.zone), ", ".join(_COLUMN[trait] for trait in by), tuple(key)
    found = read.sql(_IDS.format(columns=columns), pipeline_id, pipeline_id)
    return list(dict.fromkeys(row[-2] for row in found if tuple(row[: len(by)]) == wanted and bounds.holds(row[-1])))


def niche_companies(
    read: Reader, by: Sequence[Trait], key: Sequence[str], *, pipeline_id: str = "", period: Period = ALWAYS
) -> list[NicheCompany]:
    """The companies of one niche by name: those that have bought, and those that may."""
    ids = niche_deal_ids(read, by, key, pipeline_id=pipeline_id, period=period)
    return [
        NicheCompany(one, name, usage, tasks, troubles, bool(bought))
        for one, name, usage, tasks, troubles, bought in read.sql(_COMPANIES, json.dumps(ids))
    ]
