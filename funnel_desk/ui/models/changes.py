"""Single changes as a table: of one act, or of one deal with its whole past."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from funnel_desk.i18n import _, format_day, format_moment
from funnel_desk.ui.bridge import Bridge
from funnel_desk.ui.change_words import changed_field, table_name, value_words
from funnel_desk.ui.models.paged import ROW, Column, PagedModel
from funnel_desk.ui.painting import INK
from funnel_desk.ui.phrases import of

if TYPE_CHECKING:  # SQLAlchemy comes with it, and the window is shown before that
    from funnel_desk.queries.changes import ChangeRow, Told

_Index = QModelIndex | QPersistentModelIndex


class ChangesModel(PagedModel["ChangeRow"]):
    """Changes by key, read when they are looked at; ``story`` tells of each when and by whom, and what became of it."""

    def __init__(self, bridge: Bridge, *, story: bool, parent: QObject | None = None) -> None:
        self._bridge = bridge
        self._zone = bridge.desk.workspace.time_zone
        columns: list[Column[ChangeRow]] = []
        if story:
            columns += [
                Column("at", _("When"), lambda row: format_moment(row.at, self._zone), 156),
                Column("who", _("By whom"), lambda row: row.author, 130),
            ]
        columns += [
            Column("what", _("What"), self._what, 190 if story else 150),
            Column("field", _("Field"), _field, 110 if story else 92),
            Column(
                "before",
                _("Before"),
                lambda row: self._said(row.before) if row.kind == "set" else "",
                130 if story else 84,
            ),
            Column("after", _("After"), self._after, 160),
        ]
        if story:
            columns.append(Column("fate", _("Since"), self._fate, 150))
        super().__init__(columns, self._rows, parent)

    def row_at(self, index: _Index) -> "ChangeRow | None":
        """The change at an index."""
        return self.row(index.row()) if index.isValid() else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == INK:
            row = index.data(ROW)
            return "dim" if row is None or row.undone or self.columns[index.column()].key in {"at", "who"} else None
        return super().data(index, role)

    def _rows(self, keys: Sequence[int]) -> Mapping[int, "ChangeRow"]:
        from funnel_desk.queries.changes import change_rows

        return self._bridge.ask(change_rows, keys)

    def _what(self, row: "ChangeRow") -> str:
        return ": ".join(part for part in (table_name(row.table), _one_line(of(row.what))) if part)

    def _after(self, row: "ChangeRow") -> str:
        return "" if row.kind == "delete" else self._said(row.after)

    def _said(self, told: "Told") -> str:
        return _one_line(value_words(told.value, told.kind, told.currency, self._zone))

    def _fate(self, row: "ChangeRow") -> str:
        if not row.undone:
            return ""
        if not row.undone_by:
            return _("taken back")
        return _("taken back by {who}, {day}", who=row.undone_by, day=format_day(row.undone_at[:10], "short"))


def _field(row: "ChangeRow") -> str:
    if row.kind == "create":
        return _("created")
    return _("deleted") if row.kind == "delete" else changed_field(row.field)


def _one_line(text: str) -> str:
    return " ".join(text.split())
