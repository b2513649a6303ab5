"""The list of deals as it stands, out into a file: its deals, and of its columns those that go out."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from funnel_desk.exchange.fields import CUSTOM
from funnel_desk.queries.deals import OWN, DealFilter, DealRow
from funnel_desk.ui.models.paged import Column
from funnel_desk.ui.view import Parts

_FIELDS: Mapping[str, str] = {
    "chance": "probability",
    "expected": "expected_close",
    "created": "created_at",
    "closed": "closed_at",
    "reason": "lost_reason",
}
_ONLY_SHOWN = frozenset({"next", "due", "weighted", "touched", "age", "in_stage"})
"""What is counted for the day on which it is looked at, and stands in no file."""


def export_view(
    window: QWidget, parts: Parts, chosen: DealFilter, known: Sequence[Column[DealRow]], shown: Sequence[str]
) -> None:
    """Open the export dialog for these deals and columns (keys, in their order)."""
    from funnel_desk.ui.dialogs.export_file import ExportDialog, ViewColumns

    titles = {one.key: one.title for one in known}
    fields = tuple(field_of(key) for key in shown if key not in _ONLY_SHOWN)
    missing = tuple(titles[key] for key in shown if key in _ONLY_SHOWN and key in titles)
    ExportDialog(window, parts, chosen, ViewColumns(fields, missing)).open()


def field_of(column: str) -> str:
    """The field of the table of deals that goes out which a column of the list shows."""
    return CUSTOM + column.removeprefix(OWN) if column.startswith(OWN) else _FIELDS.get(column, column)
