"""What is known around a deal: questions, obstacles, people, terms, what came after, what it is linked with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from funnel_desk.domain.aftercare import Claim, Satisfaction, Waiting
from funnel_desk.domain.commitment import Condition, Risk, TermsRequest
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.feedback import Feedback
from funnel_desk.domain.moments import Moment
from funnel_desk.domain.obstacle import Obstacle
from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.people import Contact
from funnel_desk.domain.qualification import Criterion
from funnel_desk.domain.slips import Slips, slips_of
from funnel_desk.domain.stakeholder import Stakeholder
from funnel_desk.storage.history import read_arguments
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

Way = Literal["hand", "import", "merge"]


class Origin(NamedTuple):
    """Who wrote something down, and by which way it came: by hand, from a file imported, from a file merged."""

    author: str
    way: Way
    file: str = ""


class CloseTold(NamedTuple):
    """The expected close as somebody said it: on which day, None where it was taken away."""

    at: Moment
    day: str | None
    author: str


class LinkedSale(NamedTuple):
    """A sale that this one grew out of (``former``), or that grew out of it. Value in minor units."""

    deal_id: str
    title: str
    kind: str
    former: bool
    outcome: str
    value: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class DealFacts:
    """All of it, the older first. ``origins`` are those of its rows by their ids; ``fields`` those of all deals."""

    criteria: tuple[Criterion, ...]
    obstacles: tuple[Obstacle, ...]
    stakeholders: tuple[Stakeholder, ...]
    conditions: tuple[Condition, ...]
    risks: tuple[Risk, ...]
    requests: tuple[TermsRequest, ...]
    satisfactions: tuple[Satisfaction, ...]
    claims: tuple[Claim, ...]
    waitings: tuple[Waiting, ...]
    feedback: tuple[Feedback, ...]
    closes: tuple[CloseTold, ...]
    slips: Slips
    fields: tuple[OwnField, ...]
    linked: tuple[LinkedSale, ...]
    contacts: tuple[Contact, ...]
    origins: Mapping[str, Origin]

    @property
    def open_obstacles(self) -> tuple[Obstacle, ...]:
        """What stands in the way still."""
        return tuple(one for one in self.obstacles if one.removed_at is None)

    @property
    def open_risks(self) -> tuple[Risk, ...]:
        """The critical signs that are there still."""
        return tuple(one for one in self.risks if one.settled_at is None)


def holders_of(read: Reader, field: str) -> int:
    """How many deals say something in an own field."""
    found = read.sql(
        "SELECT count(*) FROM deal WHERE EXISTS (SELECT 1 FROM json_each(deal.custom) WHERE json_each.key = ?)", field
    )
    return int(found[0][0])


def deal_facts(read: Reader, deal: Deal) -> DealFacts:
    """What is known around a deal."""

    def of(kind: type[Any]) -> tuple[Any, ...]:
        return tuple(load(read.connection, kind, "deal_id", [deal.id]))

    closes = _closes(read, deal.id)
    contacts = load(read.connection, Contact, "company_id", [deal.company_id]) if deal.company_id else []
    return DealFacts(
        criteria=of(Criterion),
        obstacles=of(Obstacle),
        stakeholders=of(Stakeholder),
        conditions=of(Condition),
        risks=of(Risk),
        requests=of(TermsRequest),
        satisfactions=of(Satisfaction),
        claims=of(Claim),
        waitings=of(Waiting),
        feedback=of(Feedback),
        closes=closes,
        slips=slips_of([one.day for one in closes]),
        fields=tuple(sorted(load(read.connection, OwnField), key=lambda one: (one.position, one.id))),
        linked=_linked(read, deal),
        contacts=tuple(contacts),
        origins=_origins(read, deal.id),
    )


def _closes(read: Reader, deal_id: str) -> tuple[CloseTold, ...]:
    """What the cell said one after another, as the journal has it; what was undone does not count."""
    rows = read.sql(
        "SELECT change.kind, change.value, batch.at, batch.author FROM change JOIN batch ON batch.key = change.batch"
        " WHERE root = ?1 AND \"row\" = ?1 AND (field = 'expected_close' OR change.kind = 'create')"
        " AND change.key NOT IN (SELECT change FROM undone) ORDER BY batch.lamport, batch.id, seq",
        deal_id,
    )
    found: list[CloseTold] = []
    for kind, value, at, author in rows:
        told = json.loads(value) if value else None
        day = told.get("expected_close") if kind == "create" and isinstance(told, dict) else told
        if isinstance(day, str) or found:
            found.append(CloseTold(at, day if isinstance(day, str) else None, author))
    return tuple(found)


def _origins(read: Reader, deal_id: str) -> dict[str, Origin]:
    rows: Sequence[Any] = read.sql(
        'SELECT change."row", batch.author, batch.arguments, merge_record.file FROM change'
        " JOIN batch ON batch.key = change.batch LEFT JOIN merged_batch ON merged_batch.batch = batch.key"
        " LEFT JOIN merge_record ON merge_record.key = merged_batch.record"
        " WHERE change.root = ? AND change.kind = 'create'",
        deal_id,
    )
    return {row: _origin(author, arguments, merged) for row, author, arguments, merged in rows}


def _origin(author: str, arguments: str, merged: str | None) -> Origin:
    if merged is not None:
        return Origin(author, "merge", merged)
    file = read_arguments(arguments).get("file")  # only an import names a file
    return Origin(author, "import", str(file)) if file else Origin(author, "hand")


def _linked(read: Reader, deal: Deal) -> tuple[LinkedSale, ...]:
    rows = read.sql(
        "SELECT deal.id, title, kind, deal.id = ?1, outcome, value, currency FROM deal"
        " JOIN deal_state ON deal_id = deal.id"
        " WHERE deal.id = ?1 OR deal.id IN (SELECT id FROM deal WHERE follows = ?2 AND follows != '')"
        " ORDER BY created_at, deal.id",
        deal.follows,
        deal.id,
    )
    return tuple(LinkedSale(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows)
