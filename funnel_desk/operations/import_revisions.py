"""What a deal was when it was exported.

An exact export names with each row the newest batch that had touched the deal (`_rev`). When the deal was changed
since, a cell that still says what it said then is no edit, and must not take back what was changed meanwhile.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain.deal import Deal, StageEvent
from funnel_desk.domain.path import Path, fold_path
from funnel_desk.domain.pipeline import Stage
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_values import IncomingDeal
from funnel_desk.storage.entities import BY_KIND, revive, whole


class Then(NamedTuple):
    """A deal at the time of an export."""

    deal: Deal
    path: Path

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

    def before(self, row: IncomingDeal, deal: Deal) -> Then | None:
        """The deal as the row was exported; None where it was not changed since, or nobody knows."""
        key = self._stale.get(deal.id) if row.uid == deal.id else None
        if key is None:
            return None
        values = _rows_as_they_were(self._look, deal.id, key)
        return _then(values, deal.id)


def stale_roots(look: Look, told: Mapping[str, str]) -> dict[str, int]:
    """Of roots and the batches that touched them last when they were exported: those that were touched since."""
    if not told:
        return {}
    keys: dict[str, int] = dict(
        look.rows(
            "SELECT id, key FROM batch WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(sorted(set(told.values()))),
        )
    )
    stale: dict[str, int] = {}
    if keys:
        for root, newest in look.rows(NEWEST, json.dumps(list(told)), json.dumps(list(told))):
            known = keys.get(told[root])
            if known is not None and newest > known:
                stale[root] = known
    return stale


def row_as_it_was(look: Look, root: str, batch: int, table: str) -> Mapping[str, object]:
    """The row that is a root itself, such as a company, as it was after a batch; empty if it was not there."""
    return _rows_as_they_were(look, root, batch).get((table, root), {})


def _rows_as_they_were(look: Look, root: str, batch: int) -> dict[tuple[str, str], dict[str, object]]:
    """All rows of a root as they were after a batch: by table and id, the plain values of their fields."""
    undone = {
        target: bool(dead)
        for target, dead in look.rows(
            "SELECT target, undone FROM mark JOIN change ON change.key = target"
            " WHERE root = ? AND mark.batch <= ? ORDER BY mark.key",
            root,
            batch,
        )
    }
    values: dict[tuple[str, str], dict[str, object]] = {}
    for change, kind, table, row_id, field, value in look.rows(
        'SELECT key, kind, tbl, "row", field, value FROM change WHERE root = ? AND batch <= ? ORDER BY key',
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
