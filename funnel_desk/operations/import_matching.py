"""Which rows of a table are deals that the workspace has already."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from funnel_desk.domain.moments import Moment
from funnel_desk.domain.search import folded
from funnel_desk.operations.import_look import Look
from funnel_desk.operations.import_values import IncomingDeal, Match

Key = tuple[str, ...]


class State(NamedTuple):
    """Where a known deal stands, as it is derived and kept."""

    deal_id: str
    pipeline_id: str
    stage_id: str
    outcome: str
    closed_at: Moment | None
    reason_id: str | None
    reason: str
    path_known: bool


class KnownDeals:
    """The deals of the workspace that rows of a table may mean, found in a few questions for all rows together."""

    def __init__(
        self, look: Look, rows: Sequence[IncomingDeal], match: Match, same: Mapping[int, str] | None = None
    ) -> None:
        self._look = look
        self._match = match
        self._by_uid: dict[str, str] = {}
        self._by_key: dict[Key, list[str]] = defaultdict(list)
        self._told = _that_are_here(look, same or {})
        if match == "none":
            return
        self._by_uid = deals_by_uid(look, [row.uid for row in rows if row.uid])
        if match == "external_id":
            told = json.dumps(sorted({str(row.fields["external_id"]) for row in rows if "external_id" in row.fields}))
            for deal_id, external_id in look.rows(
                "SELECT id, external_id FROM deal WHERE external_id IN (SELECT value FROM json_each(?))"
                " ORDER BY row_key",
                told,
            ):
                self._by_key[external_id,].append(deal_id)
        else:
            for deal_id, title, company in look.rows(
                "SELECT deal.id, title, company.name FROM deal LEFT JOIN company ON company.id = company_id"
                " ORDER BY deal.row_key"
            ):
                self._by_key[_name(title), _name(company or "")].append(deal_id)

    def key(self, row: IncomingDeal) -> Key | None:
        """What tells this row from the others; None for one without a key, which never matches."""
        if self._match == "none":
            return None
        return ("uid", row.uid, "") if row.uid else self._plain_key(row)

    def matches(self, row: IncomingDeal) -> list[str]:
        """The deals that this row may mean; more than one where the workspace cannot tell."""
        known = self._told.get(row.line) or self._by_uid.get(row.uid)
        if known is not None:
            return [known]
        key = self._plain_key(row)
        return self._by_key.get(key, []) if key else []

    def _plain_key(self, row: IncomingDeal) -> Key | None:
        if self._match == "external_id":
            external_id = row.fields.get("external_id")
            return (str(external_id),) if external_id else None
        title = str(row.fields.get("title", ""))
        return (_name(title), _name(row.company)) if title and self._match != "none" else None

    def states(self, deal_ids: Sequence[str]) -> dict[str, State]:
        """Where these deals stand now."""
        return {
            row[0]: State(*row)
            for row in self._look.rows(
                "SELECT deal_id, pipeline_id, stage_id, outcome, closed_at, reason_id, reason, path_known"
                " FROM deal_state"
                " WHERE deal_id IN (SELECT value FROM json_each(?))",
                json.dumps(deal_ids),
            )
        }


def deals_by_uid(look: Look, uids: Sequence[str]) -> dict[str, str]:
    """The deals with these ids, here or in the workspace that they were exported from."""
    if not uids:
        return {}
    told = json.dumps(sorted(set(uids)))
    found = {
        str(uid): str(deal_id)
        for deal_id, uid in look.rows(
            "SELECT id, json_extract(custom, '$._uid') AS uid FROM deal"
            " WHERE custom LIKE '%\"_uid\"%' AND uid IN (SELECT value FROM json_each(?)) ORDER BY row_key DESC",
            told,
        )
    }
    own = look.rows("SELECT id, id FROM deal WHERE id IN (SELECT value FROM json_each(?))", told)
    return found | dict(own)


def _that_are_here(look: Look, same: Mapping[int, str]) -> dict[int, str]:
    if not same:
        return {}
    told = json.dumps(sorted(set(same.values())))
    here = {row[0] for row in look.rows("SELECT id FROM deal WHERE id IN (SELECT value FROM json_each(?))", told)}
    return {line: deal_id for line, deal_id in same.items() if deal_id in here}


def _name(text: str) -> str:
    return " ".join(folded(text).split())
