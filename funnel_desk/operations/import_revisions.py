"""What a deal was when it was exported.

An exact export names with each row the newest batch that had touched the deal (`_rev`). When the deal was changed
since, a cell that still says what it said then is no edit, and must not take back what was changed meanwhile.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.path import Path, fold_path
from funnel_desk.domain.people import Company, Contact
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_matching import State
from funnel_desk.operations.import_values import IncomingDeal
from funnel_desk.storage.entities import BY_KIND, BY_NAME, revive, whole


class Then(NamedTuple):
    """A deal at the time of an export."""

    deal: Deal
    path: Path

    def moved_on(self, path: Path) -> bool:
        """Whether the deal went on, or was led elsewhere, since."""
        return path.nodes[-1].event_ids[0] != self.path.nodes[-1].event_ids[0]

    def state(self, stages: Mapping[str, Stage]) -> State:
        """Where it stood."""
        last = self.path.nodes[-1]
        stage = stages.get(last.stage_id)
        outcome = "won" if stage is not None and stage.side != "before" else "open"
        lost = last.kind == "lost"
        return State(
            self.deal.id,
            last.pipeline_id,
            last.stage_id,
            "lost" if lost else outcome,
            last.at if lost or outcome == "won" else None,
            last.reason_id if lost else None,
            last.reason if lost else "",
            last.path_known,
        )

    def still_stands(self, row: IncomingDeal, stages: Mapping[str, Stage]) -> bool:
        """Whether the row says of the path what was true then, so that nobody edited it."""
        last = self.path.nodes[-1]
        stage = stages.get(last.stage_id)
        if last.kind == "lost":
            return row.outcome == "lost" and (row.lost_stage_id or row.stage_id) in {None, last.stage_id}
        outcome = "won" if stage is not None and stage.side != "before" else "open"
        return row.outcome == outcome and row.stage_id in {None, last.stage_id}


class Revisions:
    """The rows of an exact export whose deals were changed after it."""

    def __init__(self, look: Look, rows: Sequence[IncomingDeal]) -> None:
        self._look = look
        self._stale = stale_roots(look, {row.uid: row.rev for row in rows if row.uid and row.rev})
        self._known = Renamed(look, [row.rev for row in rows])

    def since(self, row: IncomingDeal, deal: Deal) -> int | None:
        """The key of the newest batch that the row knows of, where the deal was changed after it."""
        return self._stale.get(deal.id) if row.uid == deal.id else None

    def with_present_names(self, row: IncomingDeal, deal: Deal) -> IncomingDeal:
        """The row with its company and contact called as they are now, where others renamed them meanwhile."""
        if not row.uid or not row.rev:
            return row
        company = self._known.name("company", row.rev, deal.company_id, row.company)
        told = {"name": row.contact, "email": row.contact_email, "phone": row.contact_phone}
        now = {
            field: self._known.name("contact", row.rev, deal.contact_id, value, field) for field, value in told.items()
        }
        return row._replace(
            company=company, contact=now["name"], contact_email=now["email"], contact_phone=now["phone"]
        )

    def gone(self, row: IncomingDeal) -> tuple[Deal, int] | None:
        """The deal of a row as it was when it was exported, where it was deleted since, and what was newest then."""
        key = self._stale.get(row.uid)
        then = None if key is None else _then(_rows_as_they_were(self._look, row.uid, key), row.uid)
        return None if then is None or key is None else (then.deal, key)

    def before(self, row: IncomingDeal, deal: Deal) -> Then | None:
        """The deal as the row was exported; None where it was not changed since, or nobody knows."""
        key = self._stale.get(deal.id) if row.uid == deal.id else None
        if key is None:
            return None
        values = _rows_as_they_were(self._look, deal.id, key)
        return _then(values, deal.id)


class Renamed:
    """Companies and contacts that were called otherwise when a table was exported."""

    def __init__(self, look: Look, revs: Sequence[str]) -> None:
        self._look = look
        self._keys = keys_of(look, revs)
        oldest = min(self._keys.values(), default=None)
        self._changed: set[str] = set()
        if oldest is not None:
            self._changed = {
                root
                for (root,) in look.rows(
                    "SELECT root FROM change WHERE tbl IN ('company', 'contact') AND batch > ?"
                    " UNION SELECT root FROM mark JOIN change ON change.key = mark.target"
                    " WHERE tbl IN ('company', 'contact') AND mark.batch > ?",
                    oldest,
                    oldest,
                )
            }

    def name(self, table: str, rev: str, row_id: str | None, told: str, field: str = "name") -> str:
        """What a table calls a row, as it is called now, if it was called as told when it was exported."""
        key = self._keys.get(rev)
        if not told or row_id not in self._changed or key is None or row_id is None:
            return told
        if row_as_it_was(self._look, row_id, key, table).get(field) != told:
            return told
        found: list[Company | Contact] = []
        if table == "company":
            found += self._look.find_among(Company, "id", [row_id])
        else:
            found += self._look.find_among(Contact, "id", [row_id])
        return str(getattr(found[0], field)) if found else told


def keys_of(look: Look, revs: Sequence[str]) -> dict[str, int]:
    """The keys of the batches that rows were exported after, as far as this workspace knows them."""
    told = json.dumps(sorted({rev for rev in revs if rev}))
    return dict(look.rows("SELECT id, key FROM batch WHERE id IN (SELECT value FROM json_each(?))", told))


def stale_roots(look: Look, told: Mapping[str, str]) -> dict[str, int]:
    """Of roots and the batches that touched them last when they were exported: those that were touched since."""
    if not told:
        return {}
    keys = keys_of(look, list(told.values()))
    stale: dict[str, int] = {}
    if keys:
        for root, newest in look.rows(NEWEST, json.dumps(list(told)), json.dumps(list(told))):
            known = keys.get(told[root])
            if known is not None and newest > known:
                stale[root] = known
    return stale


def row_as_it_was(look: Look, root: str, batch: int, table: str, row: str = "") -> Mapping[str, object]:
    """A row of a root, or the root itself, such as a company, as it was after a batch; empty if it was not there."""
    found = _rows_as_they_were(look, root, batch).get((table, row or root))
    return {} if found is None else whole(BY_NAME[table], row or root, found)


def _rows_as_they_were(look: Look, root: str, batch: int) -> dict[tuple[str, str], dict[str, object]]:
    """All rows of a root as they were after a batch: by table and id, the plain values of their fields."""
    undone = {
        target: bool(dead)
        for target, dead in look.rows(
            "SELECT mark.target, undone FROM mark JOIN change ON change.key = mark.target"
            " JOIN batch ON batch.key = mark.batch WHERE root = ? AND mark.batch <= ?"
            " ORDER BY batch.lamport, batch.id, mark.seq",
            root,
            batch,
        )
    }
    values: dict[tuple[str, str], dict[str, object]] = {}
    for change, kind, table, row_id, field, value in look.rows(
        'SELECT change.key, change.kind, tbl, "row", field, value FROM change JOIN batch ON batch.key = change.batch'
        " WHERE root = ? AND batch <= ? ORDER BY batch.lamport, batch.id, seq",  # the greatest is shown
        root,
        batch,
    ):
        if undone.get(change):
            continue
        if kind == "create":
            values[table, row_id] = json.loads(value)
        elif kind == "set" and (table, row_id) in values:
            values[table, row_id][field] = json.loads(value)
        else:
            values.pop((table, row_id), None)
    return values


NEWEST = """
SELECT root, max(batch) FROM (
    SELECT root, batch FROM change WHERE root IN (SELECT value FROM json_each(?))
    UNION ALL
    SELECT root, mark.batch FROM mark JOIN change ON change.key = mark.target
    WHERE root IN (SELECT value FROM json_each(?))
) GROUP BY root
"""


def _then(values: Mapping[tuple[str, str], Mapping[str, object]], deal_id: str) -> Then | None:
    if ("deal", deal_id) not in values:
        return None
    deals, events = BY_KIND[Deal], BY_KIND[StageEvent]
    deal: Deal = revive(deals, whole(deals, deal_id, values["deal", deal_id]))
    moves: list[StageEvent] = [
        revive(events, whole(events, row_id, told))
        for (table, row_id), told in values.items()
        if table == "stage_event"
    ]
    return Then(deal, fold_path(deal, moves, {}))
