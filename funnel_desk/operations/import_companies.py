"""Import of companies: found by their names, changed where the table says more, or made."""

from collections import defaultdict
from collections.abc import Sequence

from funnel_desk.domain.people import Company
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_likeness import Likeness, company_words
from funnel_desk.operations.import_look import Look
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
from funnel_desk.operations.import_values import BOTH, NOT_HERE, Alike, IncomingRow, Match, Tally, Terms
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

FIELDS = ("name", "site", "industry", "usage", "segment", "size", "price_sensitivity", "owner", "note")


@operation(N_("Import {count} companies from {file}"))
def import_companies(
    batch: Batch,
    rows: Sequence[IncomingRow],
    *,
    file: str,
    match: Match | None = None,
    terms: Terms = BOTH,
    progress: Progress = NO_PROGRESS,
) -> Tally:
    """Take in rows of a table of companies. One batch, undone as one."""
    return take_in(batch, CompanyImport(batch, rows, match, terms), file, N_("Writing companies"), progress)


def try_companies(
    look: Look,
    rows: Sequence[IncomingRow],
    *,
    match: Match | None = None,
    terms: Terms = BOTH,
    watch: Watch | None = None,
) -> Tally:
    """What an import of these rows would come to; writes nothing."""
    return attempt(CompanyImport(look, rows, match, terms), watch)


class CompanyImport:
    """One import of companies while it is being worked out."""

    def __init__(self, look: Look, rows: Sequence[IncomingRow], match: Match | None, terms: Terms) -> None:
        self.rows, self._match, self._terms = rows, match, terms
        self._look = look
        self._edits = Edits(look, rows, "company")
        self._known = {one.id: one for one in look.find(Company)}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for one in self._known.values():
            self._by_name[name_key(one.name)].append(one.id)
        self._likeness = Likeness((one.name for one in self._known.values()), company_words)
        self._seen = Seen()
        self.alike: list[Alike] = []

    def decide(self, row: IncomingRow) -> Decision:
        """What becomes of a row."""
        told = {name: row.values[name] for name in FIELDS if name in row.values}
        gone = self._edits.gone(row, Company, told) if row.uid and row.uid not in self._known else None
        return self._decide(row) if gone is None else gone

    def _decide(self, row: IncomingRow) -> Decision:
        told = {name: row.values[name] for name in FIELDS if name in row.values}
        name = str(told["name"])
        meant = self._meant(row, name)
        if len(meant) > 1:
            return rejected(row, SEVERAL_MEANT, count=len(meant))
        key = meant[0] if meant else ("uid", row.uid) if row.uid else name_key(name)
        if self._match != "none" and (again := self._seen.again(key, row)) is not None:
            return again
        if meant and self._terms.only == "new":
            return UNCHANGED
        if meant:
            present = self._known[meant[0]]
            if row.line in self._terms.same or (name_key(present.name) == name_key(name) and not row.uid):
                told.pop("name")  # found by it: another case of the letters is no other name
            return changed(present, self._edits.of(row, present, told), since=self._edits.since(row))
        if self._terms.only == "changes":
            return rejected(row, NOT_HERE)
        if (other := self._likeness.find(name)) is not None:
            here = self._by_name.get(name_key(other), [""])[0]
            self.alike.append(Alike(row.line, name, other, here))
        return Decision("created", [Company(self._look.new_id(), **told)])  # type: ignore[arg-type]

    def _meant(self, row: IncomingRow, name: str) -> list[str]:
        if self._terms.same.get(row.line) in self._known:
            return [self._terms.same[row.line]]
        if self._match == "none":
            return []
        if row.uid in self._known:
            return [row.uid]
        named = self._by_name.get(name_key(name), [])
        site = name_key(str(row.values.get("site", "")))
        if len(named) > 1 and site:
            return [one for one in named if name_key(self._known[one].site) == site] or named
        return named
