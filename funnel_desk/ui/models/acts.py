"""The acts of the history as a table: the day, the time, what was done, by whom, and of how many changes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.domain.moments import day_of
from funnel_desk.domain.search import folded
from funnel_desk.i18n import (
    N_,
    _,
    format_day,
    format_moment,
    format_number,
    format_relative_day,
    format_time,
    ngettext,
    translate,
)
from funnel_desk.ui.bridge import Bridge, said
from funnel_desk.ui.models.paged import Column, PagedModel
from funnel_desk.ui.painting import INK
from funnel_desk.ui.phrases import days_between_days

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.queries.history import ActRow

WHAT = 2
"""The column of what was done."""

_NEAR_DAYS = 1
_KINDS = {"undo": N_("Undo: {what}"), "redo": N_("Redo: {what}")}
_Index = QModelIndex | QPersistentModelIndex


class ActsModel(PagedModel["ActRow"]):
    """All acts, newest first; their rows are read when they are looked at. A day is told beside its latest act only."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        self._bridge = bridge
        self._zone = zone = bridge.desk.workspace.time_zone
        columns: tuple[Column[ActRow], ...] = (
            Column("day", _("Day"), self._day, 96),
            Column("time", _("Time"), lambda row: format_time(row.at, zone), 64),
            Column("what", _("What was done"), act_words, 400),
            Column("who", _("By whom"), lambda row: row.author, 120),
            Column("changes", _("Changes"), lambda row: format_number(row.changes), 96, figures=True),
        )
        super().__init__(columns, self._rows, parent)

    def reload(self, words: tuple[str, ...] = (), author: str = "", kind: str = "") -> bool:
        """Ask for the acts with these words, of this author and kind; False if they are the same ones."""
        from funnel_desk.queries.history import KINDS, ActFilter, act_keys, labels_and_authors

        labels: dict[str, str] = {}
        if words:
            known, _authors = self._bridge.ask(labels_and_authors)
            labels = {label: folded(translate(label)) for label in known}
        only = ActFilter(words, labels, author, KINDS.get(kind, ""))
        return self.show_keys(self._bridge.ask(act_keys, only))

    def row_at(self, index: _Index) -> "ActRow | None":
        """The act at an index."""
        return self.row(index.row()) if index.isValid() else None

    def begins_day(self, place: int) -> bool:
        """Whether the act at this place is the latest of its day."""
        row, above = self.row(place), self.row(place - 1) if place else None
        return row is None or above is None or day_of(row.at, self._zone) != day_of(above.at, self._zone)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if role == INK:
            return None if self.columns[index.column()].key in {"day", "what"} else "dim"
        if row is None or self.columns[index.column()].key not in {"day", "what"}:
            return super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == WHAT:
            return act_words(row) + (", " + _("undone") if row.undone_by else "")
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 and not self.begins_day(index.row()):
            return ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._day(row)
        return super().data(index, role)

    def _rows(self, keys: Sequence[int]) -> Mapping[int, "ActRow"]:
        from funnel_desk.queries.history import act_rows

        return {row.row_key: row for row in self._bridge.ask(act_rows, keys)}

    def _day(self, row: "ActRow") -> str:
        day, today = day_of(row.at, self._zone), self._bridge.today()
        if 0 <= days_between_days(day, today) <= _NEAR_DAYS:
            return format_relative_day(day, today)
        return format_day(day, "short" if day[:4] == today[:4] else "medium")


def act_words(row: "ActRow") -> str:
    """What was done, in words: "Undo: Move to Offer"."""
    return translate(_KINDS[row.kind], what=said(row)) if row.kind in _KINDS else said(row)


def act_sentence(row: "ActRow", zone: str) -> str:
    """When an act was done, by whom, of how many changes it consists, and whether it is undone."""
    parts = [format_moment(row.at, zone, "long"), row.author]
    parts.append(ngettext("{count} change", "{count} changes", row.changes, count=format_number(row.changes)))
    if row.undone_by:
        parts.append(_("undone"))
    return " · ".join(part for part in parts if part)
