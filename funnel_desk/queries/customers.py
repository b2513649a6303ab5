"""The customers: who brings the turnover (M20), how much of it comes again (M22), who takes the time (M24)."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.customers import (
    Customer,
    KindOfSale,
    Limits,
    Sale,
    Share,
    customers,
    kinds_of_sale,
    repeat_share,
    twelve_months,
)
from funnel_desk.domain.exchange_rates import Rates
from funnel_desk.domain.moments import day_of
from funnel_desk.domain.periods import Period
from funnel_desk.queries.own_figures import exchange
from funnel_desk.storage.reader import Reader

CustomerKind = Literal["company", "contact", "deal"]

# A deal belongs to its company, else to that of its contact, else to the contact; with neither it is its own customer.
OWNER = "coalesce(deal.company_id, contact.company_id, deal.contact_id, deal.id)"
"""In SQL, whose a deal is, where its contact is joined to it."""
_SALES = f"""
    SELECT {OWNER}, deal.value, deal.currency, min(passage.won_at), deal.kind
      FROM passage
      JOIN deal ON deal.id = passage.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
     WHERE passage.outcome = 'won'
     GROUP BY deal.id
"""
_MINUTES = f"""
    SELECT coalesce(activity.company_id, there.company_id, activity.contact_id, {OWNER}), activity.at, activity.minutes
      FROM activity
      LEFT JOIN contact AS there ON there.id = activity.contact_id
      LEFT JOIN deal ON deal.id = activity.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
     WHERE activity.at IS NOT NULL AND activity.minutes > 0
"""
_NAMES = """
    SELECT id, name, 'company' FROM company
    UNION ALL SELECT id, name, 'contact' FROM contact
    UNION ALL SELECT id, title, 'deal' FROM deal WHERE company_id IS NULL AND contact_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer by name: a company, a person, or a deal of nobody known."""

    customer: Customer
    name: str
    kind: CustomerKind


@dataclass(frozen=True, slots=True)
class CustomersReport:
    """The customers in one currency, the greatest first; ``currencies`` are all in which something was ever won.

    ``repeat`` and ``kinds`` of sale are of the period.
    """

    currency: str
    currencies: tuple[str, ...]
    period: Period
    limits: Limits
    rows: tuple[CustomerRow, ...]
    repeat: Share
    kinds: tuple[KindOfSale, ...] = ()


def customers_report(
    read: Reader, *, today: str, currency: str | None = None, period: Period | None = None, limits: Limits | None = None
) -> CustomersReport:
    """The customers over a period, by default the twelve months that end today; in the main currency unless told.

    Each deal counts once, on the day it was first won, whatever pipelines it went through. Who takes time is here too,
    unless that customer has bought in other currencies only.
    """
    code, span, limits = currency or read.currency, period or twelve_months(today), limits or Limits()
    rates = exchange(read)
    sold = [
        _sale(rates, read.zone, Sale(owner, value, at, kind), money or read.currency)
        for owner, value, money, at, kind in read.sql(_SALES)
    ]
    sales = [sale for money, sale in sold if money == code]
    elsewhere = {sale.customer for _money, sale in sold} - {sale.customer for sale in sales}
    bounds = span.bounds(read.zone)
    minutes: Counter[str] = Counter()
    for owner, at, spent in read.sql(_MINUTES):
        if owner is not None and owner not in elsewhere and bounds.holds(at):
            minutes[owner] += spent
    inside = [sale for sale in sales if bounds.holds(sale.won_at)]
    names = {one: (name, kind) for one, name, kind in read.sql(_NAMES)}
    found = customers(sales, minutes, period=span, today=today, zone=read.zone, limits=limits)
    return CustomersReport(
        currency=code,
        currencies=tuple(sorted({money for money, _sale in sold}, key=lambda one: (one != read.currency, one))),
        period=span,
        limits=limits,
        rows=tuple(CustomerRow(one, *names.get(one.id, ("", "deal"))) for one in found),
        repeat=repeat_share(inside),
        kinds=kinds_of_sale(inside),
    )


def _sale(rates: Rates, zone: str, sale: Sale, currency: str) -> tuple[str, Sale]:
    """A sale with its currency: the main one, by the rate of its day, where the user gave one."""
    if sale.value is None or currency not in rates.by_currency:
        return currency, sale
    amount = rates.in_main(sale.value, currency, day_of(sale.won_at, zone))
    return amount.currency, sale._replace(value=amount.minor)
