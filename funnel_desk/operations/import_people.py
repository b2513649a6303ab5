"""Companies and contacts that a table names: found by their names, or made."""

from collections import defaultdict
from dataclasses import replace

from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.search import folded
from funnel_desk.operations.import_look import Look


class People:
    """The companies and contacts of the workspace with those that the table adds.

    What has to be written waits in ``made`` and ``mended`` until `take` is called.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._companies: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for company_id, name in look.rows("SELECT id, name FROM company ORDER BY row_key"):
            self._companies.setdefault(folded(name.strip()), company_id)
            self._names[company_id] = name
        self._contacts: dict[str, Contact] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_email: dict[str, list[str]] = defaultdict(list)
        self._by_phone: dict[str, str] = {}
        for row in look.rows("SELECT id, name, company_id, email, phone FROM contact ORDER BY row_key"):
            self._know(Contact(row[0], row[1], row[2], row[3], row[4]))
        self._settled: set[tuple[str, str]] = set()
        self.made: list[Company | Contact] = []
        self.mended: dict[str, dict[str, str]] = {}

    def take(self) -> tuple[list[Company | Contact], list[tuple[Contact, Contact]]]:
        """What has to be added, and what has to be saved (before, after), since the last time."""
        made, mended = self.made, self.mended
        self.made, self.mended = [], {}
        if not mended:
            return made, []
        found = self._look.find_among(Contact, "id", mended)
        return made, [(before, replace(before, **mended[before.id])) for before in found]

    def company(self, name: str, present: str | None = None) -> str:
        """The id of the company of this name; the present one, if it is called so."""
        key = folded(name.strip())
        if present is not None and folded(self._names.get(present, "").strip()) == key:
            return present
        found = self._companies.get(key)
        if found is None:
            company = Company(self._look.new_id(), name)
            found = self._companies[key] = company.id
            self._names[found] = name
            self.made.append(company)
        return found

    def contact(self, name: str, email: str, phone: str, company_id: str | None, present: str | None = None) -> str:
        """The id of the person meant: the present one if the name fits, else by name and mail, else a new one."""
        found = self._meant(name, email, phone, company_id, present)
        if found is None:
            found = Contact(self._look.new_id(), name or email or phone, company_id, email, phone)
            self._know(found)
            self.made.append(found)
            self._settled.update((found.id, name) for name, value in (("email", email), ("phone", phone)) if value)
        else:
            self._mend(found, email, phone)
        return found.id

    def _meant(self, name: str, email: str, phone: str, company_id: str | None, present: str | None) -> Contact | None:
        here = self._contacts.get(present or "")
        key, mail = folded(name.strip()), folded(email.strip())
        if here is not None and key in {"", folded(here.name.strip())} and (key or mail == folded(here.email.strip())):
            return here
        if not key:
            if mail:
                return next((self._contacts[one] for one in self._by_email[mail]), None)
            return self._contacts.get(self._by_phone.get(phone, ""))
        named = [self._contacts[one] for one in self._by_name[key]]
        if mail:
            same = next((one for one in named if folded(one.email.strip()) == mail), None)
            return same or next((one for one in named if one.company_id == company_id and not one.email), None)
        return next((one for one in named if one.company_id == company_id), None)

    def _know(self, contact: Contact) -> None:
        self._contacts[contact.id] = contact
        self._by_name[folded(contact.name.strip())].append(contact.id)
        if contact.email:
            self._by_email[folded(contact.email.strip())].append(contact.id)
        if contact.phone:
            self._by_phone.setdefault(contact.phone, contact.id)

    def _mend(self, contact: Contact, email: str, phone: str) -> None:
        """What the table tells of a person anew; the first row that tells it decides."""
        told = {"email": email, "phone": phone}
        new = {name: value for name, value in told.items() if value and (contact.id, name) not in self._settled}
        self._settled.update((contact.id, name) for name in new)
        new = {name: value for name, value in new.items() if value != getattr(contact, name)}
        if new:
            self.mended[contact.id] = self.mended.get(contact.id, {}) | new
            self._contacts[contact.id] = replace(contact, **new)
            if "email" in new:
                self._by_email[folded(email.strip())].append(contact.id)
