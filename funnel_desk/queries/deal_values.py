"""What stands in the fields of deals: each value with how many deals have it, for filters and for completion."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, column, func, select

from funnel_desk.domain.deal_filter import DealFilter
from funnel_desk.queries.deal_conditions import conditions
from funnel_desk.storage import tables
from funnel_desk.storage.reader import Reader

MOST = 500
"""So many values of a field are offered, those of most deals first."""

_deal, _state = tables.deal.c, tables.deal_state.c
_FIELDS: dict[str, ColumnElement[Any]] = {
    "sources": _deal.source,
    "products": _deal.product,
    "segments": _deal.segment,
    "kinds": _deal.kind,
    "owners": _deal.owner,
}
VALUES = (*_FIELDS, "tags")
"""The fields of a filter whose values can be counted."""


def value_counts(read: Reader, field: str, chosen: DealFilter) -> list[tuple[str, int]]:
    """The values of a field (one of ``VALUES``) among the deals of a filter, and how many deals have each.

    The most frequent come first; an empty text stands for deals without any.
    """
    statement = select(_deal.id).select_from(tables.deal_state).join(tables.deal, _deal.row_key == _state.row_key)
    if field == "tags":
        each = func.json_each(_deal.tags).table_valued(column("value", Text()))
        statement = statement.join(each, _deal.id.is_not(None), isouter=True)
        what: ColumnElement[Any] = func.coalesce(each.c.value, "")
    else:
        what = _FIELDS[field]
    statement = statement.where(*conditions(read, chosen)).with_only_columns(what, func.count()).group_by(what)
    return [(row[0], row[1]) for row in read.rows(statement.order_by(func.count().desc(), what).limit(MOST))]


def known_values(read: Reader, field: str) -> Sequence[str]:
    """What stands in a field of any deal, the most frequent first: ``company``, ``contact``, or one of ``VALUES``."""
    if field in {"company", "contact"}:
        table = tables.company if field == "company" else tables.contact
        return [row[0] for row in read.rows(select(table.c.name).distinct().order_by(table.c.name)) if row[0]]
    return [value for value, _count in value_counts(read, field, DealFilter()) if value]
