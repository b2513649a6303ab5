"""The companies: the keys of those that are searched for, in order; the lines of some keys; one with all of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.search import folded
from funnel_desk.queries.person_records import RecordDeal, Talk, Total, record_deals, talks, totals
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

CompanySort = Literal["name", "industry", "segment", "owner", "people", "open", "deals", "talked"]

_FOUND_BY = "name, site, industry, segment, owner"
_COUNTS = {
    "people": "SELECT company_id, count(*) FROM contact WHERE company_id IS NOT NULL GROUP BY 1",
    "open": (
        "SELECT company_id, count(*) FROM deal JOIN deal_state ON deal_id = deal.id"
        " WHERE outcome = 'open' AND company_id IS NOT NULL GROUP BY 1"
    ),
    "deals": "SELECT company_id, count(*) FROM deal WHERE company_id IS NOT NULL GROUP BY 1",
    "talked": "SELECT company_id, max(at) FROM activity WHERE company_id IS NOT NULL GROUP BY 1",
}


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A line of the list: the company, how many people and deals it has, and the last talk."""

    row_key: int
    company: Company
    people: int
    open_deals: int
    deals: int
    talked: str | None


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A company with its people, its deals (open ones first), what they add up to, and what was said."""

    company: Company
    people: tuple[Contact, ...]
    deals: tuple[RecordDeal, ...]
    totals: tuple[Total, ...]
    talks: tuple[Talk, ...]


def company_keys(read: Reader, text: str = "", sort: CompanySort = "name", *, descending: bool = False) -> list[int]:
    """The keys of the companies whose texts contain every word, in order; those that have nothing there come last."""
    rows = read.sql(f"SELECT row_key, id, {_FOUND_BY} FROM company")
    words = folded(text).split()
    if words:
        rows = [row for row in rows if _holds(" ".join(row[2:]), words)]
    if sort in _COUNTS:
        counts = {row[0]: row[1] for row in read.sql(_COUNTS[sort])}
        ordered = [(counts.get(row[1]) or "", folded(row[2]), row[0]) for row in rows]
    else:
        place = 2 + _FOUND_BY.split(", ").index(sort)
        ordered = [(folded(row[place]), folded(row[2]), row[0]) for row in rows]
    return in_order(ordered, descending=descending)


def in_order(rows: Sequence[tuple[str | int, str, int]], *, descending: bool) -> list[int]:
    """Keys by (value, name): the names always rise, and what has no value comes last either way."""
    by_name = sorted(rows, key=lambda row: (row[1], row[2]))
    told = sorted((row for row in by_name if row[0] != ""), key=lambda row: row[0], reverse=descending)
    return [row[2] for row in told] + [row[2] for row in by_name if row[0] == ""]


def company_rows(read: Reader, keys: Sequence[int]) -> list[CompanyRow]:
    """The lines of these keys, in no order of their own; keys that are gone are left out."""
    marks = ", ".join("?" * len(keys))
    found = read.sql(
        "SELECT row_key, id,"
        " (SELECT count(*) FROM contact WHERE company_id = company.id),"
        " (SELECT count(*) FROM deal JOIN deal_state ON deal_id = deal.id"
        "   WHERE company_id = company.id AND outcome = 'open'),"
        " (SELECT count(*) FROM deal WHERE company_id = company.id),"
        " (SELECT max(at) FROM activity WHERE company_id = company.id)"
        f" FROM company WHERE row_key IN ({marks})",
        *keys,
    )
    known = {one.id: one for one in load(read.connection, Company, "id", [row[1] for row in found])}
    return [CompanyRow(row[0], known[row[1]], row[2], row[3], row[4], row[5]) for row in found]


def company_key(read: Reader, company_id: str) -> int | None:
    """The key of a company; None if it is gone."""
    found = read.sql("SELECT row_key FROM company WHERE id = ?", company_id)
    return found[0][0] if found else None


def company_card(read: Reader, company_id: str) -> CompanyCard | None:
    """A company with all of its own; None if it is gone."""
    found = load(read.connection, Company, "id", [company_id])
    if not found:
        return None
    people = load(read.connection, Contact, "company_id", [company_id])
    return CompanyCard(
        company=found[0],
        people=tuple(sorted(people, key=lambda one: folded(one.name))),
        deals=record_deals(read, "company_id", company_id),
        totals=totals(read, "company_id", company_id),
        talks=talks(read, "company_id", company_id),
    )


def _holds(text: str, words: Sequence[str]) -> bool:
    told = folded(text)
    return all(word in told for word in words)
