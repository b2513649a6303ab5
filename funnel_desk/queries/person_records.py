"""What belongs to a company or a contact: deals, what they add up to, and what was said."""

from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.words import Words
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.types import WordsText

Owner = Literal["company_id", "contact_id"]

MOST_DEALS = 200
"""So many deals stand on a card; the list of deals shows all of them."""
MOST_TALKS = 200


@dataclass(frozen=True, slots=True)
class RecordDeal:
    """A deal as a card of its client names it. ``stage`` is where it stands."""

    id: str
    title: str
    outcome: str
    stage: Words
    value: int | None
    currency: str
    created_at: Moment
    closed_at: Moment | None


@dataclass(frozen=True, slots=True)
class Total:
    """What the deals of one currency add up to: open and won, in minor units."""

    currency: str
    count: int
    open: int
    won: int


@dataclass(frozen=True, slots=True)
class Talk:
    """Something done or planned: ``at`` is None for a plan."""

    id: str
    kind: str
    at: Moment | None
    planned_for: Moment | None
    text: str
    minutes: int | None
    deal: str


def record_deals(read: Reader, owner: Owner, record_id: str) -> tuple[RecordDeal, ...]:
    """The deals of a company or contact: open ones first, then the newest; at most ``MOST_DEALS``."""
    words = WordsText()
    rows = read.sql(
        "SELECT deal.id, title, outcome, stage.name, value, currency, created_at, closed_at FROM deal"
        " JOIN deal_state ON deal_id = deal.id JOIN stage ON stage.id = deal_state.stage_id"
        f" WHERE deal.{owner} = ? ORDER BY outcome != 'open', created_at DESC, deal.id LIMIT {MOST_DEALS}",
        record_id,
    )
    return tuple(RecordDeal(row[0], row[1], row[2], words.process_result_value(row[3], None), *row[4:]) for row in rows)


def totals(read: Reader, owner: Owner, record_id: str) -> tuple[Total, ...]:
    """What all deals of a company or contact add up to, a line a currency; a deal without a value counts as nothing."""
    rows = read.sql(
        "SELECT currency, count(*), coalesce(sum(value) FILTER (WHERE outcome = 'open'), 0),"
        " coalesce(sum(value) FILTER (WHERE outcome = 'won'), 0) FROM deal JOIN deal_state ON deal_id = deal.id"
        f" WHERE {owner} = ? GROUP BY currency ORDER BY currency",
        record_id,
    )
    return tuple(Total(*row) for row in rows)


def talks(read: Reader, owner: Owner, record_id: str) -> tuple[Talk, ...]:
    """What was planned and done with a company or contact, plans first, then the newest; at most ``MOST_TALKS``."""
    rows = read.sql(
        "SELECT activity.id, activity.kind, at, planned_for, activity.text, minutes, coalesce(deal.title, '')"
        " FROM activity LEFT JOIN deal ON deal.id = activity.deal_id"
        f" WHERE activity.{owner} = ? ORDER BY at IS NOT NULL, coalesce(at, planned_for) DESC LIMIT {MOST_TALKS}",
        record_id,
    )
    return tuple(Talk(*row) for row in rows)


def record_deal_ids(read: Reader, owner: Owner, record_id: str) -> list[str]:
    """The ids of all deals of a company or contact."""
    return [row[0] for row in read.sql(f"SELECT id FROM deal WHERE {owner} = ?", record_id)]


def record_count(read: Reader, kind: Literal["company", "contact"]) -> int:
    """How many companies or contacts there are."""
    return int(read.sql(f"SELECT count(*) FROM {kind}")[0][0])
