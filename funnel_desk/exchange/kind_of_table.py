"""What the rows of a table are, judged by its headers, where nobody told and no preset knows it."""

from collections.abc import Mapping

from funnel_desk.exchange.columns import match_columns
from funnel_desk.exchange.fields import REQUIRED, What
from funnel_desk.exchange.problems import NothingMatched
from funnel_desk.exchange.table import Table

_OF_DEALS = frozenset(
    ("stage", "outcome", "value", "probability", "expected_close", "closed_at", "lost_reason", "is_won", "is_closed")
)
_SIGNS: Mapping[What, frozenset[str]] = {
    "activities": frozenset(("kind", "direction", "minutes", "result", "text")),
    "contacts": frozenset(("email", "phone", "messenger", "role", "attitude")),
    "companies": frozenset(("site", "industry", "usage", "size", "price_sensitivity")),
}
"""Fields that only rows of this kind have."""
_SAMPLES = 50


def kind_of_table(table: Table) -> What:
    """The kind of its rows: deals, unless the headers say more of another kind."""
    deals, history, steps = _filled(table, "deals"), _filled(table, "stage-history"), _filled(table, "steps")
    if _whole(history, "stage-history") and ("from_stage" in history or len(history) > len(deals)):
        return "stage-history"
    if _whole(steps, "steps") and steps & {"due", "done_at"}:
        return "steps"
    evident = bool(deals & _OF_DEALS) or "title" in table.headers
    for what, signs in _SIGNS.items():
        filled = _filled(table, what)
        dated = what != "activities" or filled & {"at", "planned_for"}
        more = len(filled) >= len(deals) + evident
        if _whole(filled, what) and filled & signs and dated and more:
            return what
    return "deals"


def _filled(table: Table, what: What) -> set[str]:
    samples = {header: table.samples(header, _SAMPLES) for header in table.headers}
    try:
        return {column.field for column in match_columns(table.headers, what, {}, samples).columns}
    except NothingMatched:
        return set()


def _whole(filled: set[str], what: What) -> bool:
    return filled.issuperset(REQUIRED[what])
