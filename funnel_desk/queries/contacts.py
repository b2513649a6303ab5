"""Whom to talk to about deals."""

from collections.abc import Sequence

from funnel_desk.domain.people import Contact
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

CHUNK = 500


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
