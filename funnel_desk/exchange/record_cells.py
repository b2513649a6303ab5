"""The tables of companies, contacts, activities and steps that go out."""

from collections.abc import Collection, Iterator

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import TouchedStep
from funnel_desk.domain.people import Company
from funnel_desk.exchange.action_words import KINDS
from funnel_desk.exchange.fields import FIELDS, What
from funnel_desk.exchange.out_cells import EXACT, OutCells
from funnel_desk.exchange.writing import Profile
from funnel_desk.i18n import N_, language, translate as _
from funnel_desk.queries.exported import names, newest_batch
from funnel_desk.queries.exported_records import Record, count_records, record_names, records
from funnel_desk.storage.reader import Reader

DIRECTIONS = {"in": N_("incoming"), "out": N_("outgoing")}


class RecordCells:
    """One row a record."""

    typed = frozenset({"at", "planned_for", "minutes", "due", "done_at"})

    def __init__(self, read: Reader, what: What, profile: Profile) -> None:
        self._read, self._what, self._exact = read, what, profile == "exact"
        self._cells = OutCells(names(read), profile, read.zone)
        self._names = record_names(read)
        self._revision = newest_batch(read)
        self.fields = tuple(FIELDS[what])

    def count(self, only: Collection[str] | None) -> int | None:
        """How many records there must be; None where only those of some deals go out."""
        return count_records(self._read, self._what) if only is None else None

    def rows(self, only: Collection[str] | None = None) -> Iterator[list[list[str]]]:
        """The row of each record in turn, or of those that belong to deals with these ids."""
        for record in records(self._read, self._what, None if only is None else frozenset(only)):
            values = self._values(record) | {EXACT[0]: record.id, EXACT[1]: self._revision}
            yield [[values.get(field, "") for field in self.fields]]

    def _values(self, record: Record) -> dict[str, str]:
        if isinstance(record, TouchedStep):
            return self._step(record)
        if isinstance(record, Activity):
            return self._activity(record)
        said = {field: str(getattr(record, field)) for field in self.fields if hasattr(record, field)}
        return said if isinstance(record, Company) else said | {"company": self._company(record.company_id)}

    def _activity(self, activity: Activity) -> dict[str, str]:
        kind, direction = activity.kind, activity.direction
        if not self._exact:
            kind, direction = _(KINDS[kind]) if kind in KINDS else kind, _(DIRECTIONS.get(direction, direction))
        return {
            "deal": self._names.deals.get(activity.deal_id or "", ""),
            "company": self._company(activity.company_id),
            "contact": self._names.contacts.get(activity.contact_id or "", ""),
            "kind": kind,
            "direction": direction,
            "at": self._cells.moment(activity.at),
            "minutes": "" if activity.minutes is None else str(activity.minutes),
            "result": activity.result,
            "text": activity.text,
            "planned_for": self._cells.moment(activity.planned_for),
        }

    def _step(self, touch: TouchedStep) -> dict[str, str]:
        step = self._names.steps.get(touch.step_id)
        name = touch.step_id
        if step is not None:
            name = step.key if self._exact else step.title.of(language())
        moved = touch.act == "moved"
        return {
            "deal": self._names.deals.get(touch.deal_id, touch.deal_id),
            "step": name,
            "due": self._cells.moment(touch.due),
            "done_at": "" if moved else self._cells.moment(touch.at),
            "result": touch.result,
            "note": touch.note,
        }

    def _company(self, company_id: str | None) -> str:
        return self._names.companies.get(company_id or "", "")
