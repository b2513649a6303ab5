"""Companies that are due for a talk, and companies that could buy more than they do."""

from collections import Counter
from dataclasses import dataclass

from funnel_desk.domain.customer_care import CustomerCare
from funnel_desk.domain.customers import REPEAT_KINDS, Share, twelve_months
from funnel_desk.domain.moments import day_of
from funnel_desk.queries.own_figures import exchange
from funnel_desk.storage.reader import Reader

_COMPANIES = """
    WITH talk(company_id, at) AS (
        SELECT coalesce(activity.company_id, contact.company_id, deal.company_id, buyer.company_id), activity.at
          FROM activity
          LEFT JOIN contact ON contact.id = activity.contact_id
          LEFT JOIN deal ON deal.id = activity.deal_id
          LEFT JOIN contact AS buyer ON buyer.id = deal.contact_id
         WHERE activity.at IS NOT NULL
    ), last_talk(company_id, at) AS (SELECT company_id, max(at) FROM talk GROUP BY 1),
    under_way(company_id, deals) AS (
        SELECT coalesce(deal.company_id, contact.company_id), count(*)
          FROM deal_state
          JOIN deal ON deal.id = deal_state.deal_id
          LEFT JOIN contact ON contact.id = deal.contact_id
         WHERE deal_state.outcome = 'open'
         GROUP BY 1
    )
    SELECT company.id, company.name, last_talk.at, company.touch_every, company.potential, company.potential_currency,
           coalesce(under_way.deals, 0)
      FROM company
      LEFT JOIN last_talk ON last_talk.company_id = company.id
      LEFT JOIN under_way ON under_way.company_id = company.id
"""
_ORDERS = """
    SELECT coalesce(deal.company_id, contact.company_id), deal.value, deal.currency, min(passage.won_at), deal.kind
      FROM passage
      JOIN deal ON deal.id = passage.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
     WHERE passage.outcome = 'won'
     GROUP BY deal.id
"""
_MINUTES = """
    SELECT activity.at, activity.minutes, deal.kind
      FROM activity JOIN deal ON deal.id = activity.deal_id
     WHERE activity.at IS NOT NULL AND activity.minutes > 0
"""


# Of several deals of a company the open one that was touched last is talked about, else the last one.
_DEALS = """
    SELECT company_id, deal_id
      FROM (SELECT coalesce(deal.company_id, contact.company_id) AS company_id, deal.id AS deal_id,
                   row_number() OVER (PARTITION BY coalesce(deal.company_id, contact.company_id)
                                      ORDER BY deal_state.outcome = 'open' DESC, deal_state.last_touch DESC, deal.id)
                   AS place
              FROM deal_state
              JOIN deal ON deal.id = deal_state.deal_id
              LEFT JOIN contact ON contact.id = deal.contact_id)
     WHERE place = 1 AND company_id IS NOT NULL
"""
_COMPLAINTS = """
    WITH told(what, deal_id, text, kind, since) AS (
        SELECT 'claim', deal_id, text, kind, raised_at FROM claim WHERE settled_at IS NULL
         UNION ALL
        SELECT 'satisfaction', deal_id, text, '', at FROM satisfaction
         WHERE mark = 'below' AND NOT EXISTS (
               SELECT 1 FROM satisfaction AS later
                WHERE later.deal_id = satisfaction.deal_id
                  AND (later.at, later.id) > (satisfaction.at, satisfaction.id))
    )
    SELECT told.what, told.deal_id, deal.title, coalesce(company.name, contact.name, ''), told.kind, told.text,
           told.since
      FROM told
      JOIN deal ON deal.id = told.deal_id
      LEFT JOIN contact ON contact.id = deal.contact_id
      LEFT JOIN company ON company.id = coalesce(deal.company_id, contact.company_id)
     ORDER BY told.since, told.deal_id
"""


@dataclass(frozen=True, slots=True)
class CareLine:
    """A company between sales; ``due_on`` is the day of the next talk and ``deal_id`` what to talk about, if any."""

    care: CustomerCare
    due_on: str | None
    deal_id: str | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something to make good: an open ``claim``, or a last mark of ``satisfaction`` below what was expected."""

    what: str
    deal_id: str
    title: str
    who: str
    kind: str
    text: str
    since: str


@dataclass(frozen=True, slots=True)
class CareReport:
    """``due`` are the companies whose talk is due today or was, with its day; ``growing`` those that could buy more.

    ``relations`` is how much of the value won in twelve months came from those who bought before, ``effort`` how much
    of the minutes logged went to them: short-term against long-term (seed 003). Values are in ``currency`` only.
    ``lines`` are all companies by name, ``complaints`` what is to be made good, the oldest first.
    """

    currency: str
    today: str
    due: tuple[tuple[str, CustomerCare], ...]
    growing: tuple[CustomerCare, ...]
    relations: Share
    effort: Share
    lines: tuple[CareLine, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def care_report(read: Reader, *, today: str) -> CareReport:
    """All companies with a wished interval or a potential, as of a day; potentials by the user's rates of that day."""
    zone, currency, rates = read.zone, read.currency, exchange(read)
    bounds = twelve_months(today).bounds(zone)
    bought: Counter[str] = Counter()
    last_order: dict[str, str] = {}
    won = {True: [0, 0], False: [0, 0]}
    for company, value, money, won_at, kind in read.sql(_ORDERS):
        if company is not None:
            last_order[company] = max(last_order.get(company, won_at), won_at)
        amount = rates.in_main(value or 0, money, day_of(won_at, zone))
        if amount.currency == currency and bounds.holds(won_at):
            bought[company] += amount.minor
            of_kind = won[kind in REPEAT_KINDS]
            of_kind[0] += amount.minor
            of_kind[1] += 1
    everybody, found = [], []
    for company, name, talk, every, potential, money, deals in read.sql(_COMPANIES):
        most = rates.in_main(potential, money, today) if potential is not None else None
        known = most.minor if most is not None and most.currency == currency else None
        care = CustomerCare(company, name, talk, last_order.get(company), every, known, bought[company], deals)
        everybody.append(care)
        if every is not None or known is not None:
            found.append(care)
    due = [(day, one) for one in found if (day := one.due_on(zone)) is not None and day <= today]
    about = dict(tuple(row) for row in read.sql(_DEALS))
    minutes = {True: [0, 0], False: [0, 0]}
    for at, spent, kind in read.sql(_MINUTES):
        if bounds.holds(at):
            of_kind = minutes[kind in REPEAT_KINDS]
            of_kind[0] += spent
            of_kind[1] += 1
    return CareReport(
        currency,
        today,
        tuple(sorted(due, key=lambda one: (one[0], one[1].name))),
        tuple(sorted((one for one in found if one.unused), key=lambda one: (-one.unused, one.name))),
        _share(won),
        _share(minutes),
        tuple(
            CareLine(one, one.due_on(zone), about.get(one.company_id))
            for one in sorted(everybody, key=lambda one: (one.name, one.company_id))
        ),
        tuple(Complaint(*row) for row in read.sql(_COMPLAINTS)),
    )


def _share(counts: dict[bool, list[int]]) -> Share:
    (again, deals), (first, others) = counts[True], counts[False]
    return Share(again, again + first, deals, deals + others)
