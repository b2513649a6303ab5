"""Open deals whose expected close was put off, by what the journal says of it; all of them at once."""

import json
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from funnel_desk.domain.slips import FICTION, slips_of
from funnel_desk.storage.reader import Reader

# What was undone does not count. The day that a deal was made with stands in its creation.
_TOLD = """
    SELECT change.root, change.kind, change.value
      FROM change JOIN batch ON batch.key = change.batch
     WHERE change.root IN (
               SELECT moved.root FROM change AS moved
                 JOIN deal_state ON deal_state.deal_id = moved.root AND deal_state.outcome = 'open'
                WHERE moved.field = 'expected_close' AND moved.kind = 'set' AND moved.tbl = 'deal'
                  AND (deal_state.pipeline_id = ?1 OR ?1 = ''))
       AND change.tbl = 'deal' AND (change.field = 'expected_close' OR change.kind = 'create')
       AND change.key NOT IN (SELECT change FROM undone)
     ORDER BY change.root, batch.lamport, batch.id, change.seq
"""


class SlippedDeal(NamedTuple):
    """An open deal: how often its day was put off, and how many ``days`` it lies after the first one."""

    deal_id: str
    title: str
    company: str
    value: int | None
    currency: str
    expected_close: str
    times: int
    days: int

    @property
    def is_fiction(self) -> bool:
        """Whether it was put off so often that its day is a wish."""
        return self.times >= FICTION


def slipped_deals(read: Reader, pipeline_id: str = "") -> tuple[SlippedDeal, ...]:
    """The open deals of a pipeline, or of all (""), whose day was put off; those most often put off come first."""
    found = {}
    for deal_id, rows in groupby(read.sql(_TOLD, pipeline_id), itemgetter(0)):
        slips = slips_of([_day(kind, value) for _root, kind, value in rows])
        if slips.times:
            found[deal_id] = slips
    deals = read.sql(
        "SELECT deal.id, deal.title, coalesce(company.name, ''), deal.value, deal.currency, deal.expected_close"
        " FROM json_each(?) AS wanted JOIN deal ON deal.id = wanted.value"
        " LEFT JOIN company ON company.id = deal.company_id WHERE deal.expected_close IS NOT NULL",
        json.dumps(list(found)),
    )
    shown = [SlippedDeal._make((*row, *found[row[0]])) for row in deals]
    return tuple(sorted(shown, key=lambda one: (-one.times, -one.days, one.title, one.deal_id)))


def _day(kind: str, value: str | None) -> str | None:
    told: Any = json.loads(value) if value else None
    day = told.get("expected_close") if kind == "create" and isinstance(told, dict) else told
    return day if isinstance(day, str) else None
