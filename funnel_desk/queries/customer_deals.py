"""The deals of the customers: how many of them are open, and which they are."""

from collections.abc import Mapping

from funnel_desk.domain.customers import Limits
from funnel_desk.queries.customers import OWNER, CustomersReport, customers_report
from funnel_desk.storage.reader import Reader

_OPEN = f"""
    SELECT {OWNER}, count(*)
      FROM deal_state
      JOIN deal ON deal.id = deal_state.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
     WHERE deal_state.outcome = 'open'
     GROUP BY 1
"""
_DEALS = f"""
    SELECT deal.id
      FROM deal
      LEFT JOIN contact ON contact.id = deal.contact_id
     WHERE {OWNER} = ?
"""


def customers_and_deals(
    read: Reader, *, today: str, currency: str | None, limits: Limits
) -> tuple[CustomersReport, Mapping[str, int]]:
    """The customers of twelve months, and how many open deals each has, of one state of the file."""
    return customers_report(read, today=today, currency=currency, limits=limits), open_deals(read)


def open_deals(read: Reader) -> Mapping[str, int]:
    """How many open deals each customer has; those without any are left out."""
    return dict(tuple(row) for row in read.sql(_OPEN))


def customer_deals(read: Reader, customer_id: str) -> list[str]:
    """The ids of all deals of a customer, in no order of their own."""
    return [row[0] for row in read.sql(_DEALS, customer_id)]
