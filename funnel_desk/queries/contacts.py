"""The people to talk to: those of some deals, those who are searched for, and one with all of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.search import folded
from funnel_desk.queries.companies import in_order
from funnel_desk.queries.person_records import RecordDeal, Talk, Total, record_deals, talks, totals
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

CHUNK = 500

ContactSort = Literal["name", "company", "role", "email", "phone", "open", "talked"]

_COLUMNS = ("name", "company", "role", "email", "phone", "messenger")
_COUNTS = {
    "open": (
        "SELECT contact_id, count(*) FROM deal JOIN deal_state ON deal_id = deal.id"
        " WHERE outcome = 'open' AND contact_id IS NOT NULL GROUP BY 1"
    ),
    "talked": "SELECT contact_id, max(at) FROM activity WHERE contact_id IS NOT NULL GROUP BY 1",
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A line of the list: the person, the name of the company, how many open deals, and the last talk."""

    row_key: int
    contact: Contact
    company: str
    open_deals: int
    talked: str | None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person with the company, the deals (open ones first), what they add up to, and what was said."""

    contact: Contact
    company: Company | None
    deals: tuple[RecordDeal, ...]
    totals: tuple[Total, ...]
    talks: tuple[Talk, ...]


def contact_keys(read: Reader, text: str = "", sort: ContactSort = "name", *, descending: bool = False) -> list[int]:
    """The keys of the contacts whose texts contain every word, in order; those that have nothing there come last."""
    rows = read.sql(
        "SELECT contact.row_key, contact.id, contact.name, coalesce(company.name, ''), role, email, phone, messenger"
        " FROM contact LEFT JOIN company ON company.id = contact.company_id"
    )
    words = folded(text).split()
    if words:
        rows = [row for row in rows if all(word in folded(" ".join(row[2:])) for word in words)]
    if sort in _COUNTS:
        counts = {row[0]: row[1] for row in read.sql(_COUNTS[sort])}
        return in_order([(counts.get(row[1]) or "", folded(row[2]), row[0]) for row in rows], descending=descending)
    place = 2 + _COLUMNS.index(sort)
    return in_order([(folded(row[place]), folded(row[2]), row[0]) for row in rows], descending=descending)


def contact_rows(read: Reader, keys: Sequence[int]) -> list[ContactRow]:
    """The lines of these keys, in no order of their own; keys that are gone are left out."""
    found = read.sql(
        "SELECT contact.row_key, contact.id, coalesce(company.name, ''),"
        " (SELECT count(*) FROM deal JOIN deal_state ON deal_id = deal.id"
        "   WHERE contact_id = contact.id AND outcome = 'open'),"
        " (SELECT max(at) FROM activity WHERE contact_id = contact.id)"
        " FROM contact LEFT JOIN company ON company.id = contact.company_id"
        f" WHERE contact.row_key IN ({', '.join('?' * len(keys))})",
        *keys,
    )
    known = {one.id: one for one in load(read.connection, Contact, "id", [row[1] for row in found])}
    return [ContactRow(row[0], known[row[1]], row[2], row[3], row[4]) for row in found]


def contact_key(read: Reader, contact_id: str) -> int | None:
    """The key of a contact; None if it is gone."""
    found = read.sql("SELECT row_key FROM contact WHERE id = ?", contact_id)
    return found[0][0] if found else None


def contact_card(read: Reader, contact_id: str) -> ContactCard | None:
    """A person with all of their own; None if there is none of this id (any more)."""
    found = load(read.connection, Contact, "id", [contact_id])
    if not found:
        return None
    company = load(read.connection, Company, "id", [found[0].company_id]) if found[0].company_id else []
    return ContactCard(
        contact=found[0],
        company=company[0] if company else None,
        deals=record_deals(read, "contact_id", contact_id),
        totals=totals(read, "contact_id", contact_id),
        talks=talks(read, "contact_id", contact_id),
    )


def deal_contacts(read: Reader, deal_ids: Sequence[str]) -> dict[str, Contact]:
    """The contact of each of these deals that has one, by deal."""
    found: dict[str, Contact] = {}
    for start in range(0, len(deal_ids), CHUNK):
        part = deal_ids[start : start + CHUNK]
        of_deal = dict(
            read.sql(
                "SELECT id, contact_id FROM deal WHERE contact_id IS NOT NULL"
                f" AND id IN ({', '.join('?' * len(part))})",
                *part,
            )
        )
        contacts = {one.id: one for one in load(read.connection, Contact, "id", sorted(set(of_deal.values())))}
        found |= {deal: contacts[contact] for deal, contact in of_deal.items() if contact in contacts}
    return found
