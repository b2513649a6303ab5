"""Import of activities: talks, letters and visits of deals and people, done or planned."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from funnel_desk.domain.activity import Activity
from funnel_desk.domain.deal import Deal
from funnel_desk.domain.moments import day_of
from funnel_desk.i18n import N_
from funnel_desk.operations.desk import operation
from funnel_desk.operations.import_deal_paths import way_of
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_people import People
from funnel_desk.operations.import_records import (
    SEVERAL_MEANT,
    UNCHANGED,
    Added,
    DealNames,
    Decision,
    Edits,
    Watch,
    attempt,
    changed,
    rejected,
    roots_of_gone,
    take_in,
)
from funnel_desk.operations.import_values import Alike, IncomingRow, Match, Tally
from funnel_desk.progress import NO_PROGRESS, Progress
from funnel_desk.storage.journal import Batch

FIELDS = ("kind", "direction", "at", "minutes", "result", "text", "planned_for")
WHAT_IT_IS = ("kind", "direction", "at", "planned_for", "text")
"""What makes an activity of a deal or of a person the same one; minutes and results are told of it."""

Key = tuple[object, ...]


@operation(N_("Import {count} activities from {file}"))
def import_activities(
    batch: Batch,
    rows: Sequence[IncomingRow],
    *,
    file: str,
    pipeline_id: str,
    match: Match | None = None,
    progress: Progress = NO_PROGRESS,
) -> Tally:
    """Take in rows of a table of activities, and make what they name and is not there. One batch, undone as one."""
    return take_in(batch, ActivityImport(batch, rows, pipeline_id, match), file, N_("Writing activities"), progress)


def try_activities(
    look: Look,
    rows: Sequence[IncomingRow],
    *,
    pipeline_id: str,
    match: Match | None = None,
    watch: Watch | None = None,
) -> Tally:
    """What an import of these rows would come to; writes nothing."""
    return attempt(ActivityImport(look, rows, pipeline_id, match), watch)


class ActivityImport:
    """One import of activities while it is being worked out."""

    def __init__(self, look: Look, rows: Sequence[IncomingRow], pipeline_id: str, match: Match | None) -> None:
        self.rows, self._look, self._match = rows, look, match
        self._pipeline_id = pipeline_id
        self._deals = DealNames(look, [str(row.values["deal"]) for row in rows if "deal" in row.values])
        self._of_deal = {one.id: one for one in look.find(Deal)} if rows else {}
        self._people = People(look)
        self._free: dict[str, Activity] = {one.id: one for one in look.find(Activity)}
        self._by_key: dict[Key, list[str]] = defaultdict(list)
        for one in self._free.values():
            self._by_key[_key(one)].append(one.id)
        self._exactly = {row.uid for row in rows if row.uid in self._free}
        roots = {one.id: one.deal_id or one.contact_id or one.company_id or one.id for one in self._free.values()}
        self._edits = Edits(look, rows, "activity", {**roots_of_gone(look, "activity", rows, roots), **roots})
        self._seen: set[tuple[str, ...]] = set()
        self.alike: list[Alike] = []

    def decide(self, row: IncomingRow) -> Decision:
        """What becomes of a row."""
        if row.cells in self._seen and self._match != "none":
            return UNCHANGED
        self._seen.add(row.cells)
        told_all = {name: row.values[name] for name in FIELDS if name in row.values}
        if self._match != "none" and row.uid in self._free:
            here = self._free.pop(row.uid)
            return changed(here, self._edits.of(row, here, told_all), since=self._edits.since(row))
        if row.uid and (gone := self._edits.gone(row, Activity, told_all)) is not None:
            return gone
        name = str(row.values.get("deal", ""))
        meant = self._deals.find(name) if name else []
        if len(meant) > 1:
            return rejected(row, SEVERAL_MEANT, count=len(meant))
        adds: list[Added] = []
        deal = self._of_deal.get(meant[0]) if meant else None
        if name and deal is None:
            deal = self._make_deal(row, name)
            adds.append(deal)
        company_id, contact_id = self._whom(row, deal)
        adds[:0] = self._people.take()[0]
        activity = self._activity(row, deal, company_id, contact_id)
        present = self._present(row, activity)
        if present is None:
            return Decision("created", [*adds, activity])
        told = {name: row.values[name] for name in ("minutes", "result") if name in row.values}
        return changed(present, replace(present, **told), adds)  # type: ignore[arg-type]  # the names of its own fields

    def _activity(
        self, row: IncomingRow, deal: Deal | None, company_id: str | None, contact_id: str | None
    ) -> Activity:
        told = {name: row.values[name] for name in FIELDS if name in row.values}
        if "at" not in told and "planned_for" not in told:
            told["at"] = day_of(self._look.now, self._look.zone)
        told.setdefault("kind", "task")
        return Activity(
            self._look.new_id(),
            deal_id=deal.id if deal else None,
            company_id=company_id,
            contact_id=contact_id,
            **told,  # type: ignore[arg-type]  # the names of its own fields
        )

    def _whom(self, row: IncomingRow, deal: Deal | None) -> tuple[str | None, str | None]:
        """The company and the person it was with: those that are told, else those of the deal."""
        company, contact = str(row.values.get("company", "")), str(row.values.get("contact", ""))
        company_id = deal.company_id if deal else None
        contact_id = deal.contact_id if deal else None
        if company:
            company_id = self._people.company(company, company_id)
        if contact:
            contact_id = self._people.contact(contact, "", "", company_id, contact_id)
        return company_id, contact_id

    def _make_deal(self, row: IncomingRow, name: str) -> Deal:
        """A deal that the table names and that is not there, in the first stage of the pipeline."""
        way = way_of(self._look.rulebook(), self._pipeline_id)
        when = str(row.values.get("at") or row.values.get("planned_for") or "")
        today = day_of(self._look.now, self._look.zone)
        day = min(day_of(when, self._look.zone), today) if when else today
        deal = Deal(self._look.new_id(), self._pipeline_id, way.first.id, day, name, external_id=name)
        self._of_deal[deal.id] = deal
        self._deals.know(name, deal.id)
        return deal

    def _present(self, row: IncomingRow, wanted: Activity) -> Activity | None:
        """The activity that is there already and that no other row told of."""
        if self._match == "none":
            return None
        alike = [
            self._free[one]
            for one in self._by_key.get(_key(wanted), ())
            if one in self._free and one not in self._exactly
        ]
        if not alike:
            return None
        same = next((one for one in alike if _says(one, row.values)), alike[0])
        return self._free.pop(same.id)


def _says(activity: Activity, told: Mapping[str, object]) -> bool:
    return all(getattr(activity, name) == told[name] for name in ("minutes", "result") if name in told)


def _key(activity: Activity) -> Key:
    whose = (activity.deal_id,) if activity.deal_id else (activity.company_id, activity.contact_id)
    return (*whose, *(getattr(activity, name) for name in WHAT_IT_IS))
