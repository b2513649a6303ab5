"""What the file knows of a person: every value in the journal, of now and before, that is about or names them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from funnel_desk.domain.moments import Moment
from funnel_desk.storage.blanks import ARGUMENTS, BLANK, ERASABLE, Value
from funnel_desk.storage.reader import Reader

OF_CONTACT = ("name", "email", "phone", "messenger")
LEAST_LENGTH = 3
"""Shorter words would be found everywhere."""
_ROWS = {
    "contact": "SELECT contact.*, company.name AS company FROM contact"
    " LEFT JOIN company ON company.id = contact.company_id WHERE contact.id = ?",
    "deal": "SELECT deal.*, outcome FROM deal JOIN deal_state ON deal_id = deal.id WHERE contact_id = ? ORDER BY id",
    "activity": "SELECT * FROM activity WHERE contact_id = ? ORDER BY id",
    "stakeholder": "SELECT * FROM stakeholder WHERE contact_id = ? ORDER BY id",
}

_CHANGES = """
    SELECT batch.id, change.seq, change.kind, change.root, change.tbl, change."row", change.field, change.value,
           batch.at, batch.author
      FROM change JOIN batch ON batch.key = change.batch
     WHERE change.value IS NOT NULL
     ORDER BY batch.lamport, batch.id, change.seq
"""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that belongs to a person as it stands now: its table, and what is not empty of it as it is kept."""

    table: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mention:
    """One value about a person: its place in the journal, the row and field, what it says, and who wrote it when.

    ``own`` values are the contact's own; the others name the person somewhere else. The table of the words for an act
    is empty.
    """

    value: Value
    table: str
    row: str
    field: str
    says: str
    at: Moment
    author: str
    own: bool


def mentions(read: Reader, contact_id: str, also: Sequence[str] = ()) -> tuple[Mention, ...]:
    """All values about a contact, in the order they were written: its own, and where its name, mail or phone stands.

    ``also`` are further words that mean this person, such as a surname. Words of fewer than three letters are not
    looked for. Only what may be erased is told.
    """
    changes = read.sql(_CHANGES)
    words = {word.strip() for word in also} | _words(changes, contact_id)
    named = _pattern(word for word in words if len(word) >= LEAST_LENGTH)
    found: list[Mention] = []
    for batch, seq, kind, _root, table, row, field, text, at, author in changes:
        own = table == "contact" and row == contact_id
        allowed = ERASABLE.get(table, frozenset())
        if not allowed or not (own or (named and named.search(text.casefold()))):
            continue
        said: Mapping[str, object] = json.loads(text) if kind == "create" else {field: json.loads(text)}
        for name, value in said.items():
            words_said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            if name not in allowed or not value or value == BLANK:
                continue
            if own or (named and named.search(words_said.casefold())):
                found.append(Mention(Value(batch, seq, name), table, row, name, words_said, at, author, own))
    return (*found, *_in_labels(read, named))


def person_rows(read: Reader, contact_id: str) -> tuple[PersonRow, ...]:
    """The contact itself, and the deals, talks and parts in decisions that are linked to it, as they stand now."""
    found: list[PersonRow] = []
    for table, statement in _ROWS.items():
        for row in read.connection.exec_driver_sql(statement, (contact_id,)).mappings():
            told = {key: value for key, value in row.items() if key != "row_key" and value not in {None, ""}}
            found.append(PersonRow(table, told))
    return tuple(found)


def _words(changes: Iterable[Sequence[object]], contact_id: str) -> set[str]:
    """What the contact's name, mail, phone and messenger ever were."""
    words: set[str] = set()
    for _batch, _seq, kind, _root, table, row, field, text, *_rest in changes:
        if table == "contact" and row == contact_id and isinstance(text, str):
            said = json.loads(text) if kind == "create" else {field: json.loads(text)}
            words.update(str(said[name]).strip() for name in OF_CONTACT if said.get(name))
    return words - {BLANK}


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, whole; as they stand in JSON, where quotes and backslashes are escaped."""
    forms = {
        form for word in words for form in (word.casefold(), json.dumps(word, ensure_ascii=False)[1:-1].casefold())
    }
    if not forms:
        return None
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _in_labels(read: Reader, named: re.Pattern[str] | None) -> list[Mention]:
    if named is None:
        return []
    found: list[Mention] = []
    for batch, arguments, at, author in read.sql("SELECT id, arguments, at, author FROM batch ORDER BY lamport, id"):
        if not named.search(arguments.casefold()):
            continue
        for name, value in json.loads(arguments).items():
            says = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            if named.search(says.casefold()):
                found.append(Mention(Value(batch, ARGUMENTS, name), "", "", name, says, at, author, own=False))
    return found
