"""The named views of the deals: those that come with the program, then the person's own in their order."""

from sqlalchemy import select

from funnel_desk.domain.own_field import OwnField
from funnel_desk.domain.saved_view import SavedView
from funnel_desk.i18n import N_
from funnel_desk.storage import tables
from funnel_desk.storage.entities import BY_KIND
from funnel_desk.storage.reader import Reader

SHIPPED = (
    SavedView("open", N_("Open deals"), {"outcomes": "open"}, sort=("next_due",)),
    SavedView("no_action", N_("No next action"), {"outcomes": "open", "without_action": "1"}, sort=("entered",)),
    SavedView("overdue", N_("Overdue"), {"outcomes": "open", "overdue": "1"}, sort=("next_due",)),
    SavedView("closing", N_("Closing this month"), {"outcomes": "open", "expected": "this_month"},
              ("title", "company", "stage", "value", "chance", "expected", "due"), ("expected_close", "-value")),
    SavedView("stalled", N_("Stalled"), {"outcomes": "open", "stalled": "1"},
              ("title", "company", "stage", "value", "touched", "due"), ("last_touch",)),
    SavedView("won_this_year", N_("Won this year"), {"outcomes": "won", "closed": "this_year"},
              ("title", "company", "value", "closed", "source", "owner"), ("-closed_at",)),
    SavedView("lost_this_year", N_("Lost this year"), {"outcomes": "lost", "closed": "this_year"},
              ("title", "company", "stage", "value", "closed", "reason"), ("-closed_at",)),
    SavedView("all", N_("All deals"), sort=("-created_at",)),
)  # fmt: skip
"""The views that come with the program. Their names are templates of words; no columns: the usual ones."""


def saved_views(read: Reader) -> list[SavedView]:
    """The person's own views, in their order."""
    columns = [tables.saved_view.c[name] for name in BY_KIND[SavedView].names]
    rows = read.rows(select(*columns).order_by(tables.saved_view.c.position, tables.saved_view.c.id))
    return [SavedView(*row) for row in rows]


def own_fields(read: Reader) -> list[OwnField]:
    """The fields that the person has added to deals, in their order, without those laid aside."""
    columns = [tables.own_field.c[name] for name in BY_KIND[OwnField].names]
    rows = read.rows(select(*columns).order_by(tables.own_field.c.position, tables.own_field.c.id))
    return [one for one in (OwnField(*row) for row in rows) if not one.archived]
