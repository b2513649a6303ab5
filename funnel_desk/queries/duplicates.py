"""Companies and contacts that may be the same one written twice, with the reason.

Records are compared only where they share a key: all of the normalised name, an e-mail address, the digits of a phone,
a host, or (for names that merely resemble each other) how a word begins or ends. So a large file takes seconds.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeVar

from funnel_desk.domain.likeness import (
    LEGAL_FORMS,
    company_likeness,
    email_likeness,
    person_likeness,
    phone_likeness,
    site_likeness,
    words_of,
)
from funnel_desk.domain.not_duplicate import RecordKind
from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import N_
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.reader import Reader
from funnel_desk.storage.situations import load

Reason = Literal["name", "email", "phone", "site", "similar"]
Record = TypeVar("Record", Company, Contact)

LEAST_ALIKE = 87
"""From so much on two names resemble each other, of 100."""
MOST_IN_BLOCK = 60
"""A key that more records share (an info@ address, the word for a plant) says nothing of any two of them."""
_BEGINNING, _END, _LONG = 4, 5, 7
_REPORT_EVERY = 2_000
_COMPARING = N_("Comparing names")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one; ``alike`` is how much their names resemble each other, 0 to 100."""

    kind: RecordKind
    first: str
    second: str
    first_name: str
    second_name: str
    reasons: tuple[Reason, ...]
    alike: int


@dataclass(frozen=True, slots=True)
class MergeSize:
    """What hangs on a record and would move: how many deals, contacts, talks, and parts in deals."""

    deals: int
    contacts: int
    talks: int
    parts: int


def company_pairs(read: Reader, progress: Progress = NO_PROGRESS) -> list[Pair]:
    """The companies that may be the same: the surest first. Raises Cancelled when the person has changed their mind."""
    companies: list[Company] = load(read.connection, Company)
    keys: dict[Reason, Callable[[Company], str]] = {
        "name": lambda one: company_likeness(one.name),
        "site": lambda one: site_likeness(one.site),
    }
    return _pairs(read, "company", companies, keys, company_likeness, progress)


def contact_pairs(read: Reader, progress: Progress = NO_PROGRESS) -> list[Pair]:
    """The contacts that may be the same: the surest first. The same name alone counts within one company only."""
    contacts: list[Contact] = load(read.connection, Contact)
    keys: dict[Reason, Callable[[Contact], str]] = {
        "name": lambda one: f"{person_likeness(one.name)}\n{one.company_id or ''}",
        "email": lambda one: email_likeness(one.email),
        "phone": lambda one: phone_likeness(one.phone),
    }
    return _pairs(read, "contact", contacts, keys, person_likeness, progress)


def merge_size(read: Reader, kind: RecordKind, record_id: str) -> MergeSize:
    """What a merge would move away from this record."""
    owner = f"{kind}_id"

    def count(table: str) -> int:
        return int(read.sql(f"SELECT count(*) FROM {table} WHERE {owner} = ?", record_id)[0][0])

    if kind == "company":
        return MergeSize(count("deal"), count("contact"), count("activity"), 0)
    return MergeSize(count("deal"), 0, count("activity"), count("stakeholder"))


def record(read: Reader, kind: RecordKind, record_id: str) -> Company | Contact | None:
    """A company or contact by its id; None if it is gone."""
    found = load(read.connection, Company if kind == "company" else Contact, "id", [record_id])
    return found[0] if found else None


def _pairs(
    read: Reader,
    kind: RecordKind,
    records: list[Record],
    keys: dict[Reason, Callable[[Record], str]],
    likeness: Callable[[str], str],
    progress: Progress,
) -> list[Pair]:
    found: dict[tuple[int, int], dict[Reason, None]] = defaultdict(dict)
    for reason, key in keys.items():
        blocks: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(records):
            if told := key(one).strip():
                blocks[told].append(place)
        for pair in _within(blocks.values()):
            found[pair][reason] = None
    alike = {pair: 100 for pair, reasons in found.items() if "name" in reasons}
    names = [likeness(one.name) for one in records]
    for pair, score in _resembling(kind, records, names, progress):
        alike[pair] = score
        if pair not in alike or "name" not in found[pair]:
            found[pair]["similar"] = None
    apart = {(row[0], row[1]) for row in read.sql("SELECT first, second FROM not_duplicate WHERE kind = ?", kind)}
    pairs = []
    for (first, second), reasons in found.items():
        one, other = records[first], records[second]
        if (min(one.id, other.id), max(one.id, other.id)) not in apart:
            pairs.append(
                Pair(kind, one.id, other.id, one.name, other.name, tuple(reasons), alike.get((first, second), 0))
            )
    pairs.sort(key=lambda pair: (-len(pair.reasons), -pair.alike, pair.first_name.casefold(), pair.first, pair.second))
    return pairs


def _resembling(
    kind: RecordKind, records: list[Record], names: list[str], progress: Progress
) -> Iterator[tuple[tuple[int, int], int]]:
    """Pairs whose names resemble each other without being the same."""
    from rapidfuzz import fuzz, process  # a compiled library that the start of the program does not wait for

    blocks: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in set(words_of(name)) - LEGAL_FORMS:
            at_home = (getattr(records[place], "company_id", None) or "") if kind == "contact" else ""
            if len(word) >= _BEGINNING:
                blocks[f"{word[:_BEGINNING]}\n{at_home}"].append(place)
            if len(word) >= _LONG:
                blocks[f"\t{word[-_END:]}\n{at_home}"].append(place)
    seen: set[tuple[int, int]] = set()
    useful = [block for block in blocks.values() if len(block) > 1]
    for number, block in enumerate(useful):
        if number % _REPORT_EVERY == 0:
            progress.report(number, len(useful), _COMPARING)
        told = [names[place] for place in block]
        for at, place in enumerate(block):
            for name, score, beyond in process.extract(
                told[at], told[at + 1 :], scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=MOST_IN_BLOCK
            ):
                pair = place, block[at + 1 + beyond]
                if name != told[at] and pair not in seen:
                    seen.add(pair)
                    yield pair, round(score)


def _within(blocks: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if len(block) <= MOST_IN_BLOCK:
            yield from combinations(block, 2)
