"""What a person calls a row: the deal, company or stage that it is or belongs to, not a row of a table."""

from collections.abc import Mapping

from sqlalchemy import Table, select

from funnel_desk.domain.words import Words
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

# By which column a row is called; parts of a deal are called as the deal is.
_NAMES: Mapping[str, tuple[Table, str]] = {
    "deal": (tables.deal, "title"),
    "company": (tables.company, "name"),
    "contact": (tables.contact, "name"),
    "pipeline": (tables.pipeline, "name"),
    "stage": (tables.stage, "name"),
    "step": (tables.step, "title"),
    "lost_reason": (tables.lost_reason, "name"),
    "objection": (tables.objection, "says"),
    "own_field": (tables.own_field, "name"),
}
_OF_A_DEAL: Mapping[str, Table] = {
    "stage_event": tables.stage_event,
    "touched_step": tables.touched_step,
    "activity": tables.activity,
    "criterion": tables.criterion,
    "obstacle": tables.obstacle,
    "stakeholder": tables.stakeholder,
    "condition": tables.condition,
    "risk": tables.risk,
    "terms_request": tables.terms_request,
    "satisfaction": tables.satisfaction,
    "claim": tables.claim,
    "waiting": tables.waiting,
    "feedback": tables.feedback,
}

NAMED = frozenset(_NAMES)
"""The tables whose rows have names of their own."""


def name_of(read: Reader, table: str, row_id: str) -> Words | str:
    """The name of a row by its table and id; the table's where the row has none (any more)."""
    if table in _OF_A_DEAL:
        part = _OF_A_DEAL[table]
        statement = select(tables.deal.c.title).join_from(part, tables.deal, tables.deal.c.id == part.c.deal_id)
        found = read.rows(statement.where(part.c.id == row_id))
    elif table in _NAMES:
        named, column = _NAMES[table]
        found = read.rows(select(named.c[column]).where(named.c.id == row_id))
    else:
        found = []
    name: Words | str = found[0][0] if found else table
    return name or table
