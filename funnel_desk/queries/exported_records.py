"""Companies, contacts, activities and touched steps for tables that go out, with the names of what they refer to."""

from collections.abc import Iterator
from typing import NamedTuple

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import Step
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

Record = Company | Contact | Activity | TouchedStep
KINDS: dict[str, type[Record]] = {
    "companies": Company,
    "contacts": Contact,
    "activities": Activity,
    "steps": TouchedStep,
}
_TABLES = {"companies": "company", "contacts": "contact", "activities": "activity", "steps": "touched_step"}
_OF_DEALS = {"companies": "company_id", "contacts": "contact_id"}


class RecordNames(NamedTuple):
    """What records are called, by id: deals as a table of records names them, so that each is found again."""

    companies: dict[str, str]
    contacts: dict[str, str]
    deals: dict[str, str]
    steps: dict[str, Step]


def record_names(read: Reader) -> RecordNames:
    """The names of all companies, contacts, deals and steps."""
    return RecordNames(
        dict(tuple(row) for row in read.sql("SELECT id, name FROM company")),
        dict(tuple(row) for row in read.sql("SELECT id, name FROM contact")),
        deal_names(read),
        {step.id: step for step in load(read.connection, Step)},
    )


def deal_names(read: Reader) -> dict[str, str]:
    """How each deal is named where it has to be found again: its external id, else its title, else its id."""
    rows = read.sql("SELECT id, external_id, title FROM deal")
    ids = {row[0] for row in rows}
    outer = _once(row[1] for row in rows)
    every_outer = {row[1] for row in rows}
    titles = _once(row[2] for row in rows)
    names: dict[str, str] = {}
    for deal_id, external_id, title in rows:
        if external_id.strip() and external_id in outer and external_id not in ids:
            names[deal_id] = external_id
        elif title.strip() and title in titles and title not in every_outer and title not in ids:
            names[deal_id] = title
        else:
            names[deal_id] = deal_id
    return names


def records(read: Reader, what: str, deals: frozenset[str] | None = None) -> Iterator[Record]:
    """The records of a kind in the order in which they came into the file; only those of some deals, where told."""
    kind = KINDS[what]
    if deals is None:
        yield from load(read.connection, kind)
        return
    if what in _OF_DEALS:
        link = _OF_DEALS[what]
        wanted = {row[1] for row in read.sql(f"SELECT id, {link} FROM deal") if row[0] in deals}
        yield from (one for one in load(read.connection, kind) if one.id in wanted)
        return
    for one in load(read.connection, kind):
        if isinstance(one, Activity | TouchedStep) and one.deal_id in deals:
            yield one


def count_records(read: Reader, what: str) -> int:
    """How many records of a kind there are."""
    return int(read.sql(f"SELECT count(*) FROM {_TABLES[what]}")[0][0])


def _once(texts: Iterator[str]) -> set[str]:
    seen: set[str] = set()
    twice: set[str] = set()
    for text in texts:
        (twice if text in seen else seen).add(text)
    return seen - twice
