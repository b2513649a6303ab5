"""Import of contacts: found by name with e-mail, phone or company, changed where the table says more, or made."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from funnel_desk.domain.likeness import email_likeness, phone_likeness
from funnel_desk.domain.people import Company, Contact
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_likeness import Likeness, person_words
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_people import People
from funnel_desk.operations.import_records import (
    SEVERAL_MEANT,
    UNCHANGED,
    Decision,
    Edits,
    Seen,
    Watch,
    attempt,
    changed,
    name_key,
    rejected,
    take_in,
)
from funnel_desk.operations.import_revisions import Renamed
from funnel_desk.operations.import_values import BOTH, NOT_HERE, Alike, IncomingRow, Match, Tally, Terms
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

FIELDS = ("name", "email", "phone", "messenger", "role", "attitude", "note")


@operation(N_("Import {count} contacts from {file}"))
def import_contacts(
    batch: Batch,
    rows: Sequence[IncomingRow],
    *,
    file: str,
    match: Match | None = None,
    terms: Terms = BOTH,
    progress: Progress = NO_PROGRESS,
) -> Tally:
    """Take in rows of a table of contacts, and make the companies that they name. One batch, undone as one."""
    return take_in(batch, ContactImport(batch, rows, match, terms), file, N_("Writing contacts"), progress)


def try_contacts(
    look: Look,
    rows: Sequence[IncomingRow],
    *,
    match: Match | None = None,
    terms: Terms = BOTH,
    watch: Watch | None = None,
) -> Tally:
    """What an import of these rows would come to; writes nothing."""
    return attempt(ContactImport(look, rows, match, terms), watch)


class ContactImport:
    """One import of contacts while it is being worked out."""

    def __init__(self, look: Look, rows: Sequence[IncomingRow], match: Match | None, terms: Terms) -> None:
        self.rows, self._match, self._look, self._terms = rows, match, look, terms
        self._unmade: dict[str, Company] = {}
        self._edits = Edits(look, rows, "contact")
        self._renamed = Renamed(look, [row.rev for row in rows])
        self._people = People(look)
        self._known = {one.id: one for one in look.find(Contact)}
        self._names = _sorted_by(self._known.values(), lambda one: name_key(one.name))
        self._emails = _sorted_by(self._known.values(), lambda one: email_likeness(one.email))
        self._phones = _sorted_by(self._known.values(), lambda one: phone_likeness(one.phone))
        self._likeness = Likeness((one.name for one in self._known.values()), person_words)
        self._seen = Seen()
        self.alike: list[Alike] = []

    def decide(self, row: IncomingRow) -> Decision:
        """What becomes of a row."""
        told = {name: row.values[name] for name in FIELDS if name in row.values}
        gone = self._edits.gone(row, Contact, told) if row.uid and row.uid not in self._known else None
        return self._decide(row) if gone is None else gone

    def _decide(self, row: IncomingRow) -> Decision:
        told = {name: row.values[name] for name in FIELDS if name in row.values}
        present_company = self._known[row.uid].company_id if row.uid in self._known else None
        company = self._renamed.name("company", row.rev, present_company, str(row.values.get("company", "")))
        company_id = self._people.company(company, present_company) if company else None
        self._unmade |= {one.id: one for one in cast("list[Company]", self._people.take()[0])}
        if company_id is not None:
            told["company_id"] = company_id
        meant = self._meant(row, told, company_id)
        if len(meant) > 1:
            return rejected(row, SEVERAL_MEANT, count=len(meant))
        if meant and self._terms.only == "new":
            return UNCHANGED
        if not meant and self._terms.only == "changes":
            return rejected(row, NOT_HERE)
        made = [self._unmade.pop(company_id)] if company_id in self._unmade else []
        if (again := self._again(row, told, meant)) is not None:
            return again._replace(adds=made) if again.fate == "unchanged" and made else again
        if meant:
            present = self._known[meant[0].id]
            called_so = name_key(present.name) == name_key(str(told["name"])) and not row.uid
            if called_so or row.line in self._terms.same:
                told.pop("name")
            return changed(present, self._edits.of(row, present, told), made, self._edits.since(row))
        return self._new(row, told, made)

    def _again(self, row: IncomingRow, told: Mapping[str, object], meant: Sequence[Contact]) -> Decision | None:
        if self._match == "none":
            return None
        person = (
            name_key(str(told["name"])),
            email_likeness(str(told.get("email", ""))),
            "" if told.get("email") else phone_likeness(str(told.get("phone", ""))),
            told.get("company_id"),
        )
        key: object = person
        if meant:
            key = meant[0].id
        elif row.uid:
            key = ("uid", row.uid)
        elif self._match in {"email", "phone"}:
            key = (email_likeness if self._match == "email" else phone_likeness)(str(told.get(self._match, ""))) or None
        return self._seen.again(key, row)

    def _new(self, row: IncomingRow, told: Mapping[str, object], made: Sequence[Company]) -> Decision:
        contact = Contact(self._look.new_id(), **told)  # type: ignore[arg-type]  # the names of its own fields
        owner, other = self._owner_of_address(contact), self._likeness.find(contact.name)
        if owner is not None:
            self.alike.append(Alike(row.line, contact.name, owner.name, owner.id if owner.id in self._known else ""))
        elif other is not None:
            here = self._names.get(name_key(other), [])
            self.alike.append(Alike(row.line, contact.name, other, here[0].id if here else ""))
        for known, key in (
            (self._emails, email_likeness(contact.email)),
            (self._phones, phone_likeness(contact.phone)),
        ):
            if key and self._match != "none":
                known[key].append(contact)
        return Decision("created", [*made, contact])

    def _owner_of_address(self, contact: Contact) -> Contact | None:
        """Who has the same e-mail address or phone under another name."""
        same = [
            *self._emails.get(email_likeness(contact.email), ()),
            *self._phones.get(phone_likeness(contact.phone), ()),
        ]
        return same[0] if same else None

    def _meant(self, row: IncomingRow, told: Mapping[str, object], company_id: str | None) -> list[Contact]:
        """The contacts that a row may mean."""
        if self._terms.same.get(row.line) in self._known:
            return [self._known[self._terms.same[row.line]]]
        if self._match == "none":
            return []
        if row.uid in self._known:
            return [self._known[row.uid]]
        email = email_likeness(str(told.get("email", "")))
        phone = phone_likeness(str(told.get("phone", "")))
        if self._match in {"email", "phone"}:
            found = self._emails.get(email, []) if self._match == "email" else self._phones.get(phone, [])
            return [one for one in found if one.id in self._known]
        return _likely(self._names.get(name_key(str(told["name"])), []), email, phone, company_id)


def _likely(named: Sequence[Contact], email: str, phone: str, company_id: str | None) -> list[Contact]:
    """Of people of one name: who has the e-mail, else the phone, else works there and has no other address."""
    if email and (same := [one for one in named if email_likeness(one.email) == email]):
        return same
    unlike = [one for one in named if not (email and email_likeness(one.email))]
    if phone and (same := [one for one in unlike if phone_likeness(one.phone) == phone]):
        return same
    return [one for one in unlike if one.company_id == company_id]


def _sorted_by(contacts: Iterable[Contact], key: Callable[[Contact], str]) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for one in contacts:
        found[key(one)].append(one)
    found.pop("", None)
    return found
